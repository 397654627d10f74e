"""What became of a question that a tool put to the members: its last call counts."""

from collections.abc import Iterable

from cordee.governance.models import Ballot


def last_calls(addresses: Iterable[str]) -> dict[str, Ballot]:
    """By the address of its first call, the last call of each question: one query."""
    wanted = {each: each.rpartition("/")[2] for each in addresses if each}
    if not wanted:
        return {}
    asked: dict[str, int] = {}
    last: dict[int, Ballot] = {}
    asked_for = Ballot.objects.filter(public_id__in=set(wanted.values())).values("resolution")
    for one in Ballot.objects.filter(resolution__in=asked_for).order_by("call"):
        asked[one.public_id] = one.resolution_id
        last[one.resolution_id] = one
    return {each: last[asked[key]] for each, key in wanted.items() if key in asked}


def outcome(ballot: Ballot | None) -> bool | None:
    """Whether the members adopted it; None while it is being voted."""
    if ballot is None or ballot.closed_at is None:
        return None
    return ballot.outcome == Ballot.Outcome.ADOPTED
