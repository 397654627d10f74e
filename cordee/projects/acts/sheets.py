"""Time sheets: the person says what was worked, by a link of their own; each company validates its own hours."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.acts import know_person, make_link, revoke_links
from cordee.ground.people.models import Actor, Clockwork, Link
from cordee.ground.register.acts import act
from cordee.groupings.models import Seat
from cordee.projects.acts.inside import KnowWhat, ToolAway, living_project, my_tool, same_version
from cordee.projects.models import Project, SharedPerson, SheetClosing, WorkEntry
from cordee.projects.reads import SHEET, clock, partners_of, planned_days, says_hours

LINK_FOR, LATE_MOST, SILENCE = timedelta(days=365), 92, timedelta(days=7)
DAY = 1440


class SheetsClosed(Refusal):
    """The hours of this month are in a statement."""


class NotSettled(Refusal):
    """Hours of this month still wait for a company, or for an answer."""


# --- The link of the person ---


def give_sheet_link(person: SharedPerson, *, email: str, by: Actor, at: datetime) -> Link:
    """Give a shared person the link to their own time sheet; it is good for a year, and withdrawn at any time.

    Allowed       any participant.
    Refused when  the tool is put away, or the person is not shared any more.
    Tells         projects.sheet_link.given; the letter follows from the register.
    """
    project = person.project
    with act("projects.sheet_link.given", book=project.grouping.book, by=by, at=at, on=person):
        my_tool(project, by, "sheets")
        row = SharedPerson.objects.select_for_update().get(pk=person.pk)
        if row.left_at is not None:
            raise Refusal(_("Cette personne n’est plus partagée."))
        who = know_person(email, name=row.name, by=by, at=at)
        if row.who_id != who.pk:
            revoke_links(subject=row, purpose=SHEET, at=at)  # what the address before opened is shut
        row.who = who
        row.save(update_fields=["who"])
        link = sheet_link(row, at=at)
    return link


def sheet_link(person: SharedPerson, *, at: datetime) -> Link:
    """The link of a shared person: the one that is open, or a new one."""
    assert person.who is not None
    known = says_hours(person).filter(expires_at__gt=at + timedelta(days=30)).first()
    return known or make_link(person.who, purpose=SHEET, subject=person, at=at, expires_at=at + LINK_FOR)


def shut_sheet_link(person: SharedPerson, *, by: Actor, at: datetime) -> int:
    """Withdraw the link to a time sheet: whoever holds it sees nothing any more. What was said stays.

    Allowed       any participant.
    Refused when  the tool is put away.
    Tells         projects.sheet_link.shut: how many links.
    """
    with act("projects.sheet_link.shut", book=person.project.grouping.book, by=by, at=at, on=person) as facts:
        my_tool(person.project, by, "sheets")
        facts["links"] = count = revoke_links(subject=person, purpose=SHEET, at=at)
    return count


def note_sheet_reminder(person: SharedPerson, *, days: int, by: Clockwork, at: datetime) -> SharedPerson:
    """Note that a shared person is reminded of the days not noted yet, once a week at most; the letter follows.

    Allowed       Cordée itself.
    Refused when  there was one this week already, or the person is not shared any more.
    Tells         projects.sheet.reminded: how many days.
    """
    with act("projects.sheet.reminded", book=person.project.grouping.book, by=by, at=at, on=person) as facts:
        living_project(person.project)
        row = SharedPerson.objects.select_for_update().get(pk=person.pk)
        if row.left_at is not None or (row.reminded_at is not None and row.reminded_at > at - SILENCE):
            raise Refusal(_("Ce rappel est déjà parti."))
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        facts["days"] = days
    return row


# --- What the person says ---


def confirm_day(person: SharedPerson, link: Link, *, day: date, at: datetime) -> list[WorkEntry]:
    """Say in one tap that a day was worked as the timetable had it.

    Allowed       the person, by their link.
    Refused when  nothing was planned that day; something is said already; the day is to come, too old, or its month
                  is closed; the project is over.
    Tells         projects.hours.said.
    """
    with act("projects.hours.said", book=person.project.grouping.book, by=link.actor, at=at, on=person):
        _through(person, link, at)
        return _as_planned(person, day, at, absent=False)


def say_absent(person: SharedPerson, link: Link, *, day: date, at: datetime) -> list[WorkEntry]:
    """Say that one was away on a day that was planned; nobody asks why.

    Allowed       the person, by their link.
    Refused when  as for a day that is confirmed.
    Tells         projects.absence.said.
    """
    with act("projects.absence.said", book=person.project.grouping.book, by=link.actor, at=at, on=person):
        _through(person, link, at)
        return _as_planned(person, day, at, absent=True)


def say_hours(
    person: SharedPerson,
    link: Link,
    *,
    day: date,
    seat: Seat,
    starts: int,
    ends: int,
    pause: int = 0,
    road: int = 0,
    entry: WorkEntry | None = None,
    at: datetime,
) -> WorkEntry:
    """Say from when to when one worked at a company, with the pause; or say it again until it is validated.

    Units         starts, ends: minutes since midnight; pause, road: minutes.
    Allowed       the person, by their link.
    Refused when  the hours do not follow each other, or meet others of the same day; the company takes no part; the day
                  is to come, too old, or its month is closed; it was validated already.
    Tells         projects.hours.said.
    """
    with act("projects.hours.said", book=person.project.grouping.book, by=link.actor, at=at, on=person):
        _through(person, link, at)
        _open_day(person, day, at)
        if seat.pk not in {each.pk for each in partners_of(person.project)}:
            raise NotYours
        _follow(starts, ends, pause, road)
        others = WorkEntry.objects.filter(person=person, day=day, absent=False)
        for other in others.exclude(pk=entry.pk) if entry else others:
            if other.hours["starts"] < ends and starts < other.hours["ends"]:
                raise Refusal(
                    _("Vous avez déjà noté %(from)s à %(to)s ce jour-là.")
                    % {"from": clock(other.hours["starts"]), "to": clock(other.hours["ends"])},
                    do=_("Changez d’abord ces heures, ou choisissez-en d’autres."),
                )
        row = _mine(person, entry) if entry else WorkEntry(person=person)
        WorkEntry.objects.filter(person=person, day=day, seat=seat, absent=True).delete()
        row.day, row.seat, row.starts, row.ends, row.pause, row.road = day, seat, starts, ends, pause, road
        row.absent, row.planned, row.said_at, row.version = False, False, at, row.version + (1 if entry else 0)
        row.save()
    return row


def take_back_hours(person: SharedPerson, link: Link, *, entry: WorkEntry, at: datetime) -> None:
    """Take back what one said, as long as the company has not answered.

    Allowed       the person, by their link.
    Refused when  the company validated or corrected it; the month is closed.
    Tells         projects.hours.taken_back.
    """
    with act("projects.hours.taken_back", book=person.project.grouping.book, by=link.actor, at=at, on=person):
        _through(person, link, at)
        row = _mine(person, entry)
        _open_day(person, row.day, at)
        row.delete()


def object_to_hours(person: SharedPerson, link: Link, *, entry: WorkEntry, why: str, at: datetime) -> WorkEntry:
    """Say that one does not agree with a correction; the company answers before the month is closed.

    Allowed       the person, by their link.
    Refused when  these hours were not corrected; nothing is said; the month is closed.
    Tells         projects.hours.objected_to.
    """
    with act("projects.hours.objected_to", book=person.project.grouping.book, by=link.actor, at=at, on=person):
        _through(person, link, at)
        row = _locked(entry, person)
        _month_open(person, row.day)
        if row.state != WorkEntry.State.CORRECTED or not why.strip():
            raise KnowWhat(_("Dites en une phrase ce qui ne va pas dans cette correction."))
        row.objection, row.version = why.strip()[:200], row.version + 1
        row.save(update_fields=["objection", "version"])
    return row


# --- What each company answers ---


def agree_hours(project: Project, *, entries: Iterable[str], by: Actor, at: datetime) -> int:
    """Validate hours worked at one's own company, some or all at once.

    Allowed       any participant, for its own company.
    Refused when  the tool is put away.
    Tells         projects.hours.agreed.
    """
    with act("projects.hours.agreed", book=project.grouping.book, by=by, at=at, on=project):
        fresh, seat = my_tool(project, by, "sheets")
        rows = WorkEntry.objects.filter(
            person__project=fresh, seat=seat, public_id__in=list(entries), state=WorkEntry.State.SAID
        )
        return rows.update(state=WorkEntry.State.AGREED, settled_by=seat, settled_at=at)


def correct_hours(
    entry: WorkEntry,
    *,
    starts: int,
    ends: int,
    pause: int,
    road: int,
    why: str,
    version: int,
    by: Actor,
    at: datetime,
) -> WorkEntry:
    """Correct hours worked at one's own company, and say why; the person reads it and may object.

    Allowed       the company where they were worked.
    Refused when  no reason is given; the hours do not follow each other; the month is closed; somebody changed them in
                  between (both are shown).
    Tells         projects.hours.corrected.
    """
    project = entry.person.project
    with act("projects.hours.corrected", book=project.grouping.book, by=by, at=at, on=entry):
        _fresh, seat = my_tool(project, by, "sheets")
        row = _locked(entry, entry.person)
        if row.seat_id != seat.pk:
            raise NotYours
        _month_open(row.person, row.day)
        _follow(starts, ends, pause, road)
        if not why.strip():
            raise KnowWhat(_("Dites pourquoi vous corrigez : la personne le lit."))
        now, wanted = row.hours, {"starts": starts, "ends": ends, "pause": pause, "road": road}
        same_version(row.version, version, now=_in_words(now), wanted=_in_words(wanted))
        row.kept, row.reason, row.objection = wanted, why.strip()[:200], ""
        row.state, row.absent = WorkEntry.State.CORRECTED, False
        row.settled_by, row.settled_at, row.version = seat, at, row.version + 1
        row.save()
    return row


def close_sheets(person: SharedPerson, *, month: date, by: Actor, at: datetime) -> dict[int, int]:
    """Close a month of a shared person for its statement: minutes by seat. What waited a week is kept as it was said.

    Allowed       any participant; whoever draws the statement decides more closely.
    Refused when  the month is not over, or is closed already; hours said less than a week ago are not validated;
                  a correction is contested.
    Tells         projects.sheets.closed: the month, minutes in all.
    """
    project, first = person.project, month.replace(day=1)
    with act("projects.sheets.closed", book=project.grouping.book, by=by, at=at, on=person) as facts:
        _fresh, seat = my_tool(project, by, "sheets")
        SharedPerson.objects.select_for_update().get(pk=person.pk)
        after = (first + timedelta(days=32)).replace(day=1)
        if localtime(at).date() < after:
            raise Refusal(_("Ce mois n’est pas fini."))
        _month_open(person, first)
        rows = WorkEntry.objects.filter(person=person, day__gte=first, day__lt=after)
        waiting = rows.filter(state=WorkEntry.State.SAID, absent=False)
        if waiting.filter(said_at__gt=at - SILENCE).exists():
            raise NotSettled(
                _("Des heures de ce mois attendent encore d’être validées."),
                why=_("Chaque entreprise a une semaine pour répondre ; ensuite, ce qui a été noté vaut."),
            )
        if rows.filter(state=WorkEntry.State.CORRECTED).exclude(objection="").exists():
            raise NotSettled(
                _("Une correction est contestée."), do=_("L’entreprise concernée y répond sur sa page des heures.")
            )
        waiting.update(state=WorkEntry.State.AGREED, settled_at=at)
        SheetClosing.objects.create(person=person, month=first, closed_by=seat, closed_at=at)
        found: dict[int, int] = {}
        for row in rows:
            if row.minutes:
                found[row.seat_id] = found.get(row.seat_id, 0) + row.minutes
        facts |= {"month": first.isoformat(), "minutes": sum(found.values())}
    return found


# --- Inside ---


def _as_planned(person: SharedPerson, day: date, at: datetime, *, absent: bool) -> list[WorkEntry]:
    _open_day(person, day, at)
    parts = planned_days(person, day, day).get(day, ())
    if not parts:
        raise Refusal(_("Rien n’était prévu ce jour-là."), do=_("Notez vos heures à la main."))
    if WorkEntry.objects.filter(person=person, day=day).exists():
        raise Refusal(_("Ce jour est déjà noté."))
    rows = [
        WorkEntry(
            person=person, seat=one.seat, day=day, starts=one.starts, ends=one.ends, pause=one.pause, road=one.road,
            absent=absent, planned=True, said_at=at,
        )
        for one in parts
    ]  # fmt: skip
    for row in rows:
        row.save()
    return rows


def _through(person: SharedPerson, link: Link, at: datetime) -> None:
    """The link re-read: still open, still this person's; the tool is out and the project lives."""
    fresh = living_project(person.project)
    row = SharedPerson.objects.select_for_update().get(pk=person.pk)
    if not says_hours(row).filter(pk=link.pk, expires_at__gt=at).exists():
        raise NotYours
    if "sheets" not in fresh.tools:
        raise ToolAway(_("Les relevés d’heures sont rangés : ils se lisent, ils ne changent plus."))


