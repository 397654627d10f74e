"""Faire entrer des entreprises, ou des listes officielles de codes, dans l’annuaire de ce serveur.

cordee import companies FICHIER [FICHIER]
  FICHIER est une liste d’entreprises : le tableau de Cordée (CSV ou XLSX), un stock Sirene, ou une
  réponse de l’API Sirene.
  Les deux stocks de Sirene se donnent ensemble : l’un connaît les noms, l’autre les lieux. Les colonnes admises sont
  décrites dans docs/companies-csv.md. La même liste importée deux fois ne crée aucun doublon ; ce qu’une entreprise
  a écrit elle-même sur sa fiche reste ; un import interrompu reprend où il en était.

cordee import codes FICHIER...
  FICHIER est la liste officielle des codes CPV ou NUTS, en CSV, avec une colonne « code » et une colonne « label_fr »
  (et « label_en »). Les pages montrent alors le nom des codes ; sans elle, le code seul.

cordee import sirene StockUniteLegale StockEtablissement
  Charge tout le pays : les deux fichiers stock de Sirene, tels que l’Insee les publie chaque mois (CSV, ou le ZIP
  autour), dans un répertoire à côté de la base. La recherche de l’annuaire et celle des équipes y puisent ; une
  entreprise n’entre dans l’annuaire que lorsque quelqu’un l’ouvre ou qu’une recherche d’équipe la trouve. L’ancien
  répertoire sert jusqu’à ce que le nouveau soit complet. Comptez une heure et dix gigaoctets de disque pour le pays.

cordee import contracts FICHIER...
  FICHIER est une liste de marchés publics attribués (données essentielles de la commande publique, DECP), en CSV ou
  en JSON. Les marchés des entreprises de l’annuaire paraissent sur leur fiche ; les autres lignes sont passées.

Exemples :
  cordee import companies entreprises.csv
  cordee import contracts decp.csv
  cordee import sirene StockUniteLegale_utf8.zip StockEtablissement_utf8.zip
  cordee import companies StockUniteLegale.csv StockEtablissement.csv --json
  cordee import codes cpv.csv nuts.csv

La base est celle du serveur (CORDEE_DATA, CORDEE_DATABASE_URL).

Résultat : 0 c’est fait, même si des lignes ont été refusées (elles sont dites) ; 1 rien n’est entré ; 2 le fichier
ne se lit pas, ou l’appel est faux.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes, with_database

HELP = "importer des entreprises, des marchés, ou des listes de codes"
SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="QUOI", required=True)
    companies = kinds.add_parser("companies", help="des entreprises (CSV, XLSX, Sirene)")
    companies.add_argument("files", metavar="FICHIER", nargs="+", help="la liste ; deux pour les stocks de Sirene")
    codes = kinds.add_parser("codes", help="les listes officielles CPV et NUTS")
    codes.add_argument("files", metavar="FICHIER", nargs="+", help="une liste de codes, en CSV")
    contracts = kinds.add_parser("contracts", help="les marchés publics gagnés (DECP)")
    contracts.add_argument("files", metavar="FICHIER", nargs="+", help="une liste de marchés, en CSV ou en JSON")
    sirene = kinds.add_parser("sirene", help="tout le pays, depuis les deux stocks de Sirene")
    sirene.add_argument("units", metavar="UNITES", help="StockUniteLegale, en CSV ou en ZIP")
    sirene.add_argument("sites", metavar="ETABLISSEMENTS", help="StockEtablissement, en CSV ou en ZIP")
    for each in (companies, codes, contracts, sirene):
        each.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    with_database(args.lang)
    return {"codes": _codes, "companies": _companies, "contracts": _contracts, "sirene": _sirene}[args.kind](args)


def _opened(path: str, lang: Lang, stack: ExitStack) -> BinaryIO:
    if not Path(path).is_file():
        read_bytes(path, lang)  # says what is wrong with it
    try:
        return stack.enter_context(Path(path).open("rb"))
    except OSError:
        read_bytes(path, lang)
        raise


def _companies(args: argparse.Namespace) -> int:
    from django.utils import translation

    from cordee.directory import acts, reads
    from cordee.ground.kit.clock import now
    from cordee.ground.people.models import Clockwork

    lang: Lang = args.lang
    if len(args.files) > 2:
        raise BadInput(
            {"fr": "donnez un fichier, ou les deux stocks de Sirene.", "en": "give one file, or both Sirene stocks."}[
                lang
            ]
        )
    with ExitStack() as stack, translation.override(lang):
        streams = [_opened(path, lang, stack) for path in args.files]
        asked = acts.open_run([Path(path).name for path in args.files], acts.digest_of(streams), at=now())
        asked = acts.note_resumed(asked, at=now())
        tell = _bar(lang) if sys.stderr.isatty() and not args.json else None
        done = acts.import_companies(asked, streams, by=Clockwork(), at=now(), clock=now, tell=tell)
        if problem := reads.problem_of(done):
            raise BadInput(problem)
        report = reads.report_of(done)
    counts = {name: getattr(done, name) for name in ("added", "updated", "unchanged")}
    if args.json:
        lines = [{"line": one.line, "field": one.field, "text": one.text, "refused": one.refused} for one in report]
        answer: dict[str, Any] = {**counts, "refused": done.refused_count, "resumed": done.resumed, "report": lines}
        print_json("cordee.import.companies/1", {"files": args.files, "digest": done.digest, **answer})
    else:
        _say(counts, done.refused_count, done.resumed, [one.text for one in report], lang)
    return 0 if sum(counts.values()) else 1


def _bar(lang: Lang) -> Any:
    word = {"fr": "Import", "en": "Import"}[lang]

    def tell(done: int, total: int) -> None:
        full = 30 * done // total if total else 30
        end = "\n" if done >= total else ""
        sys.stderr.write(f"\r{word} [{'#' * full}{'.' * (30 - full)}] {done}/{total}{end}")
        sys.stderr.flush()

    return tell


def _say(counts: dict[str, int], refused: int, resumed: int, report: list[str], lang: Lang) -> None:
    words = {
        "fr": (
            "ajoutées",
            "mises à jour",
            "inchangées",
            "lignes refusées",
            "L’import a repris là où il s’était arrêté.",
        ),
        "en": ("added", "updated", "unchanged", "lines refused", "The import went on where it had stopped."),
    }[lang]
    figures = [*counts.values(), refused]
    print(", ".join(f"{figure} {word}" for figure, word in zip(figures, words[:4], strict=True)))
    if resumed:
        print(words[4])
    for text in report[:SHOWN]:
        print(f"  {text}")
    if len(report) > SHOWN:
        more = len(report) - SHOWN
        print(
            {"fr": f"  … et {more} autres (--json les donne toutes)", "en": f"  … and {more} more (see --json)"}[lang]
        )


def _codes(args: argparse.Namespace) -> int:
    from cordee.engines.codelists import ListRefused, read_codes
    from cordee.ground.kit.clock import now
    from cordee.ground.people.models import Clockwork
    from cordee.ground.reference.acts import load_codes

    lang: Lang = args.lang
    read = []
    for path in args.files:
        try:
            read.append((path, read_codes(read_bytes(path, lang))))
        except ListRefused as wrong:
            name = f"«\u202f{path}\u202f»\u00a0: " if lang == "fr" else f"“{path}”: "
            raise BadInput(name + wrong.text(lang)) from None
    done = []
    for path, found in read:
        counts = load_codes(found, source=Path(path).name, by=Clockwork(), at=now())
        done.append({"file": path, "system": found.system, **counts})
        if not args.json:
            words = {"fr": ("ajoutés", "changés", "inchangés"), "en": ("added", "changed", "unchanged")}[lang]
            said = ", ".join(f"{figure} {word}" for figure, word in zip(counts.values(), words, strict=True))
            print(f"{found.system.upper()} : {said}" if lang == "fr" else f"{found.system.upper()}: {said}")
    if args.json:
        print_json("cordee.import.codes/1", {"lists": done})
    return 0


def _contracts(args: argparse.Namespace) -> int:
    from cordee.directory.acts import import_contracts
    from cordee.engines.contracts import ContractsRefused
    from cordee.ground.kit.clock import now
    from cordee.ground.people.models import Clockwork

    lang: Lang = args.lang
    done = []
    for path in args.files:
        with ExitStack() as stack:
            stream = _opened(path, lang, stack)
            try:
                counts = import_contracts(stream, name=Path(path).name, by=Clockwork(), at=now())
            except ContractsRefused as wrong:
                name = f"«\u202f{path}\u202f»\u00a0: " if lang == "fr" else f"“{path}”: "
                raise BadInput(name + wrong.text(lang)) from None
        done.append({"file": path, **counts})
        if not args.json:
            words = {"fr": ("ajoutés", "mis à jour", "entreprises"), "en": ("added", "updated", "companies")}[lang]
            print(", ".join(f"{figure} {word}" for figure, word in zip(counts.values(), words, strict=True)))
    if args.json:
        print_json("cordee.import.contracts/1", {"lists": done})
    return 0 if any(one["added"] or one["updated"] for one in done) else 1


def _sirene(args: argparse.Namespace) -> int:
    from cordee.directory.acts import load_sirene
    from cordee.engines.companies import FileRefused
    from cordee.ground.kit.clock import now
    from cordee.ground.people.models import Clockwork

    lang: Lang = args.lang
    for path in (args.units, args.sites):
        if not Path(path).is_file():
            read_bytes(path, lang)
    tell = None
    if sys.stderr.isatty() and not args.json:
        tell = lambda what, done: print(f"\r{what} {done}", end="", file=sys.stderr, flush=True)  # noqa: E731
    try:
        counts = load_sirene(Path(args.units), Path(args.sites), by=Clockwork(), at=now(), tell=tell)
    except FileRefused as wrong:
        raise BadInput(wrong.text(lang)) from None
    if args.json:
        print_json("cordee.import.sirene/1", dict(counts))
    else:
        words = {
            "fr": ("entreprises", "établissements", "lignes fermées", "lignes non diffusées", "lignes illisibles"),
            "en": ("companies", "establishments", "closed lines", "withheld lines", "unreadable lines"),
        }[lang]
        print(", ".join(f"{figure} {word}" for figure, word in zip(counts.values(), words, strict=True)))
    return 0 if counts["companies"] else 1
