"""What the tests of a grouping's life share: a committed world, votes that all cast, a round of the ticker."""

from datetime import datetime, timedelta

from cordee.governance import acts as governance
from cordee.governance.models import Ballot
from cordee.groupings.models import Grouping
from cordee.groupings.reads import actor_for
from cordee.journeys import tasks
from tests.factories import AT
from tests.people import World, make_world

LATER = AT + timedelta(days=3)


def committed() -> World:
    """The world of the tests, bound by a signed text."""
    return make_world(stage="committed")


def vote_all(world: World, ballot: Ballot, choice: str = "for", *, at: datetime = AT) -> Ballot:
    """Everybody on the roll votes the same, then the vote is closed and its effect carried out."""
    for voter in ballot.voters.filter(withdrawn_at=None).select_related("seat__holder"):
        by = actor_for(voter.seat.holder, voter.seat)
        governance.cast_vote(ballot, seat=voter.seat, choice=choice, by=by, at=at)
    closed = governance.close_ballot(ballot, by=world.actor("aude"), at=at)
    tasks.tick(at=at)
    return closed


def again(grouping: Grouping) -> Grouping:
    """The grouping as it is now."""
    return Grouping.objects.get(pk=grouping.pk)


def last_act(grouping: Grouping, name: str) -> dict[str, object]:
    """The facts of the last line of this name in the grouping's book."""
    from cordee.ground.register.models import Entry

    found = Entry.objects.of(grouping.book).filter(act=name).last()
    assert found is not None, f"no line {name}"
    return dict(found.facts)
