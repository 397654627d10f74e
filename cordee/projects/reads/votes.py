"""What became of a question that a tool put to the members: its last call counts."""

from collections.abc import Iterable
from typing import Literal

from cordee.governance.models import Ballot


def last_calls(addresses: Iterable[str]) -> dict[str, Ballot]:
    """By the address of its first call, the last call of each question: one query."""
    wanted = {each: each.rpartition("/")[2] for each in addresses if each}
    if not wanted:
        return {}
    asked: dict[str, int] = {}
    last: dict[int, Ballot] = {}
    questions = Ballot.objects.filter(public_id__in=set(wanted.values())).values("resolution")
    for one in Ballot.objects.filter(resolution__in=questions).order_by("call"):
        asked[one.public_id] = one.resolution_id
        last[one.resolution_id] = one
    return {each: last[asked[key]] for each, key in wanted.items() if key in asked}


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
