"""Loading the national register from the official Sirene stock files; taking companies of it into the directory."""

import os
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from django.db import transaction
from django.utils.translation import gettext as _

from cordee.directory.acts.take_in import take_in
from cordee.directory.models import Company
from cordee.directory.permissions import may_import
from cordee.directory.reads.sirene import (
    Asked,
    Listed,
    as_row,
    near_in_register,
    register_path,
    search_register,
    square,
    unknown_here,
)
from cordee.directory.reads.sirene_names import (
    DEPARTMENT,
    PLACE,
    SIZE,
    TRADE,
    digest,
    forgivable,
    slips_of,
)
from cordee.engines.companies import Site, naf_number, read_sites, read_units
from cordee.engines.places import Point, commune, department_of_insee
from cordee.engines.places.communes import fold_name
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import INSTANCE, By, act

BATCH = 20_000

_TABLES = """
CREATE TABLE unit (siren INTEGER PRIMARY KEY, name TEXT, others TEXT, naf INTEGER, legal TEXT, low INTEGER);
CREATE TABLE site (siret INTEGER PRIMARY KEY, naf INTEGER, insee TEXT, postcode TEXT, lon REAL, lat REAL,
                   head INTEGER, brand TEXT);
CREATE VIRTUAL TABLE names USING fts5(words, content='', columnsize=0, detail=none, prefix='3 4 5', tokenize='ascii');
INSERT INTO names (names, rank) VALUES ('hashsize', 33554432);
CREATE TABLE word (id INTEGER PRIMARY KEY, term TEXT, many INTEGER);
CREATE TEMP TABLE pair (key INTEGER, value INTEGER);
"""
_POSTS = """
CREATE TABLE post (naf INTEGER, square INTEGER, low INTEGER, siret INTEGER, lon REAL, lat REAL,
                   PRIMARY KEY (naf, square, siret)) WITHOUT ROWID;
INSERT INTO post
    SELECT CASE WHEN site.naf THEN site.naf ELSE unit.naf END, square(site.lon, site.lat), unit.low, site.siret,
           site.lon, site.lat
    FROM site JOIN unit ON unit.siren = site.siret / 100000 WHERE site.lon IS NOT NULL
    ORDER BY 1, 2, 4;
CREATE TABLE naf AS SELECT DISTINCT naf FROM post WHERE naf > 0;
"""
_WHOLE = """
CREATE TABLE whole (key INTEGER, siren INTEGER, PRIMARY KEY (key, siren)) WITHOUT ROWID;
INSERT INTO whole SELECT key, value FROM pair ORDER BY 1, 2;
DELETE FROM pair;
INSERT INTO names (names) VALUES ('optimize');
CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, names, row);
INSERT INTO word (term, many) SELECT term, doc FROM vocabulary WHERE term < '{';
CREATE INDEX word_term ON word (term);
"""
_SLIPS = """
CREATE TABLE slip (key INTEGER, word INTEGER, PRIMARY KEY (key, word)) WITHOUT ROWID;
INSERT OR IGNORE INTO slip SELECT key, value FROM pair ORDER BY 1, 2;
DROP TABLE pair;
"""


def load_sirene(
    units: Path,
    sites: Path,
    *,
    target: Path | None = None,
    by: By,
    at: datetime,
    tell: Callable[[str, int], None] | None = None,
) -> dict[str, int]:
    """Load the whole register anew, beside the old one, which serves until the new one is complete.

    Allowed       who runs this server, or the command line on it.
    Refused when  a file is not the stock file that it should be (an ordinary ValueError says why).
    Tells         directory.register.loaded: companies, establishments, how many lines were closed or withheld.
    """
    if isinstance(by, Actor) and not may_import(by.person):
        raise NotAllowed(_("Seule la personne qui tient ce serveur importe des listes."))
    place = target or register_path()
    fresh = place.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    told: Counter[str] = Counter()
    try:
        with closing(sqlite3.connect(fresh)) as register:
            count = _fill(register, units, sites, told, tell or (lambda what, done: None))
        os.replace(fresh, place)
    finally:
        fresh.unlink(missing_ok=True)
    counts = {**count, "closed": told["closed"], "withheld": told["withheld"], "unreadable": told["unreadable"]}
    with act("directory.register.loaded", book=INSTANCE, by=by, at=at) as facts:
        facts |= counts
    return counts


