"""A bound under which no team goes, from a price for each lot; and for each company the least a team with it can cost.

Any prices give a true bound (Lagrangian relaxation of « every lot is done »); good ones come from the linear model over
a few companies, grown with those the prices call for. docs/teaming.md has the argument; checker.py redoes the sum.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cordee.engines.teaming import objective as o
from cordee.engines.teaming.covers import Cover, separate
from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.model import Options
from cordee.engines.teaming.model_of import SUBSETS, Shape, groups_of, nearest, write
from cordee.engines.teaming.solver import Array, solve

FIRST, MORE, ROUNDS, CUTTING = 40, 160, 30, 8
NONE: Array = np.zeros(0)
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """Prices, what they prove for the best team (`least`), and for every candidate (`each`): a team with it costs more.

    Shape   prices: a unit of each lot; turn_prices: a ten-thousandth of its turnover; cover_prices: a step of a cover.
    """

    prices: Array
    turn_prices: Array
    covers: tuple[Cover, ...]
    cover_prices: Array
    least: float
    each: Array
    seconds: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What does not change from one pricing to the next."""

    fee: Array
    idle: Array
    essential: Array
    whole: Array
    gap_fixed: Array
    gap_unit: Array
    gap_turn: Array
    capped: Array
    starts: Array


def terms(lanes: Lanes, options: Options) -> Terms:
    """Fees after the most that ties can take off, and what a gap costs on each lot."""
    essential = np.array([one.essential for one in lanes.need.lots], dtype=bool)
    whole = np.maximum(lanes.volume, 1)
    idle = np.where(lanes.given, 0, o.RESERVE + nearest(lanes))
    return Terms(
        fee=lanes.fee - _tie_share(lanes, options),
        idle=idle.astype(float),
        essential=essential,
        whole=whole,
        gap_fixed=np.where(essential, o.GAP, o.OPTIONAL_LOT).astype(float),
        gap_unit=np.where(essential, -(-o.GAP_SHARE // whole), 0).astype(float),
        gap_turn=np.where(essential, o.GAP_SHARE // o.FULL, 0).astype(float),
        capped=(lanes.volume[lanes.lot] > 0) & (lanes.capacity[lanes.who] >= 0),
        starts=np.searchsorted(lanes.who, np.arange(lanes.size + 1)),
    )


def _tie_share(lanes: Lanes, options: Options) -> Array:
    """The most each company may take off the cost: ties to given companies whole, half of its strongest others."""
    share = np.zeros(lanes.size)
    if not len(lanes.tie_a):
        return share
    a, b, points = lanes.tie_a, lanes.tie_b, lanes.tie_points.astype(float)
    sure_a, sure_b = lanes.given[a], lanes.given[b]
    both, one = sure_a & sure_b, sure_a ^ sure_b
    np.add.at(share, a[both], points[both])
    np.add.at(share, np.where(sure_a, b, a)[one], points[one])
    free = ~(sure_a | sure_b)
    end = np.concatenate((a[free], b[free]))
    half = np.tile(points[free] / 2, 2)
    order = np.lexsort((-half, end))
    end, half = end[order], half[order]
    rank = np.arange(len(end)) - np.searchsorted(end, end)
    strong = rank < options.max_members - 1
    np.add.at(share, end[strong], half[strong])
    return share


def paid(lanes: Lanes, covers: Sequence[Cover], cover_prices: Array) -> tuple[Array, Array]:
    """What the covers pay each lane for being started, and each candidate for being in."""
    for_lane, for_who = np.zeros(len(lanes.who)), np.zeros(lanes.size)
    for one, price in zip(covers, cover_prices, strict=True):
        if price > 0 and len(one.lots) == 1:
            for_lane += price * one.on_lanes(lanes)
        elif price > 0:
            for_who += price * one.on_companies(lanes)
    return for_lane, for_who


def reduced(lanes: Lanes, t: Terms, prices: Array, turn_prices: Array, earned: Array) -> Array:
    """For each candidate, the least it can add to the cost once lots are paid these prices."""
    n = lanes.size
    lot, who = lanes.lot, lanes.who
    sized = lanes.volume[lot] > 0
    start = lanes.fixed - turn_prices[lot] * lanes.turn - earned
    each = lanes.unit - prices[lot]
    # Starting a lane is spread over the units it can do at most: never more than what is really paid.
    rate = each + np.maximum(start, 0) / lanes.most
    bonus = np.minimum(start, 0)
    work = np.where(sized, bonus + lanes.most * np.minimum(rate, 0), np.minimum(start + each, 0))
    value = np.zeros(n)
    solo = ~t.capped
    loose = solo & lanes.loose
    np.add.at(value, who[solo & ~loose], work[solo & ~loose])
    value += _lightest(who[loose], work[loose], lanes.limit, n)
    if t.capped.any():
        value += _filled(lanes, np.flatnonzero(t.capped), start, each, n)
    # Somebody who gains nothing still works on one lane, or stays in reserve.
    least = start + np.where(sized, np.minimum(each, each * lanes.most), each)
    single = np.full(n, np.inf)
    np.minimum.at(single, who, least)
    busy = np.where(value < 0, value, np.maximum(0, np.minimum(single, t.idle)))
    return t.fee + np.where(lanes.given, np.minimum(value, 0), np.minimum(busy, t.idle))


def _lightest(who: Array, value: Array, limit: int, size: int) -> Array:
    """Per company, the sum of its `limit` smallest values."""
    total = np.zeros(size)
    if len(who):
        order = np.lexsort((value, who))
        who, value = who[order], value[order]
        kept = np.arange(len(who)) - np.searchsorted(who, who) < limit
        np.add.at(total, who[kept], value[kept])
    return total


def _filled(lanes: Lanes, lane: Array, start: Array, each: Array, size: int) -> Array:
    """Per company with a known capacity, the best use of it, down to its minimum order; 0 when it gains nothing.

    Exact for up to SUBSETS lanes: every set of lanes is tried. For more, starting a lane is spread over its units.
    """
    total = np.zeros(size)
    owner = lanes.who[lane]
    many = np.bincount(owner, minlength=size)
    long = lane[many[owner] > SUBSETS]
    if len(long):
        rate = each[long] + np.maximum(start[long], 0) / lanes.most[long]
        order = np.lexsort((rate, lanes.who[long]))
        kept, rate = long[order], rate[order]
        who, most = lanes.who[kept], lanes.most[kept].astype(float)
        before = np.cumsum(most) - most
        before = before - before[np.searchsorted(who, who)]
        room = np.where(rate < 0, lanes.capacity[who], lanes.minimum[who])
        np.add.at(total, who, np.clip(room - before, 0, most) * rate + np.minimum(start[kept], 0))
    for count, group in groups_of(owner, many > 0):
        mine = lane[group]
        order = np.argsort(each[mine], axis=1, kind="stable")
        mine = np.take_along_axis(mine, order, axis=1)
        total[lanes.who[mine[:, 0]]] = _best_set(lanes, mine, count, start[mine], each[mine])
    return np.minimum(total, 0)


def _best_set(lanes: Lanes, mine: Array, count: int, start: Array, each: Array) -> Array:
    """For companies with `count` lanes each, cheapest a unit first: the set of lanes that adds least."""
    who = lanes.who[mine[:, 0]]
    most, capacity, minimum = lanes.most[mine], lanes.capacity[who], lanes.minimum[who]
    best = np.zeros(len(mine))
    for many in range(1, count + 1):
        for some in itertools.combinations(range(count), many):
            # A lane that is worked on gets one unit; the rest goes to the cheapest.
            value = np.where(capacity >= many, start[:, some].sum(axis=1) + each[:, some].sum(axis=1), np.inf)
            before = np.zeros(len(mine), dtype=np.int64)
            for k in some:
                room = np.where(each[:, k] < 0, capacity, minimum) - many - before
                value = value + np.clip(room, 0, most[:, k] - 1) * each[:, k]
                before = before + most[:, k] - 1
            best = np.minimum(best, value)
    return best


def judge(
    lanes: Lanes,
    t: Terms,
    options: Options,
    prices: Array,
    turn_prices: Array,
    covers: Sequence[Cover] = (),
    cover_prices: Array = NONE,
) -> tuple[float, Array, Array]:
    """The bound these prices give, for the best team and for teams with each candidate; and the reduced costs."""
    for_lane, for_who = paid(lanes, covers, cover_prices)
    rc = reduced(lanes, t, prices, turn_prices, for_lane) - for_who
    gap = t.gap_fixed + t.whole * np.minimum(0, t.gap_unit - prices)
    worth = 0.0
    for one, price in zip(covers, cover_prices, strict=True):
        gap -= price * one.gap(lanes)
        worth += float(price) * one.need(lanes)
    asked = lanes.asked > 0
    gap = gap + np.where(asked, o.FULL * np.minimum(0, t.gap_turn - turn_prices), 0)
    base = float(prices @ t.whole + o.FULL * turn_prices[asked].sum() + np.minimum(gap, 0).sum()) + worth
    given = np.flatnonzero(lanes.given)
    base += float(rc[given].sum())
    free = np.where(lanes.given, np.inf, rc)
    seats = min(options.max_members - len(given), lanes.size - len(given))
    order = np.argpartition(free, seats)[: seats + 1] if seats < lanes.size else np.arange(lanes.size)
    best = np.sort(free[order])[:seats]
    run = np.concatenate(([0.0], np.cumsum(best)))
    short = np.where(len(given) + np.arange(seats + 1) < options.min_members, np.inf, 0.0)
    least = base + float((run + short).min())
    # With a candidate forced in, one seat is its own and the others go to the best.
    each = np.full(lanes.size, np.inf)
    if seats > 0:
        ahead = float((run[:-1] + short[1:]).min())
        each = np.maximum(least, base + ahead + rc)
    each[given] = least
    return least, each, rc


def good_bound(lanes: Lanes, options: Options) -> Bound:
    """Find prices that prove much: solve the linear model over a few companies, add those its prices call for, repeat.

    Between times, covers that the solution breaks are added: they bring the linear model closer to whole companies.
    """
    t = terms(lanes, options)
    lots = len(lanes.volume)
    active = _promising(lanes)
    covers: list[Cover] = []
    best = Bound(np.zeros(lots), np.zeros(lots), (), NONE, -np.inf, np.full(lanes.size, -np.inf), 0.0)
    spent, cutting = 0.0, CUTTING
    for _ in range(ROUNDS):
        model, shape = write(lanes, options, active, covers=covers)
        answer = solve(model, seconds=max(0.2, options.seconds - spent), linear=True)
        spent += answer.seconds
        if answer.duals is None or answer.values is None:
            break
        prices = answer.duals[shape.cover : shape.cover + lots].copy()
        prices[lanes.volume == 0] = np.maximum(0, prices[lanes.volume == 0])
        turn_prices = np.where(lanes.asked > 0, np.maximum(0, answer.duals[shape.turn : shape.turn + lots]), 0)
        cover_prices = np.maximum(0, answer.duals[shape.steps : shape.steps + len(covers)])
        least, each, rc = judge(lanes, t, options, prices, turn_prices, covers, cover_prices)
        if least > best.least:
            best = Bound(prices, turn_prices, tuple(covers), cover_prices, least, each, spent)
        called = np.flatnonzero(~active & (each < answer.cost - 0.5))
        active[called[np.argsort(rc[called], kind="stable")[:MORE]]] = True
        fresh = _broken(lanes, shape, answer.values, covers) if cutting else []
        cutting -= bool(fresh)
        covers += fresh
        if (not fresh and not len(called)) or spent > options.seconds / 2:
            break
    return replace(best, seconds=spent)


def _broken(lanes: Lanes, shape: Shape, values: Array, covers: Sequence[Cover]) -> list[Cover]:
    inside, share = values[shape.x : shape.y], values[shape.y : shape.q]
    return separate(lanes, shape.who, shape.lane, inside, share, covers)


def _promising(lanes: Lanes) -> Array:
    """The companies to begin with: for each lot the cheapest a unit, and the largest."""
    active = lanes.given.copy()
    if lanes.size <= 4 * FIRST:
        return np.ones(lanes.size, dtype=bool)
    rate = lanes.unit + (lanes.fixed + lanes.fee[lanes.who]) / lanes.most
    for lot in range(len(lanes.volume)):
        mine = np.flatnonzero(lanes.lot == lot)
        active[lanes.who[mine[np.argsort(rate[mine], kind="stable")[:FIRST]]]] = True
        active[lanes.who[mine[np.argsort(-lanes.most[mine], kind="stable")[:10]]]] = True
    return active
