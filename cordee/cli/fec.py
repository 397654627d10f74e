"""Vérifier un fichier des écritures comptables (FEC).

    cordee fec check 123456782FEC20261231.txt           chaque défaut, avec sa ligne et sa colonne
    cordee fec check 123456782FEC20261231.txt --json    {"valid", "profile", "rules": [{"id", "message", "level"}]}

Sont vérifiés le nom du fichier, le séparateur (tabulation ou « | »), le codage (UTF-8 ou ISO 8859-15), les 18 colonnes
et leur ordre, les dates, les montants, les comptes, l’équilibre de chaque écriture et de l’ensemble, la suite des
numéros, l’exercice. Les 22 colonnes d’une comptabilité de trésorerie et la variante Montant et Sens sont lues aussi.

Réponse 0 : conforme. 1 : un défaut au moins. 2 : ce n’est pas un FEC. Un « warning » est une remarque.
"""

import argparse
from pathlib import Path

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.amounts import say_cents
from cordee.engines.ledger import FecReport, NotAFec, check_fec

HELP = "vérifier un fichier des écritures comptables (FEC)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", metavar="check", required=True)
    check = sub.add_parser("check", help="nommer chaque défaut, avec sa ligne et sa colonne")
    check.add_argument("file", metavar="FILE", help="SIRENFECAAAAMMJJ.txt")
    check.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    try:
        report = check_fec(read_bytes(args.file, lang), Path(args.file).name)
    except NotAFec as wrong:
        raise BadInput(f"{args.file} : {wrong.say(lang)}") from None
    if args.json:
        rules = [{"id": one.id, "message": one.say(lang), "level": one.level} for one in report.defects]
        print_json("cordee.fec-check/1", {"valid": report.valid, "profile": report.profile, "rules": rules})
    else:
        print("\n".join(said(report, lang)))
    return 0 if report.valid else 1


def said(report: FecReport, lang: Lang) -> list[str]:
    """The report as lines to read."""
    total = say_cents(report.debit, lang)
    if lang == "fr":
        head = "FEC conforme" if report.valid else "FEC non conforme"
        lines = [f"{head} ({report.profile})\u00a0: {report.lines} lignes, {report.entries} écritures, débit {total}."]
    else:
        head = "The FEC complies" if report.valid else "The FEC does not comply"
        lines = [f"{head} ({report.profile}): {report.lines} lines, {report.entries} entries, debit {total}."]
    marks = {"error": " ", "warning": {"fr": " remarque –", "en": " remark –"}[lang]}
    return lines + [f" {marks[one.level]} {one.id} – {one.say(lang)}" for one in report.defects]
