"""What is missing when no team does it all: the smallest change after which one does."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cordee.engines.sentences import reason
from cordee.engines.teaming.index import Index
from cordee.engines.teaming.lanes import Lanes, find_lanes
from cordee.engines.teaming.model import Change, Company, LotNeed, Need, Options, Shortage, Value
from cordee.engines.teaming.model_of import Shape, write
from cordee.engines.teaming.objective import unknown_lots
from cordee.engines.teaming.solver import INF, Array, Model, solve

# How big a change is. Somebody new for a lot weighs most, then somebody new at all, a seat, a certificate, a kilometre.
NEWCOMER, NEW_LOT, NEW_SHARE, MEMBER = 40_000, 10_000, 50_000, 35_000
MORE_SEATS, CERTIFICATE, KILOMETRE = 30_000, 20_000, 1_000
NEAREST, LARGEST = 40, 300


def smallest(need: Need, index: Index, options: Options, *, seconds: float = 10.0) -> Shortage | None:
    """The lightest set of changes that lets a team do every essential lot; None when one does already.

    Holds   once `supply` has made these changes, a search finds a team without gap on an essential lot.
    """
    if options.ties == "must":
        softer = smallest(need, index, replace(options, ties="wish"), seconds=seconds)
        untied = Change("option", what=("ties",), reason=reason("change_ties"))
        if softer is None:
            return Shortage((untied,), 0, True)
        return Shortage((*softer.changes, untied), softer.cost, softer.proven)
    full = find_lanes(need, index, options, relax=True)
    lanes, all_kept = _handful(full)
    wide = replace(options, max_members=1_000_000, min_members=0, ties="ignore")
    model, shape = write(lanes, wide)
    more = _rewrite(model, shape, lanes, options)
    answer = solve(model, seconds=seconds)
    if answer.values is None:
        return Shortage((), 0, False)
    changes = _changes(answer.values, shape, lanes, index, options, more)
    return Shortage(changes, round(answer.cost), answer.proven and all_kept) if changes else None


def _handful(lanes: Lanes) -> tuple[Lanes, bool]:
    """Per lot the largest allowed lanes and the lightest refused ones: enough to see what is missing."""
    weight = lanes.lacks * CERTIFICATE + lanes.over * KILOMETRE
    keep = np.zeros(len(lanes.who), dtype=bool)
    for lot in range(len(lanes.volume)):
        mine = np.flatnonzero(lanes.lot == lot)
        allowed, refused = mine[weight[mine] == 0], mine[weight[mine] > 0]
        keep[allowed[np.lexsort((allowed, lanes.fixed[allowed], -lanes.most[allowed]))][:LARGEST]] = True
        keep[refused[np.lexsort((refused, -lanes.most[refused], weight[refused]))][:NEAREST]] = True
    chosen = {key: getattr(lanes, key)[keep] for key in LANE_ARRAYS}
    return replace(lanes, **chosen), bool(keep.all())


LANE_ARRAYS = ("who", "lot", "trade", "fixed", "unit", "most", "own", "loose", "turn", "km", "lacks", "over")


def _rewrite(model: Model, shape: Shape, lanes: Lanes, options: Options) -> int:
    """Turn the model into « change as little as possible »; gives the column of the added seats."""
    essential = np.array([one.essential for one in lanes.need.lots], dtype=bool)
    whole = np.maximum(lanes.volume, 1)
    model.cost[:] = 0
    lane = shape.lane
    model.cost[shape.y : shape.q] = lanes.lacks[lane] * CERTIFICATE + lanes.over[lane] * KILOMETRE
    model.cost[shape.g : shape.s] = np.where(essential, NEW_LOT, 0)
    model.cost[shape.s : shape.t] = np.where(essential, NEW_SHARE / whole, 0)
    model.cost[shape.t : shape.u] = np.where(essential, NEW_SHARE / 10_000, 0)
    model.cost[shape.u] = MEMBER
    model.high[shape.u] = options.min_members
    # Nobody waits in reserve for a lot it is refused.
    free = lanes.who[(lanes.lacks == 0) & (lanes.over == 0)]
    model.high[shape.r : shape.b] = np.isin(shape.who, free)
    kinds = kin(lanes.need, options)
    more, fresh = len(model.cost), len(kinds)
    model.cost = np.r_[model.cost, MORE_SEATS, np.full(fresh, NEWCOMER)]
    model.low, model.high = np.r_[model.low, np.zeros(1 + fresh)], np.r_[model.high, 1000, np.full(fresh, 1000)]
    model.whole = np.r_[model.whole, np.ones(1 + fresh, dtype=bool)]
    for k, lots_of in enumerate(kinds):
        # One newcomer may take several lots of its trade, as many as a company of unknown load.
        theirs = [shape.g + lot for lot in lots_of]
        share = np.r_[np.ones(len(theirs)), -lanes.limit]
        model.block(np.zeros(len(share)), [*theirs, more + 1 + k], share, -INF, 0, 1)
    seats = np.r_[np.arange(shape.x, shape.y), more + 1 + np.arange(fresh)]
    model.block(np.zeros(len(seats) + 1), np.append(seats, shape.u), 1, options.min_members, INF, 1)
    model.block(np.zeros(len(seats) + 2), np.r_[seats, shape.u, more], np.r_[np.ones(len(seats) + 1), -1.0],
                -INF, options.max_members, 1)  # fmt: skip
    if not options.competitors:
        lots = np.arange(len(essential))
        own = lanes.lot[lane]
        model.block(np.r_[own, lots], np.r_[shape.y + np.arange(len(lane)), shape.g + lots], 1,
                    -INF, np.where(essential, 1, INF), len(lots))  # fmt: skip
    return more


def kin(need: Need, options: Options) -> list[list[int]]:
    """Essential lots by what they ask of a newcomer: the same trades."""
    found: dict[frozenset[str], list[int]] = {}
    for k, lot in enumerate(need.lots):
        if lot.essential:
            found.setdefault(frozenset(lot.trades), []).append(k)
    return list(found.values())


def _changes(
    values: Array, shape: Shape, lanes: Lanes, index: Index, options: Options, more: int
) -> tuple[Change, ...]:
    found: list[Change] = []
    lots = lanes.need.lots
    for number, lot in enumerate(lots):
        if not lot.essential or values[shape.g + number] < 0.5:
            continue
        units, money = round(values[shape.s + number]), round(values[shape.t + number])
        if units:
            found.append(_newcomer(lot, units))
        if money:
            cents = -(-money * (lot.turnover or 0) // 10_000)
            found.append(Change("turnover", lot.id, None, cents, (),
                                reason("change_turnover", lot=lot.id, cents=cents)))  # fmt: skip
    on = values[shape.y : shape.q] > 0.5
    for lane in shape.lane[on]:
        lot = lots[int(lanes.lot[lane])]
        row = int(lanes.row[lanes.who[lane]])
        base: dict[str, Value] = {"lot": lot.id, "company": index.name(row)}
        if lanes.lacks[lane]:
            lost = tuple(mark for mark in dict.fromkeys(lot.certificates) if not holds(index, row, mark))
            why = reason("change_certificate", **(base | {"certificates": lost}))
            found.append(Change("certificate", lot.id, index.name(row), len(lost), lost, why))
        if lanes.over[lane]:
            km = int(lanes.km[lane])
            why = reason("change_distance", **(base | {"km": km, "radius": km - int(lanes.over[lane])}))
            found.append(Change("distance", lot.id, index.name(row), km, (), why))
    short, extra = round(values[shape.u]), round(values[more])
    if short:
        found.append(Change("members", None, None, short, (), reason("change_members", count=short)))
    if extra:
        most = options.max_members + extra
        found.append(Change("seats", None, None, most, (), reason("change_seats", count=most)))
    return tuple(found)


def _newcomer(lot: LotNeed, units: int) -> Change:
    trades = tuple(sorted(lot.trades, key=lambda t: (-lot.trades[t], t)))
    params: dict[str, Value] = {
        "lot": lot.id, "trades": trades, "certificates": lot.certificates, "unit": lot.unit
    }  # fmt: skip
    if lot.radius_km is not None and lot.place is not None:
        params["radius"] = lot.radius_km
    if lot.volume == units:
        return Change(
            "volume", lot.id, None, units, lot.certificates, reason("change_lot", **(params | {"volume": units}))
        )
    if lot.volume is None:
        return Change("volume", lot.id, None, None, lot.certificates, reason("change_company", **params))
    return Change(
        "volume", lot.id, None, units, lot.certificates, reason("change_volume", **(params | {"volume": units}))
    )


def holds(index: Index, row: int, mark: str) -> bool:
    """Whether this company is known to hold this certificate."""
    marks = index.words["marks"]
    if mark not in marks:
        return False
    k = marks.index(mark)
    return bool(int(index.columns["bits"][row, k // 64]) >> (k % 64) & 1)


def contradictions(need: Need, index: Index, options: Options) -> Shortage | None:
    """What is asked for and refused at once: given companies that exclude each other, or too many of them."""
    rows = index.rows(options.around)
    found: list[Change] = []
    groups: dict[int, list[str]] = {}
    for name, row in sorted(rows.items()):
        groups.setdefault(int(index.columns["group"][row]), []).append(name)
    for group, names in sorted(groups.items()):
        if options.one_per_group and group >= 0 and len(names) > 1:
            why = reason("change_group", companies=tuple(names))
            found.append(Change("option", what=("group", *names), reason=why))
    for one, other in options.excluded_pairs:
        if one in rows and other in rows and one != other:
            why = reason("change_pair", companies=(one, other))
            found.append(Change("option", what=("pair", one, other), reason=why))
    if len(rows) > options.max_members:
        found.append(Change("seats", amount=len(rows), reason=reason("change_seats", count=len(rows))))
    return Shortage(tuple(found), 0, True) if found else None


def supply(
    need: Need, companies: Sequence[Company], options: Options, shortage: Shortage
) -> tuple[Need, list[Company], Options]:
    """The same question after the changes: newcomers found, certificates obtained, distances and wishes eased."""
    people = {one.id: one for one in companies}
    lots = {lot.id: lot for lot in need.lots}
    fresh: dict[str, Company] = {}
    lacking: dict[str, dict[str, int | None]] = {}
    for change in shortage.changes:
        lot = lots.get(change.lot_id or "")
        if change.kind in ("volume", "turnover") and lot is not None:
            lacking.setdefault(lot.id, {})[change.kind] = change.amount
        elif change.kind == "certificate" and change.company_id:
            one = people[change.company_id]
            people[one.id] = replace(one, certificates=(one.certificates or frozenset()) | set(change.what))
        elif change.kind == "distance" and lot is not None and change.amount is not None:
            far = change.amount
            lots[lot.id] = replace(lot, radius_km=None if lot.radius_km is None else max(lot.radius_km, far))
            options = replace(options, max_km=None if options.max_km is None else max(options.max_km, far))
        elif change.kind == "members":
            for number in range(change.amount or 0):
                fresh[f"+{number}"] = _stranger(f"+member{number}", need.lots[0], {})
        elif change.kind == "seats" and change.amount is not None:
            options = replace(options, max_members=max(options.max_members, change.amount))
        elif change.kind == "option":
            options = _eased(options, change.what)
    limit = unknown_lots(len(need.lots), options.min_members)
    for kind in kin(need, options):
        mine = [need.lots[k] for k in kind if need.lots[k].id in lacking]
        for first in range(0, len(mine), limit):
            some = mine[first : first + limit]
            fresh[f"+{some[0].id}"] = _newcomer_for(some, lacking, people if options.ties == "must" else {})
    return replace(need, lots=tuple(lots[lot.id] for lot in need.lots)), [*people.values(), *fresh.values()], options


def _newcomer_for(lots: list[LotNeed], lacking: dict[str, dict[str, int | None]], mates: dict[str, Company]) -> Company:
    """Somebody who brings what these lots lack: units, certificates, turnover, on the spot."""
    one = _stranger(f"+{lots[0].id}", lots[0], mates)
    units = [lacking[lot.id].get("volume") or 1 for lot in lots]
    wanted = [lot.turnover or 0 for lot in lots if "turnover" in lacking[lot.id]]
    return replace(
        one,
        capacity=sum(units),
        places=tuple(dict.fromkeys(lot.place for lot in lots if lot.place is not None)),
        certificates=frozenset(mark for lot in lots for mark in lot.certificates),
        turnover=max(wanted, default=0),
    )


def _stranger(name: str, lot: LotNeed, mates: dict[str, Company]) -> Company:
    best = max(sorted(lot.trades), key=lambda t: lot.trades[t], default=None)
    return Company(
        id=name,
        trades={best: 100} if best is not None else {},
        places=(lot.place,) if lot.place else (),
        certificates=frozenset(lot.certificates),
        turnover=0,
        ties=dict.fromkeys(mates, 100),
    )


def _eased(options: Options, what: tuple[str, ...]) -> Options:
    if what[0] == "ties":
        return replace(options, ties="wish")
    if what[0] == "group":
        return replace(options, one_per_group=False)
    return replace(options, excluded_pairs=tuple(p for p in options.excluded_pairs if set(p) != set(what[1:])))
