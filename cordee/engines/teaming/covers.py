"""Rows that follow from « the units add up » once companies are in or out: fewer half companies in the bound.

A lot of 250 units done by companies of 120 at most needs three of them, not 2.08. Dividing the work by a step and
rounding (mixed-integer rounding) gives such a row, for one lot or for several together; each has a price in the bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.solver import Array

TRIES, LEAST, ALL = 12, 0.02, 12


@dataclass(frozen=True, slots=True)
class Cover:
    """One such row: the work of these lots, counted in steps of `step` units.

    Shape   one lot: the row is over its lanes; several: over companies, each with what it can do of them all.
    """

    lots: tuple[int, ...]
    step: int

    def volume(self, lanes: Lanes) -> int:
        return int(lanes.volume[list(self.lots)].sum())

    def need(self, lanes: Lanes) -> int:
        """How many steps the work asks for."""
        return -(-self.volume(lanes) // self.step)

    def gap(self, lanes: Lanes) -> Array:
        """How many steps each lot, left with a gap, takes off the need."""
        off = np.zeros(len(lanes.volume))
        here = list(self.lots)
        off[here] = weights(self.volume(lanes), lanes.volume[here], self.step)
        return off

    def on_lanes(self, lanes: Lanes) -> Array:
        """How many steps each lane of the lot counts for; only for one lot."""
        return np.where(lanes.lot == self.lots[0], weights(self.volume(lanes), lanes.most, self.step), 0.0)

    def on_companies(self, lanes: Lanes) -> Array:
        """How many steps each candidate counts for; only for several lots."""
        return weights(self.volume(lanes), reach(lanes, self.lots), self.step)


def reach(lanes: Lanes, lots: Sequence[int]) -> Array:
    """The most each candidate can do of these lots together."""
    return _within(lanes.able[list(lots)].sum(axis=0), lanes.capacity)


def _within(total: Array, capacity: Array) -> Array:
    return np.asarray(np.where(capacity >= 0, np.minimum(total, capacity), total))


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


def separate(lanes: Lanes, who: Array, lane: Array, inside: Array, share: Array, known: Sequence[Cover]) -> list[Cover]:
    """The rows that a solution of the linear model breaks most, one for each lot and for each set of lots looked at.

    Shape   inside: x of the candidates `who`; share: y of the lanes `lane`.
    """
    used = set(known)
    found = []
    sized = [int(k) for k in np.flatnonzero(lanes.volume > 1)]
    for lot in sized:
        mine = lanes.lot[lane] == lot
        found.append(_worst((lot,), int(lanes.volume[lot]), lanes.most[lane[mine]], share[mine]))
    live = np.flatnonzero(inside > 1e-6)
    found += _worst_sets(lanes, sized, who[live], inside[live])
    wanted = sorted((one for one in found if one and one[1] not in used), key=lambda one: -one[0])
    return [cover for _, cover in wanted[: 4 + 2 * len(sized)]]


def _worst_sets(lanes: Lanes, sized: list[int], who: Array, inside: Array) -> list[tuple[float, Cover]]:
    """The sets of several lots, each with the step whose row this solution misses by most: every set up to ALL lots."""
    if len(sized) < 2 or not (inside < 1 - 1e-6).any():
        return []
    if len(sized) <= ALL:
        sets = (np.arange(1 << len(sized))[:, None] >> np.arange(len(sized))) & 1
        sets = sets[sets.sum(axis=1) > 1]
    else:
        sets = np.ones((1, len(sized)), dtype=np.int64)
    volume = sets @ lanes.volume[sized]
    most = _within(sets @ lanes.able[sized][:, who], lanes.capacity[who])
    best, at = np.full(len(sets), LEAST), np.zeros(len(sets), dtype=np.int64)
    for step in np.unique(most[:, inside < 1 - 1e-6]):
        if step < 2:
            continue
        rest = volume % step
        whole, part = np.divmod(most, step)
        full = np.minimum(1.0, part / np.maximum(rest, 1)[:, None])
        miss = np.where(rest > 0, -(-volume // step) - (whole + full) @ inside, 0.0)
        better = miss > best
        best[better], at[better] = miss[better], step
    return [
        (float(best[k]), Cover(tuple(np.array(sized)[sets[k] > 0].tolist()), int(at[k]))) for k in np.flatnonzero(at)
    ]


def _worst(lots: tuple[int, ...], volume: int, most: Array, share: Array) -> tuple[float, Cover] | None:
    """The step whose row this solution misses by most."""
    live = share > 1e-6
    if not (live & (share < 1 - 1e-6)).any():
        return None
    steps = np.unique(most[live & (most > 0)])
    best, at = LEAST, 0
    for step in steps[-TRIES:].tolist():
        if volume % step:
            miss = float(-(-volume // step) - weights(volume, most[live], step) @ share[live])
            best, at = max((best, at), (miss, step))
    return (best, Cover(lots, at)) if at else None
