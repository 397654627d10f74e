"""The best team under given refusals: the model solved, and re-solved while the team is not held together by ties."""

from dataclasses import dataclass

import numpy as np

from cordee.engines.teaming.index import Index
from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.model import Certificate, Options
from cordee.engines.teaming.model_of import Shape, write
from cordee.engines.teaming.picks import Picks, read
from cordee.engines.teaming.solver import INF, Model, solve

DIFFER = 2


@dataclass(frozen=True, slots=True)
class Cut:
    """A team already given: at least two of its members leave and at least two others come."""

    members: tuple[int, ...]


class Searcher:
    """Looks for best teams over the same lanes, one after the other, within one budget of solver time."""

    def __init__(self, lanes: Lanes, index: Index, options: Options) -> None:
        self.lanes, self.index, self.options = lanes, index, options
        self.left = options.seconds
        self.walls: list[tuple[int, int, tuple[int, ...]]] = []

    def best(
        self, cuts: tuple[Cut, ...], *, hard: bool = False, without: int | None = None
    ) -> tuple[Picks | None, int]:
        """The cheapest team allowed, and a bound no such team goes under."""
        while True:
            model, shape = write(self.lanes, self.options, hard=hard)
            if without is not None:
                model.high[shape.x + np.flatnonzero(shape.who == without)] = 0
            self._apart(model, shape, cuts)
            self._hold(model, shape)
            answer = solve(model, seconds=max(0.05, self.left))
            self.left -= answer.seconds
            if answer.values is None:
                return None, 0
            picks = read(answer.values, shape, self.lanes, self.options)
            bound = picks.cost if answer.proven else int(np.ceil(max(answer.bound, -(10**9)) - 1e-4))
            wall = self._wall(picks.members)
            if wall is None:
                return picks, min(bound, picks.cost)
            self.walls.append(wall)

    def certificate(self, picks: Picks) -> Certificate | None:
        return None

    def _apart(self, model: Model, shape: Shape, cuts: tuple[Cut, ...]) -> None:
        columns = np.arange(len(shape.who))
        for cut in cuts:
            old = np.isin(shape.who, cut.members)
            free = old & ~self.lanes.given[shape.who]
            model.block(np.zeros(free.sum()), shape.x + columns[free], 1, -INF, free.sum() - DIFFER, 1)
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
        border = set().union(*(near.get(i, set()) for i in circle)) - circle
        return members[0], apart[0], tuple(sorted(border))
