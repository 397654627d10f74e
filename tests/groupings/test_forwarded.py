"""A link in the hands of somebody else, or of somebody who has left: it opens what it is for, and no more."""

from datetime import timedelta

import pytest
from django.test import Client

from cordee.agreements import acts as agreements
from cordee.governance.acts import cast_vote, propose_resolution
from cordee.ground.kit.clock import now
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Link
from cordee.ground.people.reads import token
from cordee.ground.signing.acts import TooManyCodes, link_of, send_code
from cordee.ground.signing.acts.signatures import CODES_AN_HOUR
from cordee.groupings.acts import Invitee, hand_over_seat, invite, leave
from cordee.groupings.models import Invitation
from tests import factories
from tests.agreements.answers import convention
from tests.factories import AT
from tests.groupings.invited import exchange, invitation, token_of
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def test_a_forwarded_invitation_does_not_open_the_account_of_who_is_here_already(world: World) -> None:
    """Bruno sits elsewhere: whoever was forwarded his mail may answer in his place, and reads nothing of his."""
    asked = invitation(exchange(factories.person("Gilles Petit"), Invitee(email=world.bruno.email)))
    Invitation.objects.filter(pk=asked.pk).update(expires_at=now() + timedelta(days=9))
    Link.objects.update(expires_at=now() + timedelta(days=9))
    browser = Client()
    link = f"/invitation/{token_of(asked)}"
    answer = browser.post(
        f"{link}/accepter",
        {"capacity": "legal", "company": world.seats["bruno"].company.public_id, "company_text": ""},
        follow=True,
    )
    assert "vous participez" in answer.content.decode()
    assert "/entrer/" not in answer.content.decode()
    assert not Link.objects.filter(purpose="sign_in").exists()


def test_links_of_a_seat_end_when_one_leaves_or_hands_over(world: World) -> None:
    for name in ("bruno", "denis"):
        seat = world.seats[name]
        make_link(seat.holder, purpose="vote", subject=world.grouping, seat=seat, at=AT)
    leave(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    denis = world.seats["denis"]
    other = factories.person("Dora Roux")
    type(denis.company).objects.get(pk=denis.company_id).representatives.create(person=other, since=AT)
    from cordee.ground.people.models import Actor
    from cordee.ground.register.acts import address

    hand_over_seat(denis, other, by=Actor(denis.holder, address(denis)), at=AT)
    assert Link.objects.filter(purpose="vote", revoked_at=AT).count() == 2


def test_who_left_a_moment_ago_does_not_vote(world: World) -> None:
    ballot = propose_resolution(
        world.grouping,
        title="Stand",
        text="On y va.",
        decision_type="ordinary",
        closes_at=AT + timedelta(days=2),
        by=world.actor("aude"),
        at=AT,
    )
    leave(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    with pytest.raises(NotYours):
        cast_vote(ballot, seat=world.seats["bruno"], choice="for", by=world.actor("bruno"), at=AT)


def test_who_left_no_longer_reads_what_was_to_be_signed(world: World) -> None:
    agreement = agreements.send_to_sign(convention(world), by=world.actor("aude"), at=now())
    signatory = agreement.ceremony.signatories.get(person=world.bruno)
    address = f"/signer/{token(link_of(signatory, at=now()))}"
    assert Client().get(f"{address}/texte").status_code == 200
    leave(world.seats["bruno"], by=world.actor("bruno"), at=now())
    assert Client().get(f"{address}/texte").status_code == 403
    assert Client().post(f"{address}/code").status_code == 409
    assert f"{address}/texte" not in Client().get(address).content.decode()


def test_codes_are_not_sent_without_end(world: World) -> None:
    agreement = agreements.send_to_sign(convention(world), by=world.actor("aude"), at=AT)
    link = link_of(agreement.ceremony.signatories.get(person=world.bruno), at=AT)
    for _again in range(CODES_AN_HOUR):
        send_code(link, at=AT)
    with pytest.raises(TooManyCodes):
        send_code(link, at=AT + timedelta(minutes=59))
    send_code(link, at=AT + timedelta(minutes=61))


def test_an_address_that_is_none_gets_a_sentence(world: World) -> None:
    asked = invite(world.grouping, Invitee(company_name="Tailleurs"), by=world.actor("aude"), at=now())
    address = f"/groupements/{world.grouping.public_id}/invitations/{asked.public_id}/envoyer"
    answer = browser_of(world.aude).post(address, {"email": "x@y.fr\nBcc: z@y.fr"})
    assert answer.status_code == 409
    assert Invitation.objects.get(pk=asked.pk).person is None
