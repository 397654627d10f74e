"""The radar: notices swept a second, as notices, companies and workers grow; workers share one PostgreSQL.

Seconds of processor are told beside: a machine that is busy elsewhere gives no second core, however many workers ask.

`python -m bench.radar sweep 1000:2` sweeps 1,000 notices with two workers. Companies and notices are drawn from seed 1:
three trades a company of the table of trades, one department; three lots a notice.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

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
    fewer = ((all_of_them // 10, most), (all_of_them * 3 // 10, most))
    fewer = (*fewer, (all_of_them, most // 4), (all_of_them, most // 2))
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
    """The whole sweep in PostgreSQL, hits kept: workers, notices and companies grow one at a time; one is killed."""
    from tests.postgres import postgres_server

    rows: list[Row] = []
    notices, size = (NOTICES, COMPANIES) if full else SMALL
    with postgres_server() as url:
        env = {**os.environ, "CORDEE_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
        for companies in (size // 10, size * 3 // 10, size):
            _run(env, "prepare", str(companies), str(notices))
            plan = [(notices, 2)]
            if companies == size:
                plan = [(notices // 4, 2), (notices // 2, 2), (notices, 1), (notices, 2), (notices, 4)]
            words = [f"{asked}:{count}" for asked, count in plan]
            said = _run(env, "sweep", *words, *(["kill"] if companies == size else []))
            for (asked, count), line in zip(plan, said[1:], strict=False):
                seconds, hits, own, served = line.split()
                given = (float(own) + float(served)) / float(seconds)
                note = f"PostgreSQL, {hits} hits kept; {own} s of processor in the workers, {served} s in PostgreSQL: "
                note += f"this machine gave {given:.1f} cores; companies loaded once before, in {said[0]} s"
                what = f"{asked} notices × {companies} companies, {count} worker{'s' if count > 1 else ''}"
                rows.append(_row(what, float(seconds), asked, note))
        seconds, kept, found, wrong = said[-1].split()
        rows.append(
            _row(
                f"{notices} notices × {size} companies, one of 2 workers killed half-way, stopped, taken up",
                float(seconds),
                notices,
                f"{kept} notices done when it was killed, {found} hits in the end, {wrong} lost or twice",
            )
        )
    return rows


def _row(size: str, seconds: float, notices: int, note: str) -> Row:
    return Row("radar", size, "–", seconds * 1000, figure=f"{notices / seconds:.0f} notices a second", note=note)


def _run(env: dict[str, str], *words: str) -> list[str]:
    """One command of this module, in a process of its own: the lines it says."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.radar", *words], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return said.stdout.splitlines()


PARTS: dict[str, Callable[[bool], list[Row]]] = {"engine": engine, "workers": workers}


def prepare(companies: int, notices: int) -> None:
    """Fill the database: companies that all watch, and notices; straight into the tables, the way a copy is loaded."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from cordee.directory.models import Company, CompanyTrade, Place
    from cordee.offers.models import RadarNotice, RadarProfile

    settings.MIGRATION_MODULES = dict.fromkeys(app.label for app in apps.get_app_configs())  # the tables as they are
    call_command("migrate", run_syncdb=True, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE directory_company, offers_radarnotice, offers_radarsweep CASCADE")
    watchers, asked = world(companies, notices)
    numbered = list(enumerate(watchers, 1))
    _fill(
        Company,
        ("id", "public_id", "name", "siren"),
        ((number, one.id, one.name, f"{number:09d}") for number, one in numbered),
    )
    _fill(Place, ("company_id", "department"), ((number, one.home) for number, one in numbered))
    _fill(
        CompanyTrade,
        ("company_id", "trade", "declared"),
        ((number, trade, True) for number, one in numbered for trade in one.trades),
    )
    _fill(RadarProfile, ("public_id", "company_id"), ((one.id, number) for number, one in numbered))
    _fill(
        RadarNotice,
        ("public_id", "digest", "title", "lots"),
        ((f"n{number}", str(number), f"Notice {number}", _lots(lots)) for number, lots in enumerate(asked)),
    )


def _lots(lots: list[Asked]) -> str:
    return json.dumps(
        [
            {"title": lot.title, "trades": dict(lot.trades), "departments": sorted(lot.departments), "value": None}
            for lot in lots
        ]
    )


def _fill(model: Any, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows copied into a table of PostgreSQL; a column that is not named is as in a new row."""
    from django.db import connection

    from cordee.ground.kit.clock import now

    new = model()
    fixed = {}
    for each in model._meta.concrete_fields:
        if each.column not in columns and not each.primary_key:
            value = now() if each.name.endswith("_at") and not each.null else getattr(new, each.attname)
            fixed[each.column] = json.dumps(value) if each.get_internal_type() == "JSONField" else value
    names = ", ".join(f'"{name}"' for name in (*columns, *fixed))
    rest = tuple(fixed.values())
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the rows are right: their keys are not tried
        with cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row((*row, *rest))


