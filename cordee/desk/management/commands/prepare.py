"""Everything that must stand before the site is served; nothing to do when it already stands."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cordee.ground.kit.management.commands.compilewords import compile_words
from cordee.ground.register.keys import signing_key


def migrate() -> bool:
    """Bring the database up to date; whether there was anything to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def collect() -> bool:
    """Collect the style sheets, scripts and fonts when one of them changed; whether one did."""
    root = Path(settings.STATIC_ROOT)
    mark = root / ".sources"
    sources = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            sources.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    wanted = sources.hexdigest()
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(wanted, encoding="ascii")
    return True


class Command(BaseCommand):
    help = "Compile the words, bring the database up to date, collect the styles, make the keys. Safe to run again."
    requires_system_checks = ()

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        done = {"words": compile_words(settings.ROOT) > 0, "database": migrate(), "styles": collect()}
        signing_key()
        if verbosity > 1:
            self.stdout.write(", ".join(name for name, changed in done.items() if changed) or "nothing to do")
