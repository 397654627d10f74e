"""Small needs and directories drawn from a seed, and the best team found by trying them all."""

import itertools
import random
from collections.abc import Iterator
from datetime import date

import numpy as np

from cordee.engines.teaming import Company, LotNeed, Need, Options
from cordee.engines.teaming.lanes import kilometres

HERE = (3.87, 43.61)
TRADES = ("toiture", "peinture", "jardin")


def draw(seed: int, *, companies: int = 6, lots: int = 2, rich: bool = True) -> tuple[Need, list[Company], Options]:
    """A need, companies and options; the same for the same seed."""
    rnd = random.Random(seed)
    point = lambda: (round(HERE[0] + rnd.uniform(-0.6, 0.6), 3), round(HERE[1] + rnd.uniform(-0.4, 0.4), 3))  # noqa: E731
    asked = []
    for k in range(lots):
        trades = rnd.sample(TRADES, rnd.choice((1, 1, 2)))
        asked.append(
            LotNeed(
                id=str(k + 1),
                trades={t: rnd.choice((100, 80, 50)) for t in trades},
                volume=rnd.choice((None, 2, 3, 4)),
                place=point() if rnd.random() < 0.8 else None,
                radius_km=rnd.choice((None, 30, 60)),
                certificates=rnd.choice(((), (), ("RGE",), ("RGE", "QB"))),
                turnover=rnd.choice((None, None, 10_000)) if rich else None,
                deadline=rnd.choice((None, date(2026, 6, 1))),
                essential=rnd.random() < 0.85,
            )
        )
    people = []
    for n in range(companies):
        trades = rnd.sample(TRADES, rnd.choice((1, 2, 3)))
        people.append(
            Company(
                id=f"c{n}",
                trades={t: rnd.choice((100, 70)) for t in trades},
                capacity=rnd.choice((None, 1, 2, 3, 5)),
                capacities={t: rnd.choice((1, 2, 4)) for t in trades if rich and rnd.random() < 0.3},
                minimum=rnd.choice((0, 0, 2)) if rich else 0,
                places=rnd.choice(((), (point(),), (point(), point()))),
                certificates=rnd.choice((None, frozenset(), frozenset({"RGE"}), frozenset({"RGE", "QB"}))),
                turnover=rnd.choice((None, 3_000, 6_000, 20_000)),
                ties={f"c{m}": rnd.choice((30, 60, 100)) for m in range(companies) if m != n and rnd.random() < 0.25},
                price=rnd.choice((None, 80, 100, 130)),
                group=rnd.choice((None, None, "G", "H")),
                available_from=rnd.choice((None, date(2026, 5, 1), date(2026, 7, 1))),
            )
        )
    options = Options(
        min_members=rnd.choice((2, 3)),
        max_members=rnd.choice((3, 4)),
        around=("c0",) if rnd.random() < 0.3 else (),
        excluded=("c1",) if rnd.random() < 0.1 else (),
        excluded_pairs=(("c2", "c3"),) if rnd.random() < 0.2 else (),
        competitors=rnd.random() < 0.8,
        ties=rnd.choice(("ignore", "wish", "wish", "must")) if rich else "wish",
        max_km=rnd.choice((None, None, 40)),
        count=1,
        explain=False,
        seconds=20,
    )
    return Need(tuple(asked)), people, options


def cheapest(need: Need, companies: list[Company], options: Options) -> int | None:
    """The cost of the best team, every team and every sharing of the work tried. None when none is allowed at all."""
    best = None
    people = sorted((c for c in companies if c.id not in options.excluded), key=lambda c: c.id)
    useful = [c for c in people if c.id in options.around or any(_lanes(c, lot, options) for lot in need.lots)]
    for size in range(options.min_members, options.max_members + 1):
        for team in itertools.combinations(useful, size):
            if _together(team, options):
                cost = _work(need, team, options)
                if cost is not None and (best is None or cost < best):
                    best = cost
    return best


def _together(team: tuple[Company, ...], options: Options) -> bool:
    ids = {c.id for c in team}
    groups = [c.group for c in team if c.group]
    if not set(options.around) <= ids or (options.one_per_group and len(groups) > len(set(groups))):
        return False
    if any(set(pair) <= ids for pair in options.excluded_pairs):
        return False
    if options.ties == "must" and team:
        seen, fresh = {team[0].id}, [team[0]]
        while fresh:
            one = fresh.pop()
            for other in team:
                if other.id not in seen and _trust(one, other):
                    seen.add(other.id)
                    fresh.append(other)
        return seen == ids
    return True


def _trust(one: Company, other: Company) -> int:
    return max(one.ties.get(other.id, 0), other.ties.get(one.id, 0))


