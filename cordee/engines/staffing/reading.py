"""Read a staffing problem from JSON. The format is on the page docs/staffing.md."""

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from cordee.engines.places.distance import Point
from cordee.engines.sentences import Lang, typeset
from cordee.engines.sharing.fields import Field, parse
from cordee.engines.sharing.words import Unfit
from cordee.engines.staffing.limits import LIMITS, Limits, limits_on
from cordee.engines.staffing.model import (
    HALVES,
    OFFICE,
    WORKING_WEEK,
    Company,
    Employee,
    Hours,
    Need,
    Problem,
    Share,
    Wish,
)
from cordee.engines.staffing.refusals import WHY
from cordee.engines.staffing.timetable import with_percents

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_MOST = {"employees": 100, "companies": 500, "weeks": 53}
T = TypeVar("T")


def read_problem(data: bytes, lang: Lang = "fr", known: tuple[Limits, ...] = LIMITS) -> Problem:
    """Read a JSON file into a problem.

    Errors  ValueError naming the line and the field, in the language given.
    """
    file = _File(parse(data, lang), lang)
    start = file.date(file.root["start"])
    if start.weekday():
        raise file.no(file.root["start"], "monday")
    weeks = file.whole(file.root["weeks"], 1, _MOST["weeks"])
    file.horizon(start, weeks)
    employees = file.each("employees", file.employee)
    companies = file.each("companies", file.company)
    names = [one.name for one in employees] + [one.name for one in companies]
    for field, name in zip([*file.root["employees"].items(), *file.root["companies"].items()], names, strict=True):
        if names.count(name) > 1:
            raise file.no(field["name"], "twice", name=name)
    file.employees = {one.name: one for one in employees}
    file.companies = {one.name: one for one in companies}
    shares, percents = file.shares()
    limits = limits_on(start, known)
    if file.root.has("limits"):
        limits = file.limits(file.root["limits"], limits)
    problem = Problem(
        start,
        weeks,
        employees,
        companies,
        shares,
        needs=file.each("needs", file.need, optional=True),
        wishes=file.each("wishes", file.wish, optional=True),
        apart=file.each("apart", file.pair, optional=True),
        limits=limits,
        holidays=file.flag(file.root, "holidays", True),
        speed=file.whole(file.root["speed"], 1, 200) if file.root.has("speed") else 50,
        travel=dict(file.each("travel", file.journey, optional=True)),
    )
    return with_percents(problem, percents) if percents else problem


