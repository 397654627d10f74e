"""The radar: notices swept a second, as notices, companies and workers grow; workers share one PostgreSQL.

`python -m bench.radar SWEEP` is one worker. Companies and notices are drawn from seed 1: three trades a company of the
table of trades, one department; three lots a notice.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable

from bench import Row
from cordee.engines.places.departments import all_departments
from cordee.engines.procurement.radar import Asked, Radar, Watcher
from cordee.engines.trades import all_trades

NOTICES, COMPANIES = 1_000, 100_000
SMALL = 200, 10_000
"""How many without `--full`: seconds instead of minutes."""


def world(companies: int, notices: int) -> tuple[list[Watcher], list[list[Asked]]]:
    """Companies that watch and notices of three lots, the same at each call."""
    chance = random.Random(1)
    trades = [one.slug for one in all_trades()]
    places = [one.code for one in all_departments()]
    watchers = [
        Watcher(f"c{number:06d}", f"C{number}", dict.fromkeys(chance.sample(trades, 3), 90), chance.choice(places))
        for number in range(companies)
    ]
    asked = [
        [Asked("lot", {trade: 100}, where) for trade in chance.sample(trades, 3)]
        for where in (frozenset({chance.choice(places)}) for _ in range(notices))
    ]
    return watchers, asked


def engine(full: bool) -> list[Row]:
    """In one process, without a database: how it grows with notices and with companies."""
    rows = []
    most, all_of_them = (NOTICES, COMPANIES) if full else SMALL
    fewer = ((all_of_them // 10, most), (all_of_them // 3, most), (all_of_them, most // 4), (all_of_them, most // 2))
    for companies, notices in (*fewer, (all_of_them, most)):
        watchers, asked = world(companies, notices)
        began = time.perf_counter()
        radar = Radar(watchers)
        built = time.perf_counter() - began
        began = time.perf_counter()
        hits = sum(len(radar.hits(lots)) for lots in asked)
        spent = time.perf_counter() - began
        rows.append(
            Row(
                "radar",
                f"{notices} notices × {companies} companies",
                "–",
                spent * 1000,
                figure=f"{notices / spent:.0f} notices a second",
                note=f"{hits} hits; index built in {built:.1f} s",
            )
        )
    return rows


def workers(full: bool) -> list[Row]:
    """The whole sweep in PostgreSQL, hits kept, with one, two and four workers."""
    from tests.postgres import postgres_server

    rows = []
    notices, size = (NOTICES, COMPANIES) if full else SMALL
    with postgres_server() as url:
        env = {**os.environ, "CORDEE_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
        _run(env, "prepare", str(size), str(notices))
        for count in (1, 2, 4):
            sweep = _run(env, "cut")
            began = time.perf_counter()
            running = [
                subprocess.Popen(
                    [sys.executable, "-m", "bench.radar", sweep], env=env, stdout=subprocess.PIPE, text=True
                )
                for _ in range(count)
            ]
            said = [process.communicate()[0].split() for process in running]
            whole = time.perf_counter() - began
            sweeping = max(float(words[0]) for words in said)
            hits = sum(int(words[1]) for words in said)
            rows.append(
                Row(
                    "radar",
                    f"{notices} notices × {size} companies, {count} worker{'s' if count > 1 else ''}",
                    "–",
                    sweeping * 1000,
                    figure=f"{notices / sweeping:.0f} notices a second",
                    note=f"PostgreSQL, {hits} hits kept; {whole:.0f} s with starting and loading the companies",
                )
            )
    return rows


def _run(env: dict[str, str], *words: str) -> str:
    """One command of this module, in a process of its own; the last word it says."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.radar", *words], env=env, capture_output=True, text=True, check=True
    )
    return (said.stdout.split() or [""])[-1]


PARTS: dict[str, Callable[[bool], list[Row]]] = {"engine": engine, "workers": workers}


def prepare(companies: int, notices: int) -> None:
    """Fill the database: companies that all watch, and notices."""
    import django

    django.setup()
    from django.core.management import call_command

    from cordee.directory.models import Company, CompanyTrade, Place
    from cordee.ground.kit.clock import now
    from cordee.offers.models import RadarNotice, RadarProfile

    call_command("migrate", verbosity=0)
    at = now()
    watchers, asked = world(companies, notices)
    made = Company.objects.bulk_create(
        [
            Company(name=one.name, public_id=one.id, siren=f"{number:09d}", created_at=at)
            for number, one in enumerate(watchers)
        ],
        batch_size=5000,
    )
    pairs = list(zip(made, watchers, strict=True))
    Place.objects.bulk_create([Place(company=row, department=one.home) for row, one in pairs], batch_size=5000)
    CompanyTrade.objects.bulk_create(
        [CompanyTrade(company=row, trade=trade, declared=True) for row, one in pairs for trade in one.trades],
        batch_size=5000,
    )
    RadarProfile.objects.bulk_create([RadarProfile(company=row, changed_at=at) for row in made], batch_size=5000)
    RadarNotice.objects.bulk_create(
        [
            RadarNotice(
                digest=str(number),
                title=f"Notice {number}",
                taken_at=at,
                lots=[
                    {
                        "title": lot.title,
                        "trades": dict(lot.trades),
                        "departments": sorted(lot.departments),
                        "value": None,
                    }
                    for lot in lots
                ],
            )
            for number, lots in enumerate(asked)
        ],
        batch_size=500,
    )


def cut() -> str:
    """A new sweep of all notices, in slices; what an earlier one found is forgotten. Says which sweep."""
    import django

    django.setup()
    from cordee.ground.kit.clock import now
    from cordee.offers.models import RadarHit, RadarNotice, RadarSweep, SweepSlice

    RadarHit.objects.all().delete()
    keys = list(RadarNotice.objects.order_by("id").values_list("pk", flat=True))
    sweep = RadarSweep.objects.create(source="bench", total=len(keys), started_at=now())
    SweepSlice.objects.bulk_create(
        SweepSlice(sweep=sweep, notices=keys[first : first + 20]) for first in range(0, len(keys), 20)
    )
    return str(sweep.public_id)


def work(name: str) -> tuple[float, int]:
    """One worker: load the companies, then take slices until none is left. Seconds spent sweeping, hits kept."""
    import django

    django.setup()
    from cordee.ground.kit.clock import now
    from cordee.offers.acts import sweep_slice, take_slice
    from cordee.offers.models import RadarSweep
    from cordee.offers.reads.radar import watchers

    sweep = RadarSweep.objects.get(public_id=name)
    radar, profiles = watchers()
    began, hits = time.perf_counter(), 0
    while (one := take_slice(sweep, at=now())) is not None:
        hits += sweep_slice(one, radar, profiles, at=now())
    return time.perf_counter() - began, hits


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "cut":
        print(cut())
    else:
        print(*work(sys.argv[1]))
