"""Sprints of two to four weeks; facilitated in turn; reviewed with the client; a retrospective that decides."""

import pytest

from cordee.delivery import acts
from cordee.delivery.models import Delivery, Sprint
from cordee.governance.acts import follow_decision
from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.register.models import Entry
from tests.delivery.building import actor, card, lot, moved, site, voted
from tests.factories import AT
from tests.people import World


def begin(world: World, delivery: Delivery, weeks: int = 2) -> Sprint:
    return acts.open_sprint(
        delivery, goal="Le hors d’eau", starts_on=AT.date(), weeks=weeks, by=actor(world, "aude"), at=AT
    )


def test_a_sprint_from_its_goal_to_its_decisions(world: World) -> None:
    delivery = site(world)
    walls = lot(world, delivery, "bruno", "Murs")
    done, left = card(world, walls, "bruno", "Façade"), card(world, walls, "bruno", "Pignon")
    with pytest.raises(Refusal, match="Aucun sprint"):
        acts.plan_item(done, wanted=True, by=actor(world, "bruno"), at=AT)
    with pytest.raises(Refusal, match="deux à quatre semaines"):
        begin(world, delivery, 5)
    sprint = begin(world, delivery)
    assert (sprint.number, (sprint.ends_on - sprint.starts_on).days) == (1, 13)
    with pytest.raises(Refusal, match="en cours"):
        begin(world, delivery)
    with pytest.raises(NotAllowed):  # nobody plans for another
        acts.plan_item(done, wanted=True, by=actor(world, "denis"), at=AT)
    for each in (done, left):
        acts.plan_item(each, wanted=True, by=actor(world, "bruno"), at=AT)
    moved(world, done, "bruno", "doing", "check", "done")
    leader = actor(world, "aude")
    with pytest.raises(Refusal, match="revue n’est pas notée"):
        acts.close_sprint(sprint, by=leader, at=AT)
    with pytest.raises(NotAllowed):
        acts.note_review(sprint, text="Vu.", by=actor(world, "bruno"), at=AT)
    acts.note_review(sprint, text="Le client a vu la façade.", by=leader, at=AT)
    with pytest.raises(acts.NothingDecided):
        acts.close_sprint(sprint, by=leader, at=AT)
    note = acts.add_retro(sprint, kind="try", text="Un appel le lundi", by=actor(world, "denis"), at=AT)
    ballot = acts.decide_retro(note, by=actor(world, "denis"), at=AT)
    with pytest.raises(Refusal, match="déjà au vote"):
        acts.decide_retro(note, by=actor(world, "denis"), at=AT)
    with pytest.raises(NotAllowed):
        acts.close_sprint(sprint, by=actor(world, "bruno"), at=AT)
    acts.close_sprint(sprint, by=leader, at=AT)
    left.refresh_from_db()
    assert left.sprint is None
    told = Entry.objects.get(act="delivery.sprint.closed").facts
    assert told == {"number": 1, "done": 1, "left": 1, "decided": 1}
    voted(world, ballot)
    owner = world.seats["denis"]
    resolution = Ballot.objects.get(pk=ballot.pk).resolution
    assert follow_decision(resolution, owner=owner, by=actor(world, "denis"), at=AT).owner == owner


def test_each_facilitates_in_turn_and_another_may_take_it(world: World) -> None:
    delivery = site(world)
    served = []
    for _ in range(3):
        sprint = begin(world, delivery)
        served.append(sprint.facilitator)
        by = actor(world, next(name for name, seat in world.seats.items() if seat == sprint.facilitator))
        acts.note_review(sprint, text="Vu.", by=by, at=AT)
        acts.close_sprint(sprint, nothing_to_change="Tout va.", by=by, at=AT)
    assert {seat.pk for seat in served} == {world.seats[name].pk for name in ("aude", "bruno", "denis")}
    sprint = begin(world, delivery)
    acts.take_facilitation(sprint, by=actor(world, "denis"), at=AT)
    assert Sprint.objects.get(pk=sprint.pk).facilitator == world.seats["denis"]
