"""What became of a question that a tool put to the members: its last call counts."""

from collections.abc import Iterable
from typing import Literal

from cordee.governance.models import Ballot


def last_calls(addresses: Iterable[str]) -> dict[str, Ballot]:
    """By the address of its first call, the last call of each question: one query."""
    ids = {each.rpartition("/")[2]: each for each in addresses if each}
    if not ids:
        return {}
    questions = Ballot.objects.filter(public_id__in=ids).values("resolution")
    calls = list(Ballot.objects.filter(resolution__in=questions).order_by("call"))
    last = {one.resolution_id: one for one in calls}
    return {ids[one.public_id]: last[one.resolution_id] for one in calls if one.public_id in ids}


def verdict(ballot: Ballot) -> Literal["voting", "yes", "no"]:
    """What a vote decided: still open while a second call or the coordinator’s voice may come."""
    rule = ballot.rule_in_force
    if ballot.closed_at is None:
        return "voting"
    if ballot.outcome == Ballot.Outcome.NO_QUORUM and ballot.call == 1 and rule.second_quorum is not None:
        return "voting"
    if ballot.outcome == Ballot.Outcome.TIE and rule.method == "majority" and rule.tie == "chair":
        return "voting"
    return "yes" if ballot.went_through else "no"


def outcome(ballot: Ballot | None) -> bool | None:
    """Whether the members adopted it; None while it may still be voted."""
    said = "voting" if ballot is None else verdict(ballot)
    return None if said == "voting" else said == "yes"
