"""A choice made: who is in, who does how much of what, what is missing; and its cost, in whole points."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordee.engines.teaming import objective as o
from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.model_of import Shape, nearest

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Picks:
    """One team over the candidates of `Lanes`.

    Shape   members: candidates, in order. parts: lane -> units (1 on a lot without volume). idle: in reserve.
            missing: lot -> units (or 1); money: lot -> ten-thousandths of turnover missing.
    """

    members: tuple[int, ...]
    parts: Mapping[int, int]
    idle: frozenset[int]
    missing: Mapping[int, int]
    money: Mapping[int, int]
    cost: int

    def lots_short(self, lanes: Lanes) -> int:
        """How many essential lots are not wholly done."""
        lots = lanes.need.lots
        return sum(1 for lot in {*self.missing, *self.money} if lots[lot].essential)


def read(values: Array, shape: Shape, lanes: Lanes) -> Picks:
    """The choice written in a solution of the model; whole numbers only, checked against the lots."""
    ints = np.rint(values).astype(np.int64)
    members = shape.who[ints[shape.x : shape.y] > 0]
    on = ints[shape.y : shape.q] > 0
    amount = np.where(on, 1, 0)
    amount[shape.sized] = np.where(on[shape.sized], ints[shape.q : shape.r], 0)
    parts = {int(shape.lane[j]): int(amount[j]) for j in np.flatnonzero(on)}
    lots = range(len(lanes.volume))
    done = [0] * len(lanes.volume)
    money = [0] * len(lanes.volume)
    for lane, units in parts.items():
        done[int(lanes.lot[lane])] += units
        money[int(lanes.lot[lane])] += int(lanes.turn[lane])
    missing = {l: int(max(1, lanes.volume[l])) - done[l] for l in lots if done[l] < max(1, lanes.volume[l])}
    poor = {l: o.FULL - money[l] for l in lots if lanes.asked[l] > 0 and money[l] < o.FULL}
    if any(lanes.volume[l] > 0 and done[l] > lanes.volume[l] for l in lots):
        raise ValueError("the solver gave more than a lot asks: no answer can be read from it")
    working = {int(lanes.who[lane]) for lane in parts}
    idle = frozenset(int(i) for i in members if int(i) not in working and not lanes.given[i])
    team = tuple(int(i) for i in members)
    return Picks(team, parts, idle, missing, poor, price(lanes, team, parts, idle, missing, poor))


def write_down(picks: Picks, shape: Shape, lanes: Lanes) -> Array:
    """A choice as values of the model's columns, for the solver to start from (its companies must be in the model)."""
    values = np.zeros(shape.size)
    inside = np.isin(shape.who, picks.members)
    values[shape.x : shape.y] = inside
    units = np.array([picks.parts.get(int(lane), 0) for lane in shape.lane])
    values[shape.y : shape.q] = units > 0
    values[shape.q : shape.r] = units[shape.sized]
    values[shape.r : shape.b] = np.isin(shape.who, list(picks.idle))
    team = np.zeros(lanes.size, dtype=bool)
    team[list(picks.members)] = True
    values[shape.b : shape.g] = team[lanes.tie_a[shape.ties]] & team[lanes.tie_b[shape.ties]]
    for lot in {*picks.missing, *picks.money}:
        values[shape.g + lot] = 1
        values[shape.s + lot] = picks.missing.get(lot, 0)
        values[shape.t + lot] = picks.money.get(lot, 0)
    return values


def price(
    lanes: Lanes,
    members: tuple[int, ...],
    parts: Mapping[int, int],
    idle: frozenset[int],
    missing: Mapping[int, int],
    money: Mapping[int, int],
) -> int:
    """The points of a choice, added up one by one."""
    close = nearest(lanes) if idle else None
    inside = np.zeros(lanes.size, dtype=bool)
    inside[list(members)] = True
    total = sum(int(lanes.fee[i]) for i in members)
    total += sum(o.RESERVE + int(close[i]) for i in idle) if close is not None else 0
    for lane, units in parts.items():
        total += int(lanes.fixed[lane])
        total += int(lanes.unit[lane]) * units if lanes.volume[lanes.lot[lane]] > 0 else 0
    total -= int(lanes.tie_points[inside[lanes.tie_a] & inside[lanes.tie_b]].sum())
    for lot in sorted({*missing, *money}):
        if not lanes.need.lots[lot].essential:
            total += o.OPTIONAL_LOT
            continue
        whole = int(max(1, lanes.volume[lot]))
        total += o.GAP + missing.get(lot, 0) * -(-o.GAP_SHARE // whole)
        total += money.get(lot, 0) * (o.GAP_SHARE // o.FULL)
    return total
