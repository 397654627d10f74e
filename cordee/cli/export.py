"""Écrit le registre d'un groupement dans un fichier, que chacun vérifie ensuite sans Cordée.

    cordee export "Bois & Pierre" registre.jsonl      par le nom du groupement
    cordee export k3xq7p9mzt registre.jsonl           ou par son identifiant, qui est dans l'adresse de sa page
    cordee verify registre.jsonl                      rien n'a-t-il été modifié ?

La commande se lance sur la machine qui fait tourner Cordée. Un membre, lui, télécharge le même fichier depuis la page
« Registre » de son groupement. Elle finit par 0 (écrit) ou 2 (groupement inconnu, fichier impossible à écrire).
"""

import argparse
import os
from pathlib import Path

from cordee.cli.tools import BadInput, Lang, print_json

HELP = "le registre d'un groupement, dans un fichier"
SCHEMA = "cordee.export/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The grouping and the file."""
    parser.add_argument("grouping", metavar="GROUPEMENT", help="son identifiant, ou son nom exact")
    parser.add_argument("file", metavar="FICHIER", help="le fichier à écrire (.jsonl)")
    parser.add_argument("--json", action="store_true", help="réponse en JSON")


def run(args: argparse.Namespace) -> int:
    """Write the book and say how far it goes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import Error

    from cordee.desk.reads import grouping_named
    from cordee.ground.kit.clock import now
    from cordee.ground.register.reads import export, state

    lang: Lang = args.lang
    try:
        found = grouping_named(args.grouping)
    except Error:
        raise BadInput(
            {
                "fr": "la base de données ne répond pas ou n’est pas prête ; lancez d’abord « manage.py migrate ».",
                "en": "the database does not answer or is not ready; run “manage.py migrate” first.",
            }[lang]
        ) from None
    if not found:
        raise BadInput(
            {
                "fr": f"aucun groupement ne s’appelle « {args.grouping} » ; donnez son nom exact ou son identifiant.",
                "en": f"no grouping is called “{args.grouping}”; give its exact name or its identifier.",
            }[lang]
        )
    if len(found) > 1:
        ids = ", ".join(each.public_id for each in found)
        raise BadInput(
            {
                "fr": f"plusieurs groupements s’appellent « {args.grouping} » ; donnez l’identifiant : {ids}.",
                "en": f"several groupings are called “{args.grouping}”; give the identifier: {ids}.",
            }[lang]
        )
    lines = list(export(found[0].book, at=now()))
    try:
        Path(args.file).write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as wrong:
        raise BadInput(
            {
                "fr": f"« {args.file} » ne s’écrit pas ({wrong.strerror}).",
                "en": f"“{args.file}” can’t be written ({wrong.strerror}).",
            }[lang]
        ) from None
    book = state(found[0].book)
    if args.json:
        print_json(SCHEMA, {"book": book.name, "file": args.file, "entries": book.number, "seal": book.seal})
        return 0
    done = {"fr": "{0} : {1} actes écrits dans {2}. Pour vérifier : cordee verify {2}"}
    done["en"] = "{0}: {1} acts written to {2}. To verify: cordee verify {2}"
    print(done[lang].format(found[0].name, book.number, args.file))
    return 0
