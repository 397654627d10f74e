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
    prices: Floats


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
            best = Priced(bound, reduced, solver.kept, found.amounts, spent, found.prices)
        if found.value - best.bound <= max(ENOUGH, near * abs(found.value)) or spent >= seconds:
            return Priced(best.bound, best.reduced, solver.kept, found.amounts, spent, best.prices)
        outside = np.where(inside, 0.0, reduced)
        more = _cheapest(outside, edges, 3)
        if not len(more):
            return Priced(best.bound, best.reduced, solver.kept, found.amounts, spent, best.prices)
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


def best_listed(
    program: Program, aim: Aim, start: tuple[Ints, Ints] | None, allowed: Ints, seconds: float
) -> tuple[Found, Ints]:
    """The best choice among patterns few enough to be listed; and those that a choice as good may still use.

    With fractions allowed, a pattern that adds more than `near` is in no choice that costs less than the bound and
    `near`: the search is over the others. When it ends higher, or without any, `near` grows.
    """
    solver = Solver(program, aim, allowed)
    relaxed = solver.relax(seconds)
    if relaxed is None:
        return Solver(program, aim, allowed).whole(seconds, start), allowed
    spent, near = relaxed.spent, 1.0 + NEAR * abs(relaxed.value) * (4 if len(allowed) < SHORT_LIST else 1)
    reduced = solver.reduced(relaxed.prices)[allowed]
    while True:
        inside = reduced <= near + ENOUGH
        kept = allowed[inside]
        everything = bool(inside.all()) or 2 * len(kept) > len(allowed)
        if everything:
            kept = allowed
        elif start is not None:
            kept = np.union1d(kept, start[0])
        found = Solver(program, aim, kept).whole(max(0.05, seconds - spent), start)
        spent += found.spent
        over = found.cost - relaxed.value
        if everything or (found.chosen is not None and over <= near) or spent >= seconds:
            break
        near = max(4 * near, 0.0 if found.chosen is None else over)
    bound = max(relaxed.value, found.bound if everything else min(found.bound, relaxed.value + near))
    left = allowed if found.chosen is None else allowed[reduced <= found.cost - relaxed.value + ENOUGH]
    return Found(found.chosen, found.extras, found.cost, bound, spent, relaxed.prices), left


NEAR, SHORT_LIST = 0.005, 1000


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

    First around the prices' own choice (or among the patterns priced lowest), then among more and more of those
    that could help: what is left out raises the bound.
    """
    nothing = np.zeros(len(program.ceilings), np.int64)
    priced = price(program, aim, first, seconds / 3)
    if priced is None:
        return _kept(aim, start, Found(None, nothing, 0, -np.inf, seconds))
    spent = priced.spent
    found = _around(program, aim, priced, (seconds - spent) / 4, gap)
    spent += found.spent
    if found.chosen is None:
        few = min(FEW, len(priced.reduced)) - 1
        low = np.flatnonzero(priced.reduced <= np.partition(priced.reduced, few)[few])[:most]
        kept = np.union1d(low, priced.entered[priced.amounts > ENOUGH])
        if start is not None:
            kept = np.union1d(kept, start[0])
        found = Solver(program, aim, kept).whole((seconds - spent) / 3, start, gap)
        spent += found.spent
    if found.chosen is not None and start is not None and aim.of(*start) < found.cost:
        found = Found(start[0], start[1], aim.of(*start), found.bound, 0.0)
    found = _kept(aim, start, found)
    if found.chosen is None:
        return Found(None, nothing, 0, priced.bound, spent)
    near, bound = NEAREST * abs(priced.bound) + 1.0, priced.bound
    while found.cost > (1 + gap) * bound + ENOUGH and spent < seconds:
        assert found.chosen is not None
        useful = np.flatnonzero(priced.reduced <= near + ENOUGH)
        if len(useful) > most:
            break
        kept = np.union1d(useful, found.chosen)
        again = Solver(program, aim, kept).whole(seconds - spent, (found.chosen, found.extras), gap / 4)
        spent += again.spent
        if again.chosen is not None and again.cost < found.cost:
            found = again
        # A choice with a pattern left out costs more than the bound and `near`; the solver bounds all others.
        bound = max(bound, min(again.bound, priced.bound + near, found.cost))
        if near >= found.cost - priced.bound:
            break
        near = min(2 * near, found.cost - priced.bound)
    return Found(found.chosen, found.extras, found.cost, bound, spent, priced.prices)


FEW = 12_000
NEAREST = 0.0006
CLOSE = 150


def _around(program: Program, aim: Aim, priced: Priced, seconds: float, gap: float) -> Found:
    """A first choice: days that the prices settle stay as they are, the others are searched among close patterns."""
    edges = _edges(program)
    sizes = np.diff(np.append(edges, len(program.days)))
    day = np.repeat(np.arange(len(edges)), sizes)
    amount = np.zeros(len(program.days))
    amount[priced.entered] = priced.amounts
    settled = np.maximum.reduceat(amount, edges) > 1 - ENOUGH
    rank = np.empty(len(day), np.int64)
    rank[np.lexsort((priced.reduced, day))] = np.arange(len(day)) - np.repeat(edges, sizes)
    kept = np.where(settled[day], amount > 1 - ENOUGH, (rank < CLOSE) | (amount > ENOUGH))
    return Solver(program, aim, np.flatnonzero(kept)).whole(max(1.0, seconds), None, gap)


def _kept(aim: Aim, start: tuple[Ints, Ints] | None, found: Found) -> Found:
    """What was found, or the start when nothing was."""
    if found.chosen is not None or start is None:
        return found
    return Found(start[0], start[1], aim.of(*start), found.bound, found.spent)
