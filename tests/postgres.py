"""A PostgreSQL of our own for the tests: Debian's binaries, a socket, no port, thrown away at the end.

`CORDEE_TEST_DATABASE=postgres` runs a whole session on it; without that, SQLite.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.prepared import keep_the_migrated_database


def postgres_binaries() -> Path | None:
    """The folder of the newest server installed here, or nothing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    which = shutil.which("initdb")
    return found[-1].parent if found else Path(which).parent if which else None


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server and give its URL; it is gone when the block ends."""
    binaries = postgres_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="cordee-pg-"))
    owner = _owner()
    if owner is not None:  # the server refuses to run as root
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(*words: str, **kwargs: Any) -> None:
        who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        subprocess.run(
            words,
            check=True,
            capture_output=True,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            **who,
            **kwargs,
        )

    run(str(binaries / "initdb"), "-D", f"{folder}/data", "-U", "cordee", "-A", "trust", "-E", "UTF8", "--no-sync")
    quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=150"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} {quick}"
    pg_ctl = [str(binaries / "pg_ctl"), "-D", f"{folder}/data", "-l", f"{folder}/log", "-w"]
    run(*pg_ctl, "-o", options, "start")
    try:
        yield f"postgres://cordee@/postgres?host={folder}"
    finally:
        run(*pg_ctl, "-m", "immediate", "stop")
        time.sleep(0.05)
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a server for this session of tests."""
    if postgres_binaries() is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Point the test database at PostgreSQL where the session asks for it; one database for each worker."""
    if os.environ.get("CORDEE_TEST_DATABASE") == "postgres":
        _use(request.getfixturevalue("postgres_url"))
    keep_the_migrated_database(postgres_binaries())
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


def _use(url: str) -> None:
    import dj_database_url
    from django.conf import settings
    from django.db import connections

    settings.DATABASES["default"].clear()
    settings.DATABASES["default"].update(
        {**dj_database_url.parse(url), "OPTIONS": {"host": url.rpartition("host=")[2]}}
    )
    settings.DATABASES["default"]["HOST"] = url.rpartition("host=")[2]
    settings.DATABASES["default"]["OPTIONS"] = {}
    connections.__dict__.pop("settings", None)
    if hasattr(connections._connections, "default"):
        del connections._connections.default
