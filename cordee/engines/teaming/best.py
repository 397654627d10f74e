"""The best team under given refusals: only companies that may still be in it are handed to the solver.

The bound says, for each candidate, the least a team with it can cost. The solver gets those under a threshold; once a
team is found that costs no more than the threshold, nobody outside can be in a better one. Else the threshold grows.
"""

from dataclasses import dataclass, replace

import numpy as np

from cordee.engines.teaming.bound import Bound, good_bound
from cordee.engines.teaming.index import Index
from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.model import Certificate, Options
from cordee.engines.teaming.model_of import Shape, write
from cordee.engines.teaming.picks import Picks, read, write_down
from cordee.engines.teaming.solver import INF, Array, Model, Solved, solve

DIFFER = 2
SMALL, FEW_TIES = 150, 600
"""Up to so many candidates, with up to so many ties between them, all are handed to the solver at once."""
STEP = 0.0075
ROUGH = 0.0075
QUICK, QUICK_GAP = 30, 0.005
"""How many companies the first team is looked for among, and how near to the best of them it has to be."""
FIRST_TEAM = 0.6
"""Seconds left to the first team even when the bound took nearly all: an answer late by so much beats none."""
DIRECT = 400
"""Up to so many companies left, the solver gets them all at once."""
MANY, GROWTH = 1200, 3
ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class Cut:
    """A team already given: at least two of its members leave and at least two others come."""

    members: tuple[int, ...]


