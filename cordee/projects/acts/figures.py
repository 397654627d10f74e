"""The budget, the measures, the tools of a project."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours, Refusal, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.projects.acts.inside import my_project
from cordee.projects.kinds.tools import TOOLS
from cordee.projects.models import BudgetLine, Measure, Project


def write_budget(
    project: Project, *, rows: Sequence[tuple[str, int]], version: int, by: Actor, at: datetime
) -> Project:
    """Write the budget again: its lines, each with an amount in cents.

    Allowed       any participant.
    Refused when  the project is over; an amount is negative; somebody changed it in between (both totals are shown).
    Tells         projects.budget.written: the number of lines and the total.
    """
    with act("projects.budget.written", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_project(project, by)
        kept = [(label.strip()[:120], cents) for label, cents in rows if label.strip()]
        if fresh.version != version:
            theirs = {line.label: euros(line.cents) for line in fresh.budget.all()}
            yours = {label: euros(cents) for label, cents in kept}
            raise Stale(_("Quelqu’un vient de modifier ce budget."), theirs=theirs, yours=yours)
        if any(cents < 0 for _label, cents in kept):
            raise Refusal(_("Un budget n’a pas de montant négatif."))
        fresh.budget.all().delete()
        BudgetLine.objects.bulk_create(
            [
                BudgetLine(public_id=new_public_id(), project=fresh, label=label, cents=cents, position=place)
                for place, (label, cents) in enumerate(kept)
            ]
        )
        fresh.version += 1
        fresh.save(update_fields=["version"])
        facts |= {"lines": len(kept), "total": sum(cents for _label, cents in kept)}
    return fresh


def note_measure(project: Project, *, indicator: str, hundredths: int, on: date, by: Actor, at: datetime) -> Measure:
    """Note what an indicator says.

    Allowed       any participant.
    Refused when  the kind has no such indicator, or the day is to come.
    Tells         projects.measure.noted.
    """
    with act("projects.measure.noted", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, seat = my_project(project, by, ended=True)
        if indicator not in [each.slug for each in fresh.kind_data.indicators]:
            raise NotYours
        if on > at.date():
            raise Refusal(_("Ce jour n’est pas encore venu."), do=_("Notez ce qui a été mesuré, à sa date."))
        row = Measure.objects.create(project=fresh, indicator=indicator, hundredths=hundredths, on=on, seat=seat, at=at)
        facts |= {"indicator": indicator, "hundredths": hundredths, "on": on.isoformat()}
    return row


def switch_tool(project: Project, *, tool: str, wanted: bool, by: Actor, at: datetime) -> Project:
    """Switch a shared tool on or off; what was written in it stays.

    Allowed       any participant.
    Refused when  the project is over, or there is no such tool.
    Tells         projects.tool.switched.
    """
    with act("projects.tool.switched", book=project.grouping.book, by=by, at=at, on=project) as facts:
        fresh, _seat = my_project(project, by)
        if tool not in [each.slug for each in TOOLS]:
            raise NotYours
        fresh.tools = [each for each in fresh.tools if each != tool] + ([tool] if wanted else [])
        fresh.save(update_fields=["tools"])
        facts |= {"tool": tool, "on": wanted}
    return fresh
