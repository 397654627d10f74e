"""The budget, what is committed and recurs, contributions valued by vote, calls for funds."""

from datetime import date, timedelta

import pytest

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.messages.acts import tell
from cordee.ground.messages.models import Letter
from cordee.ground.people.models import Clockwork
from cordee.journeys.acts import apply_decision
from cordee.money import acts
from cordee.money.reads import budget_page, due_on, months_after, pool_page
from cordee.money.tasks import LETTERS, remind_due, write_due
from tests.factories import AT
from tests.money.making import a_line, a_pool, adopted, balances, owes
from tests.people import World

pytestmark = pytest.mark.django_db


def test_planned_committed_spent_and_left(world: World) -> None:
    pool, by = a_pool(world), world.actor("aude")
    heading = acts.add_heading(pool, label="Place", planned_cents=100_000, by=by, at=AT)
    order = acts.make_commitment(heading, label="Devis", cents=60_000, by=by, at=AT)
    a_line(world, pool, 20_000, commitment=order)
    a_line(world, pool, 5_000)
    row, loose = budget_page(pool, world.seats["aude"]).lines
    assert (row.planned, row.committed, row.spent, row.left) == (100_000, 40_000, 20_000, 40_000)
    assert (loose.heading, loose.spent) == (None, 5_000)
    acts.close_commitment(order, by=by, at=AT)
    assert budget_page(pool, world.seats["aude"]).lines[0].left == 80_000
    with pytest.raises(Refusal, match="déjà clos"):
        acts.close_commitment(order, by=by, at=AT)
    with pytest.raises(Refusal, match="montant"):
        acts.make_commitment(heading, label="x", cents=0, by=by, at=AT)
    with pytest.raises(Refusal, match="montant"):
        acts.add_heading(pool, label="x", planned_cents=0, by=by, at=AT)


