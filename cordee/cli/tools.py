"""What the commands share: reading files, refusing politely, printing JSON."""

import json
import sys
from pathlib import Path
from typing import Any, Literal

Lang = Literal["fr", "en"]


class BadInput(Exception):
    """The input or the call is wrong: one sentence saying what, where (file, line, field) and what to do. Exit 2."""


def read_bytes(path: str, lang: Lang = "fr") -> bytes:
    """Read a whole file, or refuse in one sentence."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise BadInput(
            {"fr": f"le fichier « {path} » n’existe pas.", "en": f"there is no file “{path}”."}[lang]
        ) from None
    except IsADirectoryError:
        raise BadInput(
            {"fr": f"« {path} » est un dossier ; donnez un fichier.", "en": f"“{path}” is a folder; give a file."}[lang]
        ) from None
    except OSError as wrong:
        raise BadInput(
            {
                "fr": f"« {path} » ne se lit pas ({wrong.strerror}).",
                "en": f"“{path}” can’t be read ({wrong.strerror}).",
            }[lang]
        ) from None


def print_json(schema: str, answer: dict[str, Any]) -> None:
    """Print one JSON answer; `schema` names its shape and version, for example "cordee.share/1"."""
    json.dump({"schema": schema, **answer}, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def with_settings() -> None:
    """Set Django up for a command that reads the server's settings."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def with_database(lang: Lang = "fr") -> None:
    """Set Django up for a command that reads or writes the server's database; refuse when it is not prepared."""
    with_settings()
    from django.db import DatabaseError, connection

    try:
        prepared = "directory_company" in connection.introspection.table_names()
    except DatabaseError:
        prepared = False
    if not prepared:
        raise BadInput(
            {
                "fr": "la base n’est pas prête. Lancez d’abord « python manage.py migrate », ou vérifiez CORDEE_DATA.",
                "en": "the database is not ready. Run “python manage.py migrate” first, or check CORDEE_DATA.",
            }[lang]
        )
