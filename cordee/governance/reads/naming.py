"""An election without candidates: whom the members named, how often, and why."""

from cordee.governance.models import Voter
from cordee.groupings.models import Seat


def named_by(voters: list[Voter]) -> tuple[tuple[str, int], ...]:
    """Each person who was named and how many times, most often first."""
    names = [voter.named for voter in voters if voter.named and not voter.withdrawn_at]
    return tuple(sorted(((name, names.count(name)) for name in set(names)), key=lambda each: (-each[1], each[0])))


def reasons_of(voters: list[Voter], own: Voter | None) -> tuple[tuple[Seat, str, str], ...]:
    """What each said, once one has named somebody oneself, and in every later round."""
    if own is None or not (own.choice or own.ballot.naming_round > 1):
        return ()
    return tuple((each.seat, each.named, each.answer.get("why", "")) for each in voters if each.named)
