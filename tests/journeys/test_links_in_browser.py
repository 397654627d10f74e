"""Links in the wrong hands or too late, one person with two companies, two tabs: nothing lost, the second is told."""

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.agreements import acts as agreements
from cordee.governance.models import Ballot, Voter
from cordee.ground.kit.clock import now
from cordee.ground.people.acts import make_link, revoke_links
from cordee.ground.people.models import Link, Person
from cordee.ground.people.reads import token
from cordee.ground.register.models import Entry
from cordee.groupings.acts import Invitee, invite, withdraw_invitation
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.journeys.tasks import tick
from cordee.money.models import PoolShare
from tests import factories
from tests.governance.doors import ballot
from tests.groupings.invited import link_of, token_of
from tests.money.test_pools import make_pool
from tests.offers.small import need
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db
SCANS = 15


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def asked(world: World) -> Invitation:
    return invite(world.grouping, Invitee("felix@exemple.fr", "Félix Gros"), by=world.actor("aude"), at=now())


def vote_link(world: World, made: Ballot, name: str = "bruno", **fields: Any) -> Link:
    seat = world.seats[name]
    return make_link(seat.holder, purpose="vote", subject=made, seat=seat, at=now(), **fields)


def address_of(link: Link) -> str:
    return reverse("governance:vote_by_link", args=[token(link)])


def choice(made: Ballot, seat: Seat) -> str:
    return Voter.objects.get(ballot=made, seat=seat).choice


# --- A scanner, a colleague, too late, twice ---


def test_a_mail_scanner_changes_nothing(world: World, asked: Invitation) -> None:
    made = ballot(world, days=20_000)
    sign_in = make_link(world.bruno, purpose="sign_in", subject=world.bruno, at=now())
    addresses = (
        reverse("groupings:invitation", args=[token_of(asked)]),
        address_of(vote_link(world, made)),
        reverse("people:enter", args=[token(sign_in)]),
    )
    before = Entry.objects.count(), Link.objects.exclude(used_at=None).count()
    for address in addresses:
        scanner = Client()
        for _scan in range(SCANS):
            assert scanner.get(address).status_code == 200
            assert scanner.head(address).status_code == 200
        assert "_auth_user_id" not in scanner.session
    asked.refresh_from_db()
    assert (asked.state, choice(made, world.seats["bruno"])) == (Invitation.State.SENT, "")
    assert (Entry.objects.count(), Link.objects.exclude(used_at=None).count()) == before
    assert "C’est noté" in words(Client().post(addresses[1], {"choix": "for"}))  # and the person still may


def test_an_invitation_that_was_forwarded_is_not_answered_by_somebody_else(world: World, asked: Invitation) -> None:
    chloe, address = browser_of(world.chloe), reverse("groupings:invitation", args=[token_of(asked)])
    page = words(chloe.get(address))
    assert "Cette invitation n’est pas pour vous" in page
    assert "Vous êtes entré comme Chloé Petit" in page
    answer = chloe.post(f"{address}/accepter", {"company_text": "Ailleurs", "capacity": "legal"})
    assert answer.status_code == 403
    assert "adressée à quelqu’un d’autre" in words(answer)
    assert Seat.objects.filter(grouping=world.grouping).count() == 4


