"""Groupings as their members see them. Everything is reached through a seat: a stranger finds nothing."""

from django.db.models import Q, QuerySet

from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Actor, Person
from cordee.ground.register.acts import address
from cordee.groupings.models import Seat


def my_seats(person: Person) -> QuerySet[Seat]:
    """Every seat this person holds or may replace, in a grouping that is theirs today."""
    return (
        Seat.objects.filter(Q(holder=person) | Q(substitute=person), state=Seat.State.MEMBER)
        .select_related("grouping", "company", "holder", "substitute")
        .order_by("grouping__name", "id")
    )


def seat_of(person: Person, grouping: str, *, voice: str = "") -> Seat:
    """The seat this person acts for in a grouping; `voice` names it when they act for two companies there."""
    seats = list(my_seats(person).filter(grouping__public_id=grouping))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return chosen[0]


def actor_for(person: Person, seat: Seat) -> Actor:
    """This person, acting for this seat."""
    return Actor(person, address(seat))
