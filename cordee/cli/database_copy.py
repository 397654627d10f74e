"""Copying the database out and in, while the server runs: SQLite by its own backup, PostgreSQL by pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cordee.cli.tools import BadInput, Lang


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds, said in figures: enough to know whether a copy is the same."""

    migrations: list[str]  # "room.0001_initial"
    counts: dict[str, int]  # rows of every table
    heads: dict[str, dict[str, Any]]  # of every book, its number of acts and its last seal

    def as_json(self) -> dict[str, Any]:
        """As the manifest keeps them."""
        return asdict(self)


def engine() -> str:
    """The kind of database this installation uses."""
    from django.db import connection

    return connection.vendor


def facts(cursor: Any, kind: str) -> Facts:
    """Count everything, through any connection of Python's database interface."""
    cursor.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        if kind == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    )
    tables = [row[0] for row in cursor.fetchall()]
    counts = {}
    for table in tables:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 (the name comes from the database itself)
        counts[table] = int(cursor.fetchone()[0])
    if "django_migrations" not in counts or "register_book" not in counts:
        return Facts([], counts, {})
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    cursor.execute("SELECT name, number, seal FROM register_book ORDER BY name")
    heads = {name: {"number": int(number), "seal": seal} for name, number, seal in cursor.fetchall()}
    return Facts(migrations, counts, heads)


def documents(cursor: Any) -> set[str]:
    """The digests of the contents that the database speaks of."""
    cursor.execute("SELECT DISTINCT digest FROM files_document")
    return {row[0] for row in cursor.fetchall()}


def copy_out(to: Path, lang: Lang) -> tuple[Facts, set[str]]:
    """Copy the database as it stands at one moment; the figures are those of that very moment."""
    return _sqlite_out(to, lang) if engine() == "sqlite" else _postgres_out(to, lang)


def copy_in(path: Path, lang: Lang) -> None:
    """Fill the empty database of this installation."""
    from django.conf import settings
    from django.db import connection

    if engine() == "sqlite":
        target = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
        return
    words = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={_name()}")
    _tool("pg_restore", *words, str(path), lang=lang)


def is_empty() -> bool:
    """Whether nothing was ever put into the database of this installation."""
    from django.conf import settings
    from django.db import connection

    if engine() == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        return not path.exists() or path.stat().st_size == 0
    with connection.cursor() as cursor:
        return not facts(cursor, "postgresql").counts


def _sqlite_out(to: Path, lang: Lang) -> tuple[Facts, set[str]]:
    from django.conf import settings

    source = Path(settings.DATABASES["default"]["NAME"])
    if not source.exists():
        raise _unready(lang)
    with closing(sqlite3.connect(source, timeout=60)) as live, closing(sqlite3.connect(to)) as copy:
        live.backup(copy)  # one read transaction: writers go on, the copy is of one moment
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        cursor = copy.cursor()
        found = facts(cursor, "sqlite")
        if not found.migrations:
            raise _unready(lang)
        return found, documents(cursor)


def _postgres_out(to: Path, lang: Lang) -> tuple[Facts, set[str]]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = facts(cursor, "postgresql")
        if not found.migrations:
            raise _unready(lang)
        digests = documents(cursor)
        cursor.execute("SELECT pg_export_snapshot()")  # pg_dump then sees what was just counted
        snapshot = cursor.fetchone()[0]
        _tool("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={to}", lang=lang)
    return found, digests


def _name() -> str:
    from django.db import connection

    connection.ensure_connection()
    return str(connection.connection.info.dbname)


def _tool(tool: str, *words: str, lang: Lang) -> None:
    """Run a tool of PostgreSQL on the database that Django uses."""
    from django.db import connection

    if shutil.which(tool) is None:
        raise BadInput(
            {
                "fr": f"il manque l’outil {tool} ; installez le paquet « postgresql-client ».",
                "en": f"the tool {tool} is missing; install the package “postgresql-client”.",
            }[lang]
        )
    connection.ensure_connection()
    info = connection.connection.info
    names = {"host": "PGHOST", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER", "sslmode": "PGSSLMODE"}
    known = {**info.get_parameters(), "dbname": info.dbname, "port": str(info.port)}
    env = {**os.environ, **{variable: known[key] for key, variable in names.items() if known.get(key)}}
    if info.password:
        env["PGPASSWORD"] = info.password
    done = subprocess.run([tool, *words], env=env, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        reason = (done.stderr.strip() or "?").splitlines()[0]
        raise BadInput({"fr": f"{tool} a échoué : {reason}", "en": f"{tool} failed: {reason}"}[lang])


def _unready(lang: Lang) -> BadInput:
    return BadInput(
        {
            "fr": "il n’y a rien à sauvegarder : la base de données n’est pas préparée (CORDEE_DATA est-il le bon ?).",
            "en": "there is nothing to back up: the database is not ready (is CORDEE_DATA the right one?).",
        }[lang]
    )
