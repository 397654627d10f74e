"""The national register (Sirene), in a file of its own beside the database: read, searched, never written here.

Shape   unit: one row a company; site: one row an establishment, by SIRET, so that those of a company stand together;
        post: establishments by trade code, then by square of a tenth of a degree: a trade near a place is a few short
        runs; names: a full-text index of folded names, with « d34 » and « n4332a » as words, so that a name in a
        department, or a trade in a department, is one question.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, radians
from pathlib import Path

from django.conf import settings

from cordee.directory.models import Company
from cordee.directory.reads.search import SIZES, Query, slips_between, trades_meant
from cordee.engines.companies import BANDS, naf_code, naf_number
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
CANDIDATES = 3000
FORGIVEN = 6000


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
            return tuple(_of(register, [int(digits[:9])], asked))[:limit]
        if asked.text.strip() or (asked.department and not asked.centre):
            return tuple(_by_words(register, asked, limit))
        if asked.centre:
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


def _by_words(register: sqlite3.Connection, asked: Asked, limit: int) -> Iterator[Listed]:
    words = fold_name(asked.text).split()[:6]
    more = [f"d{asked.department.lower()}"] if asked.department else []
    if asked.centre is not None:
        more += [f"({' OR '.join(_departments_around(asked.centre, asked.radius))})"]
    if asked.nafs:
        more.append(f"({' OR '.join(f'n{number}' for number in sorted(asked.nafs))})")
    question = " AND ".join([*(f'"{word}"*' for word in words), *more])
    if not question:
        return
    keys = _matching(register, question)
    if not keys and words:
        meant = [_near_word(register, word) for word in words]
        if not all(meant):
            return
        keys = _matching(register, " AND ".join([*(f'"{word}"' for word in meant), *more]))
    rows = list(_of(register, keys, asked))
    wanted = " ".join(words)
    rows.sort(key=lambda row: (row.km or 0, fold_name(row.name) != wanted, len(row.name), row.siren))
    yield from rows[:limit]


def _matching(register: sqlite3.Connection, question: str) -> list[int]:
    rows = register.execute("SELECT rowid FROM names WHERE names MATCH ? LIMIT ?", (question, CANDIDATES))
    return [key for (key,) in rows]


def _near_word(register: sqlite3.Connection, word: str) -> str:
    """The known word nearest to a mistyped one; empty where none is near. Its first letters are taken as right, or
    its first two as swapped."""
    if len(word) < 4:
        return ""
    slips = 1 if len(word) < 7 else 2
    for start in (word[:3], word[:2], word[1] + word[0], word[0] + word[2]):
        rows = register.execute(
            "SELECT term FROM vocabulary WHERE term >= ? AND term < ? LIMIT ?", (start, start + "{", FORGIVEN)
        )
        near = min(((slips_between(word, term, slips), term) for (term,) in rows), default=(slips + 1, ""))
        if near[0] <= slips:
            return near[1]
    return ""


def _departments_around(centre: Point, radius: int) -> list[str]:
    """« d34 », « d30 »: the departments that a circle may touch."""
    tall, wide = radius / 110, radius / (110 * max(0.1, cos(radians(centre.lat))))
    return [
        mark
        for mark, west, east, south, north in _boxes()
        if west - wide <= centre.lon <= east + wide and south - tall <= centre.lat <= north + tall
    ] or ["d00"]


@lru_cache(maxsize=1)
def _boxes() -> tuple[tuple[str, float, float, float, float], ...]:
    """By department, how far its communes go: west, east, south, north."""
    found: dict[str, list[Point]] = {}
    for one in all_communes():
        here = department_of_insee(one.insee)
        if one.point and here:
            found.setdefault(f"d{here.code.lower()}", []).append(one.point)
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


def _of(register: sqlite3.Connection, keys: Iterable[int], asked: Asked) -> Iterator[Listed]:
    """One line for each company that answers the whole question, at its nearest or its main establishment."""
    for key in keys:
        unit = register.execute("SELECT name, naf, low FROM unit WHERE siren = ?", (key,)).fetchone()
        if unit is None or not asked.low <= unit[2] <= asked.high:
            continue
        first, last = key * 100_000, key * 100_000 + 99_999
        rows = register.execute(
            "SELECT siret, naf, insee, postcode, lon, lat, head FROM site WHERE siret BETWEEN ? AND ? LIMIT 200",
            (first, last),
        ).fetchall()
        best: tuple[float, Listed] | None = None
        for siret, naf, insee, postcode, lon, lat, head in rows:
            if asked.nafs and naf not in asked.nafs and unit[1] not in asked.nafs:
                continue
            far = None
            if asked.centre is not None:
                if lon is None:
                    continue
                far = distance_km(asked.centre, Point(lon, lat))
                if far > asked.radius:
                    continue
            elif asked.department and (here := department_of_insee(insee)) and here.code != asked.department:
                continue
            order = far if far is not None else 1 - head
            if best is None or order < best[0]:
                best = (order, _listed(siret, unit[0], naf or unit[1], insee, postcode, unit[2], far))
        if best:
            yield best[1]


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
