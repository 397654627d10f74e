"""The national register (Sirene), in a file of its own beside the database: read, searched, never written here.

Shape   unit: one row a company; site: one row an establishment, by SIRET, so that those of a company stand together;
        post: establishments by trade code, then by square of a tenth of a degree: a trade near a place is a few short
        runs; names: a full-text index of folded names, with marks for the trade, the department, the square and the
        size, so that a name at a place is one question; whole, word and slip: see `sirene_names`.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, radians
from pathlib import Path

from django.conf import settings

from cordee.directory.models import Company
from cordee.directory.reads.search import SIZES, Query, trades_meant
from cordee.directory.reads.sirene_names import DEPARTMENT, PLACE, SIZE, TRADE, any_of, candidates
from cordee.engines.companies import BANDS, CompanyRow, Establishment, naf_code, naf_number
from cordee.engines.places import (
    Point,
    all_communes,
    commune,
    department,
    department_of_insee,
    distance_km,
    search_communes,
)
from cordee.engines.places.communes import fold_name
from cordee.engines.trades import all_trades, trades_for_naf

SQUARE = 10
"""Squares a degree: about 11 km by 8."""
SQUARES = 160
"""Beyond so many squares, a circle is asked by its departments."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One company of the national register, at the establishment that answers the question best."""

    siren: str
    siret: str
    name: str
    naf: str
    insee: str
    postcode: str
    headcount: tuple[int, int | None] | None
    km: int | None = None

    @property
    def city(self) -> str:
        here = commune(self.insee)
        return f"{self.postcode} {here.name if here else ''}".strip()

    @property
    def shown_siren(self) -> str:
        return f"{self.siren[:3]} {self.siren[3:6]} {self.siren[6:]}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the national register; what is empty narrows nothing."""

    text: str = ""
    nafs: frozenset[int] = frozenset()
    centre: Point | None = None
    radius: int = 25
    department: str = ""
    low: int = -1
    high: int = 1_000_000_000


def register_path() -> Path:
    """Where the national register lies, when it was loaded."""
    return Path(settings.DATA_DIR) / "sirene.sqlite3"


def square(lon: float, lat: float) -> int:
    """The square of a point."""
    return (floor((lat + 90) * SQUARE)) * 10_000 + floor((lon + 180) * SQUARE)


def opened_register(path: Path | None = None) -> sqlite3.Connection | None:
    """The register, to read; None where it was never loaded."""
    place = path or register_path()
    return sqlite3.connect(f"file:{place}?mode=ro", uri=True) if place.is_file() else None


def asked_of(text: str, trade: str, place: str, radius: int, size: str) -> Asked | None:
    """The words of a search as a question to the register; None where a part of it is not understood."""
    nafs: frozenset[int] = frozenset()
    if trade.strip():
        nafs = nafs_of({one.slug for one in trades_meant(trade)})
        if not nafs:
            return None
    low, high = SIZES.get(size, (-1, None))
    where, centre = "", None
    if place.strip():
        code = place.strip().upper().split(" ")[0]
        known = department(code) if 1 < len(code) <= 3 and code[0].isdigit() else None
        named = next((one for one in search_communes(place.partition("(")[0], 5) if one.point), None)
        if known is None and named is None:
            return None
        where, centre = (known.code, None) if known else ("", named.point if named else None)
    if size == "unknown" or not (text.strip() or nafs or centre or where):
        return None
    return Asked(text, nafs, centre, radius, where, low, 1_000_000_000 if high is None else high)


def search_register(asked: Asked, *, limit: int = 20, path: Path | None = None) -> tuple[Listed, ...]:
    """The companies that answer, the nearest first, or the closest names; one line a company."""
    found = opened_register(path)
    if found is None:
        return ()
    with closing(found) as register:
        digits = "".join(asked.text.split())
        if digits.isdecimal() and digits.isascii() and len(digits) in (9, 14):
            return tuple(_of(register, [int(digits[:9])], asked, 1))[:limit]
        if asked.centre and not asked.text.strip():
            return tuple(_near(register, asked, limit))
        return tuple(_by_words(register, asked, limit))


@lru_cache(maxsize=512)
def _nafs_of(slugs: frozenset[str]) -> frozenset[int]:
    return frozenset(number for number, known in _trades_of_nafs() if known & slugs)


def nafs_of(slugs: Iterable[str]) -> frozenset[int]:
    """The NAF codes that name one of these trades, surely or closely."""
    return _nafs_of(frozenset(slugs))


@lru_cache(maxsize=1)
def _trades_of_nafs() -> tuple[tuple[int, frozenset[str]], ...]:
    found = []
    for code in sorted({link.code for one in all_trades() for link in one.naf}):
        if number := naf_number(code):
            found.append((number, frozenset(one.trade.slug for one in trades_for_naf(code) if one.strength >= 2)))
    return tuple(found)