def _lanes(c: Company, lot: LotNeed, options: Options) -> list[tuple[str, int, int, int, int]]:
    """The ways a company can do a lot: trade, fixed points, points a unit, most units, share of turnover."""
    if lot.deadline and c.available_from and c.available_from > lot.deadline:
        return []
    km = -1
    if lot.place and c.places:
        km = min(int(kilometres(lot.place, np.float32([p[0]]), np.float32([p[1]]))[0]) for p in c.places)
    bounds = [r for r in (lot.radius_km, options.max_km) if r is not None]
    if lot.place and bounds and km > min(bounds):
        return []
    if c.certificates is not None and not set(lot.certificates) <= c.certificates:
        return []
    found = []
    for trade, strength in lot.trades.items():
        if trade not in c.trades:
            continue
        blind = lot.volume is not None and c.capacity is None and trade not in c.capacities
        answers = strength * c.trades[trade] // 100
        fixed = 10 * (100 - answers) + 90 * max(0, 70 - answers)
        fixed += (250 if km < 0 else 5 * km) if lot.place else 0
        fixed += 100 * blind + 150 * (bool(lot.certificates) and c.certificates is None)
        fixed += 100 * (lot.turnover is not None and c.turnover is None)
        most = min([lot.volume or 1] + ([c.capacity] if lot.volume and c.capacity is not None else []))
        if lot.volume and trade in c.capacities:
            most = min(most, c.capacities[trade])
        unit = 0
        if lot.volume:
            unit = int(100 * ((c.price or 100) - 50) / lot.volume + 0.5) + blind * int(500 / lot.volume + 0.5)
        turn = 0
        if lot.turnover:
            turn = 10_000 if c.turnover is None else min(c.turnover, lot.turnover) * 10_000 // lot.turnover
        if most >= 1:
            found.append((trade, fixed, unit, most, turn))
    return found


def _work(need: Need, team: tuple[Company, ...], options: Options) -> int | None:
    """The cheapest way for exactly this team to share the work, everyone busy, given, or in reserve."""
    base = 1000 * len(team)
    if options.ties != "ignore":
        base -= sum(_trust(a, b) for a, b in itertools.combinations(team, 2))
    best = None
    for plan in itertools.product(*(list(_plans(lot, team, options)) for lot in need.lots)):
        cost = base + sum(points for points, _ in plan)
        if best is not None and cost >= best:
            continue
        for c in team:
            mine = [
                (lot, t, u) for lot, (_, done) in zip(need.lots, plan, strict=True) for (i, t, u) in done if i == c.id
            ]
            idle = _idle(need, c, mine, options)
            if idle is None:
                break
            cost += idle
        else:
            best = cost if best is None else min(best, cost)
    return best


def _idle(need: Need, c: Company, mine: list[tuple[LotNeed, str, int]], options: Options) -> int | None:
    """What being in reserve costs (0 when it works); None when this company cannot do all this."""
    sized = [(t, u) for lot, t, u in mine if lot.volume]
    units = sum(u for _, u in sized)
    if sized and (units < c.minimum or (c.capacity is not None and units > c.capacity)):
        return None
    if any(sum(u for t, u in sized if t == trade) > most for trade, most in c.capacities.items()):
        return None
    loose = sum(1 for lot, t, _ in mine if not lot.volume or (c.capacity is None and t not in c.capacities))
    if loose > max(2, -(-len(need.lots) // options.min_members)):
        return None
    if mine or c.id in options.around:
        return 0
    return 300 + min(lane[1] for lot in need.lots for lane in _lanes(c, lot, options))


def _plans(
    lot: LotNeed, team: tuple[Company, ...], options: Options
) -> Iterator[tuple[int, tuple[tuple[str, str, int], ...]]]:
    """Every way to share one lot in a team, with its points; gaps are paid."""
    whole = lot.volume or 1
    ways = [
        [None, *((c.id, *lane, u) for lane in _lanes(c, lot, options) for u in range(1, lane[3] + 1))] for c in team
    ]
    for choice in itertools.product(*ways):
        on = [one for one in choice if one is not None]
        units = sum(one[-1] for one in on)
        if (lot.volume and units > whole) or (not options.competitors and len(on) > 1):
            continue
        missing = max(0, whole - units)
        money = max(0, 10_000 - sum(one[5] for one in on)) if lot.turnover else 0
        points = sum(one[2] + one[3] * (one[-1] if lot.volume else 0) for one in on)
        if missing or money:
            points += 200_000 + missing * -(-100_000 // whole) + 10 * money if lot.essential else 5000
        yield points, tuple((one[0], one[1], one[-1]) for one in on)
