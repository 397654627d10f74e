"""Time sheets: the person's own page, each company's own hours, totals for whoever keeps the money. Nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.places import Point
from cordee.engines.sentences import Reason
from cordee.engines.staffing import Company, Employee, Problem, Share, Stint, breaches
from cordee.engines.staffing.model import OFFICE
from cordee.engines.staffing.words import say_reason
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Link
from cordee.ground.people.reads import open_link
from cordee.ground.register.acts import address
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects import permissions
from cordee.projects.models import Project, SharedPerson, SheetClosing, Timetable, TimetableVisit, WorkEntry
from cordee.projects.reads.leads import plain_cell
from cordee.projects.reads.projects import partners_of
from cordee.projects.reads.timetable import points_of

SHEET = "sheet"
WEEKS, BACK, AHEAD = 12, 31, 14  # weeks of the average; days back that are asked for; days shown ahead


def clock(minutes: int) -> str:
    """540 gives « 9:00 »."""
    return f"{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Planned:
    """One stretch of a day, as the timetable has it."""

    seat: Seat
    starts: int
    ends: int
    pause: int = 0
    road: int = 0


def planned_days(person: SharedPerson, first: date, last: date) -> dict[date, tuple[Planned, ...]]:
    """What was planned for each day from one to another; the newest timetable of a week counts."""
    return planned_of([person], first, last)[person.pk]


def planned_of(
    people: Sequence[SharedPerson], first: date, last: date, *, roads: bool = True
) -> dict[int, dict[date, tuple[Planned, ...]]]:
    """The same for several people of one project; with the road between two companies of a day, or without."""
    made = Timetable.objects.filter(project__in={one.project_id for one in people}, state=Timetable.State.DONE)
    plans = [one for one in made.order_by("id") if one.start <= last and one.start + timedelta(weeks=one.weeks) > first]
    which = {one.start + timedelta(days=number): one for one in plans for number in range(7 * one.weeks)}
    rows = TimetableVisit.objects.filter(timetable__in=plans, person__in=people).select_related("seat__company")
    found: dict[tuple[int, date], list[tuple[int, Seat]]] = defaultdict(list)
    starts = {one.pk: one.start for one in plans}
    for row in rows:
        day = starts[row.timetable_id] + timedelta(days=row.slot // 2)
        if first <= day <= last and which[day].pk == row.timetable_id:
            found[row.person_id, day].append((row.slot % 2, row.seat))
    seats = {seat.pk: seat for halves in found.values() for _number, seat in halves}
    road = _roads(seats.values(), first) if roads else {}
    every: dict[int, dict[date, tuple[Planned, ...]]] = {one.pk: {} for one in people}
    for (person, day), halves in sorted(found.items()):
        every[person][day] = _stretches(halves, road)
    return every


def _stretches(halves: list[tuple[int, Seat]], road: dict[tuple[int, int], int]) -> tuple[Planned, ...]:
    halves = sorted(halves, key=lambda one: one[0])
    (morning, evening) = OFFICE
    if len(halves) == 2 and halves[0][1].pk == halves[1][1].pk:
        return (Planned(halves[0][1], morning[0], evening[1], evening[0] - morning[1]),)
    parts = []
    for place, (half, seat) in enumerate(halves):
        way = road.get((halves[0][1].pk, seat.pk), 0) if place else 0
        parts.append(Planned(seat, *OFFICE[half], road=way))
    return tuple(parts)


def _roads(seats: Iterable[Seat], monday: date) -> dict[tuple[int, int], int]:
    """Minutes from each company to each other, where both places are known."""
    known = list(seats)
    if len(known) < 2:
        return {}
    points: dict[int, Point] = points_of(known)
    firms = tuple(Company(str(one.pk), points.get(one.company_id)) for one in known)
    start = monday - timedelta(days=monday.weekday())
    problem = Problem(start, 1, (Employee("-"),), firms, tuple(Share(one.name, 0) for one in firms))
    return {
        (a.pk, b.pk): problem.road(str(a.pk), str(b.pk)) for a in known for b in known if a.pk != b.pk
    }  # fmt: skip


def broken_rules(person: SharedPerson, entries: Iterable[WorkEntry], first: date, last: date) -> list[Reason]:
    """The rules that hours break from one day to another; `entries` also has the weeks before."""
    stints = [
        Stint(row.day, row.hours["starts"], row.hours["ends"], row.hours["pause"], row.hours["road"])
        for row in entries
        if not row.absent
    ]
    found = breaches(person.name, stints, contract=person.contract + person.overtime)
    return [one for one in found if first <= date.fromisoformat(str(one["day"])) <= last]


def month_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def hours_missing(person: SharedPerson, *, at: datetime) -> list[date]:
    """The days of the last month, before today, that were planned and of which nothing is said."""
    today = localtime(at).date()
    plan = planned_days(person, today - timedelta(days=BACK), today - timedelta(days=1))
    said = set(WorkEntry.objects.filter(person=person, day__in=plan).values_list("day", flat=True))
    closed = set(SheetClosing.objects.filter(person=person).values_list("month", flat=True))
    return [day for day in sorted(plan) if day not in said and day.replace(day=1) not in closed]


# --- The person's page ---


def says_hours(person: SharedPerson) -> QuerySet[Link]:
    """The open links of a shared person's time sheet."""
    if person.who_id is None:
        return Link.objects.none()
    return Link.objects.filter(person=person.who_id, purpose=SHEET, subject=address(person), revoked_at=None)


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day of the person: what was planned, what was said."""

    day: date
    planned: tuple[Planned, ...]
    entries: tuple[WorkEntry, ...]

    @property
    def open(self) -> bool:
        """Planned, and nothing is said yet."""
        return bool(self.planned) and not self.entries


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """The time sheet as the person sees it: today, what is missing, a month, what comes."""

    person: SharedPerson
    token: str
    today: SheetDay
    missing: tuple[SheetDay, ...]
    month: date
    days: tuple[SheetDay, ...]
    minutes: int
    broken: tuple[str, ...]
    coming: tuple[SheetDay, ...]
    seats: tuple[Seat, ...]
    closed: bool
    open: bool

    @property
    def before(self) -> date:
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date | None:
        return month_after(self.month) if month_after(self.month) <= self.today.day else None


def sheet_link_of(token: str, *, at: datetime) -> tuple[Link, SharedPerson]:
    """The link, and whose time sheet it opens. NotYours once it is withdrawn, has expired, or the address changed."""
    opened = open_link(token, purpose=SHEET, at=at)
    people = SharedPerson.objects.select_related("project__grouping", "who")
    found = people.filter(public_id=opened.link.subject.rpartition("/")[2]).first()
    if found is None or opened.state != "open" or found.who_id != opened.person.pk:
        raise NotYours
    return opened.link, found


def person_sheet(person: SharedPerson, token: str, *, month: date | None, at: datetime) -> PersonSheet:
    """The page of the person."""
    today = localtime(at).date()
    shown = (month or today).replace(day=1)
    first, last = min(shown, today - timedelta(days=BACK)), today + timedelta(days=AHEAD)
    seen = max(last, month_after(shown) - timedelta(days=1))
    plan = planned_days(person, first, last)
    rows = list(
        WorkEntry.objects.filter(person=person, day__gte=first - timedelta(weeks=WEEKS), day__lte=seen)
        .select_related("seat__company")
        .order_by("day", "starts", "id")
    )
    said: dict[date, list[WorkEntry]] = defaultdict(list)
    for row in rows:
        said[row.day].append(row)

    def of(day: date) -> SheetDay:
        return SheetDay(day, plan.get(day, ()), tuple(said.get(day, ())))

    end = month_after(shown)
    closed = set(SheetClosing.objects.filter(person=person).values_list("month", flat=True))
    missing = [
        of(day) for day in plan if today - timedelta(days=BACK) <= day < today and day.replace(day=1) not in closed
    ]
    days = tuple(of(day) for day in sorted(said, reverse=True) if shown <= day < end)
    broken = broken_rules(person, rows, shown, end - timedelta(days=1))
    return PersonSheet(
        person,
        token,
        of(today),
        tuple(one for one in reversed(missing) if one.open),
        shown,
        days,
        sum(row.minutes for one in days for row in one.entries),
        tuple(dict.fromkeys(say_reason(one, language()) for one in broken)),
        tuple(of(day) for day in plan if today < day),
        tuple(partners_of(person.project)),
        shown in closed,
        person.project.ended_at is None and "sheets" in person.project.tools,
    )


def entry_of(person: SharedPerson, public_id: str) -> WorkEntry:
    """Something that this person said."""
    found = WorkEntry.objects.filter(person=person, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


# --- A company's page ---


@dataclass(frozen=True, slots=True)
class MySheet:
    """The hours of one person at one's own company in a month."""

    person: SharedPerson
    entries: tuple[WorkEntry, ...]
    missing: tuple[date, ...]  # planned here, and nothing was said
    broken: tuple[str, ...]
    closed: bool
    link: Link | None

    @property
    def waiting(self) -> tuple[WorkEntry, ...]:
        return tuple(one for one in self.entries if one.state == WorkEntry.State.SAID and not one.absent)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.entries)


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """What a company used in a month: for whoever keeps the money, without days."""

    seat: Seat
    minutes: int
    waiting: int


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """A month of shared people, as one company sees it: its own hours only."""

    project: Project
    me: Membership
    month: date
    sheets: tuple[MySheet, ...]
    totals: tuple[SheetTotal, ...]  # for the treasury only
    at: datetime

    @property
    def open(self) -> bool:
        return self.project.ended_at is None and "sheets" in self.project.tools

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.sheets)

    @property
    def before(self) -> date:
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date | None:
        return month_after(self.month) if month_after(self.month) <= localtime(self.at).date() else None


