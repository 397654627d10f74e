"""The weekly summary: on Monday morning, to those who asked for it and have something to read."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines.calendar import is_business_day
from cordee.governance.acts import AlreadyOpened, note_digest
from cordee.governance.models import Ballot, FollowUp, Meeting
from cordee.governance.reads import awaiting_me
from cordee.ground.kit.templatetags.cordee import day, deadline, moment
from cordee.ground.messages.acts import Draft
from cordee.ground.messages.reads import who_want_digest
from cordee.ground.people.models import Clockwork, Person
from cordee.ground.register.models import Entry
from cordee.groupings.reads import my_seats

MORNING = 8


def open_digest(*, at: datetime) -> int:
    """Once a week, on its first working day from eight in the morning."""
    local = localtime(at)
    monday = local.date() - timedelta(days=local.weekday())
    days = [monday + timedelta(days=n) for n in range(local.weekday() + 1)]
    first = next((each for each in days if is_business_day(each)), None)
    if first != local.date() or local.hour < MORNING or not who_want_digest().exists():
        return 0
    year, week, _weekday = local.isocalendar()
    try:
        note_digest(f"{year}-W{week:02d}", by=Clockwork(), at=at)
    except AlreadyOpened:
        return 0
    return 1


def tell_digest(entry: Entry, at: datetime) -> Iterable[Draft]:
    """One letter for the week: what awaits, what comes, what was decided. Nothing to say, no letter."""
    for person in who_want_digest():
        with translation.override(person.language):
            lines = _lines(person, at)
            if lines:
                yield Draft(
                    to=person,
                    kind="governance.digest",
                    subject=_("Votre semaine dans Cordée"),
                    lines=tuple(lines),
                    button=_("Voir ce qui m’attend"),
                    url=settings.SITE_URL + "/",
                    group="digest",
                    why=_("Vous avez demandé ce résumé chaque lundi."),
                )


def _lines(person: Person, at: datetime) -> list[str]:
    groupings = my_seats(person).values("grouping")
    lines = [
        _("À voter avant %(until)s : %(title)s")
        % {"until": deadline(voter.ballot.closes_at, at), "title": voter.ballot.resolution.title}
        for voter in awaiting_me(person, at=at)
    ]
    soon = Q(starts_at__gt=at, starts_at__lt=at + timedelta(days=14), state=Meeting.State.CALLED)
    lines += [
        _("%(when)s : %(title)s") % {"when": moment(meeting.starts_at), "title": meeting.title}
        for meeting in Meeting.objects.filter(soon, grouping__in=groupings).order_by("starts_at")
    ]
    todo = FollowUp.objects.filter(owner__in=my_seats(person).values("pk"), done_at=None).select_related("resolution")
    lines += [
        _("À faire pour le %(day)s : %(title)s") % {"day": day(each.due_on), "title": each.resolution.title}
        for each in todo.filter(due_on__isnull=False).order_by("due_on")
    ]
    decided = Ballot.objects.filter(grouping__in=groupings, closed_at__gt=at - timedelta(days=7)).count()
    if decided:
        lines.append(
            ngettext(
                "%(count)s vote s’est clos la semaine passée.",
                "%(count)s votes se sont clos la semaine passée.",
                decided,
            )
            % {"count": decided}
        )
    return lines
