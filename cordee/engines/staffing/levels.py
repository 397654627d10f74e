"""Make the timetable: each aim in its turn, none spoiling the one before."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from cordee.engines.staffing.columns import best_among, best_listed, price
from cordee.engines.staffing.model import HALVES, Problem, week_budget
from cordee.engines.staffing.patterns import Ints, all_days
from cordee.engines.staffing.rests import add_rests
from cordee.engines.staffing.result import Certificate, Level, LevelName, Visit
from cordee.engines.staffing.rows import Floats, program_of
from cordee.engines.staffing.solver import Aim, Found, Solver

TINY = 1e-6
SHORT = 1000  # minutes of road that a missing half-day counts for, in large groups
LISTED = 20_000  # patterns up to which all are listed; beyond, they are generated
SHORTEST = 40  # mixed days to begin with, for each employee and day
Choice = tuple[Ints, Ints]
Told = Callable[[LevelName], None]
"""Who wants to know how far the search is: called with each level once it is settled."""


class Search:
    """The levels already settled, and the best choice so far. Seconds are the solver's own count."""

    def __init__(
        self, problem: Problem, base: tuple[Visit, ...], seconds: float, most: int, told: Told | None = None
    ) -> None:
        self.told = told
        week = {(one.employee, one.slot % HALVES): one.company for one in base}
        self.problem, self.left, self.most = problem, seconds, most
        self.days = all_days(problem, week if base else None)
        self.listed = len(self.days) <= min(most, LISTED)
        budgets = np.array([[week_budget(problem, e, w) for w in range(problem.weeks)] for e in problem.employees])
        self.program = program_of(problem, self.days, budgets)
        add_rests(problem, self.days, self.program)
        self.levels: list[Level] = []
        self.choice: Choice | None = None
        self.allowed = np.ones(len(self.days), bool)
        self.pool = np.zeros(0, np.int64)
        self.prices: Floats | None = None  # of the last program solved with fractions
        self.seals: list[Certificate] = []
        self.near: Ints | None = None  # patterns that a choice as good as the last one found may still use

    def extras(self, costs: dict[int, int]) -> Ints:
        """Costs on a few extras."""
        found = np.zeros(len(self.program.ceilings), np.int64)
        for number, cost in costs.items():
            found[number] = cost
        return found

    def nothing(self) -> Ints:
        """No cost on any pattern."""
        return np.zeros(len(self.days), np.int64)

    def search(self, aim: Aim, share: float, gap: float = 0.0, afresh: bool = False) -> Found:
        """Make one aim as small as the time allows: all patterns when they are few, else those worth it.

        `afresh`: the rows have just been tightened, the choice so far may break them.
        """
        seconds, start = max(0.2, self.left * share), None if afresh else self.choice
        if self.listed:
            found, self.near = best_listed(self.program, aim, start, np.flatnonzero(self.allowed), seconds)
        else:
            found = best_among(self.program, aim, start, self._first(), seconds, self.most, gap)
        self.left -= found.spent
        self.prices = found.prices
        return found

    def bound(self, aim: Aim, share: float) -> int:
        """A bound of one aim, from fractions."""
        seconds = max(0.2, self.left * share)
        if self.listed:
            relaxed = Solver(self.program, aim, np.flatnonzero(self.allowed)).relax(seconds)
            self.left -= relaxed.spent if relaxed else seconds
            self.prices = relaxed.prices if relaxed else None
            return ceil(relaxed.value - TINY) if relaxed else 0
        priced = price(self.program, aim, self._first(), seconds, near=0.0)
        self.left -= priced.spent if priced else seconds
        self.prices = priced.prices if priced else None
        if priced is None:
            return 0
        self.pool = np.union1d(self.pool, priced.entered)
        return max(0, ceil(priced.bound - TINY))

    def _first(self) -> Ints:
        """Patterns to begin with: days off, days at one company, the shortest mixed days, those that served before."""
        days = self.days
        simple = (days.am == days.pm) | (days.am < 0) | (days.pm < 0)
        mixed = np.flatnonzero(~simple)
        order = mixed[np.lexsort((days.road[mixed], days.day[mixed], days.employee[mixed]))]
        key = days.employee[order] * (self.problem.weeks * 7) + days.day[order]
        begins = np.searchsorted(key, key)
        simple[order[np.arange(len(order)) - begins < SHORTEST]] = True
        simple &= self.allowed
        simple[self.pool] = True
        if self.choice is not None:
            simple[self.choice[0]] = True
        return np.flatnonzero(simple)

    def nobody(self) -> Choice:
        """Everybody off every day: always lawful, and the start of a large search."""
        program, problem = self.program, self.problem
        off = np.flatnonzero((self.days.halves == 0) & self.allowed)
        costs = {number: one.halves for number, one in zip(program.short, problem.shares, strict=True)}
        costs[program.worst] = program.ceilings[program.worst]
        for number, (need, _slot) in zip(program.unmet, program.unmet_of, strict=True):
            costs[number] = problem.needs[need].count
        return off, self.extras(costs)

    def forbid(self, patterns: Ints) -> None:
        """Take patterns away for good, unless that leaves an employee without any for a day."""
        self.allowed[patterns] = False
        row = self.program.rows(1, 0, 0)
        self.program.put(patterns, row)

    def seal(self, level: LevelName, *, road: int = 0, missing: int = 0, worst: int = 0, held: bool = True) -> None:
        """Keep the last prices as a certificate of a level: those of the rows that the checker knows."""
        if self.prices is None:
            return
        told, rows, shares = self.prices, self.program, len(self.problem.shares)
        parts = (-told[rows.minutes], -told[rows.counts], told[rows.given : rows.given + shares],
                 told[rows.trips : rows.trips + shares], told[rows.tops])  # fmt: skip
        week, half, share, trip, top = (tuple(float(one) for one in part) for part in parts)
        self.seals.append(Certificate(level, road, missing, worst, held, week, half, share, trip, top))

    def note(self, name: LevelName, value: int, bound: float) -> None:
        """Keep what a level reached."""
        self.levels.append(Level(name, value, min(value, max(0, ceil(bound - TINY)))))
        if self.told is not None:
            self.told(name)


