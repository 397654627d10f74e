"""Where a vote stands that something was put to."""

from cordee.governance.models import Ballot


def vote_of(address: str) -> Ballot | None:
    """The last call of the vote at this address; nothing where there is none."""
    first = Ballot.objects.filter(public_id=address.rpartition("/")[2]).first() if address else None
    return Ballot.objects.filter(resolution=first.resolution_id).order_by("-call").first() if first else None


def adopted(ballot: Ballot) -> bool:
    """Whether it ended in a yes."""
    return ballot.outcome in (Ballot.Outcome.ADOPTED, Ballot.Outcome.ELECTED)