def _by_words(register: sqlite3.Connection, asked: Asked, limit: int) -> list[Listed]:
    """Whole words first, then beginnings, then what was meant: each only where the one before gave too little."""
    words = fold_name(asked.text).split()[:6]
    found: dict[str, Listed] = {}
    for keys in candidates(register, words, _narrowed(asked)):
        found |= {one.siren: one for one in _of(register, keys, asked, limit) if one.siren not in found}
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _narrowed(asked: Asked) -> list[str]:
    """Everything of the question but the name, in the marks of the index: the database sees candidates only."""
    more = [f'"{DEPARTMENT}{asked.department.lower()}"'] if asked.department else []
    if asked.centre is not None:
        around = squares_around(asked.centre, asked.radius)
        more.append(any_of(around or _departments_around(asked.centre, asked.radius)))
    if asked.nafs:
        more.append(any_of(f"{TRADE}{number}" for number in sorted(asked.nafs)))
    if asked.low > 0:
        more.append(any_of(f"{SIZE}{low}" for low, _high in BANDS.values() if asked.low <= low <= asked.high))
    return more


def _departments_around(centre: Point, radius: int) -> list[str]:
    """The departments that a circle may touch, as the index marks them."""
    left, right, bottom, top = _box(centre, radius)
    return [
        mark
        for mark, west, east, south, north in _boxes()
        if west <= right and left <= east and south <= top and bottom <= north
    ] or [f"{DEPARTMENT}00"]


def _box(centre: Point, radius: int) -> tuple[float, float, float, float]:
    tall, wide = radius / 110, radius / (110 * max(0.1, cos(radians(centre.lat))))
    return centre.lon - wide, centre.lon + wide, centre.lat - tall, centre.lat + tall


def squares_around(centre: Point, radius: int) -> list[str]:
    """The squares that a circle touches, as the index marks them; none where they would be too many to name."""
    west, east, south, north = _box(centre, radius)
    rows = range(floor((south + 90) * SQUARE), floor((north + 90) * SQUARE) + 1)
    columns = range(floor((west + 180) * SQUARE), floor((east + 180) * SQUARE) + 1)
    if len(rows) * len(columns) > SQUARES:
        return []
    return [f"{PLACE}{row * 10_000 + column}" for row in rows for column in columns]


@lru_cache(maxsize=1)
def _boxes() -> tuple[tuple[str, float, float, float, float], ...]:
    """By department, how far its communes go: west, east, south, north."""
    found: dict[str, list[Point]] = {}
    for one in all_communes():
        here = department_of_insee(one.insee)
        if one.point and here:
            found.setdefault(f"{DEPARTMENT}{here.code.lower()}", []).append(one.point)
    return tuple(
        (
            mark,
            min(one.lon for one in points),
            max(one.lon for one in points),
            min(one.lat for one in points),
            max(one.lat for one in points),
        )
        for mark, points in sorted(found.items())
    )


_SITES = """
SELECT unit.siren, unit.name, unit.naf, unit.low, site.siret, site.naf, site.insee, site.postcode, site.lon, site.lat,
       site.head
FROM json_each(?) AS asked JOIN unit ON unit.siren = asked.value
    JOIN site ON site.siret BETWEEN unit.siren * 100000 AND unit.siren * 100000 + 99999
WHERE unit.low BETWEEN ? AND ?
"""
_BOX = " AND site.lon BETWEEN ? AND ? AND site.lat BETWEEN ? AND ?"


def _of(register: sqlite3.Connection, keys: Sequence[int], asked: Asked, limit: int) -> Iterator[Listed]:
    """One line for each company that answers the whole question, at its nearest or its main establishment: the
    nearest companies first, or the shortest names."""
    if asked.centre is not None:
        yield from _best(register, keys, asked)[:limit]
        return
    rows = register.execute(
        "SELECT siren FROM json_each(?) AS asked JOIN unit ON unit.siren = asked.value WHERE low BETWEEN ? AND ? "
        "ORDER BY length(name), siren",
        (json.dumps(keys), asked.low, asked.high),
    )
    done = 0
    while done < limit and (some := [key for (key,) in rows.fetchmany(limit)]):
        best = _best(register, some, asked)
        yield from best[: limit - done]
        done += len(best)


def _best(register: sqlite3.Connection, keys: Sequence[int], asked: Asked) -> list[Listed]:
    order, given = _SITES, [json.dumps(keys), asked.low, asked.high]
    if asked.centre is not None:
        west, east, south, north = _box(asked.centre, asked.radius)
        order, given = _SITES + _BOX, [*given, west, east, south, north]
    best: dict[int, tuple[float, int, Listed]] = {}
    for siren, name, trade, low, siret, naf, insee, postcode, lon, lat, head in register.execute(order, given):
        if asked.nafs and naf not in asked.nafs and trade not in asked.nafs:
            continue
        far = distance_km(asked.centre, Point(lon, lat)) if asked.centre is not None else None
        if far is not None and far > asked.radius:
            continue
        if far is None and asked.department and _department(insee) != asked.department:
            continue
        rank = far if far is not None else 1.0 - head
        if siren not in best or rank < best[siren][0]:
            best[siren] = (rank, siret, _listed(siret, name, naf or trade, insee, postcode, low, far))
    if asked.centre is not None:
        return [one for _far, _siret, one in sorted(best.values(), key=lambda each: each[:2])]
    return [best[key][2] for key in keys if key in best]