def sheets_page(project: Project, me: Membership, *, month: date | None, at: datetime) -> SheetsPage:
    """The page of one company: what was worked there, and what is missing."""
    today = localtime(at).date()
    first = (month or today).replace(day=1)
    end = month_after(first)
    closings = SheetClosing.objects.filter(person=OuterRef("pk"), month=first)
    people = list(SharedPerson.objects.filter(project=project).annotate(shut=Exists(closings)))
    rows = list(
        WorkEntry.objects.filter(person__in=people, day__gte=first - timedelta(weeks=WEEKS), day__lt=end)
        .select_related("seat__company")
        .order_by("day", "starts", "id")
    )
    links = {
        link.subject: link
        for link in Link.objects.filter(
            purpose=SHEET, subject__in=[address(one) for one in people], revoked_at=None, expires_at__gt=at
        )
    }
    plans = planned_of(people, first, min(end, today) - timedelta(days=1), roads=False)
    sheets = []
    for person in people:
        own = [row for row in rows if row.person_id == person.pk]
        mine = tuple(row for row in own if row.seat_id == me.seat.pk and row.day >= first)
        if person.left_at and not mine:
            continue
        plan = plans[person.pk]
        said = {row.day for row in own}
        here = [day for day, parts in plan.items() if any(one.seat.pk == me.seat.pk for one in parts)]
        broken = broken_rules(person, own, first, end - timedelta(days=1))
        sheets.append(
            MySheet(
                person,
                mine,
                tuple(day for day in here if day not in said),
                tuple(dict.fromkeys(say_reason(one, language()) for one in broken if _concerns(one, mine))),
                person.shut,
                links.get(address(person)),
            )
        )
    totals = _totals(project, [row for row in rows if row.day >= first]) if permissions.sees_totals(me.seat) else ()
    return SheetsPage(project, me, first, tuple(sheets), totals, at)