def cut(notices: int) -> Any:
    """A new sweep of so many notices, in slices; what an earlier one found is forgotten."""
    from django.db import connection

    from cordee.ground.kit.clock import now
    from cordee.offers.acts.radar import SLICE
    from cordee.offers.models import RadarNotice, RadarSweep, SweepSlice

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE offers_radarhit")
    keys = list(RadarNotice.objects.order_by("id").values_list("pk", flat=True)[:notices])
    sweep = RadarSweep.objects.create(source="bench", total=len(keys), started_at=now())
    SweepSlice.objects.bulk_create(
        SweepSlice(sweep=sweep, notices=keys[first : first + SLICE]) for first in range(0, len(keys), SLICE)
    )
    return sweep


def sweeps(plan: list[str]) -> None:
    """Load the companies, say how long it took; then one sweep for each « notices:workers »: seconds, hits,
    seconds of processor in the workers and in PostgreSQL."""
    from cordee.offers.acts import share_out
    from cordee.offers.reads.radar import watchers

    began, most = time.perf_counter(), 0
    radar, profiles = watchers()
    print(f"{time.perf_counter() - began:.1f}", flush=True)
    for each in plan:
        if each == "kill":
            kill(radar, profiles, most)
            continue
        notices, count = map(int, each.split(":"))
        sweep, most = cut(notices), max(most, notices)
        began, before, served = time.perf_counter(), os.times(), _postgres_seconds()
        hits = share_out(sweep, radar, profiles, count)
        spent, after = time.perf_counter() - began, os.times()
        own = sum(after[:4]) - sum(before[:4])
        print(f"{spent:.3f} {hits} {own:.1f} {_postgres_seconds() - served:.1f}", flush=True)


def _postgres_seconds() -> float:
    """Seconds of processor that the server has used: those of its processes, and of those that are gone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((mine,),) = cursor.fetchall()
    server = _times(mine)[0]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return sum(own for _parent, own, _gone in map(_times, children)) + sum(_times(server)[1:])


def _times(pid: int | str) -> tuple[int, float, float]:
    """Of one process: its parent, its own seconds of processor, those of its children that ended."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    tick = os.sysconf("SC_CLK_TCK")
    return int(told[1]), sum(map(int, told[11:13])) / tick, sum(map(int, told[13:15])) / tick


def kill(radar: Any, profiles: dict[str, int], notices: int) -> None:
    """Sweep again, kill a worker in the middle of its slice, stop, take up; are the hits those of the sweep before?"""
    import multiprocessing
    import signal

    from cordee.ground.kit.clock import now
    from cordee.offers.acts import finish_sweep, share_out, stop_sweep
    from cordee.offers.acts.radar import SLICE
    from cordee.offers.acts.sweeps import let_go
    from cordee.offers.models import RadarHit, SweepSlice

    def hits() -> list[tuple[int, int]]:
        return sorted(RadarHit.objects.values_list("profile", "notice"))

    whole, sweep = hits(), cut(notices)
    done = SweepSlice.objects.filter(sweep=sweep).exclude(done_at=None)
    began = time.perf_counter()
    let_go()
    sharing = multiprocessing.get_context("fork").Process(target=share_out, args=(sweep, radar, profiles, 2))
    sharing.start()
    while done.count() < max(1, notices // SLICE // 2):
        time.sleep(0.02)
    children = Path(f"/proc/{sharing.pid}/task/{sharing.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    stop_sweep(sweep, at=now())
    sharing.join()
    kept = sum(len(each.notices) for each in done)
    sweep = stop_sweep(sweep, resume=True, at=now())
    share_out(sweep, radar, profiles, 2)
    finish_sweep(sweep, at=now())
    spent, found = time.perf_counter() - began, hits()
    wrong = len(set(whole) ^ set(found)) + len(found) - len(set(found))
    print(spent, kept, len(found), wrong, flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sweeps(sys.argv[2:])
