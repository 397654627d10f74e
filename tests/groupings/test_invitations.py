"""Inviting, answering from a link, sending again, withdrawing."""

from datetime import timedelta

import pytest

from cordee.directory.models import Company, Representative
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.people.acts import LINK_LIFE, LinkSpent
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.acts import (
    Invitee,
    accept_invitation,
    decline_invitation,
    invite,
    leave,
    note_invitation,
    send_invitation,
    withdraw_invitation,
)
from cordee.groupings.acts.at_the_table import DecidedTogether
from cordee.groupings.acts.companies import CompanyHeldByAnother
from cordee.groupings.acts.invitations import AddressMissing, AlreadyThere, InvitationAnswered, TooManyInvited, TooSoon
from cordee.groupings.models import Grouping, Invitation, Seat
from tests import factories
from tests.factories import AT
from tests.groupings.invited import exchange, invitation, link_of
from tests.people import World

pytestmark = pytest.mark.django_db


def accept(asked: Invitation, **fields: object) -> Seat:
    return accept_invitation(asked, link=link_of(asked), at=AT, **fields)  # type: ignore[arg-type]


def test_accept_without_account_naming_ones_company() -> None:
    grouping = exchange(factories.person("Aude Lambert"))
    asked = invitation(grouping)
    seat = accept(asked, company_text="Charpente Roux")
    asked.refresh_from_db()
    assert (seat.company.name, seat.state, asked.state, asked.seat) == ("Charpente Roux", "member", "accepted", seat)
    assert Representative.objects.get(company=seat.company).capacity == "legal"
    entry = Entry.objects.of(grouping.book).last()
    assert entry is not None
    assert (entry.act, entry.subject) == ("groupings.seat.accepted", address(seat))
    assert entry.by == f"{seat.holder.pseudonym} {address(seat)}"


def test_accept_for_one_of_two_companies() -> None:
    denis = factories.person("Denis Roux", email="denis@exemple.fr")
    _first, second = factories.company("Un", leader=denis), factories.company("Deux", leader=denis)
    grouping = exchange(factories.person())
    assert accept(invitation(grouping), company=second).company == second
    invite(grouping, Invitee(email="autre@exemple.fr"), by=host_of(grouping), at=AT)


def host_of(grouping: Grouping) -> Actor:
    seat = Seat.objects.filter(grouping=grouping).order_by("pk")[0]
    return Actor(seat.holder, address(seat))


def test_one_company_one_voice() -> None:
    host = factories.person()
    grouping = exchange(host)
    Representative.objects.create(
        company=Seat.objects.get(grouping=grouping).company, person=invitation(grouping).person, since=AT
    )
    with pytest.raises(AlreadyThere):
        accept(invitation(grouping), company=Seat.objects.get(grouping=grouping).company)
    assert link_of(invitation(grouping)).used_at is None


def test_somebody_elses_company_and_somebody_who_only_prepares() -> None:
    grouping = exchange(factories.person(), Invitee(email="denis@exemple.fr", company=factories.company("Roux")))
    with pytest.raises(NotAllowed):
        accept(invitation(grouping), capacity="assistant")
    Representative.objects.create(company=Company.objects.get(name="Roux"), person=factories.person(), since=AT)
    with pytest.raises(CompanyHeldByAnother):
        accept(invitation(grouping))
    assert Seat.objects.filter(grouping=grouping).count() == 1


def test_decline_without_account_with_a_reason_that_stays_out_of_the_book() -> None:
    grouping = exchange(factories.person())
    asked = invitation(grouping)
    decline_invitation(asked, link=link_of(asked), reason="Pas  cette année", at=AT)
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("declined", "Pas cette année")
    entry = Entry.objects.of(grouping.book).last()
    assert entry is not None
    assert entry.act == "groupings.seat.declined"
    assert "année" not in str(entry.facts)
    with pytest.raises(LinkSpent):
        accept(asked, company_text="Trop tard")


@pytest.mark.parametrize("days", [30, 45])
def test_an_expired_link_answers_nothing(days: int) -> None:
    asked = invitation(exchange(factories.person()))
    with pytest.raises(LinkSpent):
        accept_invitation(asked, link=link_of(asked), company_text="Roux", at=AT + timedelta(days=days))
    assert Seat.objects.count() == 1


