"""An adopted decision takes effect by itself, once."""

from datetime import timedelta

import pytest

from cordee.governance import acts as governance
from cordee.governance.models import Ballot, HouseRule
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Office
from cordee.groupings.reads import actor_for
from cordee.journeys.acts import NothingToApply, apply_decision
from cordee.journeys.reads import facts
from cordee.journeys.tasks import apply_decisions
from cordee.money import acts as money
from tests.factories import AT
from tests.money.test_pools import make_pool
from tests.people import World

pytestmark = pytest.mark.django_db


def vote_all(world: World, ballot: Ballot, choice: str = "for") -> None:
    for voter in ballot.voters.select_related("seat__holder"):
        governance.cast_vote(ballot, seat=voter.seat, choice=choice, by=actor_for(voter.seat.holder, voter.seat), at=AT)
    governance.close_ballot(ballot, by=world.actor("aude"), at=AT)


def ask(world: World, effect: str, on: str = "") -> Ballot:
    return governance.propose_resolution(
        world.grouping, title="x", text="x", decision_type="ordinary", closes_at=AT + timedelta(days=3),
        effect=effect, effect_on=on, by=world.actor("aude"), at=AT,
    )  # fmt: skip


def test_the_lead_is_named(world: World) -> None:
    ballot = ask(world, "coordinator", address(world.seats["bruno"]))
    vote_all(world, ballot)
    assert apply_decisions(at=AT) == 1
    assert apply_decisions(at=AT) == 0
    office = Office.objects.get(grouping=world.grouping, role="coordinator", until=None)
    assert (office.seat, office.by_decision) == (world.seats["bruno"], address(ballot.resolution))
    assert facts(world.grouping).lead_decided
    assert Entry.objects.of(world.grouping.book).last().act == "journeys.decision.applied"


def test_the_rules_are_put_in_force(world: World) -> None:
    vote_all(world, ask(world, "rules"))
    apply_decisions(at=AT)
    assert HouseRule.objects.filter(grouping=world.grouping).count() == 9
    assert facts(world.grouping).rules_chosen


def test_the_key_is_adopted(world: World) -> None:
    pool = make_pool(world, 12_000)
    vote_all(world, money.propose_key(pool, kind="equal", by=world.actor("aude"), at=AT))
    apply_decisions(at=AT)
    assert pool.keys.get().adopted_at == AT
    assert facts(world.grouping).sharing_key


def test_what_was_rejected_has_no_effect(world: World) -> None:
    ballot = ask(world, "coordinator", address(world.seats["bruno"]))
    vote_all(world, ballot, "against")
    assert apply_decisions(at=AT) == 0
    with pytest.raises(NothingToApply):
        apply_decision(ballot.resolution, at=AT)
