"""Shared employees as their companies see them: who, what is needed and wished, the timetables and what they break."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from cordee.directory.models import Place
from cordee.engines.places import Point
from cordee.engines.sentences import Reason
from cordee.engines.staffing import Company, Employee, Need, Problem, Share, Visit, Wish, limits_on, violations
from cordee.engines.staffing.words import say_reason
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects.models import (
    PersonLeave,
    Project,
    SharedPerson,
    TimeApart,
    TimeShare,
    Timetable,
    TimetableVisit,
    TimeWish,
)
from cordee.projects.reads.projects import partners_of, project_of

WEEK = 14
STEPS = ("firm", "worst", "total", "soft", "travel", "moved")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as the planner takes it, and who stands behind its names."""

    problem: Problem
    people: dict[str, SharedPerson]
    seats: dict[str, Seat]

    def visits(self, timetable: Timetable) -> tuple[Visit, ...]:
        """The visits of a timetable, by the names of the question; of those who are still in it."""
        people = {person.pk: name for name, person in self.people.items()}
        seats = {seat.pk: name for name, seat in self.seats.items()}
        rows = TimetableVisit.objects.filter(timetable=timetable, person__in=people, seat__in=seats)
        return tuple(Visit(people[row.person_id], row.slot, seats[row.seat_id]) for row in rows)


def asked_of(timetable: Timetable) -> Asked:
    """The question of a timetable, from what is written today. ValueError where it contradicts itself."""
    project, start, weeks = timetable.project, timetable.start, timetable.weeks
    shares = list(TimeShare.objects.filter(project=project).select_related("seat__company").order_by("id"))
    seats = _named([(str(one.seat), one.seat) for one in shares])
    people = _named([(one.name, one) for one in SharedPerson.objects.filter(project=project, left_at=None)], set(seats))
    name_of_seat = {seat.pk: name for name, seat in seats.items()}
    name_of_person = {person.pk: name for name, person in people.items()}
    points = points_of(seats.values())
    wishes, needs = [], []
    for wish in TimeWish.objects.filter(project=project).order_by("id"):
        slots = _slots(wish, start, weeks)
        seat = name_of_seat.get(wish.seat_id or 0)
        if not slots or (wish.seat_id and seat is None):
            continue
        if wish.kind == TimeWish.Kind.NEED and seat:
            needs.append(Need(seat, slots, firm=wish.firm, weekly=wish.on is None))
        elif wish.person_id in name_of_person:
            who = name_of_person[wish.person_id]
            avoid = wish.kind == TimeWish.Kind.AVOID
            wishes.append(Wish(who, slots, seat, avoid, firm=wish.firm, weekly=wish.on is None))
    apart = [
        (name_of_seat[one.one_id], name_of_seat[one.other_id])
        for one in TimeApart.objects.filter(project=project)
        if one.one_id in name_of_seat and one.other_id in name_of_seat
    ]
    leaves = _leaves(people.values(), start, weeks)
    problem = Problem(
        start,
        weeks,
        tuple(
            Employee(
                name, one.contract, one.overtime, available=frozenset(one.available), leaves=frozenset(leaves[one.pk])
            )
            for name, one in people.items()
        ),
        tuple(
            Company(name_of_seat[one.seat_id], points.get(one.seat.company_id), open=frozenset(one.open))
            for one in shares
        ),
        tuple(Share(name_of_seat[one.seat_id], one.halves * weeks) for one in shares),
        tuple(needs),
        tuple(wishes),
        tuple(apart),
        limits_on(start),
    )
    return Asked(problem, people, seats)


Row = TypeVar("Row")


def _named(rows: list[tuple[str, Row]], taken: set[str] | None = None) -> dict[str, Row]:
    """Each row under a name of its own: the second Durand is « Durand (2) »."""
    found: dict[str, Row] = {}
    used = Counter(taken or ())
    for name, row in rows:
        used[name] += 1
        found[name if used[name] == 1 else f"{name} ({used[name]})"] = row
    return found


def points_of(seats: Iterable[Seat]) -> dict[int, Point]:
    """Where the companies of some seats are, by company: their head office, else their first place."""
    found: dict[int, Point] = {}
    places = Place.objects.filter(company__in=[seat.company_id for seat in seats]).order_by("-is_head", "id")
    for place in places:
        if place.lon is not None and place.lat is not None:
            found.setdefault(place.company_id, Point(place.lon, place.lat))
    return found


def _slots(wish: TimeWish, start: date, weeks: int) -> tuple[int, ...]:
    if wish.on is None:
        return tuple(WEEK * week + wish.half for week in range(weeks))
    slot = 2 * (wish.on - start).days + wish.half % 2
    return (slot,) if 0 <= slot < WEEK * weeks else ()


