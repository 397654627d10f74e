"""Who comes next when a member fails, and where each default stands."""

from dataclasses import dataclass

from cordee.delivery.models import Delivery, MemberDefault, SubstituteRank
from cordee.delivery.reads.votes import adopted, vote_of
from cordee.governance.models import Ballot
from cordee.groupings.models import Seat


def next_substitute(default: MemberDefault) -> Seat | None:
    """Who comes next on the list: not the one concerned, nobody who left it to the next; nothing once it is over."""
    rows = SubstituteRank.objects.filter(delivery=default.delivery_id).select_related("seat__company", "seat__holder")
    left = [row.seat for row in rows if row.seat_id != default.seat_id and row.seat.public_id not in default.passed]
    return left[0] if left else None


@dataclass(frozen=True, slots=True)
class DefaultCard:
    """A default, as a member sees it: what it is waiting for, whether it waits for me."""

    default: MemberDefault
    mine: bool  # my company is the one concerned
    first: Seat | None
    my_turn: bool
    ballot: Ballot | None

    @property
    def adopted(self) -> bool:
        return self.ballot is not None and adopted(self.ballot)

    @property
    def voted(self) -> bool:
        return self.ballot is not None and self.ballot.closed_at is not None


def defaults_of(delivery: Delivery, seat: Seat) -> list[DefaultCard]:
    """The defaults of a delivery, the last first."""
    found = []
    rows = MemberDefault.objects.filter(delivery=delivery).select_related(
        "seat__company", "raised_by__company", "substitute__company", "delivery"
    )
    for one in rows:
        first = next_substitute(one) if one.state == MemberDefault.State.SEEKING else None
        turn = one.state == MemberDefault.State.SEEKING and one.seat_id != seat.pk and one.substitute_id is None
        found.append(
            DefaultCard(one, one.seat_id == seat.pk, first, turn and first in (None, seat), vote_of(one.ballot))
        )
    return found
