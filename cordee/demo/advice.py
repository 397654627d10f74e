"""A comparison of legal forms in the demo: the shared employee is worth a structure, which one?"""

from datetime import datetime

from cordee.agreements.acts import keep_advice
from cordee.demo.stories import DAY, acting
from cordee.groupings.models import Grouping

ANSWERS = {
    "companies": "some",
    "aim": "employ",
    "money": "costs",
    "client": "none",
    "staff": "shared",
    "time": "lasting",
    "answer_for": "all",
    "result": "cost",
    "invest": "no",
    "own_plan": "no",
    "fragile": "no",
    "trades": "yes",
    "others": "no",
    "soon": "months",
}


def forms_compared(*, at: datetime) -> None:
    """Asked by a member of the groupement that restores old buildings."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    by = acting(grouping, "Charpente Roques")
    keep_advice(grouping, answers=ANSWERS, by=by, at=at - 6 * DAY)
