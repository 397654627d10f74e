"""The payments that wait for a person: to make, to confirm as received."""

from typing import Any

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When

from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import my_seats
from cordee.money.models import Transfer


def open_transfers(person: Person) -> QuerySet[Transfer]:
    """The payments of this person's companies that are not settled: what they owe, what is owed to them.

    `owes` and `is_owed` say on which side they stand; both may be true for somebody with two companies.
    """
    seats = my_seats(person).values("pk")
    return (
        Transfer.objects.select_related("debtor__company", "creditor__company", "pool__grouping")
        .annotate(owes=_within("debtor", seats), is_owed=_within("creditor", seats))
        .filter(Q(owes=True, paid_at=None) | Q(is_owed=True, received_at=None))
    )


def _within(side: str, seats: QuerySet[Seat, Any]) -> Case:
    return Case(When(**{f"{side}__in": seats}, then=Value(True)), default=Value(False), output_field=BooleanField())


def due_by(person: Person) -> QuerySet[Transfer]:
    """The payments that await this person: to make first, then to confirm as received."""
    waiting = Q(owes=True, paid_at=None) | Q(is_owed=True, paid_at__isnull=False, received_at=None)
    return open_transfers(person).filter(waiting).order_by(F("paid_at").asc(nulls_first=True), "pk")
