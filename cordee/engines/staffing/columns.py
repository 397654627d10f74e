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
    prices: Floats
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
            best = Priced(bound, reduced, solver.kept, found.prices, spent)
        if found.value - best.bound <= max(ENOUGH, near * abs(found.value)) or spent >= seconds:
            return Priced(best.bound, best.reduced, solver.kept, best.prices, spent)
        outside = np.where(inside, 0.0, reduced)
        more = _cheapest(outside, edges, 3)
        if not len(more):
            return Priced(best.bound, best.reduced, solver.kept, best.prices, spent)
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
    """The best choice and a bound, by generating patterns. `most`: patterns the last search may hold."""
    priced = price(program, aim, first, seconds / 2)
    if priced is None:
        chosen = start if start is not None else (None, np.zeros(len(program.ceilings), np.int64))
        cost = 0 if start is None else aim.of(*start)
        return Found(chosen[0], chosen[1], cost, -np.inf, seconds)
    spent, kept = priced.spent, priced.entered
    if start is not None:
        kept = np.union1d(kept, start[0])
    found = Solver(program, aim, kept).whole(max(1.0, (seconds - spent) / 2), start)
    if found.chosen is None and start is not None:
        found = Found(start[0], start[1], aim.of(*start), -np.inf, found.spent)
    spent += found.spent
    bound = priced.bound
    if found.chosen is not None and found.cost > np.ceil(bound - ENOUGH):
        useful = np.flatnonzero(priced.reduced <= found.cost - bound)
        if len(useful) <= most and found.cost > (1 + gap) * bound and spent < seconds:
            kept = np.union1d(useful, found.chosen)
            again = Solver(program, aim, kept).whole(seconds - spent, (found.chosen, found.extras))
            spent += again.spent
            bound = max(bound, min(again.bound, found.cost))  # a pattern left out makes a choice no better than found
            found = again if again.chosen is not None and again.cost <= found.cost else found
    return Found(found.chosen, found.extras, found.cost, bound, spent)