@lru_cache(maxsize=1024)
def _department(insee: str) -> str:
    here = department_of_insee(insee) if insee else None
    return here.code if here else ""


def _near(register: sqlite3.Connection, asked: Asked, limit: int) -> Iterator[Listed]:
    """The nearest establishments of some trades: squares around the centre, ring after ring, until enough is sure."""
    centre = asked.centre
    if centre is None:
        return
    nafs = sorted(asked.nafs) or [one for (one,) in register.execute("SELECT naf FROM naf")]
    wide = 111.3 * max(0.1, cos(radians(centre.lat))) / SQUARE  # the narrow side of a square, in km
    found: dict[int, tuple[float, int]] = {}
    column, row = floor((centre.lon + 180) * SQUARE), floor((centre.lat + 90) * SQUARE)
    for ring in range(int(asked.radius / wide) + 2):
        for line in range(row - ring, row + ring + 1):
            edge = abs(line - row) == ring
            spans = [(column - ring, column + ring)] if edge else [(column - ring,) * 2, (column + ring,) * 2]
            for left, right in spans if ring else [(column, column)]:
                _gather(register, nafs, line * 10_000 + left, line * 10_000 + right, asked, found)
        sure = sum(1 for far, _siret in found.values() if far <= ring * wide)
        if sure >= limit:
            break
    for far, siret in sorted(found.values())[:limit]:
        naf, insee, postcode = register.execute(
            "SELECT naf, insee, postcode FROM site WHERE siret = ?", (siret,)
        ).fetchone()
        name, _naf, low = register.execute(
            "SELECT name, naf, low FROM unit WHERE siren = ?", (siret // 100_000,)
        ).fetchone()
        yield _listed(siret, name, naf, insee, postcode, low, far)


def _gather(
    register: sqlite3.Connection,
    nafs: list[int],
    first: int,
    last: int,
    asked: Asked,
    found: dict[int, tuple[float, int]],
) -> None:
    centre = asked.centre
    if centre is None:
        return
    for naf in nafs:
        rows = register.execute(
            "SELECT siret, lon, lat FROM post WHERE naf = ? AND square BETWEEN ? AND ? AND low BETWEEN ? AND ?",
            (naf, first, last, asked.low, asked.high),
        )
        for siret, lon, lat in rows:
            far = distance_km(centre, Point(lon, lat))
            key = siret // 100_000
            if far <= asked.radius and (key not in found or far < found[key][0]):
                found[key] = (far, siret)


def _listed(siret: int, name: str, naf: int, insee: str, postcode: str, low: int, far: float | None) -> Listed:
    band = next((one for one in BANDS.values() if one[0] == low), None) if low >= 0 else None
    number = f"{siret:014d}"
    return Listed(number[:9], number, name, naf_code(naf), insee, postcode, band, None if far is None else round(far))


NEAREST = 60
"""Companies of the register that a search for teams looks at, for each trade of each lot."""


def near_in_register(
    wanted: Iterable[tuple[Iterable[str], Point | None, int | None]], *, path: Path | None = None
) -> tuple[Listed, ...]:
    """The nearest companies of the trades asked, for each lot: its trades, its place, from how far (km) one comes."""
    found: dict[str, Listed] = {}
    for trades, centre, radius in wanted:
        if centre is None:
            continue
        for slug in trades:
            asked = Asked(nafs=nafs_of([slug]), centre=centre, radius=min(radius or 50, 100))
            if asked.nafs:
                found |= {one.siren: one for one in search_register(asked, limit=NEAREST, path=path)}
    return tuple(found.values())


def as_row(one: Listed) -> CompanyRow:
    """A company of the register in the shape of a line of a list, its one establishment with it."""
    here = commune(one.insee)
    point = here.point if here else None
    site = Establishment(
        one.siret,
        postcode=one.postcode or None,
        insee=one.insee or None,
        city=one.city[6:] or None,
        lon=point.lon if point else None,
        lat=point.lat if point else None,
    )
    return CompanyRow(
        siren=one.siren,
        name=one.name or None,
        brand=None,
        legal_form=None,
        naf=one.naf or None,
        trades=(),
        headcount=one.headcount,
        certificates=None,
        turnover_cents=None,
        capacity_cents=None,
        group=None,
        ties=(),
        establishments=(site,),
        lines=(),
    )


def register_lines(query: Query) -> tuple[Listed, ...]:
    """What the national register adds to a search of the directory: those that have no card here yet."""
    if not register_path().is_file():
        return ()
    asked = asked_of(query.text, query.trade, query.place, query.radius, query.size)
    return unknown_here(search_register(asked)) if asked else ()


def unknown_here(rows: Iterable[Listed]) -> tuple[Listed, ...]:
    """Those that have no card: one that has, even hidden, answers only through its card."""
    kept = tuple(rows)
    known = set(Company.objects.filter(siren__in=[one.siren for one in kept]).values_list("siren", flat=True))
    return tuple(one for one in kept if one.siren not in known)
