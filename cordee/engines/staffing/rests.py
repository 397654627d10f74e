"""Rest from one day to the next and in the week, as rows over day patterns. Ordinary hours need none."""

import numpy as np

from cordee.engines.staffing.limits import DAY
from cordee.engines.staffing.model import Problem
from cordee.engines.staffing.patterns import Days, Ints
from cordee.engines.staffing.rows import Program


def add_rests(problem: Problem, days: Days, found: Program) -> None:
    """Add the rows that some pair of days could break, and only those."""
    length = problem.weeks * 7
    for e in range(len(problem.employees)):
        mine = np.flatnonzero(days.employee == e)
        order = mine[np.argsort(days.day[mine], kind="stable")]
        edges = np.searchsorted(days.day[order], np.arange(length + 1))
        by_day = [order[edges[d] : edges[d + 1]] for d in range(length)]
        for day in range(length - 1):
            for late, early in _clashes(days, by_day[day], by_day[day + 1], problem.limits.daily_rest - DAY):
                row = found.rows(1, 0, 1)
                found.put(late, row)
                found.put(early, row)
        for week in range(problem.weeks):
            _weekly(problem, days, by_day, week, found)


def _clashes(days: Days, before: Ints, after: Ints, rest: int) -> list[tuple[Ints, Ints]]:
    """Groups of patterns of two days, at most one of which may be chosen: `after` starts before end + rest."""
    groups: list[tuple[Ints, Ints]] = []
    seen = 0
    for end in np.unique(days.end[before]):
        early = after[days.start[after] < end + rest]
        if end > 0 and len(early) > seen:
            seen = len(early)
            groups.append((before[days.end[before] >= end], early))
    return groups


def _weekly(problem: Problem, days: Days, by_day: list[Ints], week: int, found: Program) -> None:
    """One whole day off in the week, with enough rest around it."""
    nothing = np.zeros(0, np.int64)
    rest = problem.limits.weekly_rest - 2 * DAY
    around = []
    for day in range(7 * week, 7 * week + 7):
        before = by_day[day - 1] if day else nothing
        after = by_day[day + 1] if day + 1 < len(by_day) else nothing
        working = by_day[day][days.halves[by_day[day]] > 0]
        clashes = _clashes(days, before, after, rest)
        if not len(working) and not clashes:
            return  # this day is always a rest
        around.append((working, clashes))
    one = found.rows(1, 1, 7)
    for working, clashes in around:
        chosen = found.column(1, (one, 1))
        row = found.rows(1, 0, 1)
        found.put(working, row)
        found.extra_entries.append((row, chosen, 1))
        for late, early in clashes:
            row = found.rows(1, 0, 2)
            found.put(late, row)
            found.put(early, row)
            found.extra_entries.append((row, chosen, 1))
