"""The end: final statements, and whether enough companies are left."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines import lifecycle
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act
from cordee.groupings.acts.at_the_table import leading_seat, living
from cordee.groupings.acts.closing import NotWindingUp
from cordee.groupings.models import FinalStatement, Grouping, Seat
from cordee.journeys.reads import facts, statement_of


class NothingChanged(Refusal):
    """The grouping has as many companies as before."""


def make_statements(grouping: Grouping, *, by: Actor, at: datetime) -> list[FinalStatement]:
    """Draw up the final statement of each member from the common accounts; a new one asks to be accepted again.

    Allowed       whoever leads, or leads the ending.
    Refused when  the grouping does not end.
    Tells         journeys.statements.made: the balance of each seat.
    """
    with act("journeys.statements.made", book=grouping.book, by=by, at=at, on=grouping) as told:
        fresh = living(grouping)
        leading_seat(fresh, by, _("établir les décomptes"))
        if fresh.stage != Grouping.Stage.WINDING_UP:
            raise NotWindingUp(_("Le groupement ne se termine pas."))
        made = []
        for seat in Seat.objects.filter(grouping=fresh, state=Seat.State.MEMBER).select_related("company", "grouping"):
            found = statement_of(seat)
            known = FinalStatement.objects.filter(seat=seat).first()
            row = known or FinalStatement(grouping=fresh, seat=seat)
            if known is None or known.lines != found.as_rows():
                row.lines, row.balance, row.made_at, row.accepted_at = found.as_rows(), found.balance, at, None
                row.save()
            made.append(row)
            told[seat.public_id] = found.balance
    return made


def note_minimum(grouping: Grouping, *, by: By, at: datetime) -> Grouping:
    """Note that a committed grouping has fallen under its minimum, or has enough companies again.

    Allowed       Cordée itself.
    Refused when  nothing changed.
    Tells         journeys.minimum.noted: whether it holds, how many independent companies are left.
    """
    with act("journeys.minimum.noted", book=grouping.book, by=by, at=at, on=grouping) as told:
        fresh = Grouping.objects.select_for_update().get(pk=grouping.pk)
        known = facts(fresh)
        today = localtime(at).date()
        below = lifecycle.minimum(known, fresh.below_since, today).state != "enough"
        if below == (fresh.below_since is not None):
            raise NothingChanged(_("Rien n’a changé."))
        fresh.below_since = today if below else None
        fresh.save(update_fields=["below_since"])
        told |= {"below": below, "independent": known.independent}
    return fresh
