"""What the component gallery shows: every component, every variant, with plain values."""

from datetime import datetime
from typing import Any


def examples(at: datetime) -> dict[str, Any]:
    return {"at": at}
