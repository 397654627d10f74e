"""The choice of a team written as a linear model with whole decisions (docs/teaming.md gives it in formulas)."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordee.engines.teaming import objective as o
from cordee.engines.teaming.covers import Cover
from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.model import Options
from cordee.engines.teaming.solver import INF, Model

Array = NDArray[Any]
SUBSETS = 4
"""Up to so many lots of one company, its ways to share its capacity are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where each decision stands among the columns of the model.

    Shape   x in the team; y works on the lane; q units done on it (sized lots); r in reserve; b tie counted;
            g lot left with a gap; s share missing (units, or ten-thousandths); t turnover missing; u members missing.
            who, lane: candidates and lanes that are in the model, as numbers in Lanes.
    """

    who: Array
    lane: Array
    sized: Array
    ties: Array
    x: int
    y: int
    q: int
    r: int
    b: int
    g: int
    s: int
    t: int
    u: int
    size: int
    cover: int
    turn: int
    steps: int


def write(
    lanes: Lanes,
    options: Options,
    keep: Array | None = None,
    *,
    hard: bool = False,
    covers: Sequence[Cover] = (),
    plain: bool = False,
) -> tuple[Model, Shape]:
    """The model over the candidates `keep` (all when None).

    Shape   hard: no gap is allowed on essential lots; plain: without the rows that whole teams respect anyway.
    Holds   plain or not, the best team costs the same.
    """
    inside = np.ones(lanes.size, dtype=bool) if keep is None else (keep | lanes.given)
    who = np.flatnonzero(inside)
    spot = np.cumsum(inside) - 1
    lane = np.flatnonzero(inside[lanes.who])
    owner, lot = spot[lanes.who[lane]], lanes.lot[lane]
    sized = np.flatnonzero(lanes.volume[lot] > 0)
    ties = np.flatnonzero(inside[lanes.tie_a] & inside[lanes.tie_b])
    n, p, k, e, lots = len(who), len(lane), len(sized), len(ties), len(lanes.volume)
    at = np.cumsum([0, n, p, k, n, e, lots, lots, lots, 1])
    x, y, q, r, b, g, s, t, u, size = (int(one) for one in at)

    essential = np.array([one.essential for one in lanes.need.lots], dtype=bool)
    whole_lot = np.where(lanes.volume > 0, lanes.volume, 1)
    missing = np.where(essential, (o.GAP_SHARE + whole_lot - 1) // whole_lot, 0)
    cost = np.zeros(size)
    cost[x:y], cost[y:q] = lanes.fee[who], lanes.fixed[lane]
    cost[q:r] = lanes.unit[lane][sized]
    cost[r:b] = o.RESERVE + np.where(lanes.given[who], 0, nearest(lanes)[who])
    cost[b:g] = -lanes.tie_points[ties]
    cost[g:s] = np.where(essential, o.GAP, o.OPTIONAL_LOT)
    cost[s:t] = missing
    cost[t:u] = np.where(essential, o.GAP_SHARE // o.FULL, 0)
    low, high = np.zeros(size), np.ones(size)
    low[x:y] = lanes.given[who]
    high[q:r] = lanes.most[lane][sized]
    high[s:t] = whole_lot
    high[t:u] = np.where(lanes.asked > 0, o.FULL, 0)
    high[u] = 0  # a team has enough members or is none; only the search for what is missing opens this
    high[g:s] = np.where(essential & hard, 0, 1)
    whole = np.zeros(size, dtype=bool)
    whole[x:q] = whole[g:s] = True
    model = Model(cost, low, high, whole)

    every = np.arange(n)
    model.block(np.zeros(n + 1), np.append(x + every, u), 1, options.min_members, INF, 1)
    model.block(np.zeros(n), x + every, 1, -INF, options.max_members, 1)
    # Each lot is done: units where it has a volume, at least one company where it has none; or the gap is paid.
    is_sized = lanes.volume > 0
    loose_lane = np.flatnonzero(~is_sized[lot])
    cover = model.block(
        np.concatenate((lot[sized], lot[loose_lane], np.arange(lots))),
        np.concatenate((q + np.arange(k), y + loose_lane, s + np.arange(lots))),
        1,
        whole_lot,
        np.where(is_sized, whole_lot, INF),
        lots,
    )
    each = np.arange(lots)
    model.block(np.tile(each, 2), np.r_[s + each, g + each], np.r_[np.ones(lots), -whole_lot], -INF, 0, lots)
    full = np.full(lots, float(o.FULL))
    model.block(np.tile(each, 2), np.r_[t + each, g + each], np.r_[np.ones(lots), -full], -INF, 0, lots)
    moneyed = lanes.asked[lot] > 0
    turn = model.block(
        np.r_[lot[moneyed], each],
        np.r_[y + np.flatnonzero(moneyed), t + each],
        np.r_[lanes.turn[lane][moneyed], np.ones(lots)],
        np.where(lanes.asked > 0, o.FULL, -INF),
        INF,
        lots,
    )
    _links(model, lanes, (who, lane, owner, lot, sized), (x, y, q, r))
    if not plain:
        _shared(model, lanes, (who, lane, owner, sized), (x, y, q))
    if e:
        ends = np.r_[spot[lanes.tie_a[ties]], spot[lanes.tie_b[ties]]]
        model.block(
            np.tile(np.arange(2 * e), 2), np.r_[b + np.tile(np.arange(e), 2), x + ends],
            np.r_[np.ones(2 * e), -np.ones(2 * e)], -INF, 0, 2 * e,
        )  # fmt: skip
        # Nobody has more ties than there are other seats: without this, many halves of companies look like many ties.
        seats = options.max_members - 1
        many = (np.bincount(ends, minlength=n) > seats) & (not plain)
        _sums(model, ends, b + np.tile(np.arange(e), 2), x, np.where(many, seats, -1))
    _refusals(model, lanes, options, (who, lot, spot, inside), (x, y))
    steps = model.count
    for one in covers:
        gap = one.gap(lanes)
        if len(one.lots) == 1:
            value, first = one.on_lanes(lanes)[lane], y
        else:
            value, first = one.on_companies(lanes)[who], x
        some = np.flatnonzero(value)
        lost = np.flatnonzero(gap)
        col, entry = np.append(first + some, g + lost), np.append(value[some], gap[lost])
        model.block(np.zeros(len(col)), col, entry, one.need(lanes), INF, 1)
    return model, Shape(who, lane, sized, ties, x, y, q, r, b, g, s, t, u, size, cover, turn, steps)


def nearest(lanes: Lanes) -> Array:
    """For each candidate, the points of its cheapest lane (what being in reserve is worth); 0 without lane."""
    best = np.full(lanes.size, np.iinfo(np.int64).max)
    np.minimum.at(best, lanes.who, lanes.fixed)
    return np.where(best == np.iinfo(np.int64).max, 0, best)


def _links(model: Model, lanes: Lanes, sets: tuple[Array, ...], at: tuple[int, ...]) -> None:
    """What ties a company to its lanes: it works only if it is in, within its capacities, from its minimum order."""
    who, lane, owner, lot, sized = sets
    x, y, q, r = at
    n, p, k = len(who), len(lane), len(sized)
    every = np.arange(p)
    model.block(np.tile(every, 2), np.r_[y + every, x + owner], np.r_[np.ones(p), -np.ones(p)], -INF, 0, p)
    one, most = np.arange(k), lanes.most[lane][sized].astype(float)
    model.block(np.tile(one, 2), np.r_[q + one, y + sized], np.r_[np.ones(k), -most], -INF, 0, k)
    model.block(np.tile(one, 2), np.r_[q + one, y + sized], np.r_[np.ones(k), -np.ones(k)], 0, INF, k)
    # A member works, or is in reserve; a given company may be there for itself.
    free = ~lanes.given[who]
    mates = np.flatnonzero(free)
    working = free[owner]
    model.block(
        np.r_[owner[working], mates, mates], np.r_[y + every[working], r + mates, x + mates],
        np.r_[np.ones(working.sum() + len(mates)), -np.ones(len(mates))], np.where(free, 0, -INF), INF, n,
    )  # fmt: skip
    sole = owner[sized]
    per = np.bincount(sole, minlength=n)
    capped = (lanes.capacity[who] >= 0) & (per > 1)
    _sums(model, sole, q + one, x, np.where(capped, lanes.capacity[who], -1))
    # Minimum order: whoever works on a sized lot does at least that much over all of them.
    least = lanes.minimum[who]
    for_lane = np.flatnonzero(least[sole] > 1)
    if len(for_lane):
        first, many = np.searchsorted(sole, sole[for_lane]), per[sole[for_lane]]
        row = np.repeat(np.arange(len(for_lane)), many)
        peers = np.arange(len(row)) - np.repeat(np.cumsum(many) - many - first, many)
        model.block(
            np.r_[row, np.arange(len(for_lane))], np.r_[q + peers, y + sized[for_lane]],
            np.r_[np.ones(len(row)), -least[sole[for_lane]].astype(float)], 0, INF, len(for_lane),
        )  # fmt: skip
    loose = lanes.loose[lane]
    many = np.bincount(owner[loose], minlength=n)
    _sums(model, owner[loose], y + every[loose], x, np.where(many > lanes.limit, lanes.limit, -1))
    own = lanes.own[lane][sized]
    trade = sole * (int(lanes.trade.max(initial=0)) + 1) + lanes.trade[lane][sized]
    named = np.flatnonzero(own >= 0)
    if len(named):
        key, back, count = np.unique(trade[named], return_inverse=True, return_counts=True)
        limit = np.zeros(len(key))
        limit[back] = own[named]
        model.block(back, q + named, 1, -INF, np.where(count > 1, limit, INF), len(key))
    double, back, count = np.unique(owner * len(lanes.volume) + lot, return_inverse=True, return_counts=True)
    if (count > 1).any():
        model.block(back, y + every, 1, -INF, np.where(count > 1, 1, INF), len(double))


def _shared(model: Model, lanes: Lanes, sets: tuple[Array, ...], at: tuple[int, ...]) -> None:
    """What a capacity shared over several lots leaves to each: rows that follow from the others for whole companies.

    A company of 148 units that does the 62 of one lot has 86 left for another: working there half costs half a start
    in the linear model, unless a row says so (flow cover: for lots S that ask more than the capacity C by d,
    sum of q + sum of max(0, most - d) (x - y) <= C x).
    Source  Nemhauser & Wolsey, Integer and Combinatorial Optimization, II.2.4 (flow covers).
    """
    who, lane, owner, sized = sets
    x, y, q = at
    for size, group in groups_of(owner[sized], lanes.capacity[who] >= 0):
        cols = sized[group]
        most, capacity = lanes.most[lane[cols]].astype(float), lanes.capacity[who[owner[cols[:, 0]]]].astype(float)
        for some in itertools.chain.from_iterable(itertools.combinations(range(size), k) for k in range(2, size + 1)):
            part = list(some)
            over = most[:, part].sum(axis=1) - capacity
            off = np.maximum(0, most[:, part] - over[:, None])
            use = np.flatnonzero((over > 0) & (off > 0).any(axis=1))
            if not len(use):
                continue
            row, k = np.arange(len(use)), len(part)
            model.block(
                np.r_[np.repeat(row, k), np.repeat(row, k), row],
                np.r_[q + group[use][:, part].ravel(), y + cols[use][:, part].ravel(), x + owner[cols[use, 0]]],
                np.r_[np.ones(len(use) * k), -off[use].ravel(), off[use].sum(axis=1) - capacity[use]],
                -INF, 0, len(use),
            )  # fmt: skip


def groups_of(owner: Array, wanted: Array) -> Iterator[tuple[int, Array]]:
    """For each size up to SUBSETS, the positions that owners with so many have, one line an owner.

    Shape   owner: sorted; wanted: by owner.

    >>> [(size, rows.tolist()) for size, rows in groups_of(np.array([0, 0, 1, 2]), np.array([True, False, True]))]
    [(1, [[3]]), (2, [[0, 1]])]
    """
    many = np.bincount(owner, minlength=len(wanted))
    first = np.cumsum(many) - many
    for size in range(1, SUBSETS + 1):
        mine = np.flatnonzero(wanted & (many == size))
        if len(mine):
            yield size, first[mine][:, None] + np.arange(size)


def _sums(model: Model, group: Array, col: Array, x: int, limit: Array) -> None:
    """For each group with a limit >= 0: the sum of its columns is at most limit times x."""
    rows = np.flatnonzero(limit >= 0)
    if not len(rows):
        return
    place = np.full(len(limit), -1)
    place[rows] = np.arange(len(rows))
    inside = place[group] >= 0
    model.block(
        np.r_[place[group[inside]], np.arange(len(rows))], np.r_[col[inside], x + rows],
        np.r_[np.ones(inside.sum()), -limit[rows].astype(float)], -INF, 0, len(rows),
    )  # fmt: skip


def _refusals(model: Model, lanes: Lanes, options: Options, sets: tuple[Array, ...], at: tuple[int, int]) -> None:
    """Who may not be together: one company per capital group, excluded pairs, no competitors on one lot."""
    who, lot, spot, inside = sets
    x, y = at
    group = lanes.group[who]
    named = np.flatnonzero(group >= 0)
    key, back, count = np.unique(group[named], return_inverse=True, return_counts=True)
    if (count > 1).any():
        model.block(back, x + named, 1, -INF, np.where(count > 1, 1, INF), len(key))
    pairs = lanes.pairs[inside[lanes.pairs].all(axis=1)] if len(lanes.pairs) else lanes.pairs
    if len(pairs):
        model.block(np.repeat(np.arange(len(pairs)), 2), x + spot[pairs].ravel(), 1, -INF, 1, len(pairs))
    if not options.competitors:
        model.block(lot, y + np.arange(len(lot)), 1, -INF, 1, len(lanes.volume))
