"""The one thread with the client: what was said while the offer was made, then while it is delivered."""

from dataclasses import dataclass
from datetime import datetime

from cordee.delivery.models import Delivery
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.offers.models import ClientMessage


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the thread; `before`: it dates from the offer."""

    text: str
    from_client: bool
    by: Person
    seat: Seat | None
    at: datetime
    before: bool = False


def thread_of(delivery: Delivery) -> list[Said]:
    """All that was written to and by the client, the oldest first: of the offer too, where there was one."""
    found = [
        Said(one.text, one.from_client, one.by, one.seat, one.at)
        for one in delivery.messages.select_related("by", "seat__company")
    ]
    if delivery.bid_id is not None:
        of_bid = ClientMessage.objects.filter(bid=delivery.bid_id).select_related("by", "seat__company")
        found += [Said(one.text, one.from_client, one.by, one.seat, one.at, True) for one in of_bid]
    return sorted(found, key=lambda one: one.at)
