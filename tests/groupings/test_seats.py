"""Holding a seat: substitute, handing over, offices, leaving; one person for two companies."""

import pytest

from cordee.directory.models import Representative
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.people.models import Actor, Clockwork, Person
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings import reads
from cordee.groupings.acts import end_mandate, give_office, hand_over_seat, leave, name_substitute, pause
from cordee.groupings.acts.seats import LeavingNeedsNotice, NamedByDecision, NotAMember, NotEntitled
from cordee.groupings.models import Grouping, Office
from tests import factories
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db


def colleague(world: World, capacity: str = "delegate", name: str = "Diane Faure") -> Person:
    person = factories.person(name)
    Representative.objects.create(company=world.seats["aude"].company, person=person, capacity=capacity, since=AT)
    return person


def test_a_substitute_acts_for_the_seat_and_an_assistant_does_not(world: World) -> None:
    diane, anne = colleague(world), colleague(world, "assistant", "Anne Petit")
    seat = name_substitute(world.seats["aude"], diane, by=world.actor("aude"), at=AT)
    assert seat.substitute == diane
    pause(world.grouping, by=Actor(diane, address(seat)), at=AT)
    with pytest.raises(NotAllowed) as told:
        pause(world.grouping, by=Actor(anne, address(seat)), at=AT)
    assert "préparer" in told.value.why
    with pytest.raises(NotEntitled):
        name_substitute(seat, anne, by=world.actor("aude"), at=AT)
    name_substitute(seat, None, by=world.actor("aude"), at=AT)
    with pytest.raises(NotYours):
        leave(seat, by=Actor(diane, "groupings/seat/nothing"), at=AT)
    assert Entry.objects.of(world.grouping.book)[0].act == "groupings.substitute.named"


def test_a_delegation_that_ended_gives_no_right(world: World) -> None:
    diane = colleague(world)
    seat = name_substitute(world.seats["aude"], diane, by=world.actor("aude"), at=AT)
    end_mandate(seat.mandates.get(), by=world.actor("aude"), at=AT)
    seat.substitute = diane  # whoever the row still names: the right went with the writing
    seat.save()
    with pytest.raises(NotAllowed):
        pause(world.grouping, by=Actor(diane, address(world.seats["aude"])), at=AT)


def test_only_the_representative_names_and_hands_over(world: World) -> None:
    diane, outsider = colleague(world), factories.person("Elsa Roy")
    name_substitute(world.seats["aude"], diane, by=world.actor("aude"), at=AT)
    with pytest.raises(NotAllowed):
        name_substitute(world.seats["aude"], None, by=Actor(diane, address(world.seats["aude"])), at=AT)
    with pytest.raises(NotAllowed):
        hand_over_seat(world.seats["aude"], diane, by=world.actor("bruno"), at=AT)
    with pytest.raises(NotEntitled):
        hand_over_seat(world.seats["aude"], outsider, by=world.actor("aude"), at=AT)
    seat = hand_over_seat(world.seats["aude"], diane, by=world.actor("aude"), at=AT)
    assert (seat.holder, seat.substitute) == (diane, None)
    with pytest.raises(NotYours):
        reads.membership(world.chloe, world.grouping.public_id)
    entry = Entry.objects.of(world.grouping.book).last()
    assert entry is not None
    assert (entry.act, entry.facts["to"], entry.facts["kind"]) == (
        "groupings.seat.handed_over",
        diane.pseudonym,
        "holds",
    )
    mandate = seat.mandates.get(ended_at=None)
    assert mandate.paper is not None
    assert entry.facts["paper"] == mandate.paper.digest  # handing over to a delegate is writing it


def test_the_facilitator_hands_over_and_a_decision_binds(world: World) -> None:
    with pytest.raises(NotAllowed):
        give_office(world.grouping, "facilitator", world.seats["bruno"], by=world.actor("bruno"), at=AT)
    give_office(world.grouping, "facilitator", world.seats["bruno"], by=world.actor("aude"), at=AT)
    assert Office.objects.get(role="facilitator", until=None).seat == world.seats["bruno"]
    with pytest.raises(NotAMember):
        give_office(world.grouping, "treasurer", world.seats["chloe"], by=world.actor("aude"), at=AT)
    give_office(
        world.grouping,
        "coordinator",
        world.seats["denis"],
        by=Clockwork(),
        at=AT,
        by_decision="governance/resolution/x",
    )
    with pytest.raises(NamedByDecision):
        give_office(world.grouping, "coordinator", world.seats["aude"], by=world.actor("bruno"), at=AT)
    with pytest.raises(NotAllowed):
        give_office(world.grouping, "treasurer", world.seats["aude"], by=Clockwork(), at=AT)
    told = [entry.facts["role"] for entry in Entry.objects.filter(act="groupings.office.given")]
    assert told == ["facilitator", "coordinator"]


def test_leaving_ends_the_offices_and_needs_notice_once_committed(world: World) -> None:
    leave(world.seats["aude"], by=world.actor("aude"), at=AT)
    assert not Office.objects.filter(until=None).exists()
    with pytest.raises(NotYours):
        reads.grouping_page(world.aude, world.grouping.public_id, at=AT)
    give_office(world.grouping, "facilitator", world.seats["bruno"], by=world.actor("bruno"), at=AT)
    Grouping.objects.update(stage="committed")
    with pytest.raises(LeavingNeedsNotice):
        leave(world.seats["bruno"], by=world.actor("bruno"), at=AT)
    assert Entry.objects.filter(act="groupings.seat.left").count() == 1


def test_one_person_for_two_companies_chooses_the_voice(world: World) -> None:
    second = factories.seat(world.grouping, world.bruno, company=factories.company("Seconde", leader=world.bruno))
    page = world.grouping.public_id
    me = reads.membership(world.bruno, page)
    assert (me.seat, len(me.seats), me.voice) == (world.seats["bruno"], 2, f"?voix={world.seats['bruno'].public_id}")
    assert reads.membership(world.bruno, page, voice=second.public_id).seat == second
    with pytest.raises(NotYours):
        reads.membership(world.bruno, page, voice=world.seats["aude"].public_id)
    assert reads.membership(world.aude, page).voice == ""
    leave(second, by=Actor(world.bruno, address(second)), at=AT)
    entry = Entry.objects.of(world.grouping.book).last()
    assert entry is not None
    assert entry.by.endswith(address(second))
