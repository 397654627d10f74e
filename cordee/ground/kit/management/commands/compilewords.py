"""Compile the words of every room: `manage.py compilewords`, without the gettext tools."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def compile_words(root: Path) -> int:
    """Write the .mo beside every .po of the house that is newer than it; how many were written."""
    written = 0
    for folder in (root / "cordee", root / "config"):
        for words in folder.glob("**/locale/*/LC_MESSAGES/*.po"):
            compiled = words.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime:
                polib.pofile(str(words)).save_as_mofile(str(compiled))
                written += 1
    return written


class Command(BaseCommand):
    help = "Compile the translations of every room."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        written = compile_words(settings.ROOT)
        if options["verbosity"] > 1:
            self.stdout.write(f"{written} compiled.")
