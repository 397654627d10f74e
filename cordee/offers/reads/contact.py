"""Who speaks to the client today, and what was said."""

from dataclasses import dataclass
from datetime import date

from cordee.groupings.models import Seat
from cordee.offers.models import Bid, ClientMessage


def contact_today(bid: Bid, *, on: date) -> Seat | None:
    """The named contact; the deputy while the contact is away."""
    if bid.away_until is not None and bid.away_until >= on and bid.deputy_id:
        return bid.deputy
    return bid.contact


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread with the client."""

    bid: Bid
    messages: list[ClientMessage]
    contact: Seat | None


def client_thread(bid: Bid, *, on: date) -> Thread:
    """Everything that was said to and by the client, the oldest first."""
    found = ClientMessage.objects.filter(bid=bid).select_related("by", "seat__company")
    return Thread(bid, list(found), contact_today(bid, on=on))