def _concerns(broken: Reason, mine: Iterable[WorkEntry]) -> bool:
    """Whether a company worked the person on the day, the day before, or in the week, that a rule was broken."""
    day = date.fromisoformat(str(broken["day"]))
    code = broken.code.removeprefix("broken.")
    days = {row.day for row in mine if not row.absent}
    if code in ("day", "overlap", "pause"):
        return day in days
    if code == "night":
        return day in days or day - timedelta(days=1) in days
    return any(day <= one < day + timedelta(days=7) for one in days)


def _totals(project: Project, rows: list[WorkEntry]) -> tuple[SheetTotal, ...]:
    found = []
    for seat in partners_of(project):
        own = [row for row in rows if row.seat_id == seat.pk and not row.absent]
        waiting = sum(row.minutes for row in own if row.state == WorkEntry.State.SAID)
        found.append(SheetTotal(seat, sum(row.minutes for row in own), waiting))
    return tuple(found)


def my_entry(project: Project, me: Membership, public_id: str) -> WorkEntry:
    """Hours worked at one's own company; those of another are nobody's business."""
    rows = WorkEntry.objects.select_related("person__project__grouping", "seat__company")
    found = rows.filter(person__project=project, seat=me.seat, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


def my_hours_table(page: SheetsPage) -> list[list[str]]:
    """The same, for a spreadsheet: one line a stretch, of one's own company."""
    head = [_("Jour"), _("Qui"), _("Début"), _("Fin"), _("Pause, min"), _("Trajet, min"), _("Minutes"), _("État")]
    rows = [[*head, _("Motif")]]
    for sheet in page.sheets:
        for one in sheet.entries:
            kept = one.hours
            times = [clock(kept["starts"]), clock(kept["ends"]), str(kept["pause"]), str(kept["road"])]
            state = _("absent") if one.absent else str(one.get_state_display())
            rows.append(
                [
                    one.day.isoformat(), plain_cell(sheet.person.name), *([""] * 4 if one.absent else times),
                    str(one.minutes), state, plain_cell(one.reason),
                ]
            )  # fmt: skip
    return rows
