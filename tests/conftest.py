"""What every test stands on: settings, the optional data folder, the database's append-only books."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"

settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ["tests.people", "tests.postgres"]

# Playwright's own loop runs in the test's thread, which Django would take for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Many tests start a command of their own: what is compiled once is kept, even where the shell asked otherwise.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_sessionstart() -> None:
    """English pages are tested with the words as they are now."""
    from cordee.ground.kit.management.commands.compilewords import compile_words

    compile_words(ROOT)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is shown in a browser is the same on both databases: on PostgreSQL only the main job is told again."""
    if os.environ.get("CORDEE_TEST_DATABASE") != "postgres":
        return
    told = [item for item in items if "story" in item.path.stem or item.path.stem.endswith("_in_browser")]
    left_out = [item for item in told if item.get_closest_marker("both_databases") is None]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real notices, invoices, companies; a test that needs it is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no ../shared/data beside this checkout: this test reads real notices and files")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(tmp_path: Path, settings: Any) -> None:
    """Files and keys that a test makes stay in the test's own folder."""
    settings.DATA_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
        # What an earlier demo collected must not stand in for what is being tested.
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Each test client would first look at every static file: a third of the time of the doors.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _nothing_kept_from_the_test_before() -> None:
    """What is remembered for a minute would outlive its test."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _books_can_be_emptied_between_tests() -> Iterator[None]:
    """On SQLite a test database is emptied by DELETE, which books and ledgers refuse: lift the triggers meanwhile."""
    from django.db.backends.sqlite3.operations import DatabaseOperations

    plain = DatabaseOperations.sql_flush

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        statements = plain(self, *args, **kwargs)
        return [f"DROP TRIGGER {name}" for name, _sql in triggers] + statements + [sql for _name, sql in triggers]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = plain
