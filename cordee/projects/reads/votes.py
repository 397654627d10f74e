"""Where a vote stands that this room opened: its last call, and what it decided."""

from collections.abc import Iterable
from typing import Literal

from cordee.governance.models import Ballot


def ballots_at(addresses: Iterable[str]) -> dict[str, Ballot]:
    """The last call of each vote, by the address under which it was first opened: two queries."""
    ids = {each.rpartition("/")[2]: each for each in addresses if each}
    first = list(Ballot.objects.filter(public_id__in=ids)) if ids else []
    last: dict[int, Ballot] = {}
    calls = (
        Ballot.objects.filter(resolution__in=[each.resolution_id for each in first]) if first else Ballot.objects.none()
    )
    for each in calls.order_by("call"):
        last[each.resolution_id] = each
    return {ids[each.public_id]: last[each.resolution_id] for each in first}


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
