"""Lire un avis de marché et montrer ce qu’il demande.

FICHIER est l’avis en XML, tel qu’on le télécharge sur TED (eForms, ou ancien schéma R2.0.9) ou au BOAMP ; les versions
OCDS en JSON sont lues aussi. « - » lit l’entrée standard.

Sont montrés : l’acheteur, l’objet, les dates limites, la règle sur les groupements, chaque lot (codes CPV, lieu, valeur
estimée, durée, critères d’attribution), ce qui est exigé des candidats, et les gagnants s’ils sont connus. Ce que
l’avis ne dit pas n’est pas montré : une valeur absente n’est jamais zéro.

Exemples :
  cordee notice avis.xml               la lecture, en clair
  cordee notice avis.xml --lot 2       le lot 2, en entier
  cordee notice avis.xml --json        tout, pour un programme (les champs sont décrits dans docs/notices.md)
  cordee --lang en notice avis.xml     the same in English

Résultat : 0 l’avis est lu ; 2 le fichier n’est pas un avis, ou ne se lit pas (une phrase dit pourquoi).
"""

import argparse
import sys
from pathlib import Path

from cordee.cli.notice_text import award_lines, lot_lines, notice_lines
from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.notices import MAX_BYTES, SCHEMA, NotANotice, Notice, notice_as_json, read_notice

HELP = "lire un avis de marché (TED, eForms, BOAMP)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FICHIER", help="l’avis, en XML (ou - pour l’entrée standard)")
    parser.add_argument("--lot", metavar="N", help="montrer un seul lot, en entier")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    name = args.file
    try:
        notice = read_notice(_bytes(name, lang))
    except NotANotice as wrong:
        raise BadInput(_named(name, wrong.sentence(lang), lang)) from None
    if args.lot is not None:
        return _one_lot(notice, args.lot, as_json=args.json, lang=lang)
    if args.json:
        print_json(SCHEMA, notice_as_json(notice))
    else:
        sys.stdout.write("\n".join([*notice_lines(notice, lang), *award_lines(notice, lang)]) + "\n")
    return 0


def _bytes(name: str, lang: Lang) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(name)
    try:
        size = path.stat().st_size if path.is_file() else 0
        if size > MAX_BYTES:
            raise NotANotice("too-big", limit=MAX_BYTES // 1_000_000)
        if path.exists() and not path.is_file() and not path.is_dir():
            # A pipe has no size: no more is read than is needed to refuse it.
            with path.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        return read_bytes(name, lang)
    except NotANotice:
        raise
    except (OSError, ValueError):
        reason = {"fr": "ce n’est pas un nom de fichier qui se lit.", "en": "this is not a readable file name."}[lang]
        raise BadInput(_named(name[:200], reason, lang)) from None


def _named(name: str, sentence: str, lang: Lang) -> str:
    return f"«\u202f{name}\u202f»\u00a0: {sentence}" if lang == "fr" else f"“{name}”: {sentence}"


def _one_lot(notice: Notice, wanted: str, *, as_json: bool, lang: Lang) -> int:
    for lot in (*notice.lots, *notice.parts):
        if wanted in (lot.id, lot.number):
            if as_json:
                every = notice_as_json(notice)
                one = next(x for x in (*every["lots"], *every["parts"]) if x["id"] == lot.id)
                print_json("cordee.notice.lot/1", one)
            else:
                sys.stdout.write("\n".join(lot_lines(lot, notice, lang, whole=True)) + "\n")
            return 0
    known = ", ".join(lot.number or lot.id for lot in notice.lots[:30]) or "-"
    raise BadInput(
        {
            "fr": f"cet avis n’a pas de lot «\u202f{wanted}\u202f»\u202f; ses lots sont\u00a0: {known}.",
            "en": f"this notice has no lot “{wanted}”; its lots are: {known}.",
        }[lang]
    )