def test_two_clicks_at_once_make_one_seat() -> None:
    asked = invitation(exchange(factories.person()))
    link = link_of(asked)
    accept_invitation(asked, link=link, company_text="Roux", at=AT)
    with pytest.raises(LinkSpent):
        accept_invitation(asked, link=link, company_text="Roux", at=AT)
    assert Seat.objects.count() == 2


def test_withdrawn_its_link_stops_working() -> None:
    grouping = exchange(factories.person())
    asked = invitation(grouping)
    link = link_of(asked)
    withdraw_invitation(asked, by=host_of(grouping), at=AT)
    with pytest.raises(LinkSpent):
        accept_invitation(asked, link=link, company_text="Roux", at=AT)
    with pytest.raises(InvitationAnswered):
        withdraw_invitation(asked, by=host_of(grouping), at=AT)


def test_send_again_after_two_days_with_a_new_link() -> None:
    grouping = exchange(factories.person())
    asked, host = invitation(grouping), host_of(grouping)
    old = link_of(asked)
    with pytest.raises(TooSoon):
        send_invitation(asked, by=host, at=AT + timedelta(days=1))
    send_invitation(asked, by=host, at=AT + timedelta(days=3))
    asked.refresh_from_db()
    assert asked.expires_at == AT + timedelta(days=3) + LINK_LIFE
    old.refresh_from_db()
    assert old.revoked_at
    assert link_of(asked) != old


def test_complete_the_address_then_send() -> None:
    grouping = exchange(factories.person(), Invitee(email="a@exemple.fr"), Invitee(company=factories.company("Roux")))
    asked, host = Invitation.objects.get(state="waiting"), host_of(grouping)
    with pytest.raises(AddressMissing):
        send_invitation(asked, by=host, at=AT)
    with pytest.raises(AlreadyThere):
        send_invitation(asked, email="a@exemple.fr", by=host, at=AT)
    sent = send_invitation(asked, email="denis@exemple.fr", name="Denis Roux", by=host, at=AT)
    assert (sent.state, sent.person and sent.person.name) == ("sent", "Denis Roux")


def test_the_seventh_waits_for_an_answer() -> None:
    grouping = exchange(factories.person(), *(Invitee(email=f"p{n}@exemple.fr") for n in range(7)))
    asked, host = Invitation.objects.get(state="waiting"), host_of(grouping)
    with pytest.raises(TooManyInvited):
        send_invitation(asked, by=host, at=AT)
    first = invitation(grouping)
    decline_invitation(first, link=link_of(first), at=AT)
    assert send_invitation(asked, by=host, at=AT).state == "sent"


def test_who_may_invite_and_whom(world: World) -> None:
    made = invite(world.grouping, Invitee(email="felix@exemple.fr"), by=world.actor("bruno"), at=AT)
    assert made.invited_by == world.seats["bruno"]
    with pytest.raises(AlreadyThere):
        invite(world.grouping, Invitee(email="felix@exemple.fr"), by=world.actor("aude"), at=AT)
    with pytest.raises(AlreadyThere):
        invite(world.grouping, Invitee(email=world.aude.email), by=world.actor("bruno"), at=AT)
    with pytest.raises(AddressMissing):
        note_invitation(world.grouping, Invitee(), by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        invite(world.grouping, Invitee(email="gilles@exemple.fr"), by=world.actor("chloe"), at=AT)
    Grouping.objects.update(stage="committed")
    with pytest.raises(DecidedTogether):
        invite(world.grouping, Invitee(email="gilles@exemple.fr"), by=world.actor("aude"), at=AT)


def test_a_company_that_left_comes_back_to_its_seat(world: World) -> None:
    leave(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    asked = invite(
        world.grouping,
        Invitee(email=world.bruno.email, company=world.seats["bruno"].company),
        by=world.actor("aude"),
        at=AT,
    )
    seat = accept(asked)
    assert (seat.pk, seat.state) == (world.seats["bruno"].pk, "member")
