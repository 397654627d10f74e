"""From a choice to what a leader reads: roles, reasons, coverage, pooled capacity, gaps, what is to be confirmed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cordee.engines.sentences import Reason, reason
from cordee.engines.teaming import objective as o
from cordee.engines.teaming.index import Index
from cordee.engines.teaming.lanes import Lanes
from cordee.engines.teaming.model import Gap, Member, Need, Options, Pool, Team, Value
from cordee.engines.teaming.picks import Picks

if TYPE_CHECKING:
    from cordee.engines.teaming.best import Searcher


def team(picks: Picks, bound: int, lanes: Lanes, index: Index, options: Options) -> Team:
    """One choice, in words to come."""
    lots = lanes.need.lots
    names = {i: index.name(int(lanes.row[i])) for i in picks.members}
    on_lot: dict[int, list[int]] = {k: [] for k in range(len(lots))}
    for lane in sorted(picks.parts):
        on_lot[int(lanes.lot[lane])].append(lane)
    coverage = {
        lot.id: tuple(dict.fromkeys(names[int(lanes.who[lane])] for lane in on_lot[k])) for k, lot in enumerate(lots)
    }
    members = tuple(_member(i, picks, lanes, index, names, on_lot) for i in picks.members)
    return Team(
        members=tuple(sorted(members, key=lambda m: m.company_id)),
        coverage=coverage,
        pools=tuple(_pools(lanes, index, on_lot, names)),
        gaps=tuple(_gaps(picks, lanes)),
        to_confirm=tuple(_to_confirm(lanes, index, on_lot, names)),
        cost=picks.cost,
        bound=bound,
        proven=bound >= picks.cost,
    )


def _member(
    i: int, picks: Picks, lanes: Lanes, index: Index, names: dict[int, str], on_lot: dict[int, list[int]]
) -> Member:
    lots = lanes.need.lots
    mine = [lane for lane in sorted(picks.parts) if int(lanes.who[lane]) == i]
    reasons: list[Reason] = []
    parts: dict[str, int | None] = {}
    alone: list[str] = []
    shared: list[str] = []
    for lane in mine:
        k = int(lanes.lot[lane])
        lot = lots[k]
        if lanes.volume[k] > 0:
            parts[lot.id] = (parts.get(lot.id) or 0) + picks.parts[lane]
        else:
            parts[lot.id] = None
        strength = o.strength_for(int(lanes.fixed[lane]) - _extras(lanes, lane, index))
        trade = index.words["trades"][int(lanes.trade[lane])]
        reasons.append(reason("trade", lot=lot.id, trade=trade, strength=strength))
        if lanes.volume[k] > 0:
            part: dict[str, Value] = {"lot": lot.id, "units": picks.parts[lane], "unit": lot.unit}
            reasons.append(reason("part", **(part | {"volume": int(lanes.volume[k])})))
        if lanes.km[lane] >= 0:
            reasons.append(reason("near", lot=lot.id, km=int(lanes.km[lane])))
        (alone if len({int(lanes.who[x]) for x in on_lot[k]}) == 1 else shared).append(lot.id)
    role = "lot" if alone else "pool" if shared else "given" if lanes.given[i] else "reserve"
    if shared:
        reasons.insert(0, reason("shares", lots=tuple(dict.fromkeys(shared))))
    if alone:
        reasons.insert(0, reason("alone", lots=tuple(dict.fromkeys(alone))))
    if role == "reserve":
        reasons += _reserve(i, lanes, index)
    if lanes.given[i]:
        reasons.insert(0, reason("given"))
    reasons += _needed(i, lanes, on_lot)
    reasons += _ties(i, picks, lanes, names)
    size = int(index.columns["headcount"][lanes.row[i]])
    if size >= 0:
        reasons.append(reason("size", count=size))
    return Member(names[i], role, tuple(reasons), parts)


def _extras(lanes: Lanes, lane: int, index: Index) -> int:
    """The points of a lane that do not come from how well the trade answers."""
    lot = lanes.need.lots[int(lanes.lot[lane])]
    row = int(lanes.row[lanes.who[lane]])
    c = index.columns
    km = int(lanes.km[lane])
    extra = 0
    if lot.place is not None:
        extra += o.UNKNOWN_PLACE if km < 0 else o.KM * min(km, o.KM_CEILING)
    if lot.volume is not None and lanes.own[lane] < 0 and c["capacity"][row] < 0:
        extra += o.UNKNOWN_CAPACITY
    if lot.certificates and not c["certified"][row]:
        extra += o.UNKNOWN_CERTIFICATE
    if lot.turnover and c["turnover"][row] < 0:
        extra += o.UNKNOWN_TURNOVER
    return extra


def _needed(i: int, lanes: Lanes, on_lot: dict[int, list[int]]) -> list[Reason]:
    """What this very team could not do without it: lots left with nobody, lots left too small."""
    bare: list[str] = []
    small: list[str] = []
    for k, lot in enumerate(lanes.need.lots):
        others = [lane for lane in on_lot[k] if int(lanes.who[lane]) != i]
        if len(others) == len(on_lot[k]):
            continue
        if not others:
            bare.append(lot.id)
        elif lanes.volume[k] > int(lanes.most[others].sum()):
            small.append(lot.id)
    found = [reason("needed", lots=tuple(bare))] if bare else []
    return found + ([reason("needed_volume", lots=tuple(small))] if small else [])


def _reserve(i: int, lanes: Lanes, index: Index) -> list[Reason]:
    mine = np.flatnonzero(lanes.who == i)
    lane = int(mine[np.lexsort((mine, lanes.fixed[mine]))][0])
    lot = lanes.need.lots[int(lanes.lot[lane])]
    found = [reason("reserve", lot=lot.id, trade=index.words["trades"][int(lanes.trade[lane])])]
    if lanes.km[lane] >= 0:
        found.append(reason("near", lot=lot.id, km=int(lanes.km[lane])))
    return found


def _ties(i: int, picks: Picks, lanes: Lanes, names: dict[int, str]) -> list[Reason]:
    here = (lanes.tie_a == i) | (lanes.tie_b == i)
    found = []
    for a, b, points in zip(lanes.tie_a[here], lanes.tie_b[here], lanes.tie_points[here], strict=True):
        other = int(b) if int(a) == i else int(a)
        if other in names:
            found.append((-int(points), names[other]))
    return [reason("tie", company=name, trust=-points // o.TIE) for points, name in sorted(found)[:3]]


def _pools(lanes: Lanes, index: Index, on_lot: dict[int, list[int]], names: dict[int, str]) -> Iterator[Pool]:
    for k, lot in enumerate(lanes.need.lots):
        known, unknown = 0, []
        for lane in on_lot[k]:
            if lanes.own[lane] < 0 and lanes.capacity[lanes.who[lane]] < 0:
                unknown.append(names[int(lanes.who[lane])])
            else:
                bounds = [int(v) for v in (lanes.own[lane], lanes.capacity[lanes.who[lane]]) if v >= 0]
                known += min(bounds)
        yield Pool(lot.id, lot.volume, known, tuple(dict.fromkeys(unknown)))


def _gaps(picks: Picks, lanes: Lanes) -> Iterator[Gap]:
    for k, lot in enumerate(lanes.need.lots):
        units, money = picks.missing.get(k, 0), picks.money.get(k, 0)
        trades = tuple(sorted(lot.trades, key=lambda t: (-lot.trades[t], t)))
        if units:
            params: dict[str, Value] = {"lot": lot.id, "trades": trades, "certificates": lot.certificates}
            params["unit"] = lot.unit
            if lot.volume is None:
                yield Gap(lot.id, None, 100, reason("gap_company", **params))
            else:
                share = -(-100 * units // lot.volume)
                yield Gap(
                    lot.id, units, share, reason("gap_volume", **(params | {"volume": units, "asked": lot.volume}))
                )
        if money:
            cents = -(-money * (lot.turnover or 0) // o.FULL)
            yield Gap(lot.id, 0, -(-money // 100), reason("gap_turnover", lot=lot.id, cents=cents))


def _to_confirm(lanes: Lanes, index: Index, on_lot: dict[int, list[int]], names: dict[int, str]) -> Iterator[Reason]:
    """What the team rests on and nobody knows yet: which fact, with whom, for which lot."""
    c = index.columns
    for k, lot in enumerate(lanes.need.lots):
        for lane in on_lot[k]:
            i = int(lanes.who[lane])
            row = int(lanes.row[i])
            base: dict[str, Value] = {"lot": lot.id, "company": names[i]}
            if lanes.own[lane] < 0 and c["capacity"][row] < 0:
                if lot.volume is None:
                    yield reason("confirm_availability", **base)
                else:
                    yield reason("confirm_capacity", **(base | {"volume": lot.volume, "unit": lot.unit}))
            if lot.certificates and not c["certified"][row]:
                yield reason("confirm_certificates", **(base | {"certificates": lot.certificates}))
            if lot.turnover and c["turnover"][row] < 0:
                yield reason("confirm_turnover", **(base | {"cents": lot.turnover}))
            if lot.place is not None and lanes.km[lane] < 0:
                yield reason("confirm_place", **base)


def notes(need: Need, lanes: Lanes) -> Iterator[Reason]:
    """What limits the whole answer: lots whose trade or place is not known, lots nobody can do."""
    for k, lot in enumerate(need.lots):
        if not lot.trades:
            yield reason("no_trade", lot=lot.id)
        elif not (lanes.lot == k).any():
            trades = tuple(sorted(lot.trades, key=lambda t: (-lot.trades[t], t)))
            yield reason("nobody", lot=lot.id, trades=trades)
        if lot.place is None:
            yield reason("no_place", lot=lot.id)


def without_each(best: Team, picks: Picks, lanes: Lanes, index: Index, searcher: "Searcher") -> Team:
    """Add to each member what the best team would be without it."""
    rows = {index.name(int(lanes.row[i])): i for i in picks.members}
    members = []
    for member in best.members:
        i = rows[member.company_id]
        if lanes.given[i]:
            members.append(member)
            continue
        other, under = searcher.best((), without=i) if searcher.left > 0 else (None, 0)
        if other is not None and under < other.cost:
            other = None
        if other is None and searcher.left <= 0:
            members.append(member)  # out of time: nothing is said rather than something not proven
            continue
        if other is None:
            members.append(replace(member, reasons=(*member.reasons, reason("without_none"))))
            continue
        lost = sorted({*other.missing, *other.money} - {*picks.missing, *picks.money})
        names = tuple(lanes.need.lots[k].id for k in lost)
        params: dict[str, Value] = {"points": max(0, other.cost - best.cost), "lots": names}
        members.append(replace(member, reasons=(*member.reasons, reason("without", **params))))
    return replace(best, members=tuple(members))
