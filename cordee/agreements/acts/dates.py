"""Noting that dates near, those of what is signed and those by which one signs: each is told once."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement, Alert
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


def note_unsigned(agreement: Agreement, *, days: int, by: By, at: datetime) -> Agreement:
    """Note that a document still lacks signatures and its deadline is near (2 days), or has passed (0).

    Allowed       Cordée itself.
    Refused when  it is not being signed, or this was told already for this deadline.
    Tells         agreements.signature.lagging: how many signatures are missing, how many days are left.
    """
    with act("agreements.signature.lagging", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = Agreement.objects.select_related("ceremony", "grouping").get(pk=agreement.pk)
        if fresh.state != Agreement.State.SENT or fresh.ceremony is None:
            raise ToldAlready(_("Ce document n’est pas en signature."))
        what = f"{fresh.public_id} signs until {fresh.ceremony.expires_at:%Y-%m-%d %H:%M}"
        _alert, new = Alert.objects.get_or_create(grouping=fresh.grouping, what=what, days=days, defaults={"at": at})
        if not new:
            raise ToldAlready(_("Ce délai est déjà annoncé."))
        waiting = fresh.ceremony.signatories.filter(state="waiting").count()
        facts |= {"waiting": waiting, "days": days}
    return fresh
