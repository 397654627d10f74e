"""What a shared timetable is asked of: employees, companies, agreed shares, needs and wishes.

A half-day ("slot") is numbered from the first Monday: 14 * week + 2 * weekday + (0 morning, 1 afternoon).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cordee.engines.calendar import public_holidays
from cordee.engines.places.distance import Point, distance_km
from cordee.engines.staffing.limits import Limits

HALVES = 14  # in a week
Hours = tuple[tuple[int, int], tuple[int, int]]
OFFICE: Hours = ((540, 750), (810, 1020))  # 9:00-12:30 and 13:30-17:00: ten half-days make 35 h
WORKING_WEEK = frozenset(range(10))


@dataclass(frozen=True, slots=True)
class Employee:
    """A shared employee.

    Shape   available: half-days of an ordinary week (0 Monday morning .. 13 Sunday afternoon); leaves: slots of the
            horizon; before: minutes worked in the weeks before the horizon, oldest first.
    Units   contract, overtime: minutes a week.
    """

    name: str
    contract: int = 2100
    overtime: int = 0
    skills: frozenset[str] = frozenset()
    home: Point | None = None
    available: frozenset[int] = WORKING_WEEK
    leaves: frozenset[int] = frozenset()
    before: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """A company that shares employees.

    Shape   open: half-days of an ordinary week; hours: of the morning and of the afternoon, in minutes since
            midnight; skills: all needed of whoever comes; refuses: employees it cannot receive; at_once: most people
            in one half-day; extra: half-days it accepts beyond its share.
    """

    name: str
    place: Point | None = None
    skills: frozenset[str] = frozenset()
    open: frozenset[int] = WORKING_WEEK
    hours: Hours = OFFICE
    refuses: frozenset[str] = frozenset()
    at_once: int | None = None
    extra: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Half-days agreed over the horizon, by whoever can come, or by one employee."""

    company: str
    halves: int
    employee: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A company asks for somebody on half-days of the horizon. `firm`: it must hold; else `weight` says how much."""

    company: str
    slots: tuple[int, ...]
    count: int = 1
    skill: str | None = None
    firm: bool = False
    weight: int = 1
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """An employee asks to be free (company None), to be at a company, or (`avoid`) not to be there, on half-days."""

    employee: str
    slots: tuple[int, ...]
    company: str | None = None
    avoid: bool = False
    firm: bool = False
    weight: int = 1
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a timetable depends on.

    Shape   start: a Monday; apart: pairs of companies that never share one employee (confidentiality); travel:
            minutes between two names (companies, or an employee for their home), in place of the distance.
    Units   speed: km/h on the road, which is taken 1.3 times as long as the crow flies.
    Errors  ValueError, in plain words, when something contradicts itself.
    """

    start: date
    weeks: int
    employees: tuple[Employee, ...]
    companies: tuple[Company, ...]
    shares: tuple[Share, ...]
    needs: tuple[Need, ...] = ()
    wishes: tuple[Wish, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
    holidays: bool = True
    speed: int = 50
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        people, firms = {one.name for one in self.employees}, {one.name for one in self.companies}
        if self.start.weekday() != 0 or not 1 <= self.weeks <= 53:
            raise ValueError("a timetable starts on a Monday and lasts 1 to 53 weeks")
        if not people or not firms:
            raise ValueError("a timetable needs at least one employee and one company")
        if len(people | firms) != len(self.employees) + len(self.companies):
            raise ValueError("two employees or companies have the same name")
        told = [(one.company, one.employee) for one in self.shares]
        if len(set(told)) != len(told):
            raise ValueError("two shares are for the same company and the same employee")
        named = {one.company for one in self.shares} | {one.company for one in self.needs}
        named |= {one for pair in self.apart for one in pair}
        named |= {one.company for one in self.wishes if one.company is not None}
        asked = {one.employee for one in self.wishes} | {one.employee for one in self.shares if one.employee}
        if named - firms or asked - people:
            raise ValueError(f"unknown name: {min((named - firms) | (asked - people))}")
        if any(one.halves < 0 for one in self.shares) or self.speed < 1 or min(self.travel.values(), default=0) < 0:
            raise ValueError("shares and journeys are not negative")
        for one in self.employees:
            if one.contract < 0 or one.overtime < 0 or min(one.before, default=0) < 0:
                raise ValueError(f"the hours of {one.name} are negative")
        for firm in self.companies:
            (a, b), (c, d) = firm.hours
            if not 0 <= a < b <= c < d <= 1440 or firm.extra < 0 or (firm.at_once or 0) < 0:
                raise ValueError(f"the hours of {firm.name} do not follow each other")
        asked_slots = [slot for one in self.needs for slot in one.slots] + [
            slot for one in self.wishes for slot in one.slots
        ]
        for slot in asked_slots:
            if not 0 <= slot < self.weeks * HALVES:
                raise ValueError("a need or a wish lies outside the horizon")

    def day(self, slot: int) -> date:
        """The date of a slot."""
        return self.start + timedelta(days=slot // 2)

    def closed(self) -> frozenset[int]:
        """The slots on which nobody works: public holidays."""
        if not self.holidays:
            return frozenset()
        return frozenset(
            slot for slot in range(self.weeks * HALVES) if self.day(slot) in public_holidays(self.day(slot).year)
        )

    def share_of(self, employee: str, company: str) -> Share | None:
        """The share that a half-day of this employee at this company counts for: their own, else the common one."""
        found = {one.employee: one for one in self.shares if one.company == company}
        return found.get(employee) or found.get(None)

    def road(self, a: str, b: str) -> int:
        """Minutes on the road between two names; 0 when a place is unknown."""
        if a == b:
            return 0
        told = self.travel.get((a, b), self.travel.get((b, a)))
        if told is not None:
            return told
        places: dict[str, Point | None] = {one.name: one.home for one in self.employees}
        places |= {one.name: one.place for one in self.companies}
        here, there = places[a], places[b]
        if here is None or there is None:
            return 0
        return -int(-distance_km(here, there) * 78 // self.speed)  # 60 minutes, 1.3 times as far: rounded up


def week_budget(problem: Problem, employee: Employee, week: int) -> int:
    """Minutes an employee may work in a week: the contract, less its part for every half-day of leave or
    public holiday, plus accepted overtime; never more than the weekly limit.
    """
    away = employee.leaves | problem.closed()
    lost = sum(1 for half in employee.available & WORKING_WEEK if week * HALVES + half in away)
    usual = max(1, min(10, len(employee.available & WORKING_WEEK)))
    kept = employee.contract * (usual - min(usual, lost)) // usual
    return min(kept + employee.overtime, problem.limits.week)