def firm_level(search: Search) -> None:
    """First, hold as many firm demands as possible."""
    firm_needs = {
        number: 1
        for number, (need, _slot) in zip(search.program.unmet, search.program.unmet_of, strict=True)
        if search.problem.needs[need].firm
    }
    if not firm_needs and not search.days.firm.any():
        search.note("firm", 0, 0)
        return
    aim = Aim(search.days.firm, search.extras(firm_needs))
    found = search.search(aim, 0.3)
    if found.chosen is None:
        raise ValueError("no timetable was found in the time given")
    search.choice = (found.chosen, found.extras)
    search.note("firm", found.cost, found.bound)
    if found.cost == 0:
        search.forbid(np.flatnonzero(search.days.firm > 0))
        for number in firm_needs:
            search.program.ceilings[number] = 0
    else:
        _hold(search, aim, found.cost)


def fair_level(search: Search, following: Aim) -> Found | None:
    """Then the agreed shares: the largest shortfall, then all of them.

    The bounds are tried first, with the aim that follows: they are often reached, and then its answer is given.
    """
    program = search.program
    heavy = 1 + sum(one.halves for one in search.problem.shares)
    ceiling, each = program.ceilings[program.worst], dict.fromkeys(program.short, 1)
    worst, total = 0, search.bound(Aim(search.nothing(), search.extras(each)), 0.15)
    if total:
        worst = search.bound(Aim(search.nothing(), search.extras({program.worst: 1})), 0.15)
        search.seal("worst", worst=1, held=False)
        program.ceilings[program.worst] = worst
        total = search.bound(Aim(search.nothing(), search.extras(each)), 0.15)
        search.seal("total", missing=1)
    program.ceilings[program.worst] = worst
    row = program.rows(1, 0, total)
    program.extra_entries += [(row, number, 1) for number in program.short]
    reached = search.search(following, 0.5, gap=0.005, afresh=True)
    if reached.chosen is not None:
        search.choice = (reached.chosen, reached.extras)
        search.note("worst", worst, worst)
        search.note("total", total, total)
        return reached
    program.ceilings[program.worst], program.high[row] = ceiling, heavy
    search.choice = search.choice or search.nobody()
    found = search.search(Aim(search.nothing(), search.extras({**each, program.worst: heavy})), 0.5)
    if found.chosen is None:
        raise ValueError("no timetable was found in the time given")
    search.choice = (found.chosen, found.extras)
    missing = found.extras[program.short]
    largest, every = int(missing.max(initial=0)), int(missing.sum())
    search.note("worst", largest, max(worst, floor((found.bound + TINY) / heavy)))
    search.note("total", every, max(total, found.bound - heavy * largest))
    program.ceilings[program.worst], program.high[row] = largest, every
    return None


