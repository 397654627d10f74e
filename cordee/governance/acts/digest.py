"""The weekly summary, for those who asked for it."""

from datetime import datetime

from cordee.ground.kit.refusals import Refusal
from cordee.ground.register.acts import INSTANCE, By, act
from cordee.ground.register.models import Entry


class AlreadyOpened(Refusal):
    """This week's summary has left."""


def note_digest(week: str, *, by: By, at: datetime) -> str:
    """Note that the summary of a week leaves; the letters follow from the register, one each.

    Allowed       Cordée itself.
    Refused when  it left already.
    Tells         governance.digest.opened: which week.
    """
    with act("governance.digest.opened", book=INSTANCE, by=by, at=at, on=f"governance/week/{week}") as facts:
        if Entry.objects.of(INSTANCE).filter(subject=f"governance/week/{week}").exists():
            raise AlreadyOpened(week)
        facts["week"] = week
    return week
