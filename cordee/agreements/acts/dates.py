"""Noting that dates near, so that those whom they concern are told once."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.agreements.models import Alert
from cordee.agreements.reads.dates import Ends
from cordee.ground.kit.refusals import Refusal
from cordee.ground.register.acts import By, act
from cordee.groupings.models import Grouping


class ToldAlready(Refusal):
    """Nothing new to tell."""


def note_date(grouping: Grouping, due: Sequence[tuple[Ends, int]], *, by: By, at: datetime) -> int:
    """Note the dates of a grouping that near; the letters follow from the register, one for each person.

    Allowed       Cordée itself.
    Refused when  all of them were told already.
    Tells         agreements.date.neared: how many.
    """
    with act("agreements.date.neared", book=grouping.book, by=by, at=at, on=grouping) as facts:
        new = 0
        for ends, days in due:
            _alert, fresh = Alert.objects.get_or_create(
                grouping=grouping, what=ends.key[:160], days=days, defaults={"at": at}
            )
            new += fresh
        if not new:
            raise ToldAlready(_("Ces échéances sont déjà annoncées."))
        facts["dates"] = new
    return new
