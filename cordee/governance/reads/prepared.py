"""Questions prepared, for the members who may put them."""

from cordee.governance.models import Prepared
from cordee.groupings.models import Grouping


def prepared_of(grouping: Grouping) -> list[Prepared]:
    """Those that wait, the last one first."""
    waiting = Prepared.objects.filter(grouping=grouping, resolution=None, dropped_at=None)
    return list(waiting.select_related("by", "seat__company").order_by("-pk")[:50])


def words_of(prepared: Prepared) -> dict[str, str]:
    """What the form starts from."""
    return {name: getattr(prepared, name) for name in ("title", "text", "decision_type")}
