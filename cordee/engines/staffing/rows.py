"""The rules as rows over day patterns: one integer program, whatever way it is solved."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordee.engines.staffing.model import HALVES, Problem
from cordee.engines.staffing.patterns import Days, Ints

Floats = NDArray[np.float64]
BIG = 1 << 40  # no bound


@dataclass(slots=True)
class Program:
    """Rows over the patterns (`entries`: row, pattern, value) and over a few other columns ("extras").

    Shape   row i holds low[i] <= sum <= high[i]; an extra is whole, between 0 and its ceiling; the first row of each
            (employee, day) says that exactly one pattern is chosen, and these rows come first.
    """

    days: Days
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    entries: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    ceilings: list[int] = field(default_factory=list)
    extra_entries: list[tuple[int, int, int]] = field(default_factory=list)  # row, extra, value
    short: list[int] = field(default_factory=list)  # extras: half-days missing, by share
    worst: int = 0  # extra: the largest of them
    unmet: list[int] = field(default_factory=list)  # extras: people missing, by (need, slot)
    unmet_of: list[tuple[int, int]] = field(default_factory=list)
    minutes: list[int] = field(default_factory=list)  # rows, by employee then week: minutes of a week
    counts: list[int] = field(default_factory=list)  # rows, the same: half-days of a week
    given: int = 0  # the first of the rows of shares, of journeys, one each
    trips: int = 0
    tops: list[int] = field(default_factory=list)  # rows, by share: nobody misses more than the worst

    def rows(self, count: int, low: Any, high: Any) -> int:
        """Add rows; the number of the first."""
        first = len(self.low)
        self.low += np.broadcast_to(low, (count,)).tolist()
        self.high += np.broadcast_to(high, (count,)).tolist()
        return first

    def put(self, patterns: Ints, rows: Any, values: Any = 1) -> None:
        """Enter values in rows (one row for all, or one each)."""
        shape = patterns.shape
        self.entries.append((np.broadcast_to(rows, shape), patterns, np.broadcast_to(values, shape)))

    def column(self, ceiling: int, *places: tuple[int, int]) -> int:
        """Add one more column, entered at (row, value)."""
        self.ceilings.append(ceiling)
        number = len(self.ceilings) - 1
        self.extra_entries += [(row, number, value) for row, value in places]
        return number

    def coo(self) -> tuple[Ints, Ints, Ints]:
        """All entries over patterns, as three arrays."""
        row, col, value = (np.concatenate(part).astype(np.int64) for part in zip(*self.entries, strict=True))
        return row, col, value


def program_of(problem: Problem, days: Days, budgets: Ints) -> Program:
    """Write every rule of the problem as rows. `budgets`: minutes by (employee, week)."""
    found = Program(days)
    everything = np.arange(len(days))
    found.put(everything, days.employee * (problem.weeks * 7) + days.day)
    found.rows(len(problem.employees) * problem.weeks * 7, 1, 1)
    _weeks(problem, days, budgets, found)
    _shares(problem, days, found)
    _needs(problem, days, found)
    _crowds(problem, days, found)
    _walls(problem, days, found)
    return found


def _weeks(problem: Problem, days: Days, budgets: Ints, found: Program) -> None:
    """Contract and weekly limit, the average over weeks, and the half-days that fit (a cut: it tightens the bound)."""
    law = problem.limits
    for e, employee in enumerate(problem.employees):
        mine = np.flatnonzero(days.employee == e)
        week = days.day[mine] // 7
        worked = days.halves[mine] > 0
        shortest = int((days.minutes[mine][worked] / days.halves[mine][worked]).min()) if worked.any() else 1
        for w in range(problem.weeks):
            here = mine[(week == w) & worked]
            found.minutes.append(found.rows(1, 0, budgets[e, w]))
            found.put(here, found.minutes[-1], days.minutes[here])
            found.counts.append(found.rows(1, 0, int(budgets[e, w]) // max(1, shortest)))
            found.put(here, found.counts[-1], days.halves[here])
            if len(np.unique(days.day[here])) > law.days_a_week:
                found.put(here, found.rows(1, 0, law.days_a_week))
        known = [employee.contract] * law.average_weeks + list(employee.before)
        for last in range(problem.weeks):
            first = last - law.average_weeks + 1
            past = sum(known[len(known) + first :]) if first < 0 else 0
            most = law.average * law.average_weeks - past
            if budgets[e, max(0, first) : last + 1].sum() > most:
                here = mine[(week >= first) & (week <= last) & worked]
                found.put(here, found.rows(1, 0, max(0, most)), days.minutes[here])


def _shares(problem: Problem, days: Days, found: Program) -> None:
    """Half-days given and missing make the share, and nobody misses more than the worst."""
    number = {(one.company, one.employee): i for i, one in enumerate(problem.shares)}
    extras = {one.name: one.extra for one in problem.companies}
    first = found.rows(len(problem.shares), [s.halves for s in problem.shares], [s.halves for s in problem.shares])
    table = np.full((len(problem.employees), len(problem.companies) + 1), -1)
    for e, employee in enumerate(problem.employees):
        for c, company in enumerate(problem.companies):
            share = problem.share_of(employee.name, company.name)
            if share is not None:
                table[e, c] = number[share.company, share.employee]
    morning = np.flatnonzero(days.am >= 0)
    found.put(morning, first + table[days.employee[morning], days.am[morning]], 1 + (days.am == days.pm)[morning])
    afternoon = np.flatnonzero((days.pm >= 0) & (days.pm != days.am))  # a whole day is one entry of 2
    found.put(afternoon, first + table[days.employee[afternoon], days.pm[afternoon]])
    trips = found.rows(len(problem.shares), [(s.halves + 1) // 2 for s in problem.shares], BIG)
    for here, half in ((morning, days.am), (afternoon, days.pm)):  # a cut: an odd half-day is a journey of its own
        found.put(here, trips + table[days.employee[here], half[here]])
    found.given, found.trips = first, trips
    found.worst = found.column(max((one.halves for one in problem.shares), default=0))
    for i, share in enumerate(problem.shares):
        top = found.rows(1, 0, BIG)
        found.tops.append(top)
        found.short.append(found.column(share.halves, (first + i, 1), (top, -1), (trips + i, 1)))
        found.extra_entries.append((top, found.worst, 1))
        if extras[share.company]:
            found.column(extras[share.company], (first + i, -1))


def _needs(problem: Problem, days: Days, found: Program) -> None:
    index = {one.name: i for i, one in enumerate(problem.companies)}
    for n, need in enumerate(problem.needs):
        skilled = np.array([need.skill is None or need.skill in one.skills for one in problem.employees])
        for slot in need.slots:
            row = found.rows(1, need.count, BIG)
            half = days.am if slot % 2 == 0 else days.pm
            there = (days.day == slot // 2) & (half == index[need.company]) & skilled[days.employee]
            found.put(np.flatnonzero(there), row)
            found.unmet.append(found.column(need.count, (row, 1)))
            found.unmet_of.append((n, slot))


def _crowds(problem: Problem, days: Days, found: Program) -> None:
    for c, company in enumerate(problem.companies):
        if company.at_once is None or company.at_once >= len(problem.employees):
            continue
        first = found.rows(problem.weeks * HALVES, 0, company.at_once)
        for half, chosen in enumerate((days.am, days.pm)):
            here = np.flatnonzero(chosen == c)
            found.put(here, first + 2 * days.day[here] + half)


def _walls(problem: Problem, days: Days, found: Program) -> None:
    """Confidentiality: an employee serves one company of a pair, or the other, over the whole horizon."""
    index = {one.name: i for i, one in enumerate(problem.companies)}
    for e in range(len(problem.employees)):
        mine = np.flatnonzero(days.employee == e)
        serves: dict[int, int] = {}
        for pair in problem.apart:
            either = found.rows(1, 0, 1)
            for c in (index[name] for name in pair):
                if c not in serves:
                    here = mine[(days.am[mine] == c) | (days.pm[mine] == c)]
                    first = found.rows(problem.weeks * 7, -BIG, 0)
                    found.put(here, first + days.day[here])
                    serves[c] = found.column(1, *((first + day, -1) for day in range(problem.weeks * 7)))
                found.extra_entries.append((either, serves[c], 1))