def test_an_invitation_that_is_late_withdrawn_or_already_answered_says_so(world: World, asked: Invitation) -> None:
    address = reverse("groupings:invitation", args=[token_of(asked)])
    Link.objects.filter(pk=link_of(asked).pk).update(expires_at=now() - timedelta(hours=1))
    assert "Ce lien n’est plus valable" in words(Client().get(address))
    assert Client().post(f"{address}/accepter", {"company_text": "Gros", "capacity": "legal"}).status_code == 409
    other = invite(world.grouping, Invitee("gilles@exemple.fr"), by=world.actor("aude"), at=now())
    taken = reverse("groupings:invitation", args=[token_of(other)])
    withdraw_invitation(other, by=world.actor("aude"), at=now())
    assert "Ce lien a été retiré" in words(Client().get(taken))
    assert Client().post(f"{taken}/decliner", {"reason": ""}).status_code == 409
    third = invite(world.grouping, Invitee("hugo@exemple.fr"), by=world.actor("aude"), at=now())
    used, browser = reverse("groupings:invitation", args=[token_of(third)]), Client()
    for _tap in range(2):  # two taps seat one company
        browser.post(f"{used}/accepter", {"company_text": "Hugo et fils", "capacity": "legal"})
    assert Seat.objects.filter(grouping=world.grouping, company__name="Hugo et fils").count() == 1
    assert "Ce lien a déjà servi" in words(Client().get(used))


def test_a_vote_link_that_is_late_withdrawn_or_used_votes_no_more(world: World) -> None:
    made = ballot(world, days=20_000)
    late = vote_link(world, made, expires_at=now() - timedelta(minutes=1))
    assert "Ce lien n’est plus valable." in words(Client().get(address_of(late)))
    refused = Client().post(address_of(late), {"choix": "for"})
    assert (refused.status_code, choice(made, world.seats["bruno"])) == (409, "")
    fresh = vote_link(world, made, expires_at=made.closes_at)
    Client().post(address_of(fresh), {"choix": "for"})
    again = Client().post(address_of(fresh), {"choix": "against"})
    assert (again.status_code, choice(made, world.seats["bruno"])) == (409, "for")
    assert "Ce lien a déjà servi" in words(again)
    other = vote_link(world, made, "denis")
    revoke_links(subject=made, at=now())
    assert "Ce lien a été retiré." in words(Client().get(address_of(other)))
    assert Client().post(address_of(other), {"choix": "for"}).status_code == 409
    assert choice(made, world.seats["denis"]) == ""


def test_a_sign_in_link_enters_once(world: World) -> None:
    link = make_link(world.bruno, purpose="sign_in", subject=world.bruno, at=now())
    address = reverse("people:enter", args=[token(link)])
    assert Client().post(address).status_code == 302
    assert "Ce lien a déjà servi." in words(Client().get(address))
    second = Client()
    assert second.post(address).status_code == 409
    assert "_auth_user_id" not in second.session


# --- Somebody else is signed in on this machine ---


def test_the_person_of_the_link_acts_whoever_is_signed_in_and_the_page_says_who(world: World) -> None:
    made = ballot(world, days=20_000)
    browser, address = browser_of(world.aude), address_of(vote_link(world, made))
    assert "Bruno Masson, vous votez pour Charpente Masson" in words(browser.get(address))
    browser.post(address, {"choix": "against"})
    assert (choice(made, world.seats["bruno"]), choice(made, world.seats["aude"])) == ("against", "")
    line = Entry.objects.of(world.grouping.book).last()
    assert line is not None
    assert line.by.startswith(world.bruno.pseudonym)
    link = make_link(world.bruno, purpose="sign_in", subject=world.bruno, at=now())
    enter = reverse("people:enter", args=[token(link)])
    assert world.bruno.email in words(browser.get(enter))
    browser.post(enter)
    assert browser.session["_auth_user_id"] == str(world.bruno.pk)


# --- One person, two companies ---


