"""Remet une sauvegarde en place, dans une installation vide, puis compare ce qui y est avec ce que l'archive annonce.

    cordee restore cordee-2026-11-23.tar.gz                       dans le dossier CORDEE_DATA
    cordee restore cordee-2026-11-23.tar.gz --data /srv/essai     dans un autre : pour essayer sa sauvegarde

Rien n'est jamais remplacé : le dossier et la base de données doivent être vides. La base est du même genre que celle
de l'archive (SQLite, ou PostgreSQL désigné par CORDEE_DATABASE_URL). Ensuite, « manage.py prepare » met la base au
niveau du programme si celui-ci est plus récent.

Sortie : 0 tout est en place et pareil ; 1 quelque chose diffère, et quoi ; 2 l'archive ne tient pas, ou la place n'est
pas vide.
"""

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from cordee.cli import archive, database_copy
from cordee.cli.backup import said
from cordee.cli.tools import BadInput, Lang, print_json

HELP = "remettre une sauvegarde en place, et comparer"
SCHEMA = "cordee.restore/1"
ROOT = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The archive, and where to."""
    parser.add_argument("file", metavar="FICHIER.tar.gz", help="l'archive écrite par « cordee backup »")
    parser.add_argument("--data", metavar="DOSSIER", help="dossier des données, vide (CORDEE_DATA, sinon ./var)")
    parser.add_argument("--json", action="store_true", help="réponse en JSON")


def run(args: argparse.Namespace) -> int:
    """Take the archive out beside, verify it, put it in place, compare."""
    lang: Lang = args.lang
    data = Path(args.data or os.environ.get("CORDEE_DATA") or ROOT / "var").resolve()
    _refuse_full(data, lang)
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data, prefix=".restoring-") as folder:
            manifest = archive.read(Path(args.file), into=Path(folder))
            _put_in_place(Path(folder), data, manifest, lang)
    except archive.BadArchive as wrong:
        raise BadInput(
            {
                "fr": f"{wrong.sentence(lang)} ; rien n’a été mis en place.",
                "en": f"{wrong.sentence(lang)}; nothing was put in place.",
            }[lang]
        ) from None
    except OSError as wrong:
        raise BadInput(f"{wrong.filename or args.file} : {wrong.strerror or wrong}.") from None
    differences = compare(manifest, lang)
    if args.json:
        print_json(SCHEMA, {"file": args.file, "data": str(data), "ok": not differences, "differences": differences})
        return 1 if differences else 0
    if differences:
        no = {"fr": "Remis en place, mais tout n’est pas pareil :", "en": "Put in place, but not all is the same:"}
        print(no[lang], *differences, sep="\n- ")
        return 1
    yes = {
        "fr": "Remis en place dans {0} et comparé, rien ne diffère : {1}. Chaque registre a été relu en entier.",
        "en": "Put in place in {0} and compared, nothing differs: {1}. Every book was read again from end to end.",
    }
    print(yes[lang].format(data, said(manifest, lang)))
    return 0


def _refuse_full(data: Path, lang: Lang) -> None:
    """A folder counts as empty with nothing in it but a secret key that nothing hangs on yet, or hidden files."""
    if not data.is_dir():
        return
    ignored = {archive.SECRET, "lost+found"}
    seen = (each for each in data.iterdir() if each.name not in ignored and not each.name.startswith("."))
    found = [each.name for each in seen if not _hollow(each)]
    if found:
        raise BadInput(
            {
                "fr": f"« {data} » n’est pas vide ({sorted(found)[0]}) ; donnez un dossier vide avec --data, "
                "rien n’est jamais remplacé.",
                "en": f"“{data}” is not empty ({sorted(found)[0]}); give an empty folder with --data, nothing is ever "
                "replaced.",
            }[lang]
        )


def _hollow(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(each.is_file() for each in path.rglob("*"))


def _put_in_place(taken: Path, data: Path, manifest: dict[str, Any], lang: Lang) -> None:
    os.environ["CORDEE_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import Error

    try:
        _refuse_other(manifest, lang)
        database_copy.copy_in(taken / archive.DATABASES[manifest["engine"]], lang)
    except Error:
        raise BadInput(
            {
                "fr": "la base de données ne répond pas ; vérifiez qu’elle tourne et CORDEE_DATABASE_URL.",
                "en": "the database does not answer; check that it runs, and CORDEE_DATABASE_URL.",
            }[lang]
        ) from None
    for name in ("keys", "files"):
        if (taken / name).is_dir():
            shutil.rmtree(data / name, ignore_errors=True)  # hollow: checked before
            (taken / name).rename(data / name)
    if (taken / archive.SECRET).is_file():
        (taken / archive.SECRET).replace(data / archive.SECRET)


def _refuse_other(manifest: dict[str, Any], lang: Lang) -> None:
    """The archive must suit this installation, and its database must be empty."""
    from django.db.migrations.loader import MigrationLoader

    there, here = manifest["engine"], database_copy.engine()
    if there != here:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BadInput(
            {
                "fr": f"cette sauvegarde est celle d’une base {names[there]}, et CORDEE_DATABASE_URL désigne une base "
                f"{names.get(here, here)} ; donnez une base du même genre.",
                "en": f"this backup is of a {names[there]} database, and CORDEE_DATABASE_URL names a "
                f"{names.get(here, here)} one; give a database of the same kind.",
            }[lang]
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in manifest["migrations"] if name not in known]:
        raise BadInput(
            {
                "fr": f"cette sauvegarde vient d’une version plus récente ({unknown[0]}) ; installez celle-ci.",
                "en": f"this backup comes from a later version ({unknown[0]}); install that one.",
            }[lang]
        )
    if not database_copy.is_empty():
        raise BadInput(
            {
                "fr": "la base de données n’est pas vide ; donnez-en une vide, rien n’est jamais remplacé.",
                "en": "the database is not empty; give an empty one, nothing is ever replaced.",
            }[lang]
        )


def compare(manifest: dict[str, Any], lang: Lang) -> list[str]:
    """What differs between the database in place and the manifest; every book is verified line by line."""
    from django.db import connection

    from cordee.ground.register.reads import state

    with connection.cursor() as cursor:
        here = database_copy.facts(cursor, connection.vendor)
    form = {
        "fr": ("table {0} : {2} lignes au lieu de {1}", "registre {0} : il ne finit pas au même sceau"),
        "en": ("table {0}: {2} rows instead of {1}", "book {0}: it does not end at the same seal"),
    }[lang]
    broken = {"fr": "registre {0} : il ne tient pas", "en": "book {0}: it does not hold"}[lang]
    counts = {**dict.fromkeys(here.counts, 0), **manifest["counts"]}
    found = [
        form[0].format(table, count, here.counts.get(table, 0))
        for table, count in sorted(counts.items())
        if here.counts.get(table, 0) != count
    ]
    for book in sorted({*manifest["heads"], *here.heads}):
        if manifest["heads"].get(book) != here.heads.get(book):
            found.append(form[1].format(book))
        elif not state(book).intact:
            found.append(broken.format(book))
    return found
