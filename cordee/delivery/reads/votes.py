"""Where a vote stands that something was put to."""

from collections.abc import Iterable

from cordee.governance.models import Ballot


def votes_of(addresses: Iterable[str]) -> dict[str, Ballot]:
    """The last call of each of these votes, by the address it was first put at: one query."""
    first = {each.rpartition("/")[2]: each for each in addresses if each}
    if not first:
        return {}
    begun = Ballot.objects.filter(public_id__in=first).values("resolution")
    calls = list(Ballot.objects.filter(resolution__in=begun).order_by("call"))
    last = {each.resolution_id: each for each in calls}
    return {first[each.public_id]: last[each.resolution_id] for each in calls if each.public_id in first}


def vote_of(address: str) -> Ballot | None:
    """The last call of the vote at this address; nothing where there is none."""
    return votes_of([address]).get(address)


def adopted(ballot: Ballot) -> bool:
    """Whether it ended in a yes."""
    return ballot.outcome in (Ballot.Outcome.ADOPTED, Ballot.Outcome.ELECTED)