def test_who_acts_for_two_companies_votes_for_each(world: World, mailoutbox: list[Any]) -> None:
    second = factories.seat(
        world.grouping, world.bruno, company=factories.company("Scierie Masson", leader=world.bruno)
    )
    made = ballot(world, days=20_000)
    tick(at=now())
    mails = [mail for mail in mailoutbox if mail.to == [world.bruno.email]]
    assert sorted(line for mail in mails for line in mail.body.splitlines() if "Vous votez pour" in line) == [
        "Vous votez pour\u00a0: Charpente Masson",
        "Vous votez pour\u00a0: Scierie Masson",
    ]
    links = Link.objects.filter(person=world.bruno, purpose="vote")
    first = links.get(seat__endswith=world.seats["bruno"].public_id)
    Client().post(address_of(first), {"choix": "for"})
    assert (choice(made, world.seats["bruno"]), choice(made, second)) == ("for", "")
    page = reverse("governance:ballot", args=[made.public_id])
    assert "Vous votez pour Scierie Masson." in words(browser_of(world.bruno).get(page, {"voix": second.public_id}))
    other = links.get(seat__endswith=second.public_id)
    assert "vous votez pour Scierie Masson" in words(Client().get(address_of(other)))
    Client().post(address_of(other), {"choix": "abstain"})
    assert (choice(made, world.seats["bruno"]), choice(made, second)) == ("for", "abstain")


# --- Two tabs ---


def told_both(answer: Any, theirs: str, mine: str) -> None:
    assert answer.status_code == 409, words(answer)
    assert theirs in words(answer)
    assert mine in words(answer)


def test_two_tabs_on_the_purpose(world: World) -> None:
    address = reverse("groupings:purpose", args=[world.grouping.public_id])
    first, second = browser_of(world.aude), browser_of(world.aude)
    form = {"name": "Bois & Pierre", "version": str(world.grouping.version)}
    assert first.post(address, {**form, "purpose": "Un stand à Béziers."}).status_code == 302
    told_both(second.post(address, {**form, "purpose": "Un stand à Sète."}), "Un stand à Béziers.", "Un stand à Sète.")
    assert Grouping.objects.get(pk=world.grouping.pk).purpose == "Un stand à Béziers."


def test_two_tabs_on_who_uses_what(world: World) -> None:
    pool = make_pool(world)
    address, key = reverse("money:note_use", args=[pool.public_id]), world.seats["aude"].public_id
    form = {"version": str(pool.version)}
    assert browser_of(world.bruno).post(address, {**form, f"use_{key}": "12,5"}).status_code == 302
    told_both(browser_of(world.aude).post(address, {**form, f"use_{key}": "14"}), "12,5", "14")
    assert PoolShare.objects.get(pool=pool, seat=world.seats["aude"]).use == 1250


def test_two_tabs_on_the_answers_of_an_agreement(world: World) -> None:
    made = agreements.prepare_agreement(world.grouping, kind="gme_conjoint", by=world.actor("aude"), at=now())
    address, form = reverse("agreements:answer", args=[made.public_id]), {"version": str(made.version)}
    answers = {"q-client_name": "Commune de Paulhan", "q-building_works": "yes"}
    assert browser_of(world.bruno).post(address, {**form, **answers}).status_code == 302
    other = {"q-client_name": "Commune de Gignac", "q-building_works": "no"}
    told_both(browser_of(world.aude).post(address, {**form, **other}), "Commune de Paulhan", "Commune de Gignac")
    made.refresh_from_db()
    assert made.answers["client_name"] == "Commune de Paulhan"


def test_two_tabs_on_a_lot(world: World) -> None:
    made = need(world)
    address = reverse("offers:lot", args=[made.public_id, 1])
    page = browser_of(world.aude).get(address).context["form"]
    form = {name: value for name in page.fields if (value := page[name].value()) not in (None, "", False)}
    assert browser_of(world.aude).post(address, {**form, "title": "Maçonnerie"}).status_code == 302
    told_both(browser_of(world.aude).post(address, {**form, "title": "Gros murs"}), "Maçonnerie", "Gros murs")
    assert made.lots.get(rank=1).title == "Maçonnerie"


def test_a_link_says_nothing_to_who_has_none() -> None:
    for name in ("groupings:invitation", "governance:vote_by_link", "people:enter", "signing:sign", "signing:text"):
        answer = Client().get(reverse(name, args=["nimporte.quoi"]))
        assert answer.status_code == 404
        assert "n’existe pas" in words(answer)
    assert not Person.objects.exists()
