"""From a need and an index to lanes: who could do which lot, through which trade, at what cost and up to how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordee.engines.teaming import objective as o
from cordee.engines.teaming.index import Index
from cordee.engines.teaming.model import LotNeed, Need, Options

Array = NDArray[Any]
EARTH_KM = 6371.0
FAR = 1 << 20


@dataclass(frozen=True, slots=True)
class Lanes:
    """Every way a candidate can work on a lot, as arrays.

    Shape   per candidate (rows sorted): row, fee, capacity (-1 unknown), minimum, given, group (-1 none).
            per lane (by candidate, lot, trade): who (candidate), lot, trade, fixed (points), unit (points a unit),
            most (units; 1 on a lot without volume), own (capacity in that trade, -1), loose (load not comparable),
            turn (ten-thousandths of the turnover asked), km (-1 unknown), lacks (certificates known to
            be missing) and over (km beyond the radius): both 0 unless the lanes were asked for relaxed.
            per tie between candidates: tie_a < tie_b, tie_points. pairs: candidates that exclude each other.
            able: for each lot and candidate, the most units it can do there.
    """

    need: Need
    volume: Array
    asked: Array
    row: Array
    fee: Array
    capacity: Array
    minimum: Array
    given: Array
    group: Array
    who: Array
    lot: Array
    trade: Array
    fixed: Array
    unit: Array
    most: Array
    own: Array
    loose: Array
    turn: Array
    km: Array
    lacks: Array
    over: Array
    tie_a: Array
    tie_b: Array
    tie_points: Array
    pairs: Array
    able: Array
    limit: int

    @property
    def size(self) -> int:
        return len(self.row)


def lot_entries(lot: LotNeed, index: Index, options: Options, *, relax: bool = False) -> dict[str, Array]:
    """The postings that answer this lot: row, trade, strength, own capacity, km (-1 unknown).

    With `relax`, nobody is refused for a certificate or the distance; `lacks` says who lacks how many certificates.
    """
    known = {word: k for k, word in enumerate(index.words["trades"])}
    radius = _radius(lot, options)
    found: list[tuple[Array, ...]] = []
    c = index.columns
    for trade, strength in sorted(lot.trades.items()):
        if trade not in known or strength <= 0:
            continue
        a, b = (int(v) for v in c["post_from"][known[trade] : known[trade] + 2])
        spans = [(a, b)]
        if lot.place is not None and radius is not None and not relax:
            lat = c["post_lat"][a:b]
            placed = a + int(np.searchsorted(lat, np.inf))
            band = radius / 111.0 + 0.01
            low, high = np.searchsorted(c["post_lat"][a:placed], [lot.place[1] - band, lot.place[1] + band])
            spans = [(a + int(low), a + int(high)), (placed, b)]
        for first, last in spans:
            if last > first:
                found.append(_slice(index, lot, known[trade], strength, first, last))
    if not found:
        none = np.empty(0, dtype=np.int64)
        return {"row": none, "trade": none, "strength": none, "own": none, "km": none, "lacks": none}
    row, trade_no, strong, own, km = (np.concatenate(part) for part in zip(*found, strict=True))
    lacks = _lacking(index, lot, row)
    keep = np.ones(len(row), dtype=bool)
    if not relax:
        keep &= lacks == 0
        if radius is not None:
            keep &= km <= radius
    if lot.deadline is not None:
        keep &= c["available"][row] <= lot.deadline.toordinal()
    return {"row": row[keep], "trade": trade_no[keep], "strength": strong[keep], "own": own[keep], "km": km[keep]} | {
        "lacks": lacks[keep]
    }


def _radius(lot: LotNeed, options: Options) -> int | None:
    bounds = [r for r in (lot.radius_km, options.max_km) if r is not None]
    return min(bounds) if bounds and lot.place is not None else None


def _slice(index: Index, lot: LotNeed, trade: int, strength: int, a: int, b: int) -> tuple[Array, ...]:
    c = index.columns
    size = b - a
    sure = c["post_sure"][a:b].astype(np.int64)
    if lot.place is None:
        km = np.full(size, -1, dtype=np.int64)
    else:
        km = kilometres(lot.place, c["post_lon"][a:b], c["post_lat"][a:b])
    return (
        c["post_row"][a:b].astype(np.int64),
        np.full(size, trade, dtype=np.int64),
        sure * min(strength, 100) // 100,
        c["post_capacity"][a:b].astype(np.int64),
        km,
    )


def kilometres(place: tuple[float, float], lon: Array, lat: Array) -> Array:
    """Whole kilometres as the crow flies; -1 where a place is not known."""
    lon1, lat1 = np.radians(place)
    lon2, lat2 = np.radians(lon.astype(np.float64)), np.radians(lat.astype(np.float64))
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    far = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return np.where(np.isnan(far), -1.0, np.floor(far)).astype(np.int64)


def _lacking(index: Index, lot: LotNeed, row: Array) -> Array:
    """How many of the lot's certificates each company is known not to hold."""
    c = index.columns
    known = {word: k for k, word in enumerate(index.words["marks"])}
    lacks = np.zeros(len(row), dtype=np.int64)
    for mark in dict.fromkeys(lot.certificates):
        k = known.get(mark)
        held = (
            np.zeros(len(row), dtype=bool)
            if k is None
            else (c["bits"][row, k // 64] >> np.uint64(k % 64)) & np.uint64(1) == 1
        )
        lacks += ~held
    return np.where(c["certified"][row] == 0, 0, lacks)


def find_lanes(need: Need, index: Index, options: Options, *, relax: bool = False) -> Lanes:
    """All lanes of a need. With `relax`, those refused for a certificate or the distance too (see shortage)."""
    out = index.rows(options.excluded)
    parts: dict[str, list[Array]] = {k: [] for k in ("row", "trade", "strength", "own", "km", "lacks", "lot")}
    for number, lot in enumerate(need.lots):
        got = lot_entries(lot, index, options, relax=relax)
        for key, value in got.items():
            parts[key].append(value)
        parts["lot"].append(np.full(len(got["row"]), number, dtype=np.int64))
    e = {key: np.concatenate(value) if value else np.empty(0, np.int64) for key, value in parts.items()}
    if out:
        keep = ~np.isin(e["row"], list(out.values()))
        e = {key: value[keep] for key, value in e.items()}
    return _assemble(need, index, options, _dominant(e, index))


def _dominant(e: dict[str, Array], index: Index) -> dict[str, Array]:
    """Per company, lot and trade the nearest place; one trade a lot when capacity does not tell trades apart."""
    near = np.where(e["km"] < 0, FAR, e["km"])
    order = np.lexsort((near, e["trade"], e["lot"], e["row"]))
    e = {key: value[order] for key, value in e.items()}
    e = _firsts(e, ("row", "lot", "trade"))
    # A trade with a capacity of its own always keeps its lane; of the others the best one is enough.
    order = np.lexsort((e["trade"], -e["strength"], e["own"] >= 0, e["lot"], e["row"]))
    e = {key: value[order] for key, value in e.items()}
    first = _starts(e, ("row", "lot"))
    return {key: value[first | (e["own"] >= 0)] for key, value in e.items()}


def _starts(e: dict[str, Array], keys: Iterable[str]) -> Array:
    fresh = np.ones(len(e["row"]), dtype=bool)
    fresh[1:] = np.logical_or.reduce([e[key][1:] != e[key][:-1] for key in keys])
    return fresh


def _firsts(e: dict[str, Array], keys: Iterable[str]) -> dict[str, Array]:
    fresh = _starts(e, keys)
    return {key: value[fresh] for key, value in e.items()}


def _assemble(need: Need, index: Index, options: Options, e: dict[str, Array]) -> Lanes:
    c = index.columns
    given_rows = sorted(index.rows(options.around).values())
    row = np.union1d(e["row"], np.array(given_rows, dtype=np.int64)).astype(np.int64)
    lots = need.lots
    volume = np.array([lot.volume or 0 for lot in lots], dtype=np.int64)
    who = np.searchsorted(row, e["row"])
    capacity = c["capacity"][row].astype(np.int64)
    lot = e["lot"]
    most, own = np.maximum(volume[lot], 1), e["own"]
    sized = volume[lot] > 0
    overall = capacity[who]
    most = np.where(sized & (overall >= 0), np.minimum(most, overall), most)
    most = np.where(sized & (own >= 0), np.minimum(most, own), most)
    blind = sized & (overall < 0) & (own < 0)
    # `mismatch`, for all lanes at once
    fixed = o.MATCH * (100 - e["strength"]) + o.WEAK * np.maximum(0, o.WEAK_UNDER - e["strength"])
    placed = np.array([one.place is not None for one in lots], dtype=bool)[lot]
    fixed = fixed + np.where(placed & (e["km"] < 0), o.UNKNOWN_PLACE, o.KM * np.clip(e["km"], 0, o.KM_CEILING))
    fixed = fixed + np.where(blind, o.UNKNOWN_CAPACITY, 0)
    certified = np.array([bool(one.certificates) for one in lots], dtype=bool)[lot]
    fixed = fixed + np.where(certified & (c["certified"][e["row"]] == 0), o.UNKNOWN_CERTIFICATE, 0)
    asked = np.array([one.turnover or 0 for one in lots], dtype=np.int64)
    money = c["turnover"][e["row"]].astype(np.int64)
    fixed = fixed + np.where((asked[lot] > 0) & (money < 0), o.UNKNOWN_TURNOVER, 0)
    wanted = np.maximum(asked[lot], 1)
    turn = np.where(money < 0, o.FULL, np.minimum(money, wanted) * o.FULL // wanted)
    turn = np.where(asked[lot] > 0, turn, 0)
    level = c["price"][e["row"]].astype(np.int64)
    level = np.clip(np.where(level < 0, o.PRICE_USUAL, level), o.PRICE_FLOOR, o.PRICE_CEILING)
    size = np.maximum(volume[lot], 1)
    unit = np.where(sized, (2 * o.PRICE * (level - o.PRICE_FLOOR) + size) // (2 * size), 0)
    unit = unit + np.where(blind, (2 * o.UNKNOWN_SHARE + size) // (2 * size), 0)
    keep = most >= 1
    ties = _ties(index, row, options)
    return Lanes(
        need=need,
        volume=volume,
        asked=asked,
        row=row,
        fee=np.full(len(row), o.SEAT, dtype=np.int64),
        capacity=capacity,
        minimum=c["minimum"][row].astype(np.int64),
        given=np.isin(row, given_rows),
        group=c["group"][row].astype(np.int64) if options.one_per_group else np.full(len(row), -1),
        who=who[keep],
        lot=lot[keep],
        trade=e["trade"][keep],
        fixed=fixed[keep],
        unit=unit[keep],
        most=most[keep],
        own=own[keep],
        loose=(blind | ~sized)[keep],
        turn=turn[keep],
        km=e["km"][keep],
        lacks=e["lacks"][keep],
        over=_over(need, options, lot, e["km"])[keep],
        tie_a=ties[0],
        tie_b=ties[1],
        tie_points=ties[2],
        pairs=_pairs(index, row, options),
        able=_able(len(lots), len(row), lot[keep], who[keep], most[keep]),
        limit=o.unknown_lots(len(lots), options.min_members),
    )


def _able(lots: int, size: int, lot: Array, who: Array, most: Array) -> Array:
    """Two lanes of one company on one lot count once, for the larger."""
    best = np.zeros((lots, size), dtype=np.int64)
    np.maximum.at(best, (lot, who), most)
    return best


def _over(need: Need, options: Options, lot: Array, km: Array) -> Array:
    bounds = [_radius(one, options) for one in need.lots]
    far = np.array([FAR if bound is None else bound for bound in bounds], dtype=np.int64)
    return np.maximum(0, km - far[lot])


def _ties(index: Index, row: Array, options: Options) -> tuple[Array, Array, Array]:
    """Ties between candidates, each once, in points."""
    c = index.columns
    none = np.empty(0, dtype=np.int64)
    if options.ties == "ignore" or not len(row) or not len(c["tie_row"]):
        return none, none, none
    start, stop = c["tie_from"][row].astype(np.int64), c["tie_from"][row + 1].astype(np.int64)
    many = stop - start
    one = np.repeat(np.arange(len(row)), many)
    at = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + np.repeat(start, many)
    other = c["tie_row"][at].astype(np.int64)
    place = np.searchsorted(row, other)
    inside = (place < len(row)) & (row[np.minimum(place, len(row) - 1)] == other) & (one < place)
    return (
        one[inside],
        place[inside],
        o.TIE * np.maximum(c["tie_mine"][at], c["tie_theirs"][at])[inside].astype(np.int64),
    )


def _pairs(index: Index, row: Array, options: Options) -> Array:
    at = {int(r): k for k, r in enumerate(row)}
    found = []
    for one, other in options.excluded_pairs:
        rows = index.rows((one, other))
        if one in rows and other in rows and rows[one] in at and rows[other] in at and one != other:
            found.append(sorted((at[rows[one]], at[rows[other]])))
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
