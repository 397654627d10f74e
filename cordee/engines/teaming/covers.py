"""Rows that follow from « the units of a lot add up » once companies are in or out: fewer half companies in the bound.

A lot of 250 units done by companies of 120 at most needs three of them, not 2.08. Dividing the lot by a step and
rounding (mixed-integer rounding) gives such a row; each has a price of its own in the bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.solver import Array

TRIES, LEAST = 12, 0.02


@dataclass(frozen=True, slots=True)
class Cover:
    """One such row: this lot, counted in steps of `step` units."""

    lot: int
    step: int

    def need(self, lanes: Lanes) -> int:
        """How many steps the lot asks for."""
        return -(-int(lanes.volume[self.lot]) // self.step)


def weights(volume: int, most: Array, step: int) -> Array:
    """How many steps companies of these capacities count for (never less than what they can really do).

    Source  Nemhauser & Wolsey, Integer and Combinatorial Optimization, II.1.6 (mixed-integer rounding).

    >>> weights(250, np.array([120, 60, 10]), 120)
    array([1., 1., 1.])
    >>> weights(100, np.array([60, 20]), 60)
    array([1. , 0.5])
    """
    rest = volume % step
    whole, part = np.divmod(most, step)
    if rest == 0:
        return np.asarray(most / step)
    return np.asarray(whole + np.minimum(1.0, part / rest))


def separate(lanes: Lanes, lane: Array, share: Array, known: Sequence[Cover]) -> list[Cover]:
    """The rows that this solution of the linear model breaks most, one a lot; `share` is y on each lane of `lane`."""
    found = []
    used = {(one.lot, one.step) for one in known}
    for lot in np.unique(lanes.lot[lane[share > 1e-6]]):
        volume = int(lanes.volume[lot])
        mine = lanes.lot[lane] == lot
        y, most = share[mine], lanes.most[lane[mine]]
        if volume < 2 or not ((y > 1e-6) & (y < 1 - 1e-6)).any():
            continue
        steps = np.unique(most[y > 1e-6])
        steps = np.unique(np.concatenate((steps, [most.max()])))[-TRIES:]
        best = max(
            (float(-(-volume // s) - weights(volume, most, int(s)) @ y), int(s)) for s in steps if s >= 1 and volume % s
        ) if any(volume % s for s in steps) else (0.0, 1)  # fmt: skip
        if best[0] > LEAST and (int(lot), best[1]) not in used:
            found.append(Cover(int(lot), best[1]))
    return found
