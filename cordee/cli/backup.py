"""Sauvegarde tout Cordée dans une archive, pendant qu'il tourne ; ou vérifie une archive.

    cordee backup cordee-2026-11-23.tar.gz             sauvegarder
    cordee backup --check cordee-2026-11-23.tar.gz     l'archive est-elle entière et telle qu'elle a été faite ?
    cordee restore cordee-2026-11-23.tar.gz            la remettre en place (dans une installation vide)

L'archive contient la base de données telle qu'elle était à un instant, les fichiers déposés, les clés de signature et
la clé secrète : elle vaut le serveur entier. Seul son propriétaire peut la lire ; chiffrez-la avant de l'envoyer
ailleurs. Elle se termine par un sommaire : versions, nombre de lignes par table, dernier sceau de chaque registre,
empreinte de chaque fichier.

Sortie : 0 c'est fait (ou l'archive tient) ; 1 l'archive ne tient pas, et pourquoi ; 2 l'appel ou le fichier est faux.
"""

import argparse
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cordee import __version__
from cordee.cli import archive, database_copy
from cordee.cli.tools import BadInput, Lang, print_json

HELP = "sauvegarder tout Cordée dans une archive, ou vérifier une archive"
SCHEMA = archive.SCHEMA


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and what to do with it."""
    parser.add_argument("file", metavar="FICHIER.tar.gz", help="l'archive à écrire, ou à vérifier")
    parser.add_argument("--check", action="store_true", help="vérifier une archive au lieu d'en écrire une")
    parser.add_argument("--json", action="store_true", help="réponse en JSON")


def run(args: argparse.Namespace) -> int:
    """Write an archive, or check one."""
    path = Path(args.file)
    return _check(path, args) if args.check else _write(path, args)


def _check(path: Path, args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    try:
        manifest = archive.read(path)
    except archive.BadArchive as wrong:
        if args.json:
            print_json(SCHEMA, {"file": args.file, "ok": False, "reason": wrong.code, "member": wrong.name})
        else:
            no = {"fr": "Non : {0} ; gardez une autre sauvegarde.", "en": "No: {0}; keep another backup."}
            print(no[lang].format(wrong.sentence(lang)))
        return 1
    except OSError as wrong:
        raise _unreadable(args.file, wrong, lang) from None
    if args.json:
        print_json(SCHEMA, {"file": args.file, "ok": True, **summary(manifest)})
        return 0
    yes = {"fr": "Oui, l’archive tient : {0}.", "en": "Yes, the archive holds: {0}."}
    print(yes[lang].format(said(manifest, lang)))
    return 0


def _write(path: Path, args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    if path.exists():
        raise BadInput(
            {
                "fr": f"« {path} » existe déjà ; donnez un autre nom, une sauvegarde n’en remplace pas une autre.",
                "en": f"“{path}” exists already; give another name, a backup does not replace another.",
            }[lang]
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import Error

    try:
        manifest = make(path, lang)
    except Error:
        raise BadInput(
            {
                "fr": "la base de données ne répond pas ; vérifiez qu’elle tourne et CORDEE_DATABASE_URL.",
                "en": "the database does not answer; check that it runs, and CORDEE_DATABASE_URL.",
            }[lang]
        ) from None
    except OSError as wrong:
        raise BadInput(
            {
                "fr": f"« {path} » ne s’écrit pas ({wrong.strerror or wrong}).",
                "en": f"“{path}” can’t be written ({wrong.strerror or wrong}).",
            }[lang]
        ) from None
    if args.json:
        print_json(SCHEMA, {"file": args.file, "ok": True, **summary(manifest)})
        return 0
    done = {
        "fr": "Sauvegardé dans {0} : {1}.\nCette archive contient les clés de signature : gardez-la comme un coffre, "
        "et chiffrez-la avant de l’envoyer ailleurs.",
        "en": "Saved in {0}: {1}.\nThis archive holds the signing keys: keep it as you would a safe, and encrypt it "
        "before you send it elsewhere.",
    }
    print(done[lang].format(path, said(manifest, lang)))
    absent = {
        "fr": "Attention : {0} fichier(s) dont parle la base manquent ou sont abîmés sur ce serveur : {1}",
        "en": "Beware: {0} file(s) that the database speaks of are missing or damaged on this server: {1}",
    }
    if manifest["absent"]:
        print(absent[lang].format(len(manifest["absent"]), ", ".join(manifest["absent"][:5])))
    return 0


def make(path: Path, lang: Lang) -> dict[str, Any]:
    """Write the archive: the database first, so that every file it speaks of is there when the files are read."""
    from django.conf import settings
    from django.utils import timezone

    data: Path = settings.DATA_DIR
    kind = database_copy.engine()
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".cordee-") as folder, archive.writing(path) as writer:
        copy = Path(folder) / archive.DATABASES[kind]
        at = timezone.now()
        facts, digests = database_copy.copy_out(copy, lang)
        writer.add(copy.name, copy)
        if (data / archive.SECRET).is_file():
            writer.add(archive.SECRET, data / archive.SECRET)
        for name in ("keys", "files"):
            for file in _files(data / name):
                if _whole(file):
                    writer.add(f"{name}/{file.relative_to(data / name).as_posix()}", file)
        kept = {name.rpartition("/")[2] for name in writer.members}
        manifest: dict[str, Any] = {
            "cordee": __version__,
            "at": at.isoformat(timespec="seconds"),
            "engine": kind,
            **facts.as_json(),
            "absent": sorted(digests - kept),
        }
        writer.close(manifest)
    return {**manifest, "members": writer.members}


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())


def _whole(file: Path) -> bool:
    """A content that lies under its digest is taken only when it is that content: one being written is not."""
    if len(file.name) != 64 or set(file.name) - set("0123456789abcdef"):
        return True
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.name


def summary(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest without the list of its members."""
    sizes = [member["size"] for member in manifest["members"].values()]
    return {
        **{key: value for key, value in manifest.items() if key not in ("schema", "members")},
        "members": len(sizes),
        "bytes": sum(sizes),
    }


def said(manifest: dict[str, Any], lang: Lang) -> str:
    """What an archive holds, in one line."""
    rows, acts = sum(manifest["counts"].values()), sum(head["number"] for head in manifest["heads"].values())
    files = sum(1 for name in manifest["members"] if name.startswith("files/"))
    form = {
        "fr": "base {0}, {1} lignes dans {2} tables, registres : {3} ({4} actes), fichiers : {5}, état du {6}",
        "en": "a {0} database, {1} rows in {2} tables, books: {3} ({4} acts), files: {5}, as of {6}",
    }
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[manifest["engine"]]
    return form[lang].format(
        name, rows, len(manifest["counts"]), len(manifest["heads"]), acts, files, manifest.get("at", "?")
    )


def _unreadable(file: str, wrong: OSError, lang: Lang) -> BadInput:
    return BadInput(
        {
            "fr": f"« {file} » ne se lit pas ({wrong.strerror or wrong}).",
            "en": f"“{file}” can’t be read ({wrong.strerror or wrong}).",
        }[lang]
    )