def test_a_budget_is_voted_line_by_line_and_says_what_came_later(world: World) -> None:
    pool, by = a_pool(world), world.actor("bruno")
    with pytest.raises(acts.NothingToShare):
        acts.propose_budget(pool, by=by, at=AT)
    acts.add_heading(pool, label="Place", planned_cents=100_000, by=by, at=AT)
    ballot = acts.propose_budget(pool, by=by, at=AT)
    assert "Place\u00a0: 1\u202f000,00\u00a0€" in ballot.resolution.text
    pool.refresh_from_db()
    with pytest.raises(Refusal, match="déjà au vote"):
        acts.propose_budget(pool, by=by, at=AT)
    acts.add_heading(pool, label="Repas", planned_cents=1_000, by=by, at=AT + timedelta(days=1))
    assert [row.late for row in budget_page(pool, world.seats["aude"]).lines] == [False, True]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_the_same_day_some_months_later(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_what_recurs_is_written_once_for_each_of_its_days(world: World) -> None:
    pool, by = a_pool(world), world.actor("aude")
    rent = acts.add_recurring(
        pool,
        label="Local",
        cents=30_000,
        paid_by=world.seats["bruno"],
        every_months=1,
        first_on=date(2026, 1, 31),
        until=date(2026, 3, 31),
        by=by,
        at=AT,
    )
    for _round in range(4):
        write_due(at=AT)
    assert [line.label for line in pool.lines.all()] == ["Local, 01/2026", "Local, 02/2026"]
    with pytest.raises(acts.NotRecurring):
        acts.write_recurring(rent, by=Clockwork(), at=AT)
    rent.refresh_from_db()
    assert due_on(rent) == date(2026, 3, 31)
    acts.stop_recurring(rent, by=world.actor("bruno"), at=AT)
    with pytest.raises(acts.NotRecurring):
        acts.stop_recurring(rent, by=world.actor("bruno"), at=AT)
    assert write_due(at=AT + timedelta(days=90)) == 0


def test_nonsense_never_recurs(world: World) -> None:
    pool, by = a_pool(world), world.actor("aude")
    plain = {"label": "x", "cents": 1, "paid_by": world.seats["aude"], "every_months": 1, "first_on": date(2026, 5, 1)}
    for wrong in ({"cents": 0}, {"until": date(2026, 4, 1)}, {"paid_by": world.seats["chloe"]}):
        with pytest.raises(Refusal):
            acts.add_recurring(pool, **{**plain, **wrong}, by=by, at=AT)


def test_contributions_are_valued_by_what_was_voted(world: World) -> None:
    pool, by = a_pool(world), world.actor("bruno")
    ballot = acts.propose_rate(pool, label="Montage", unit="heure", unit_cents=4_550, by=by, at=AT)
    rate = pool.rates.get()
    with pytest.raises(acts.NoRate):
        acts.add_contribution(pool, rate=rate, quantity=250, what="", by=by, at=AT)
    ballot.outcome, ballot.closed_at = "adopted", AT
    ballot.save()
    apply_decision(ballot.resolution, at=AT)
    line = acts.add_contribution(pool, rate=rate, quantity=250, what="Montage du stand", by=by, at=AT)
    assert line.cents == 11_375
    adopted(world, pool)
    assert sum(balances(world, pool)) == 0
    assert balances(world, pool)[1] == 11_375 - owes(world, pool)[1]
    with pytest.raises(Refusal, match="combien"):
        acts.add_contribution(pool, rate=rate, quantity=0, what="", by=by, at=AT)
    again = acts.adopt_rate(rate, by_decision="governance/resolution/x", by=Clockwork(), at=AT)
    assert again.by_decision == "governance/resolution/x"
    with pytest.raises(Refusal, match="valeur"):
        acts.propose_rate(pool, label="x", unit="h", unit_cents=0, by=by, at=AT)


def test_a_voted_key_is_put_in_force_by_its_address(world: World) -> None:
    pool = a_pool(world, 10_000)
    ballot = acts.propose_key(pool, kind="equal", by=world.actor("aude"), at=AT)
    acts.adopt_voted(ballot.resolution.effect_on, by_decision="governance/resolution/x", by=Clockwork(), at=AT)
    assert owes(world, pool) == [2500] * 4


def test_a_call_for_funds_is_asked_paid_received_and_becomes_an_advance(world: World) -> None:
    pool = a_pool(world, 10_000)
    adopted(world, pool)
    call_it = {"title": "Arrhes", "cents": 4_001, "due_on": date(2026, 4, 1), "held_by": world.seats["aude"]}
    with pytest.raises(NotAllowed):
        acts.call_funds(pool, **call_it, by=world.actor("bruno"), at=AT)
    with pytest.raises(acts.NotCallable):
        acts.call_funds(pool, **{**call_it, "due_on": date(2026, 1, 1)}, by=world.actor("aude"), at=AT)
    call = acts.call_funds(pool, **call_it, by=world.actor("aude"), at=AT)
    assert sum(part.cents for part in call.parts.all()) == 4_001
    tell(LETTERS, at=AT)
    assert "À verser avant le 1 avril" in Letter.objects.filter(to=world.bruno).last().subject
    part = call.parts.get(seat=world.seats["bruno"])
    with pytest.raises(NotAllowed):
        acts.declare_paid(part, by=world.actor("aude"), at=AT)
    acts.declare_paid(part, by=world.actor("bruno"), at=AT)
    with pytest.raises(acts.AlreadySaid):
        acts.declare_paid(part, by=world.actor("bruno"), at=AT)
    before = balances(world, pool)
    with pytest.raises(NotAllowed):
        acts.receive_part(part, by=world.actor("bruno"), at=AT)
    acts.receive_part(part, by=world.actor("aude"), at=AT)
    after = balances(world, pool)
    assert after[1] == before[1] + part.cents
    assert after[0] == before[0] - part.cents
    with pytest.raises(acts.AlreadySaid):
        acts.receive_part(part, by=world.actor("aude"), at=AT)
    assert pool_page(pool, world.seats["aude"]).total == 10_000


def test_who_is_late_is_reminded_once(world: World) -> None:
    pool = a_pool(world)
    call = acts.call_funds(
        pool,
        title="Arrhes",
        cents=4_000,
        due_on=date(2026, 4, 1),
        held_by=world.seats["aude"],
        by=world.actor("aude"),
        at=AT,
    )
    assert remind_due(at=AT) == 0
    with pytest.raises(acts.AlreadySaid):
        acts.remind_call(call, by=Clockwork(), at=AT)
    late = AT + timedelta(days=40)
    assert remind_due(at=late) == 1
    assert remind_due(at=late) == 0
    tell(LETTERS, at=late)
    assert "En retard" in Letter.objects.filter(to=world.bruno).last().subject
