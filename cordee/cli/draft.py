"""Préparer un document à partir de réponses, et dire ce qui manque ou se contredit.

REPONSES est un fichier JSON : les réponses par leur nom, les montants en centimes, les dates en AAAA-MM-JJ, les
entreprises dans « members » et les lots dans « lots ».

    cordee draft                                        la liste des documents
    cordee draft nda                                    ce que demande ce document, avec ce qui est supposé
    cordee draft nda reponses.json                      ce qui manque, ce qui se contredit
    cordee draft nda reponses.json -o accord.pdf        l’imprime (PDF/A) ; « .docx » pour l’avocat
    cordee draft nda reponses.json --against avant.json -o modifications.pdf
                                                        ce qui change depuis d’autres réponses
    cordee draft nda reponses.json --json               la même chose, en JSON

Sortie 0 quand le document peut être signé, 1 quand il manque ou contredit quelque chose (il est écrit quand même, en
projet), 2 pour un appel ou un fichier qui ne va pas. Tout document porte « modèle à faire valider par un conseil ».
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines import assembly

HELP = "préparer un document, dire ce qui manque, l’imprimer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="DOCUMENT", nargs="?", default="", help="par exemple nda, cooperation_contract")
    parser.add_argument("answers", metavar="REPONSES", nargs="?", default="", help="fichier JSON")
    parser.add_argument("-o", "--output", metavar="FICHIER", default="", help="où l’écrire : .pdf ou .docx")
    parser.add_argument("--against", metavar="AVANT", default="", help="réponses d’avant : imprime ce qui change")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    kinds = assembly.document_types()
    if not args.kind:
        return _list(kinds, lang, args.json)
    if args.kind not in kinds:
        known = ", ".join(kinds)
        raise BadInput(
            {
                "fr": f"pas de document « {args.kind} ». Il y a : {known}.",
                "en": f"no document “{args.kind}”. There are: {known}.",
            }[lang]
        )
    if not args.answers:
        return _ask(args.kind, lang, args.json)
    document = assembly.assemble(args.kind, _read(args.answers, lang))
    changes = None
    if args.against:
        changes = assembly.redline(assembly.assemble(args.kind, _read(args.against, lang)), document)
    if args.output:
        _write(args.output, document, changes, lang)
    if args.json:
        print_json("cordee.draft/1", _answer(document, changes, lang))
    else:
        _say(document, changes, lang)
    return 0 if document.complete else 1


def _read(path: str, lang: Lang) -> dict[str, Any]:
    try:
        found = json.loads(read_bytes(path, lang))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadInput(
            {
                "fr": f"« {path} » n’est pas un objet JSON : écrivez les réponses entre accolades.",
                "en": f"“{path}” is not a JSON object: write the answers between braces.",
            }[lang]
        )
    return found


def _write(path: str, document: assembly.Document, changes: assembly.Redline | None, lang: Lang) -> None:
    at, kind = datetime.now(UTC), Path(path).suffix.lower()
    if kind not in (".pdf", ".docx") or (changes is not None and kind != ".pdf"):
        raise BadInput(
            {
                "fr": f"« {path} » : donnez un nom en .pdf ou .docx (.pdf pour des modifications).",
                "en": f"“{path}”: give a name in .pdf or .docx (.pdf for changes).",
            }[lang]
        )
    if changes is not None:
        data = assembly.render_redline_pdf(changes, at=at)
    else:
        data = (assembly.render_pdf if kind == ".pdf" else assembly.render_docx)(document, at=at)
    try:
        Path(path).write_bytes(data)
    except OSError as wrong:
        raise BadInput(
            {
                "fr": f"« {path} » ne s’écrit pas ({wrong.strerror}).",
                "en": f"“{path}” can’t be written ({wrong.strerror}).",
            }[lang]
        ) from None


def _list(kinds: tuple[str, ...], lang: Lang, as_json: bool) -> int:
    found = [assembly.document_type(slug) for slug in kinds]
    if as_json:
        print_json(
            "cordee.draft.kinds/1",
            {"documents": [{"slug": one.slug, "code": one.code, "title": one.title[lang]} for one in found]},
        )
    else:
        for one in found:
            print(f"{one.slug:<26}{one.title[lang]}")
    return 0


def _ask(slug: str, lang: Lang, as_json: bool) -> int:
    asked = [
        {
            "name": one.name,
            "kind": one.kind,
            "question": one.question[lang],
            "default": one.default,
            "choices": dict(one.choices),
            "source": one.source,
        }
        for one in assembly.questions(slug)
    ]
    if as_json:
        print_json("cordee.draft.questions/1", {"document": slug, "questions": asked})
        return 0
    for one in asked:
        default = "" if one["default"] is None else f" [{one['default']}]"
        print(f"{one['name']:<26}{one['kind']:<9}{one['question']}{default}")
    return 0


def _answer(document: assembly.Document, changes: assembly.Redline | None, lang: Lang) -> dict[str, Any]:
    return {
        "document": document.slug,
        "title": document.title,
        "complete": document.complete,
        "fingerprint": document.fingerprint,
        "missing": [
            {"name": one.variable, "question": one.question[lang], "article": one.article.get(lang, "")}
            for one in document.missing
        ],
        "contradictions": [_finding(one, lang) for one in document.contradictions],
        "warnings": [_finding(one, lang) for one in document.warnings],
        "changes": changes.summary(lang) if changes is not None else None,
    }


def _finding(found: assembly.Finding, lang: Lang) -> dict[str, str]:
    return {
        "code": found.code,
        "severity": found.severity,
        "where": found.place(lang),
        "why": found.reason(lang),
        "way_out": found.way_out(lang),
        "source": found.source,
    }


def _say(document: assembly.Document, changes: assembly.Redline | None, lang: Lang) -> None:
    print(document.title)
    if changes is not None:
        print(changes.summary(lang))
    for item in document.missing:
        where = item.article.get(lang, "")
        print(f"– {item.question[lang]} ({item.variable}{', ' + where if where else ''})")
    for found in (*document.contradictions, *document.warnings):
        where = found.place(lang)
        print(f"! {found.reason(lang)}{f' ({where})' if where else ''}")
        print(f"  {found.way_out(lang)}")
    if document.complete:
        print(
            {"fr": "Rien ne manque : le document peut être signé.", "en": "Nothing is missing: it can be signed."}[lang]
        )
