"""Mandates: scope, limit, dates, the writing; who only prepares; no adviser from outside ever binds."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.governance.acts import PHONED, cast_vote, confirm_phoned_vote, give_proxy, note_phoned_vote
from cordee.governance.acts import propose_resolution as ask
from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Clockwork, Person
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.acts import (
    ask_guest,
    begin_mandate,
    end_mandate,
    give_mandate,
    hand_over_seat,
    name_substitute,
    write_in_conversation,
)
from cordee.groupings.acts.mandates import MandateOver, NotAMandate
from cordee.groupings.acts.seats import NotEntitled
from cordee.groupings.models import Mandate, Seat
from cordee.groupings.permissions import seats_open_to
from cordee.groupings.reads import actor_for
from cordee.journeys.tasks.deadlines import turn_mandates
from cordee.money import acts as money
from tests import factories
from tests.factories import AT
from tests.people import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = AT.date()


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("delegation.pdf", b"%PDF-1.7 delegation")


def give(world: World, **changes: Any) -> Mandate:
    """Bruno lets Rose of his own company substitute, with what is given."""
    wanted: dict[str, Any] = {
        "email": "rose@exemple.fr", "name": "Rose Masson", "kind": "substitute", "role": "directrice",
        "since": TODAY, "paper": paper(),
    }  # fmt: skip
    return give_mandate(world.seats["bruno"], **{**wanted, **changes}, by=world.actor("bruno"), at=AT)


def question(world: World, *, cents: int | None = None, kind: str = "ordinary") -> Ballot:
    return ask(
        world.grouping, title="Acheter ?", text="Achetons.", decision_type=kind, closes_at=AT + 7 * DAY, cents=cents,
        by=world.actor("aude"), at=AT,
    )  # fmt: skip


def rose_votes(world: World, ballot: Ballot, *, days: int = 0) -> None:
    seat = Seat.objects.get(pk=world.seats["bruno"].pk)
    rose = Person.objects.get(email="rose@exemple.fr")
    cast_vote(ballot, seat=seat, choice="for", by=actor_for(rose, seat), at=AT + days * DAY)


def test_a_written_delegation_lets_somebody_vote_within_its_limits(world: World) -> None:
    made = give(world, types=["budget", "ordinary"], limit_cents=500_000, until=TODAY + 3 * DAY)
    facts = Entry.objects.of(world.grouping.book).last().facts
    assert (facts["kind"], facts["types"], facts["limit_cents"]) == ("substitute", "ordinary budget", 500_000)
    assert facts["paper"] == made.paper.digest if made.paper else False
    assert "rose" not in str(facts).lower()
    rose_votes(world, question(world, cents=500_000, kind="budget"))
    with pytest.raises(NotAllowed, match="000,01"):
        rose_votes(world, question(world, cents=500_001, kind="budget"))
    with pytest.raises(NotAllowed, match="type de décision"):
        rose_votes(world, question(world, kind="admission"))
    with pytest.raises(NotAllowed, match="ce jour-là"):
        rose_votes(world, question(world), days=4)
    bruno = world.seats["bruno"]
    cast_vote(question(world, cents=10**9), seat=bruno, choice="for", by=world.actor("bruno"), at=AT)


def test_a_limit_holds_for_proxies_and_for_a_vote_by_phone(world: World) -> None:
    give(world, types=["budget"])
    ballot, seat = question(world), Seat.objects.get(pk=world.seats["bruno"].pk)
    rose = Person.objects.get(email="rose@exemple.fr")
    with pytest.raises(NotAllowed):
        give_proxy(ballot, seat=seat, to=world.seats["aude"], by=actor_for(rose, seat), at=AT)
    note_phoned_vote(ballot, seat=seat, choice="for", by=world.actor("aude"), at=AT)
    link = make_link(rose, purpose=PHONED, subject=ballot, seat=seat, at=AT)
    with pytest.raises(NotAllowed):
        confirm_phoned_vote(link, agreed=True, at=AT)
    give_proxy(ballot, seat=world.seats["denis"], to=seat, by=world_actor(world, "denis"), at=AT)
    with pytest.raises(NotAllowed):
        cast_vote(ballot, seat=world.seats["denis"], choice="for", by=actor_for(rose, seat), at=AT)


def world_actor(world: World, name: str) -> Any:
    return actor_for(world.seats[name].holder, world.seats[name])


def test_who_prepares_sees_and_writes_but_never_binds(world: World) -> None:
    made = give(world, kind="prepares", outside=True, role="expert-comptable", paper=None)
    rose, seat = made.person, world.seats["bruno"]
    by = actor_for(rose, seat)
    assert list(seats_open_to(rose)) == [seat]
    write_in_conversation(world.grouping, "Le budget est prêt.", by=by, at=AT)
    with pytest.raises(NotAllowed):
        rose_votes(world, question(world))
    end_mandate(made, by=by, at=AT)  # one may always step down
    with pytest.raises(NotYours):
        write_in_conversation(world.grouping, "Encore ?", by=by, at=AT)
    assert Entry.objects.of(world.grouping.book).filter(act="groupings.mandate.ended").count() == 1


def test_no_adviser_from_outside_holds_a_seat_or_substitutes(world: World) -> None:
    with pytest.raises(NotEntitled, match="extérieur"):
        give(world, outside=True)
    give(world, kind="prepares", outside=True, paper=None)
    rose = Person.objects.get(email="rose@exemple.fr")
    factories.Representative.objects.create(company=world.seats["bruno"].company, person=rose, since=AT)
    for act in (name_substitute, hand_over_seat):
        with pytest.raises(NotEntitled, match="conseille"):
            act(world.seats["bruno"], rose, by=world.actor("bruno"), at=AT)
    ask_guest(world.grouping, email="guide@exemple.fr", name="Guy", kind="facilitator", by=world.actor("aude"), at=AT)
    with pytest.raises(NotEntitled, match="conseille"):
        give(world, email="guide@exemple.fr")


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"paper": None}, NotEntitled),
        ({"until": TODAY - DAY, "since": TODAY - 2 * DAY}, NotAMandate),
        ({"limit_cents": 0}, NotAMandate),
        ({"types": ["nothing"]}, NotAMandate),
        ({"kind": "king"}, NotAMandate),
    ],
    ids=["no writing", "over", "no sum", "no such type", "no such right"],
)
def test_refusals(world: World, changes: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        give(world, **changes)
    assert not Mandate.objects.exists()


def test_only_the_representative_gives_and_ends(world: World) -> None:
    with pytest.raises(NotAllowed):
        give_mandate(
            world.seats["bruno"], email="x@exemple.fr", name="X", kind="prepares", since=TODAY, by=world.actor("aude"),
            at=AT,
        )  # fmt: skip
    with pytest.raises(NotAMandate):
        give(world, email=world.bruno.email)
    made = give(world)
    with pytest.raises(NotAMandate):
        give(world)
    with pytest.raises(NotAMandate, match="déjà un suppléant"):
        give(world, email="autre@exemple.fr")
    with pytest.raises(NotYours):
        end_mandate(made, by=world.actor("aude"), at=AT)
    end_mandate(made, by=world.actor("bruno"), at=AT)
    assert Seat.objects.get(pk=world.seats["bruno"].pk).substitute is None
    with pytest.raises(MandateOver):
        end_mandate(made, by=world.actor("bruno"), at=AT)


def test_it_begins_and_ends_on_its_days(world: World) -> None:
    made = give(world, since=TODAY + 2 * DAY, until=TODAY + 4 * DAY)
    with pytest.raises(NotAllowed):
        rose_votes(world, question(world))
    with pytest.raises(MandateOver):
        begin_mandate(made, by=Clockwork(), at=AT)
    assert (turn_mandates(at=AT), turn_mandates(at=AT + 2 * DAY), turn_mandates(at=AT + 2 * DAY)) == (0, 1, 0)
    rose_votes(world, question(world), days=2)
    assert turn_mandates(at=AT + 5 * DAY) == 1
    assert Seat.objects.get(pk=world.seats["bruno"].pk).substitute is None
    assert address(made).startswith("groupings/mandate/")


def test_a_limit_holds_where_money_is_bound(world: World) -> None:
    """An order noted, funds called, a budget voted: a substitute goes no further than what is written."""
    give(world, types=["budget"], limit_cents=500_000)
    bruno = Seat.objects.get(pk=world.seats["bruno"].pk)
    rose = actor_for(Person.objects.get(email="rose@exemple.fr"), bruno)
    pool = money.open_pool(world.grouping, title="Stand", unit="m²", by=world.actor("bruno"), at=AT)
    heading = money.add_heading(pool, label="Place", planned_cents=500_001, by=rose, at=AT)
    order: dict[str, Any] = {"label": "Devis", "by": rose, "at": AT}
    with pytest.raises(NotAllowed, match="000,01"):
        money.make_commitment(heading, cents=500_001, **order)
    assert money.make_commitment(heading, cents=500_000, **order).made_by == bruno
    asked: dict[str, Any] = {"title": "Arrhes", "due_on": TODAY + 9 * DAY, "held_by": bruno}
    with pytest.raises(NotAllowed, match="000,01"):
        money.call_funds(pool, cents=500_001, **asked, by=rose, at=AT)
    assert money.call_funds(pool, cents=500_000, **asked, by=rose, at=AT).called_by == bruno
    rent: dict[str, Any] = {"label": "Loyer", "paid_by": bruno, "every_months": 1, "first_on": TODAY, "by": rose}
    with pytest.raises(NotAllowed, match="200,00"):  # twelve times in a year
        money.add_recurring(pool, cents=60_000, **rent, at=AT)
    assert money.add_recurring(pool, cents=60_000, **rent, until=TODAY + 100 * DAY, at=AT).added_by == bruno
    ballot = money.propose_budget(pool, by=rose, at=AT)
    assert ballot.resolution.cents == 500_001
    with pytest.raises(NotAllowed, match="000,01"):
        rose_votes(world, ballot)
    assert money.make_commitment(heading, label="Devis", cents=10**9, by=world.actor("bruno"), at=AT)
    assert Entry.objects.of(world.grouping.book).filter(act="money.commitment.made").count() == 2


def test_a_mandate_for_other_decisions_binds_no_money(world: World) -> None:
    give(world, types=["ordinary"])
    seat = Seat.objects.get(pk=world.seats["bruno"].pk)
    rose = actor_for(Person.objects.get(email="rose@exemple.fr"), seat)
    pool = money.open_pool(world.grouping, title="Stand", unit="m²", by=world.actor("bruno"), at=AT)
    heading = money.add_heading(pool, label="Place", planned_cents=1_000, by=rose, at=AT)
    with pytest.raises(NotAllowed, match="type de décision"):
        money.make_commitment(heading, label="Devis", cents=1, by=rose, at=AT)
    with pytest.raises(NotAllowed, match="type de décision"):
        money.call_funds(pool, title="Arrhes", cents=1, due_on=TODAY + 9 * DAY, held_by=seat, by=rose, at=AT)
