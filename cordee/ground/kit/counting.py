"""Counting rows inside a larger query: several counts, one query."""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce


def count_of(rows: models.QuerySet[Any]) -> Coalesce:
    """How many rows a query finds, to annotate another one with; `OuterRef` may stand in it."""
    one = rows.order_by().annotate(one=models.Value(1)).values("one")
    return Coalesce(models.Subquery(one.annotate(count=models.Count("pk")).values("count")), 0)
