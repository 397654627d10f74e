"""Search among very many patterns: let in only those whose price is right, and bound what all others could bring."""

from dataclasses import dataclass

import numpy as np

from cordee.engines.staffing.patterns import Ints
from cordee.engines.staffing.rows import Floats, Program
from cordee.engines.staffing.solver import Aim, Found, Solver

ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Priced:
    """The problem with fractions allowed: a bound for every timetable, and what each pattern costs above it."""

    bound: float
    reduced: Floats
    entered: Ints
    amounts: Floats
    spent: float


def price(program: Program, aim: Aim, start: Ints, seconds: float, near: float = 1e-4) -> Priced | None:
    """Generate patterns until no other could help (or the bound is `near` enough, or time is out).

    The bound holds whatever the prices: exactly one pattern is chosen per employee and day, so nothing costs less than
    the fractional value plus, for each of them, its most negative reduced cost.
    """
    solver = Solver(program, aim, start)
    edges = _edges(program)
    best: Priced | None = None
    spent = 0.0
    while True:
        found = solver.relax(seconds - spent)
        if found is None:
            return best
        spent = found.spent
        reduced = solver.reduced(found.prices)
        inside = np.zeros(len(program.days), bool)
        inside[solver.kept] = True
        fewest = np.minimum(np.minimum.reduceat(reduced, edges), 0.0)
        bound = found.value + float(fewest.sum())
        if best is None or bound > best.bound:
            best = Priced(bound, reduced, solver.kept, found.amounts, spent)
        if found.value - best.bound <= max(ENOUGH, near * abs(found.value)) or spent >= seconds:
            return Priced(best.bound, best.reduced, solver.kept, found.amounts, spent)
        outside = np.where(inside, 0.0, reduced)
        more = _cheapest(outside, edges, 3)
        if not len(more):
            return Priced(best.bound, best.reduced, solver.kept, found.amounts, spent)
        solver.enter(more)


def _edges(program: Program) -> Ints:
    """Where the patterns of each (employee, day) begin; each has at least its day off."""
    days = program.days
    key = days.employee * (int(days.day.max()) + 1) + days.day
    return np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))


def _cheapest(reduced: Floats, edges: Ints, count: int) -> Ints:
    """The `count` most negative patterns of each employee and day."""
    left = reduced.copy()
    sizes = np.diff(np.concatenate([edges, [len(reduced)]]))
    chosen = []
    for _ in range(count):
        lowest = np.minimum.reduceat(left, edges)
        hits = np.flatnonzero((left == np.repeat(lowest, sizes)) & (left < -ENOUGH))
        left[hits] = 0.0
        chosen.append(hits)
    return np.unique(np.concatenate(chosen))


def best_among(
    program: Program,
    aim: Aim,
    start: tuple[Ints, Ints] | None,
    first: Ints,
    seconds: float,
    most: int,
    gap: float,
) -> Found:
    """The best choice and a bound, by generating patterns. `most`: patterns one search may hold.

    First among the patterns priced lowest, then by freeing a few employees at a time, then among all that could help.
    """
    nothing = np.zeros(len(program.ceilings), np.int64)
    priced = price(program, aim, first, seconds / 3)
    if priced is None:
        return _kept(aim, start, Found(None, nothing, 0, -np.inf, seconds))
    spent = priced.spent
    few = min(FEW, len(priced.reduced)) - 1
    low = np.flatnonzero(priced.reduced <= np.partition(priced.reduced, few)[few])[:most]
    kept = np.union1d(low, priced.entered[priced.amounts > ENOUGH])
    if start is not None:
        kept = np.union1d(kept, start[0])
    found = Solver(program, aim, kept).whole((seconds - spent) / 3, start, gap)
    spent += found.spent
    found = _kept(aim, start, found)
    if found.chosen is None:
        return Found(None, nothing, 0, priced.bound, spent)
    bound = priced.bound
    found, more = _free_a_few(program, aim, found, priced, bound, (seconds - spent) * 0.7, gap)
    spent += more
    useful = np.flatnonzero(priced.reduced <= found.cost - bound)
    if found.cost > (1 + gap) * bound + ENOUGH and len(useful) <= most and spent < seconds:
        assert found.chosen is not None
        again = Solver(program, aim, np.union1d(useful, found.chosen)).whole(
            seconds - spent, (found.chosen, found.extras), gap
        )
        spent += again.spent
        bound = max(bound, min(again.bound, found.cost))  # a pattern left out makes no choice better than found
        if again.chosen is not None and again.cost <= found.cost:
            found = again
    return Found(found.chosen, found.extras, found.cost, bound, spent)


FEW = 12_000
AT_ONCE = 4


def _kept(aim: Aim, start: tuple[Ints, Ints] | None, found: Found) -> Found:
    """What was found, or the start when nothing was."""
    if found.chosen is not None or start is None:
        return found
    return Found(start[0], start[1], aim.of(*start), found.bound, found.spent)


def _free_a_few(
    program: Program, aim: Aim, found: Found, priced: Priced, bound: float, seconds: float, gap: float
) -> tuple[Found, float]:
    """Free four employees at a time, the others staying as they are, until a whole turn brings nothing."""
    days, spent = program.days, 0.0
    people = np.unique(days.employee)
    step, quiet, turn = 1, 0, 0
    useful = priced.reduced <= max(found.cost - bound, 1.0)
    while spent < seconds and quiet < len(people) and found.cost > (1 + gap) * bound + ENOUGH:
        assert found.chosen is not None
        free = people[(turn % len(people) + step * np.arange(AT_ONCE)) % len(people)]
        kept = np.union1d(np.flatnonzero(np.isin(days.employee, free) & useful), found.chosen)
        again = Solver(program, aim, kept).whole(min(2.0, seconds - spent), (found.chosen, found.extras))
        spent += again.spent
        if again.chosen is not None and again.cost < found.cost:
            found, quiet = again, 0
            useful = priced.reduced <= max(found.cost - bound, 1.0)
        else:
            quiet += 1
        turn += 1
        if turn % len(people) == 0:
            step = step % 5 + 1
    return found, spent