def _open_day(person: SharedPerson, day: date, at: datetime) -> None:
    today = localtime(at).date()
    if day > today:
        raise Refusal(_("Ce jour n’est pas encore passé."))
    if (today - day).days > LATE_MOST:
        raise Refusal(_("Ce jour est trop ancien."), do=_("Voyez-le avec votre employeur."))
    if person.left_at is not None and day > localtime(person.left_at).date():
        raise Refusal(_("Vous n’étiez plus partagé ce jour-là."))
    _month_open(person, day)


def _month_open(person: SharedPerson, day: date) -> None:
    if SheetClosing.objects.filter(person=person, month=day.replace(day=1)).exists():
        raise SheetsClosed(_("Les heures de ce mois sont arrêtées : elles ne changent plus."))


def _follow(starts: int, ends: int, pause: int, road: int) -> None:
    if not 0 <= starts < ends <= DAY or not 0 <= pause < ends - starts or not 0 <= road <= DAY // 2:
        raise KnowWhat(_("La fin vient après le début, et la pause est plus courte que le travail."))


def _locked(entry: WorkEntry, person: SharedPerson) -> WorkEntry:
    row = WorkEntry.objects.select_for_update(of=("self",)).select_related("person__project__grouping").get(pk=entry.pk)
    if row.person_id != person.pk:
        raise NotYours
    return row


def _mine(person: SharedPerson, entry: WorkEntry) -> WorkEntry:
    row = _locked(entry, person)
    if row.state != WorkEntry.State.SAID:
        raise Refusal(
            _("L’entreprise a déjà répondu."), do=_("Si elle a corrigé vos heures, dites-lui ce qui ne va pas.")
        )
    _month_open(person, row.day)
    return row


def _in_words(hours: dict[str, int]) -> dict[str, str]:
    return {
        _("Début"): clock(hours["starts"]),
        _("Fin"): clock(hours["ends"]),
        _("Pause"): _("%(minutes)s min") % {"minutes": hours["pause"]},
    }