def _fill(
    register: sqlite3.Connection, units: Path, sites: Path, told: Counter[str], tell: Callable[[str, int], None]
) -> dict[str, int]:
    # Half-made, the file is thrown away: nothing needs to be safe while it is filled. Sorting goes through the disk.
    register.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-65536;" + _TABLES
    )
    register.create_function("square", 2, square, deterministic=True)
    with _stream(units) as stream:
        rows = (
            (siren, name, others, _naf(naf), legal, low)
            for siren, name, others, naf, legal, low in read_units(stream, told)
        )
        companies = _insert(register, "INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?, ?, ?)", rows, tell, "unites")
    with _stream(sites) as stream:
        found = (_placed(site) for site in read_sites(stream, told))
        places = _insert(register, "INSERT OR REPLACE INTO site VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found, tell, "sites")
    register.executescript(_POSTS)
    _index(register, tell)
    return {"companies": companies, "establishments": places}


_PAIR = "INSERT INTO pair VALUES (?, ?)"


def _index(register: sqlite3.Connection, tell: Callable[[str, int], None]) -> None:
    """What names are found by: their words, the whole of them, and their words without one letter."""
    words, done = _words(register), 0
    while batch := list(islice(words, BATCH)):
        register.executemany("INSERT INTO names (rowid, words) VALUES (?, ?)", ((key, text) for key, _, text in batch))
        register.executemany(_PAIR, ((whole, key) for key, whole, _ in batch))
        done += len(batch)
        tell("noms", done)
    register.commit()
    register.executescript(_WHOLE)
    every = register.execute("SELECT id, term FROM word")
    slips = ((left, key) for key, term in every if forgivable(term) for left in slips_of(term))
    _insert(register, _PAIR, slips, tell, "fautes")
    register.executescript(_SLIPS)
    register.commit()


@contextmanager
def _stream(path: Path) -> Iterator[BinaryIO]:
    """A stock file as it is published: a CSV, or a ZIP around one."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as pack, pack.open(pack.namelist()[0]) as inside:
            yield cast(BinaryIO, inside)
    else:
        with path.open("rb") as stream:
            yield stream


def _insert(
    register: sqlite3.Connection,
    order: str,
    rows: Iterable[tuple[object, ...]],
    tell: Callable[[str, int], None],
    what: str,
) -> int:
    done, rows = 0, iter(rows)
    while batch := list(islice(rows, BATCH)):
        register.executemany(order, batch)
        done += len(batch)
        tell(what, done)
    register.commit()
    return done


_naf = lru_cache(maxsize=4096)(naf_number)


def _placed(site: Site) -> tuple[object, ...]:
    """Where the file gives no point, that of the commune."""
    siret, naf, insee, postcode, lon, lat, head, brand = site
    if lon is None or lat is None:
        lon, lat = _point(insee)
    return siret, _naf(naf), insee, postcode, lon, lat, head, brand


_POINTS: dict[str, tuple[float | None, float | None]] = {}


def _point(insee: str) -> tuple[float | None, float | None]:
    if insee not in _POINTS:
        here = commune(insee)
        _POINTS[insee] = (here.point.lon, here.point.lat) if here and here.point else (None, None)
    return _POINTS[insee]


def _words(register: sqlite3.Connection) -> Iterator[tuple[int, int, str]]:
    """For each company that has an establishment, its whole name, and what it is found by: both tables are gone
    through side by side."""
    sites = register.execute("SELECT siret / 100000, naf, insee, brand, lon, lat FROM site ORDER BY siret")
    here = next(sites, None)
    departments: dict[str, str] = {}
    every = register.execute("SELECT siren, name, others, naf, low FROM unit ORDER BY siren")
    for siren, name, others, naf, low in every:
        while here is not None and here[0] < siren:
            here = next(sites, None)
        if here is None:
            return
        if here[0] != siren:
            continue
        marks = {f"{TRADE}{naf}" if naf else "", f"{SIZE}{low}" if low >= 0 else ""}
        while here is not None and here[0] == siren:
            _siren, code, insee, brand, lon, lat = here
            if insee not in departments:
                known = department_of_insee(insee) if insee else None
                departments[insee] = f"{DEPARTMENT}{known.code.lower()}" if known else ""
            marks |= {departments[insee], f"{TRADE}{code}" if code else ""}
            if lon is not None:
                marks.add(f"{PLACE}{square(lon, lat)}")
            if brand:
                others = f"{others} {brand}"
            here = next(sites, None)
        folded = fold_name(name)
        text = f"{folded} {fold_name(others)}" if others else folded
        yield siren, digest(folded), " ".join((text, *sorted(marks)))


def take_from_register(siren: str, *, by: Actor, at: datetime) -> Company:
    """Give a company of the national register its card in the directory.

    Allowed       anybody who is signed in.
    Refused when  the register does not know it, or its card is there and hidden from this person.
    Tells         directory.company.taken: from the register; in the company's own book.
    """
    rows = search_register(Asked(text=siren), limit=1)
    if not rows:
        raise NotYours
    _take(unknown_here(rows), at=at)
    company = Company.objects.seen_by(by.person).filter(siren=rows[0].siren).first()
    if company is None:
        raise NotYours
    with act("directory.company.taken", book=company.book, by=by, at=at, on=company) as facts:
        facts["source"] = "sirene"
    return company


def bring_near(wanted: Iterable[tuple[Iterable[str], Point | None, int | None]], *, at: datetime) -> int:
    """Before teams are looked for: the nearest companies of the trades asked come in from the national register.

    Shape   wanted: for each lot its trades, its place, and from how far (km) one comes.
    Allowed       Cordée itself.
    Refused when  never: without a register, nothing comes.
    Tells         directory.register.searched: how many companies came in.
    """
    fresh = unknown_here(near_in_register(wanted))
    if fresh:
        with act("directory.register.searched", book=INSTANCE, by=Clockwork(), at=at) as facts:
            facts["taken"] = _take(fresh, at=at)
    return len(fresh)


def _take(rows: Iterable[Listed], *, at: datetime) -> int:
    """Write the cards of some companies of the register."""
    taken = [as_row(one) for one in rows]
    with transaction.atomic():
        for start in range(0, len(taken), 200):
            take_in(taken[start : start + 200], at=at)
    return len(taken)