class _File:
    """The fields of one file, and how each kind of value is read."""

    employees: dict[str, Employee]
    companies: dict[str, Company]
    start: date
    weeks: int

    def __init__(self, root: Field, lang: Lang) -> None:
        self.root, self.lang = root, lang

    def no(self, field: Field, code: str, **facts: str) -> Unfit:
        """The refusal of a field, in a sentence."""
        text = WHY[code][0 if self.lang == "fr" else 1].format(**facts)
        return field.wrong("field_why", why=typeset(text) if self.lang == "fr" else text)

    def horizon(self, start: date, weeks: int) -> None:
        """Where the timetable begins and how long it lasts."""
        self.start, self.weeks = start, weeks

    def each(self, name: str, read: Callable[[Field], T], optional: bool = False) -> tuple[T, ...]:
        """A list of the file."""
        if optional and not self.root.has(name):
            return ()
        field = self.root[name]
        found = field.items()
        if not found and not optional:
            raise self.no(field, "empty")
        if len(found) > _MOST.get(name, 5000):
            raise self.no(field, "many", most=str(_MOST.get(name, 5000)))
        return tuple(read(one) for one in found)

    def whole(self, field: Field, low: int, high: int) -> int:
        """A whole number between two others."""
        value = field.value
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.no(field, "whole", low=str(low), high=str(high))
        return value

    def flag(self, field: Field, name: str, usual: bool = False) -> bool:
        """Yes or no."""
        if not field.has(name):
            return usual
        if not isinstance(field[name].value, bool):
            raise self.no(field[name], "flag")
        return bool(field[name].value)

    def date(self, field: Field) -> date:
        """A date such as 2026-09-07."""
        try:
            found = date.fromisoformat(field.string())
        except ValueError as wrong:
            raise (wrong if isinstance(wrong, Unfit) else self.no(field, "date")) from None
        if not 2000 <= found.year <= 2100:
            raise self.no(field, "date")
        return found

    def minutes(self, field: Field, most: int = 10080) -> int:
        """Hours ("7:30", 7.5, 35) as minutes."""
        if isinstance(field.value, str) and (told := re.fullmatch(r"(\d{1,3}):([0-5]\d)", field.value)):
            found = Fraction(int(told[1]) * 60 + int(told[2]))
        else:
            found = field.quantity() * 60
        if found.denominator != 1 or not 0 <= found <= most:
            raise self.no(field, "hours", most=str(most // 60))
        return int(found)

    def clock(self, field: Field) -> int:
        """A time of day as minutes since midnight."""
        told = _CLOCK.fullmatch(field.string())
        if not told or int(told[1]) * 60 + int(told[2]) > 1440:
            raise self.no(field, "clock")
        return int(told[1]) * 60 + int(told[2])

    def week(self, field: Field) -> frozenset[int]:
        """Half-days of an ordinary week: ["mon", "tue am"]."""
        found: set[int] = set()
        for one in field.items():
            day, _, half = one.string().partition(" ")
            if day not in _DAYS or half not in ("", "am", "pm"):
                raise self.no(one, "weekday")
            found |= {2 * _DAYS.index(day) + side for side in (0, 1) if half in ("", ("am", "pm")[side])}
        return frozenset(found)

    def slots(self, field: Field) -> tuple[tuple[int, ...], bool]:
        """Half-days of the horizon: `days` of every week (or of one `week`), or a `date` with perhaps a `half`."""
        if field.has("date"):
            slot = 2 * self._place(field["date"])
            half = field["half"].string() if field.has("half") else ""
            if half not in ("", "am", "pm"):
                raise self.no(field["half"], "half")
            return tuple(slot + side for side in (0, 1) if half in ("", ("am", "pm")[side])), False
        halves = self.week(field["days"]) if field.has("days") else frozenset(range(HALVES))
        if field.has("week"):
            weeks: range = range(number := self.whole(field["week"], 1, self.weeks) - 1, number + 1)
        else:
            weeks = range(self.weeks)
        return tuple(HALVES * week + half for week in weeks for half in sorted(halves)), not field.has("week")

    def _place(self, field: Field) -> int:
        day = (self.date(field) - self.start).days
        if not 0 <= day < 7 * self.weeks:
            last = self.start + timedelta(days=7 * self.weeks - 1)
            raise self.no(field, "outside", first=self.start.isoformat(), last=last.isoformat())
        return day

    def point(self, field: Field, name: str) -> Point | None:
        """A place: {"lon": 3.87, "lat": 43.61}."""
        if not field.has(name):
            return None
        lon, lat = field[name]["lon"].quantity(), field[name]["lat"].quantity()
        if abs(lon) > 180 or abs(lat) > 90:
            raise self.no(field[name], "point")
        return Point(float(lon), float(lat))

    def words(self, field: Field, name: str) -> frozenset[str]:
        """A list of texts."""
        return frozenset(one.string() for one in field[name].items()) if field.has(name) else frozenset()

    def employee(self, field: Field) -> Employee:
        """One employee."""
        leaves: set[int] = set()
        for one in field["leaves"].items() if field.has("leaves") else []:
            leaves |= self._leave(one)
        return Employee(
            field["name"].string(),
            contract=self.minutes(field["hours"]) if field.has("hours") else 2100,
            overtime=self.minutes(field["overtime"]) if field.has("overtime") else 0,
            skills=self.words(field, "skills"),
            home=self.point(field, "home"),
            available=self.week(field["available"]) if field.has("available") else WORKING_WEEK,
            leaves=frozenset(leaves),
            before=tuple(self.minutes(one) for one in field["before"].items()) if field.has("before") else (),
        )

    def _leave(self, field: Field) -> set[int]:
        """A leave from a date to another, both included, or on one date; what lies outside the horizon is left out."""
        if field.has("date"):
            return set(self.slots(field)[0])
        first, last = self.date(field["from"]), self.date(field["to"])
        if last < first:
            raise self.no(field["to"], "order")
        low = max(0, 2 * (first - self.start).days)
        return set(range(low, min(HALVES * self.weeks, 2 * (last - self.start).days + 2)))

    def company(self, field: Field) -> Company:
        """One company, without its share."""
        return Company(
            field["name"].string(),
            self.point(field, "place"),
            skills=self.words(field, "skills"),
            open=self.week(field["open"]) if field.has("open") else WORKING_WEEK,
            hours=self._hours(field["hours"]) if field.has("hours") else OFFICE,
            refuses=self.words(field, "refuses"),
            at_once=self.whole(field["at_once"], 1, 1000) if field.has("at_once") else None,
            extra=self._halves(field["extra"]) if field.has("extra") else 0,
        )

    def _hours(self, field: Field) -> Hours:
        halves = []
        for name in ("am", "pm"):
            ends = field[name].items()
            if len(ends) != 2:
                raise self.no(field[name], "from_to")
            halves.append((self.clock(ends[0]), self.clock(ends[1])))
        (a, b), (c, d) = halves
        if not a < b <= c < d:
            raise self.no(field, "from_to")
        return (a, b), (c, d)

    def _halves(self, field: Field) -> int:
        """Days, to the half: 8 or 2.5."""
        found = field.quantity() * 2
        if found.denominator != 1 or not 0 <= found <= 10000:
            raise self.no(field, "half_days")
        return int(found)

    def shares(self) -> tuple[tuple[Share, ...], dict[str, int]]:
        """The shares of all companies, and those given in percent (to be turned into days)."""
        shares: list[Share] = []
        percents: dict[str, int] = {}
        for field in self.root["companies"].items():
            name, told = field["name"].string(), field["share"]
            for one in told.items() if isinstance(told.value, list) else [told]:
                who = one["employee"].string() if one.has("employee") else None
                if who is not None and who not in self.employees:
                    raise self.no(one["employee"], "unknown_employee", name=who)
                if any(before.company == name and before.employee == who for before in shares):
                    raise self.no(one, "two_shares")
                if one.has("percent") and who is None:
                    percents[name] = self.whole(one["percent"], 0, 100)
                    if sum(percents.values()) > 100:
                        raise self.no(one["percent"], "percents")
                    shares.append(Share(name, 0))
                else:
                    shares.append(Share(name, self._halves(one["days"]), who))
        return tuple(shares), percents

    def known(self, field: Field, names: dict[str, T], code: str) -> str:
        """A name given before in the file."""
        if field.string() not in names:
            raise self.no(field, code, name=field.string())
        return field.string()

    def need(self, field: Field) -> Need:
        """What a company asks for."""
        slots, weekly = self.slots(field)
        return Need(
            self.known(field["company"], self.companies, "unknown_company"),
            slots,
            count=self.whole(field["count"], 1, 100) if field.has("count") else 1,
            skill=field["skill"].string() if field.has("skill") else None,
            firm=self.flag(field, "firm"),
            weight=self.whole(field["weight"], 1, 100) if field.has("weight") else 1,
            weekly=weekly,
        )

    def wish(self, field: Field) -> Wish:
        """What an employee asks for: "off" (the usual one), "at" or "not_at" a company."""
        slots, weekly = self.slots(field)
        place = next((name for name in ("at", "not_at") if field.has(name)), None)
        return Wish(
            self.known(field["employee"], self.employees, "unknown_employee"),
            slots,
            company=None if place is None else self.known(field[place], self.companies, "unknown_company"),
            avoid=place == "not_at",
            firm=self.flag(field, "firm"),
            weight=self.whole(field["weight"], 1, 100) if field.has("weight") else 1,
            weekly=weekly,
        )

    def pair(self, field: Field) -> tuple[str, str]:
        """Two companies that never share an employee."""
        two = field.items()
        if len(two) != 2 or two[0].value == two[1].value:
            raise self.no(field, "two")
        first, second = (self.known(one, self.companies, "unknown_company") for one in two)
        return first, second

    def journey(self, field: Field) -> tuple[tuple[str, str], int]:
        """Minutes on the road between two names."""
        names: dict[str, Employee | Company] = {**self.employees, **self.companies}
        ends = (self.known(field["from"], names, "unknown"), self.known(field["to"], names, "unknown"))
        return ends, self.whole(field["minutes"], 0, 1440)

    def limits(self, field: Field, usual: Limits) -> Limits:
        """Limits stricter (or newer) than the usual ones, in minutes under the names of `Limits`."""
        names = {one.name for one in fields(Limits)} - {"since"}
        for name, one in field.fields().items():
            if name not in names:
                raise self.no(one, "limit", names=", ".join(sorted(names)))
            self.whole(one, 0, 10080)
        try:
            return replace(usual, **{name: one.value for name, one in field.fields().items()})
        except ValueError:
            raise self.no(field, "limits") from None