class Searcher:
    """Looks for best teams over the same lanes, one after the other, within one budget of solver time."""

    def __init__(self, lanes: Lanes, index: Index, options: Options) -> None:
        self.lanes, self.index, self.options = lanes, index, options
        self.bound: Bound = good_bound(lanes, options)
        self.left = max(options.seconds - self.bound.seconds, FIRST_TEAM)
        self.walls: list[tuple[int, int, tuple[int, ...]]] = []
        self.small = lanes.size <= QUICK or (lanes.size <= SMALL and len(lanes.tie_a) <= FEW_TIES)
        self.threshold = self._first_threshold()

    def best(
        self, cuts: tuple[Cut, ...], *, hard: bool = False, without: int | None = None
    ) -> tuple[Picks | None, int]:
        """The cheapest team allowed, and a bound no such team goes under."""
        each, proven = self.bound.each, self._whole(self.bound.least)
        found = self._quick(cuts, hard, without)
        threshold, rough = self.threshold, ROUGH
        if found is not None and int((each <= found.cost - 1 + ROUNDING).sum()) <= DIRECT:
            threshold, rough = found.cost - 1 + ROUNDING, 0.0
        while True:
            keep = each <= threshold
            # While others may still come in, a good team is enough: it says who can be ruled out.
            rough = 0.0 if keep.all() else rough
            answer, shape = self._solve(keep, cuts, hard, without, found, rough)
            if answer.values is not None:
                picks = read(answer.values, shape, self.lanes)
                found = picks if found is None or picks.cost < found.cost else found
            # Inside, the solver's bound holds; a team with anybody from outside costs more than the threshold.
            outside = INF if keep.all() else float(each[~keep].min())
            under = answer.cost if answer.proven else answer.bound
            proven = max(proven, self._whole(min(under, outside)))
            done = found is not None and outside > found.cost - 1 + ROUNDING
            if (answer.proven and (keep.all() or done)) or self.left <= 0 or (keep.all() and answer.values is None):
                break
            threshold = self._grown(threshold, None if found is None else found.cost, int(keep.sum()))
            rough = ROUGH if found is None else 0.0
        if found is not None:
            self.threshold = max(self.threshold, min(threshold, found.cost))
            return found, min(proven, found.cost)
        return None, proven

    def _quick(self, cuts: tuple[Cut, ...], hard: bool, without: int | None) -> Picks | None:
        """A first team, of those the bound likes best: soon there, and what it costs rules many others out."""
        if self.small or self.left <= 0:
            return None
        keep = self.bound.each <= float(np.partition(self.bound.each, QUICK)[QUICK])
        answer, shape = self._solve(keep, cuts, hard, without, None, QUICK_GAP)
        return None if answer.values is None else read(answer.values, shape, self.lanes)

    def certificate(self, picks: Picks) -> Certificate:
        """Prices anyone can check: their bound, and the companies that could still be in a team cheaper than this."""
        left = np.flatnonzero(self.bound.each <= picks.cost - 1 + ROUNDING)
        return Certificate(
            prices=tuple(float(v) for v in self.bound.prices),
            turnover_prices=tuple(float(v) for v in self.bound.turn_prices),
            covers=tuple(
                (one.lots, one.step, float(price))
                for one, price in zip(self.bound.covers, self.bound.cover_prices, strict=True)
                if price > 0
            ),
            bound=self._whole(self.bound.least),
            below=picks.cost,
            left=tuple(self.index.name(int(self.lanes.row[i])) for i in left),
        )

    def _first_threshold(self) -> float:
        each = self.bound.each
        if self.small:
            return INF
        least = self.bound.least
        return max(least + STEP * abs(least), float(np.sort(each)[min(SMALL, len(each)) // 2]))

    def _grown(self, threshold: float, cost: int | None, size: int) -> float:
        """The next threshold: what has to be ruled out, but never many more companies at once."""
        least = self.bound.least
        wider = least + 2 * max(threshold - least, STEP * abs(least))
        beyond = self.bound.each[self.bound.each > threshold]
        wider = max(wider, float(beyond.min()) if len(beyond) else INF)
        if cost is None:
            return wider
        all_left = int((self.bound.each <= cost - 1 + ROUNDING).sum())
        return cost - 1 + ROUNDING if all_left <= max(MANY, GROWTH * size) else min(wider, cost - 1 + ROUNDING)

    @staticmethod
    def _whole(value: float) -> int:
        """Costs are whole: a bound of 10.2 proves 11."""
        return int(np.ceil(min(max(value, -1e12), 1e12) - ROUNDING))

    def _solve(
        self,
        keep: Array,
        cuts: tuple[Cut, ...],
        hard: bool,
        without: int | None,
        found: Picks | None,
        rough: float,
    ) -> tuple[Solved, Shape]:
        """The model over some companies, re-solved while ties do not hold the team together."""
        while True:
            model, shape = write(self.lanes, self.options, keep, hard=hard, covers=self.bound.covers)
            if without is not None:
                model.high[shape.x + np.flatnonzero(shape.who == without)] = 0
            self._apart(model, shape, cuts)
            self._hold(model, shape)
            start = None
            if found is not None and keep[list(found.members)].all():
                start = write_down(found, shape, self.lanes)
            answer = solve(model, seconds=max(0.05, self.left), start=start, gap=rough)
            self.left -= answer.seconds
            if answer.values is None:
                return answer, shape
            answer = self._settled(model, shape, answer)
            assert answer.values is not None  # settling keeps a solution
            chosen = shape.who[answer.values[shape.x : shape.y] > 0.5]
            wall = self._wall(tuple(int(i) for i in chosen))
            if wall is None:
                return answer, shape
            self.walls.append(wall)

    @staticmethod
    def _settled(model: Model, shape: Shape, answer: Solved) -> Solved:
        """The same companies on the same lanes, with whole units: once these are fixed, a corner of what is left is."""
        values = answer.values
        if (
            values is None
            or np.abs(values[shape.q : shape.r] - np.rint(values[shape.q : shape.r])).max(initial=0) < 1e-5
        ):
            return answer
        fixed = replace(model, low=model.low.copy(), high=model.high.copy())
        firm = np.r_[shape.x : shape.q, shape.g : shape.s]
        fixed.low[firm] = fixed.high[firm] = np.rint(values[firm])
        corner = solve(fixed, seconds=5.0, linear=True)
        return answer if corner.values is None else replace(answer, values=corner.values)

    def _apart(self, model: Model, shape: Shape, cuts: tuple[Cut, ...]) -> None:
        columns = np.arange(len(shape.who))
        for cut in cuts:
            old = np.isin(shape.who, cut.members)
            leaving = sum(1 for i in cut.members if not self.lanes.given[i])
            free = old & ~self.lanes.given[shape.who]
            model.block(np.zeros(free.sum()), shape.x + columns[free], 1, -INF, leaving - DIFFER, 1)
            model.block(np.zeros((~old).sum()), shape.x + columns[~old], 1, DIFFER, INF, 1)

    def _hold(self, model: Model, shape: Shape) -> None:
        """Ties found missing so far: two members apart need somebody on the border of the first one's circle."""
        spot = {int(i): k for k, i in enumerate(shape.who)}
        for one, other, border in self.walls:
            if one in spot and other in spot:
                col = [shape.x + spot[one], shape.x + spot[other], *(shape.x + spot[i] for i in border if i in spot)]
                model.block(np.zeros(len(col)), col, np.r_[1, 1, -np.ones(len(col) - 2)], -INF, 1, 1)

    def _wall(self, members: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]] | None:
        """Where ties must hold the team together: two members in separate circles, and the border of the first."""
        if self.options.ties != "must" or len(members) < 2:
            return None
        near: dict[int, set[int]] = {}
        for a, b in zip(self.lanes.tie_a.tolist(), self.lanes.tie_b.tolist(), strict=True):
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
        circle, fresh = {members[0]}, [members[0]]
        while fresh:
            for mate in near.get(fresh.pop(), ()):
                if mate in members and mate not in circle:
                    circle.add(mate)
                    fresh.append(mate)
        apart = [i for i in members if i not in circle]
        if not apart:
            return None
        border = set[int]().union(*(near.get(i, set()) for i in circle)) - circle
        return members[0], apart[0], tuple(sorted(border))
