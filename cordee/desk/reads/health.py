"""Whether this server is well: for whoever watches it."""

from datetime import datetime
from typing import Any

from django.db import Error as DatabaseError

from cordee.journeys import reads as journeys


def health(*, at: datetime) -> dict[str, Any]:
    """Whether the database answers and the ticker and a worker give signs of life; nothing that is anyone's."""
    try:
        ages = journeys.ages(at=at)
    except DatabaseError:
        return {"schema": "cordee.health/1", "ok": False, "database": False}
    late = [name for name, age in ages.items() if age is None or age > journeys.LATE[name].total_seconds()]
    found = {name: {"seconds": age, "ok": name not in late} for name, age in ages.items()}
    return {"schema": "cordee.health/1", "ok": not late, "database": True, **found}
