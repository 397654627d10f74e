"""What the later rooms already know that a document would ask: settings name these two, for `agreements`."""

from typing import Any

from cordee.groupings.models import Grouping
from cordee.journeys.reads.gates import convention_values
from cordee.money.models import SharingKey


def paper_facts(grouping: Grouping) -> dict[str, Any]:
    """The occasion, its lots, the sharing key."""
    values, _need = convention_values(grouping)
    key = key_in_force(grouping)
    return {**values, "sharing_key": key} if key else values


def key_in_force(grouping: Grouping) -> str:
    """The way of sharing that the members adopted last; empty when they adopted none."""
    adopted = SharingKey.objects.filter(pool__grouping=grouping, adopted_at__isnull=False)
    return adopted.order_by("-adopted_at", "-pk").values_list("kind", flat=True).first() or ""
