"""Who may see and do what in a delivery: the companies that take part; only the contact speaks to the client."""

from cordee.delivery.models import Delivery, WorkItem
from cordee.groupings.models import Seat


def takes_part(delivery: Delivery, seat: Seat) -> bool:
    """Whether a company takes part today."""
    return delivery.members.filter(seat=seat, left_at=None).exists()


def speaks_to_client(delivery: Delivery, seat: Seat) -> bool:
    """The single contact, and its deputy."""
    return seat.pk in (delivery.contact_id, delivery.deputy_id)


def may_move(item: WorkItem, seat: Seat) -> bool:
    """The company that carries the item; whoever facilitates the sprint it stands in."""
    return item.seat_id == seat.pk or (item.sprint is not None and item.sprint.facilitator_id == seat.pk)
