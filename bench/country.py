"""A country of establishments: loaded from the official files, searched by name, trade, place and size; the obvious
ways beside: one SQLite table asked with LIKE and a box, as one would write it in an evening."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench import Row, race
from bench.measure import measured

AT = datetime(2026, 11, 23, tzinfo=UTC)
SMALL, WHOLE = 1_000_000, 16_000_000


def country(full: bool) -> list[Row]:
    """Load, then ask. `--full`: the size of the country, 35 minutes and 14 GB of disk, simulated files included."""
    size = int(os.environ.get("CORDEE_COUNTRY", WHOLE if full else SMALL))
    with tempfile.TemporaryDirectory(prefix="cordee-bench-", dir=os.environ.get("CORDEE_BENCH_DISK")) as folder:
        os.environ.update(CORDEE_DATA=folder, DJANGO_SETTINGS_MODULE="config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return list(_rows(Path(folder), size))


def _rows(folder: Path, size: int) -> list[Row]:
    from bench.country_world import write_country
    from cordee.directory.acts import load_sirene
    from cordee.ground.people.models import Clockwork

    units, sites = write_country(folder, size)
    written = (units.stat().st_size + sites.stat().st_size) // 1_000_000
    loaded = measured(lambda: load_sirene(units, sites, by=Clockwork(), at=AT))
    place = folder / "sirene.sqlite3"
    label = f"{loaded.answer['establishments']:,} establishments".replace(",", " ")
    disk = place.stat().st_size // 1_000_000
    rows = [
        Row(
            "country",
            label,
            "–",
            loaded.ms,
            figure=f"{loaded.answer['establishments'] / loaded.ms * 1000:,.0f} a second".replace(",", " "),
            goal="loaded in bounded memory (< 600 MB)",
            met=loaded.mb < 600,
            ours_cpu_ms=loaded.cpu_ms,
            ours_mb=loaded.mb,
            note=f"{written} MB of official files give {disk} MB",
        )
    ]
    return rows + _questions(place, folder / "plain.sqlite3", label)


def _questions(place: Path, plain: Path, label: str) -> list[Row]:
    from cordee.directory.reads.sirene import Asked, nafs_of, search_register
    from cordee.engines.places import commune

    other = _plain(place, plain)
    here = commune("34142")
    centre = here.point if here else None
    joiners = nafs_of(["menuiserie-bois"])
    codes = ",".join(map(str, sorted(joiners)))
    siren, name = other.execute(
        "SELECT siret / 100000, name FROM plain WHERE naf = 138625 LIMIT 1 OFFSET 500"
    ).fetchone()
    rare = name.split()[-1].lower()
    leader = other.execute("SELECT name FROM plain WHERE name LIKE 'CLAIRE %' LIMIT 1 OFFSET 500").fetchone()[0]
    spaced = f"{siren // 1_000_000} {siren // 1000 % 1000:03d} {siren % 1000:03d}"
    box = "lat BETWEEN 43.28 AND 44.19 AND lon BETWEEN 2.69 AND 3.94"
    asked: list[tuple[str, Asked, str]] = [
        ("a word that one company in thirty bears", Asked(text="menuiserie"), "name LIKE '%menuiserie%'"),
        ("a family name", Asked(text=rare), f"name LIKE '%{rare}%'"),
        ("the same, misspelt", Asked(text=_misspelt(rare)), f"name LIKE '%{_misspelt(rare)}%'"),
        ("the same, its first letter left out", Asked(text=rare[1:]), f"name LIKE '%{rare[1:]}%'"),
        ("four letters of a name", Asked(text=rare[:4]), f"name LIKE '%{rare[:4]}%'"),
        (
            "a word in a department",
            Asked(text="menuiserie", department="48"),
            "name LIKE '%menuiserie%' AND insee LIKE '48%'",
        ),
        (
            "a word within 25 km",
            Asked(text="menuiserie", centre=centre),
            "name LIKE '%menuiserie%' AND lat BETWEEN 43.5 AND 43.96 AND lon BETWEEN 3 AND 3.63",
        ),
        ("a leader who works alone", Asked(text=leader.lower()), f"name LIKE '%{leader}%'"),
        ("a SIREN with spaces", Asked(text=spaced), f"siret / 100000 = {siren}"),
        ("a trade within 50 km", Asked(nafs=joiners, centre=centre, radius=50), f"naf IN ({codes}) AND {box}"),
        (
            "a trade within 50 km, 10 people and more",
            Asked(nafs=joiners, centre=centre, radius=50, low=10),
            f"naf IN ({codes}) AND {box} AND low >= 10",
        ),
        ("every trade within 25 km", Asked(centre=centre), "lat BETWEEN 43.5 AND 43.96 AND lon BETWEEN 3 AND 3.63"),
    ]
    rows = []
    for what, question, where in asked:
        ours = [measured(lambda one=question: search_register(one, path=place)) for _ in range(9)]  # type: ignore[misc]
        nearest = "" if "lon" not in where else "ORDER BY (lat-43.73)*(lat-43.73)+(lon-3.31)*(lon-3.31)"
        order = f"SELECT siret, name FROM plain WHERE {where} {nearest} LIMIT 20"
        theirs = [measured(lambda one=order: other.execute(one).fetchall()) for _ in range(3)]  # type: ignore[misc]
        spent = [one.ms for one in ours]
        row = race(
            ("country", f"{what}, {label}", "SQLite, one table, LIKE or a box"),
            [median(spent)] * 3,
            [one.ms for one in theirs],
            None,
            note=f"worst {max(spent):.0f} ms; {len(ours[-1].answer)} lines, the peer {len(theirs[-1].answer)}",
        )
        rows.append(row)
    return [*rows, _teams(place, centre, label)]


def _teams(place: Path, centre: Any, label: str) -> Row:
    """From three lots to teams: the register gives the nearest of each trade, the team engine does the rest."""
    from cordee.directory.reads.sirene import Asked, nafs_of, search_register
    from cordee.engines import teaming
    from cordee.engines.places import commune

    lots = ("menuiserie-bois", "electricite", "peinture")

    def find() -> Any:
        found: dict[str, teaming.Company] = {}
        for slug in lots:
            for one in search_register(Asked(nafs=nafs_of([slug]), centre=centre, radius=100), limit=60, path=place):
                here = commune(one.insee)
                spots = (tuple(here.point),) if here and here.point else ()
                found[one.siren] = teaming.Company(id=one.siren, name=one.name, trades={slug: 90}, places=spots)
        need = teaming.Need(
            tuple(
                teaming.LotNeed(id=slug, title=slug, trades={slug: 100}, place=tuple(centre), radius_km=100)
                for slug in lots
            ),
            "Three lots",
        )
        return teaming.find_teams(need, list(found.values()), teaming.Options(min_members=3, count=3, seconds=1.0))

    runs = [measured(find) for _ in range(3)]
    spent = median(one.ms for one in runs)
    return Row(
        "country",
        f"teams for three lots, {label}",
        "–",
        spent,
        max(one.ms for one in runs),
        figure=f"{len(runs[-1].answer.teams)} teams in {spent:.0f} ms",
        goal="< 3 s",
        met=spent < 3000,
        note="60 nearest companies of each trade, then the team engine (one second at most)",
    )


def _plain(place: Path, plain: Path) -> sqlite3.Connection:
    """What one would write in an evening: everything in one table, without an index."""
    made = sqlite3.connect(plain)
    made.execute("ATTACH ? AS full", (str(place),))
    made.execute(
        "CREATE TABLE plain AS SELECT site.siret, unit.name, site.naf, site.insee, site.lon, site.lat, unit.low "
        "FROM full.site JOIN full.unit ON unit.siren = site.siret / 100000"
    )
    made.commit()
    return made


def _misspelt(word: str) -> str:
    return word[:-2] + word[-1] + word[-2]


PARTS: dict[str, Callable[[bool], list[Row]]] = {"register": country}
