"""The time sheets of people shared between companies: the link to each, and a word of what is missing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines.calendar import is_business_day
from cordee.ground.kit.apart import each_apart
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry
from cordee.projects.acts import note_sheet_reminder, sheet_link
from cordee.projects.models import SharedPerson
from cordee.projects.reads import hours_missing, says_hours

CLOCK = Clockwork()
FROM, UNTIL, SHOWN = 8, 19, 7  # hours of a day in which one writes to somebody; days named in a letter


def tell_sheet_link(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To a shared person: the link to their own time sheet."""
    person = _people().filter(public_id=entry.subject.rpartition("/")[2]).first()
    if person is None or person.who is None or person.left_at is not None:
        return
    with translation.override(person.who.language):
        yield Draft(
            to=person.who,
            kind=f"projects.sheet_link.{entry.number}",
            subject=_("Vos heures : %(project)s") % {"project": person.project.name[:100]},
            lines=(
                _("Notez vos heures d’un geste, jour après jour, sur votre téléphone : aucun compte à ouvrir."),
                _("Chaque entreprise ne voit que les heures faites chez elle. Ce lien n’est que pour vous."),
            ),
            button=_("Ouvrir mes heures"),
            url=link_address(sheet_link(person, at=at), "projects:sheet"),
            why=_("Vous recevez ce message car %(host)s vous partage entre plusieurs entreprises.")
            % {"host": person.project.grouping.name},
        )


def tell_missing(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To a shared person: the days not noted yet; nothing once they are."""
    person = _people().filter(public_id=entry.subject.rpartition("/")[2]).first()
    days = hours_missing(person, at=at) if person else []
    if person is None or person.who is None or not days or not says_hours(person).exists():
        return
    with translation.override(person.who.language):
        words = {"project": person.project.name[:100], "days": len(days)}
        yield Draft(
            to=person.who,
            kind=f"projects.sheet.reminded.{person.public_id}",
            subject=ngettext(
                "Vos heures : un jour à noter, %(project)s",
                "Vos heures : %(days)s jours à noter, %(project)s",
                len(days),
            )
            % words,
            lines=(
                ", ".join(date_format(day, "l j F") for day in days[:SHOWN]) + ("…" if len(days) > SHOWN else "."),
                _("Un geste par jour si tout s’est passé comme prévu ; sinon, dites vos heures ou votre absence."),
            ),
            button=_("Noter mes heures"),
            url=link_address(sheet_link(person, at=at), "projects:sheet"),
            why=_("Vous recevez ce message car %(host)s vous partage entre plusieurs entreprises.")
            % {"host": person.project.grouping.name},
            group="reminders",
        )


def remind_hours(*, at: datetime) -> int:
    """Note the reminders of hours that are due: on a working day, of days two days old, once a week at most."""
    today = localtime(at)
    if not is_business_day(today.date()) or not FROM <= today.hour < UNTIL:
        return 0
    due = _people().filter(left_at=None, who__isnull=False, project__ended_at=None)
    due = due.filter(Q(reminded_at=None) | Q(reminded_at__lte=at - timedelta(days=7)))
    late = []
    for person in due:
        days = [day for day in hours_missing(person, at=at) if day <= today.date() - timedelta(days=2)]
        if days and "sheets" in person.project.tools and says_hours(person).filter(expires_at__gt=at).exists():
            late.append((person, len(days)))
    return each_apart(late, lambda each: note_sheet_reminder(each[0], days=each[1], by=CLOCK, at=at))


def _people() -> QuerySet[SharedPerson]:
    return SharedPerson.objects.select_related("who", "project__grouping")


DEADLINES = (remind_hours,)
LETTERS: dict[str, Teller] = {
    "projects.sheet_link.given": tell_sheet_link,
    "projects.sheet.reminded": tell_missing,
}