def fair_and_near(search: Search, following: Aim) -> Found:
    """For large groups: the shares and the aim that follows in one search, missing half-days counting as long roads.

    What the search proves of the sum holds for the aim that follows, once the shares are what they are.
    """
    program = search.program
    each = dict.fromkeys(program.short, SHORT)
    aim = Aim(following.patterns, following.extras + search.extras({**each, program.worst: 5 * SHORT}))
    search.choice = search.choice or search.nobody()
    found = search.search(aim, 0.8, gap=0.005)  # its prices are sealed by who called
    if found.chosen is None:
        raise ValueError("no timetable was found in the time given")
    search.choice = (found.chosen, found.extras)
    missing = found.extras[program.short]
    largest, every = int(missing.max(initial=0)), int(missing.sum())
    worst = search.bound(Aim(search.nothing(), search.extras({program.worst: 1})), 0.5) if largest else 0
    program.ceilings[program.worst] = largest
    total = search.bound(Aim(search.nothing(), search.extras(dict.fromkeys(program.short, 1))), 0.5) if every else 0
    search.note("worst", largest, worst)
    search.note("total", every, total)
    row = program.rows(1, 0, every)
    program.extra_entries += [(row, number, 1) for number in program.short]
    bound = found.bound - SHORT * every - 5 * SHORT * largest
    return replace(found, cost=following.of(found.chosen, found.extras), bound=bound)


def other_levels(search: Search, stable: bool) -> None:
    """Then the other wishes and needs, the road, and a week like the others."""
    program, needs = search.program, search.problem.needs
    met = zip(program.unmet, program.unmet_of, strict=True)
    wanted = {number: needs[need].weight for number, (need, _slot) in met if not needs[need].firm}
    aims: list[tuple[LevelName, Aim]] = []
    if wanted or search.days.soft.any():
        aims.append(("soft", Aim(search.days.soft, search.extras(wanted))))
    aims.append(("travel", Aim(search.days.road, search.extras({}))))
    if stable:
        aims.append(("moved", Aim(search.days.moved, search.extras({}))))
    found = fair_level(search, aims[0][1]) if search.listed else fair_and_near(search, aims[0][1])
    if aims[0][0] != "soft":
        search.note("soft", 0, 0)
    for name, aim in aims:
        if found is None:
            found = search.search(aim, 1.0 if name == aims[-1][0] else 0.6, gap=0.005)
        if found.chosen is not None:
            search.choice = (found.chosen, found.extras)
        assert search.choice is not None
        value = aim.of(*search.choice)
        search.note(name, value, found.bound)
        if name == "travel" and found.prices is not None:
            search.prices = found.prices
            both = name == aims[0][0] and not search.listed  # searched with the shares
            search.seal("travel", road=1, missing=SHORT * both, worst=5 * SHORT * both, held=not both)
        _hold(search, aim, value)
        found = None


def _hold(search: Search, aim: Aim, value: int) -> None:
    """From now on, this aim stays at this value."""
    row = search.program.rows(1, 0, value)
    if search.near is not None:
        search.allowed[np.setdiff1d(np.flatnonzero(search.allowed), search.near)] = False
        search.near = None
    costly = np.flatnonzero(aim.patterns)
    search.program.put(costly, row, aim.patterns[costly])
    search.program.extra_entries += [(row, int(i), int(aim.extras[i])) for i in np.flatnonzero(aim.extras)]


def visits_of(search: Search) -> tuple[Visit, ...]:
    """The choice, half-day by half-day."""
    assert search.choice is not None
    problem, days, found = search.problem, search.days.take(search.choice[0]), []
    for employee, day, am, pm in zip(days.employee, days.day, days.am, days.pm, strict=True):
        for half, company in enumerate((am, pm)):
            if company >= 0:
                name = problem.employees[employee].name
                found.append(Visit(name, 2 * int(day) + half, problem.companies[company].name))
    return tuple(sorted(found))


def base_problem(problem: Problem) -> Problem:
    """An ordinary week: no leave, no holiday, weekly needs and wishes only, a week's part of every share."""
    exact = [Fraction(one.halves, problem.weeks) for one in problem.shares]
    rest = round(sum(exact)) - sum(floor(one) for one in exact)
    order = sorted(range(len(exact)), key=lambda i: (floor(exact[i]) - exact[i], i))
    up = set(order[: max(0, rest)])
    return replace(
        problem,
        weeks=1,
        employees=tuple(replace(one, leaves=frozenset(), before=()) for one in problem.employees),
        shares=tuple(replace(one, halves=floor(exact[i]) + (i in up)) for i, one in enumerate(problem.shares)),
        needs=tuple(replace(one, slots=_week(one.slots)) for one in problem.needs if one.weekly),
        wishes=tuple(replace(one, slots=_week(one.slots)) for one in problem.wishes if one.weekly),
        holidays=False,
    )


def _week(slots: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({slot % HALVES for slot in slots}))


def levels_of(
    problem: Problem, base: tuple[Visit, ...], stable: bool, seconds: float, most: int, told: Told | None = None
) -> tuple[tuple[Visit, ...], tuple[Level, ...], tuple[Certificate, ...]]:
    """Settle every level in its turn: the visits, the levels, and the prices that prove them."""
    search = Search(problem, base, seconds, most, told)
    firm_level(search)
    other_levels(search, stable)
    return visits_of(search), tuple(search.levels), tuple(search.seals)
