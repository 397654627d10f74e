"""Somebody from outside sees a grouping once every company agreed; prepares, never votes; each may take it back."""

import pytest

from cordee.governance.acts import NothingPrepared, drop_prepared, prepare_question, put_prepared
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.people.models import Actor, Clockwork, Person
from cordee.ground.register.models import Entry
from cordee.groupings.acts import answer_guest, ask_guest, end_guest
from cordee.groupings.acts.guests import GuestGone, SitsHere
from cordee.groupings.models import Grouping, Guest
from cordee.groupings.permissions import is_welcome, seats_open_to
from cordee.groupings.reads import actor_for
from cordee.journeys.reads import accompanied_by
from tests.factories import AT
from tests.governance.test_ballots import CLOSES
from tests.people import World, browser_of

pytestmark = pytest.mark.django_db


def asked(world: World, kind: str = "facilitator") -> Guest:
    return ask_guest(
        world.grouping, email="gaelle@cma.example", name="Gaëlle Pons", kind=kind, role="Chambre de métiers",
        by=world.actor("aude"), at=AT,
    )  # fmt: skip


def welcomed(world: World, kind: str = "facilitator") -> Guest:
    guest = asked(world, kind)
    for name in ("bruno", "denis", "emma"):
        seat = world.seats[name]
        answer_guest(guest, agreed=True, by=actor_for(seat.holder, seat), at=AT)
    return guest


def test_the_door_opens_with_the_last_consent_and_closes_with_the_first_taken_back(world: World) -> None:
    guest = asked(world)
    gaelle = browser_of(guest.person)
    address = f"/accompagnements/{world.grouping.public_id}"
    assert gaelle.get(address).status_code == 404
    guest = welcomed_from(world, guest)
    assert Entry.objects.of(world.grouping.book).last().facts["open"] is True
    assert gaelle.get(address).status_code == 200
    assert gaelle.get(f"/groupements/{world.grouping.public_id}/").status_code == 404  # no seat, no page of members
    answer_guest(guest, agreed=False, by=world.actor("bruno"), at=AT)
    assert gaelle.get(address).status_code == 404
    assert not is_welcome(guest)


def welcomed_from(world: World, guest: Guest) -> Guest:
    for name in ("bruno", "denis", "emma"):
        seat = world.seats[name]
        answer_guest(guest, agreed=True, by=actor_for(seat.holder, seat), at=AT)
    return guest


def test_a_facilitator_prepares_and_a_member_puts_the_question(world: World) -> None:
    guest = welcomed(world)
    by = Actor(guest.person)
    made = prepare_question(world.grouping, title="Un compte commun ?", text="Ouvrons-le.", by=by, at=AT)
    assert Entry.objects.of(world.grouping.book).last().facts == {"type": "ordinary", "guest": True}
    bruno = browser_of(world.bruno)
    page = bruno.get(f"/decisions/proposer/{world.grouping.public_id}?question={made.public_id}").content.decode()
    assert "Préparée par Gaëlle Pons" in page
    assert "Un compte commun ?" in page
    words = {"title": "Un compte commun ?", "text": "Ouvrons-le.", "decision_type": "ordinary", "closes_at": CLOSES}
    ballot = put_prepared(made, **words, by=world.actor("bruno"), at=AT)
    assert ballot.resolution.proposed_by == world.seats["bruno"]
    with pytest.raises(NothingPrepared):
        drop_prepared(made, by=by, at=AT)
    assert not ballot.voters.filter(seat__in=seats_open_to(guest.person)).exists()
    other = prepare_question(world.grouping, title="Et l’assurance ?", text="Comparons.", by=by, at=AT)
    with pytest.raises(NotYours):  # she never puts it herself
        put_prepared(other, **words, by=by, at=AT)
    assert drop_prepared(other, by=world.actor("aude"), at=AT).dropped_at == AT


def test_an_observer_only_reads(world: World) -> None:
    guest = welcomed(world, "observer")
    with pytest.raises(NotYours):
        prepare_question(world.grouping, title="Non", text="Non.", by=Actor(guest.person), at=AT)
    page = browser_of(guest.person).get(f"/accompagnements/{world.grouping.public_id}").content.decode()
    assert "Vous observez" in page
    assert "Préparer une question" not in page


def test_every_grouping_that_one_accompanies_is_on_one_page(
    world: World, django_assert_max_num_queries: object
) -> None:
    guest = welcomed(world)
    elsewhere = ask_guest(
        world.elsewhere, email=guest.person.email, name="", kind="facilitator", by=world.actor("chloe"), at=AT
    )
    lines = accompanied_by(guest.person)
    assert [(line.grouping.name, line.open) for line in lines] == [("Bois & Pierre", True), ("Ailleurs", True)]
    Grouping.objects.filter(pk=world.elsewhere.pk).update(stage="exchange")
    end_guest(elsewhere, by=Actor(guest.person), at=AT)
    gaelle = browser_of(guest.person)
    with django_assert_max_num_queries(12):
        page = gaelle.get("/accompagnements/").content.decode()
    assert "Bois &amp; Pierre" in page
    assert "Ailleurs" not in page
    with django_assert_max_num_queries(12):
        assert gaelle.get(f"/accompagnements/{world.grouping.public_id}").status_code == 200


def test_refusals(world: World) -> None:
    with pytest.raises(NotAllowed):
        ask_guest(world.grouping, email="g@exemple.fr", name="G", kind="observer", by=world.actor("bruno"), at=AT)
    with pytest.raises(SitsHere):
        ask_guest(world.grouping, email=world.bruno.email, name="", kind="observer", by=world.actor("aude"), at=AT)
    guest = asked(world)
    with pytest.raises(SitsHere):
        asked(world)
    with pytest.raises(NotAllowed):
        end_guest(guest, by=world.actor("bruno"), at=AT)
    with pytest.raises(NotYours):
        answer_guest(guest, agreed=True, by=world.actor("chloe"), at=AT)
    with pytest.raises(NotYours):  # not welcome yet
        prepare_question(world.grouping, title="A", text="B", by=Actor(guest.person), at=AT)
    end_guest(guest, by=world.actor("aude"), at=AT)
    with pytest.raises(GuestGone):
        answer_guest(guest, agreed=True, by=world.actor("bruno"), at=AT)
    assert Person.objects.filter(email="gaelle@cma.example").exists()
    assert Clockwork().register_name == "cordee"
