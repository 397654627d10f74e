"""The migrated database, kept between sessions of tests: migrating from nothing takes half a minute.

The copy's name is the sum of every migration installed, of Django and of the database server: whoever changes a
migration gets a new one. What is kept is exactly what `migrate` left, before any test wrote a line.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def keep_the_migrated_database(binaries: Path | None) -> None:
    """Let the first `migrate` of this session, that of the test database, take what an earlier session has kept."""
    from django.core.management.commands.migrate import Command
    from django.db import connections

    plain: Callable[..., None] = Command.handle

    def handle(self: Any, *args: Any, **options: Any) -> None:
        Command.handle = plain  # a test that migrates for itself does so for real
        connection = connections[options["database"]]
        folder = Path(tempfile.gettempdir()) / f"cordee-prepared-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = folder / f"{_sum(connection)}.{connection.vendor}"
            if kept.exists() and not connection.introspection.table_names():
                _restore(connection, kept, binaries)
                return
            empty = not connection.introspection.table_names()
            plain(self, *args, **options)
            if not empty:
                return
            written = kept.with_suffix(".part")
            _save(connection, written, binaries)
            written.rename(kept)

    Command.handle = handle  # type: ignore[method-assign]


def migrate() -> None:
    """Make the tables of this process's database, from what is kept where there is something."""
    from django.core.management import call_command

    from tests.postgres import postgres_binaries

    keep_the_migrated_database(postgres_binaries())
    call_command("migrate", verbosity=0)


def _sum(connection: Any) -> str:
    import django
    from django.apps import apps

    connection.ensure_connection()
    server = sqlite3.sqlite_version if connection.vendor == "sqlite" else str(connection.pg_version)
    told = hashlib.sha256(f"{django.VERSION} {server} {connection.settings_dict['TEST'].get('MIGRATE')}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            told.update(f"{app.name} {file.name}".encode() + file.read_bytes())
    return told.hexdigest()[:24]


def _save(connection: Any, kept: Path, binaries: Path | None) -> None:
    kept.unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        with sqlite3.connect(kept) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    assert binaries is not None
    _run(connection, str(binaries / "pg_dump"), "--no-owner", "--file", str(kept))


def _restore(connection: Any, kept: Path, binaries: Path | None) -> None:
    if connection.vendor == "sqlite":
        with sqlite3.connect(kept) as copy:
            copy.backup(connection.connection)
        copy.close()
        return
    assert binaries is not None
    quiet = ("--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--single-transaction", "--output", os.devnull)
    _run(connection, str(binaries / "psql"), *quiet, "--file", str(kept))


def _run(connection: Any, command: str, *words: str) -> None:
    at = connection.settings_dict
    host = at["HOST"] or at["OPTIONS"].get("host", "")
    where = ("--host", host, "--username", at["USER"], "--dbname", at["NAME"])
    subprocess.run([command, *where, *words], check=True, capture_output=True)
