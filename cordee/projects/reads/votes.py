"""What became of a question that a tool put to the members: its last call counts."""

from collections.abc import Iterable

from cordee.governance.models import Ballot


def last_calls(addresses: Iterable[str]) -> dict[str, Ballot]:
    """By the address of its first call, the last call of each question: two queries."""
    wanted = {each: each.rpartition("/")[2] for each in addresses if each}
    if not wanted:
        return {}
    first = {one.public_id: one for one in Ballot.objects.filter(public_id__in=wanted.values())}
    last: dict[int, Ballot] = {}
    calls = Ballot.objects.filter(resolution__in=[one.resolution_id for one in first.values()])
    for one in calls.order_by("call"):
        last[one.resolution_id] = one
    return {each: last[first[key].resolution_id] for each, key in wanted.items() if key in first}


def outcome(ballot: Ballot | None) -> bool | None:
    """Whether the members adopted it; None while it is being voted."""
    if ballot is None or ballot.closed_at is None:
        return None
    return ballot.outcome == Ballot.Outcome.ADOPTED
