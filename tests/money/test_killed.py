"""A process killed in the middle of posting leaves nothing: neither lines nor half an entry."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

SCRIPT = """
import os, sys, signal
import django
django.setup()
from tests.prepared import migrate
migrate()
from django.db.models import QuerySet
from cordee.engines.ledger import Line
from cordee.money import acts
from cordee.money.models import LedgerLine
from tests.factories import AT, siren
from tests.people import make_world

world = make_world()
by = world.actor("aude")
ledger = acts.open_ledger(world.grouping, form="gie", name="GIE", siren=siren(7), by=by, at=AT)
lines = [Line("411000", 500), Line("706000", -500)]
words = dict(journal="VE", day=AT.date(), piece="F1", label="x", lines=lines, by=by, at=AT)
acts.post_entry(ledger, **words)

plain = QuerySet.bulk_create
def die(self, rows, *args, **kwargs):
    made = plain(self, rows, *args, **kwargs)
    if self.model is LedgerLine:
        os.kill(os.getpid(), signal.SIGKILL)
    return made
QuerySet.bulk_create = die
acts.post_entry(ledger, **words)
"""


@pytest.mark.sqlite_only
def test_kill_9_between_the_lines_and_the_posting(tmp_path: Path) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_URL", "CORDEE_TEST"))},
        "CORDEE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    ran = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=180)
    assert ran.returncode == -signal.SIGKILL, ran.stderr[-2000:]
    database = next(path for path in tmp_path.rglob("*") if path.suffix in (".sqlite3", ".db", ".sqlite"))
    with closing(sqlite3.connect(database)) as opened:
        counted = {
            table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("money_ledgerentry", "money_ledgerline")
        }
        unposted = opened.execute("SELECT count(*) FROM money_ledgerentry WHERE NOT posted").fetchone()[0]
        told = opened.execute("SELECT count(*) FROM register_entry WHERE act = 'money.entry.posted'").fetchone()[0]
    assert counted == {"money_ledgerentry": 1, "money_ledgerline": 2}
    assert (unposted, told) == (0, 1)
