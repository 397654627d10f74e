"""Check a certificate again, in plain arithmetic and from the companies themselves: no index, no arrays, no solver.

It proves what the prices prove: a bound for every team, and which companies are in no team cheaper than the one given.
That none of the companies left makes a better team is the solver's word, and is not proved again here.
"""

import struct
from collections.abc import Sequence
from itertools import combinations
from math import asin, cos, floor, inf, radians, sin, sqrt

from cordee.engines.teaming.model import Certificate, Company, LotNeed, Need, Options, Point

Lane = tuple[int, float, float, int, int, bool]
"""Lot, points to start, points a unit, most units, share of the turnover, whether it has a capacity of its own."""


def recheck(need: Need, companies: Sequence[Company], options: Options, seal: Certificate) -> tuple[float, set[str]]:
    """The bound these prices prove, and the companies they do not rule out of a team cheaper than `seal.below`.

    Holds   the bound is at most the cost of every allowed team; a company outside the set is in no cheaper team.
    """
    able = {}
    for one in companies:
        lanes = [lane for k, lot in enumerate(need.lots) for lane in _lanes(one, k, lot, options)]
        if one.id not in options.excluded and (lanes or one.id in options.around):
            able[one.id] = lanes
    people = [one for one in companies if one.id in able]
    ties = _ties(people) if options.ties != "ignore" else {}
    cost, given = 0.0, set(options.around)
    free: list[tuple[float, str]] = []
    for one in people:
        own = _least(one, able[one.id], need, options, seal) - _off(one.id, ties, given, options)
        if one.id in given:
            cost += own
        else:
            free.append((own, one.id))
    volume = [lot.volume or 1 for lot in need.lots]
    pay: list[float] = [GAP if lot.essential else 5000 for lot in need.lots]
    for lots, step, price in seal.covers:
        whole = sum(volume[k] for k in lots)
        cost += price * -(-whole // step)
        for k in lots:
            pay[k] -= price * _steps(whole, volume[k], step)
    for k, lot in enumerate(need.lots):
        unit, turn = seal.prices[k], seal.turnover_prices[k] if lot.turnover else 0.0
        cost += unit * volume[k] + turn * FULL
        share = -(-100_000 // volume[k]) if lot.essential else 0
        lost = volume[k] * min(0, share - unit) + (FULL * min(0, (10 if lot.essential else 0) - turn))
        cost += min(0, pay[k] + lost)
    best = sorted(own for own, _ in free)[: options.max_members - len(given)]
    sums = [sum(best[:n]) if len(given) + n >= options.min_members else inf for n in range(len(best) + 1)]
    bound = cost + min(sums)
    ahead = cost + min((sum(best[: n - 1]) for n in range(1, len(best) + 1) if sums[n] < inf), default=inf)
    return bound, given | {name for own, name in free if max(bound, ahead + own) <= seal.below - 1 + 1e-4}


GAP, FULL = 200_000, 10_000


def _least(one: Company, lanes: list[Lane], need: Need, options: Options, seal: Certificate) -> float:
    """The least this company adds to the cost, its seat included, once lots are paid the prices."""
    each, loose, capped, single, paid = 0.0, [], [], inf, 0.0
    for k, start, unit, most, turn, own in lanes:
        sized = need.lots[k].volume is not None
        volume = need.lots[k].volume or 1
        gain = start - seal.turnover_prices[k] * turn
        gain -= sum(p * _steps(volume, most, s) for lots, s, p in seal.covers if lots == (k,))
        rate = unit - seal.prices[k]
        single = min(single, gain + (min(rate, rate * most) if sized else rate))
        if sized and one.capacity is not None:
            capped.append((rate, most, gain))
        elif sized and own:
            each += min(gain, 0) + most * min(0, rate + max(gain, 0) / most)
        else:
            whole = min(gain, 0) + most * min(0, rate + max(gain, 0) / most)
            loose.append(whole if sized else min(0, gain + rate))
    filled = _filled(capped, one.capacity or 0, one.minimum)
    limit = max(2, -(-len(need.lots) // options.min_members))
    value = each + sum(sorted(loose)[:limit]) + min(0, filled)
    for lots, step, price in seal.covers:
        if len(lots) > 1:
            reach = sum(max((m for k, _, _, m, _, _ in lanes if k == lot), default=0) for lot in lots)
            reach = reach if one.capacity is None else min(reach, one.capacity)
            paid += price * _steps(sum(need.lots[k].volume or 0 for k in lots), reach, step)
    if one.id in options.around:
        return 1000 + min(0, value) - paid
    idle = 300 + min(start for _, start, _, _, _, _ in lanes)
    return 1000 + min(idle, value if value < 0 else max(0, min(single, idle))) - paid


def _filled(capped: list[tuple[float, int, float]], capacity: int, minimum: int) -> float:
    """The best use of a capacity: all sets of up to four lanes tried; for more, starts are spread over units."""
    sets: list[tuple[tuple[float, int, float], ...]] = []
    least = 0.0
    if len(capped) <= 4:
        sets = [some for n in range(1, len(capped) + 1) if n <= capacity for some in combinations(sorted(capped), n)]
    else:
        least = sum(min(gain, 0) for _, _, gain in capped)
        spread = sorted((rate + max(gain, 0) / most, most) for rate, most, gain in capped)
        for k, (rate, most) in enumerate(spread):
            room = (capacity if rate < 0 else minimum) - sum(m for _, m in spread[:k])
            least += rate * max(0, min(most, room))
    for some in sets:
        value = sum(gain + rate for rate, _, gain in some)
        for k, (rate, most, _) in enumerate(some):
            room = (capacity if rate < 0 else minimum) - len(some) - sum(m - 1 for _, m, _ in some[:k])
            value += rate * max(0, min(most - 1, room))
        least = min(least, value)
    return least


def _steps(volume: int, most: int, step: int) -> float:
    rest = volume % step
    return most / step if rest == 0 else most // step + min(1.0, most % step / rest)


def _lanes(one: Company, k: int, lot: LotNeed, options: Options) -> list[Lane]:
    """The ways this company may work on this lot."""
    if lot.deadline and one.available_from and one.available_from > lot.deadline:
        return []
    if one.certificates is not None and not set(lot.certificates) <= one.certificates:
        return []
    km = min((_km(lot.place, place) for place in one.places), default=None) if lot.place else None
    if km is not None and km > min((r for r in (lot.radius_km, options.max_km) if r is not None), default=km):
        return []
    found = []
    for trade, strength in lot.trades.items():
        if trade not in one.trades:
            continue
        answers = min(strength, 100) * one.trades[trade] // 100
        start = 10.0 * (100 - answers) + 90.0 * max(0, 70 - answers)
        start += 0 if lot.place is None else 250 if km is None else 5 * min(km, 1000)
        start += 150 * bool(lot.certificates and one.certificates is None)
        start += 100 * bool(lot.turnover and one.turnover is None)
        unit, most = 0.0, 1
        if lot.volume is not None:
            caps = [c for c in (one.capacity, one.capacities.get(trade)) if c is not None]
            most = min([lot.volume, *caps])
            start += 0 if caps else 100
            level = min(max(100 if one.price is None else one.price, 50), 250)
            unit = floor(100 * (level - 50) / lot.volume + 0.5) + (0 if caps else floor(500 / lot.volume + 0.5))
        wanted = lot.turnover or 0
        turn = FULL if wanted and one.turnover is None else min(one.turnover or 0, wanted) * FULL // max(1, wanted)
        if most >= 1:
            found.append((k, start, unit, most, turn if wanted else 0, trade in one.capacities))
    # Of the trades without a capacity of their own, one is enough: the one that answers best.
    return [lane for lane in found if lane[5]] + sorted(lane for lane in found if not lane[5])[:1]


def _km(a: Point, b: Point) -> int:
    lon, lat = struct.unpack("ff", struct.pack("ff", *b))  # the directory keeps places to the metre
    up, across = radians(lat) - radians(a[1]), radians(lon) - radians(a[0])
    half = sin(up / 2) ** 2 + cos(radians(a[1])) * cos(radians(lat)) * sin(across / 2) ** 2
    return floor(2 * 6371.0 * asin(sqrt(min(1.0, half))))


def _ties(people: Sequence[Company]) -> dict[str, dict[str, int]]:
    both: dict[str, dict[str, int]] = {one.id: {} for one in people}
    for one in people:
        for other, trust in one.ties.items():
            if other in both and other != one.id and trust > 0:
                most = max(trust, both[one.id].get(other, 0))
                both[one.id][other] = both[other][one.id] = most
    return both


def _off(name: str, ties: dict[str, dict[str, int]], given: set[str], options: Options) -> float:
    """The most ties can take off: whole with given companies, else half of the strongest."""
    mates = ties.get(name, {})
    if name in given:
        return sum(trust for other, trust in mates.items() if other in given) / 2
    sure = sum(trust for other, trust in mates.items() if other in given)
    rest = sorted((trust for other, trust in mates.items() if other not in given), reverse=True)
    return sure + sum(rest[: options.max_members - 1]) / 2