def _leaves(people: Iterable[SharedPerson], start: date, weeks: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for leave in PersonLeave.objects.filter(person__in=[person.pk for person in people]):
        for number in range(7 * weeks):
            if leave.first <= start + timedelta(days=number) <= leave.last:
                found[leave.person_id] |= {2 * number, 2 * number + 1}
    return found


# --- Pages ---


@dataclass(frozen=True, slots=True)
class StaffPage:
    """Who is shared, what each company needs, what is wished, the timetables so far."""

    project: Project
    me: Membership
    people: tuple[SharedPerson, ...]
    shares: tuple[TimeShare, ...]
    apart: tuple[TimeApart, ...]
    wishes: tuple[TimeWish, ...]
    timetables: tuple[Timetable, ...]
    partners: tuple[Seat, ...]

    @property
    def mine(self) -> TimeShare | None:
        return next((share for share in self.shares if share.seat_id == self.me.seat.pk), None)

    @property
    def asked(self) -> int:
        """Half-days a week that all companies ask for together."""
        return sum(share.halves for share in self.shares)

    @property
    def possible(self) -> int:
        """Half-days a week that the contracts allow, at 3 h 30 each."""
        return sum(min(len(person.available), (person.contract + person.overtime) // 210) for person in self.people)


def staff_page(project: Project, me: Membership) -> StaffPage:
    """The page of the shared employees."""
    apart = TimeApart.objects.filter(project=project).select_related("one__company", "other__company")
    wishes = TimeWish.objects.filter(project=project).select_related("person", "seat__company")
    return StaffPage(
        project,
        me,
        tuple(SharedPerson.objects.filter(project=project, left_at=None).prefetch_related("leaves")),
        tuple(TimeShare.objects.filter(project=project).select_related("seat__company")),
        tuple(apart),
        tuple(wishes),
        tuple(Timetable.objects.filter(project=project)[:20]),
        tuple(partners_of(project)),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One half-day of one person: at one's own company, free, or busy; never where else."""

    slot: int
    seat: Seat | None
    busy: bool


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of one person."""

    day: date
    morning: Cell
    afternoon: Cell


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """One person in one week."""

    person: SharedPerson
    days: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class TimetablePage:
    """A timetable, week by week, with what it says of itself and what it breaks."""

    timetable: Timetable
    me: Membership
    weeks: tuple[tuple[date, tuple[PersonWeek, ...]], ...]
    said: tuple[str, ...]
    broken: tuple[str, ...]
    people: tuple[SharedPerson, ...]
    receives: bool
    halves: int

    @property
    def over(self) -> bool:
        return self.timetable.state in (Timetable.State.DONE, Timetable.State.FAILED)

    @property
    def done(self) -> int:
        """How many of the six aims are settled."""
        return STEPS.index(self.timetable.step) + 1 if self.timetable.step in STEPS else 0


def timetable_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Timetable, Membership]:
    """A timetable of a project in which this person takes part."""
    found = Timetable.objects.select_related("project__grouping").filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    _project, me = project_of(person, found.project.public_id, voice=voice)
    return found, me


def timetable_page(timetable: Timetable, me: Membership) -> TimetablePage:
    """The page of a timetable."""
    if timetable.state != Timetable.State.DONE:
        return TimetablePage(timetable, me, (), (), (), (), False, 0)
    try:
        asked = asked_of(timetable)
    except ValueError:
        return TimetablePage(timetable, me, (), (), (), (), False, 0)
    known = {seat.pk: seat for seat in asked.seats.values()}
    at = {(row.person_id, row.slot): row.seat_id for row in TimetableVisit.objects.filter(timetable=timetable)}
    people = tuple(asked.people.values())
    weeks = tuple(
        (
            timetable.start + timedelta(weeks=week),
            tuple(PersonWeek(person, _days(timetable, person, week, at, known, me.seat.pk)) for person in people),
        )
        for week in range(timetable.weeks)
    )
    visits = asked.visits(timetable)
    own = next((name for name, seat in asked.seats.items() if seat.pk == me.seat.pk), "")
    others = set(asked.seats) - {own}
    wrong = [one for one in violations(asked.problem, visits) if not _elsewhere(one, own, others)]
    said = timetable.said.get(language(), []) if not timetable.changed else []
    said = [text for text in said if not _share_of(text, others) or (own and text.startswith(own))]
    return TimetablePage(
        timetable,
        me,
        weeks,
        tuple(said),
        tuple(dict.fromkeys(say_reason(one, language()) for one in wrong)),
        people,
        own != "",
        sum(1 for one in visits if one.company == own),
    )


def _elsewhere(broken: Reason, own: str, others: set[str]) -> bool:
    """Whether a broken rule speaks of another company: it reads that itself. What two keep apart, both read."""
    named = {str(value) for name, value in broken.facts if name in ("company", "other")}
    return bool(named & others) and own not in named


def _share_of(text: str, others: set[str]) -> bool:
    """Whether a sentence says how much another company got."""
    return any(text.startswith(name) for name in others)


def _days(
    timetable: Timetable,
    person: SharedPerson,
    week: int,
    at: dict[tuple[int, int], int],
    known: dict[int, Seat],
    mine: int,
) -> tuple[DayRow, ...]:
    """Monday to Friday, and the week-end where something is on it."""
    rows = []
    for day in range(7):
        first = WEEK * week + 2 * day
        found = [at.get((person.pk, slot)) for slot in (first, first + 1)]
        if day >= 5 and not any(found):
            continue
        cells = [
            Cell(first + half, known.get(seat) if seat == mine else None, seat not in (None, mine))
            for half, seat in enumerate(found)
        ]
        rows.append(DayRow(timetable.start + timedelta(days=7 * week + day), *cells))
    return tuple(rows)


def shared_person_of(project: Project, public_id: str) -> SharedPerson:
    """Somebody shared in this project."""
    found = SharedPerson.objects.filter(project=project, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


def time_wish_of(project: Project, public_id: str) -> TimeWish:
    """A wish of this project."""
    found = TimeWish.objects.select_related("project__grouping").filter(project=project, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found
