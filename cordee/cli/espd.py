"""Vérifier un DUME (ESPD), demande ou réponse, avant de le déposer.

« cordee espd check FICHIER » lit le fichier XML et applique les règles du modèle européen ESPD-EDM 4.1.0 : identité et
rôle de l’entreprise, lot visé, chaque critère et chaque question, chaque réponse du bon type, codes des listes
officielles. Chaque écart est dit en une phrase, avec le nom officiel de la règle, l’élément et la ligne. Un
avertissement n’empêche pas le dépôt ; une erreur, si.

Exemples :
  cordee espd check dume.xml
  cordee espd check dume.xml --json

Résultat : 0 le fichier est valable ; 1 il ne l’est pas ; 2 ce n’est pas un DUME, ou il ne se lit pas.
"""

import argparse
import sys
from pathlib import Path

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.espd import MAX_BYTES, NotAnEspd, Report, check, sentence

HELP = "vérifier un DUME (ESPD)"
SCHEMA = "cordee.espd/1"
SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", metavar="check", choices=["check"], help="vérifier")
    parser.add_argument("file", metavar="FICHIER", help="le DUME, en XML")
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    try:
        path = Path(args.file)
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise NotAnEspd("too-big", limit=MAX_BYTES // 10**6)
        report = check(read_bytes(args.file, lang))
    except NotAnEspd as wrong:
        name = f"«\u00a0{args.file}\u00a0»\u00a0: " if lang == "fr" else f"“{args.file}”: "
        raise BadInput(name + wrong.sentence(lang)) from None
    except ValueError:  # a name that no file system takes
        said = {"fr": "ce n’est pas un nom de fichier qui se lit.", "en": "this is not a readable file name."}
        raise BadInput(said[lang]) from None
    if args.json:
        print_json(SCHEMA, _as_json(report, lang))
    else:
        sys.stdout.write("\n".join(_lines(report, lang)) + "\n")
    return 0 if report.valid else 1


def _as_json(report: Report, lang: Lang) -> dict[str, object]:
    return {
        "valid": report.valid,
        "kind": report.kind,
        "version": report.version,
        "role": report.role,
        "operator": report.operator,
        "findings": [
            {
                "rule": each.rule,
                "level": each.level,
                "path": each.path,
                "line": each.line,
                "message": sentence(each, lang),
            }
            for each in report.findings
        ],
    }


def _lines(report: Report, lang: Lang) -> list[str]:
    fr = lang == "fr"
    kind = {"request": ("demande", "request"), "response": ("réponse", "answer")}[report.kind][not fr]
    who = f", {report.operator} ({report.role})" if report.operator else ""
    lines = [f"DUME, {kind}{who}" if fr else f"ESPD, {kind}{who}"]
    if report.version and not report.version.startswith("4.1"):
        lines.append(
            f"Le fichier est de la version {report.version} ; il est jugé selon la 4.1.0."
            if fr
            else f"The file is of version {report.version}; it is judged by 4.1.0."
        )
    words = {"fatal": ("erreur", "error"), "warning": ("avertissement", "warning")}
    for each in report.findings[:SHOWN]:
        lines.append(
            f"  {words[each.level][not fr]} {each.rule}, ligne {each.line} : {sentence(each, lang)}"
            if fr
            else f"  {words[each.level][not fr]} {each.rule}, line {each.line}: {sentence(each, lang)}"
        )
        lines.append(f"    {each.path}")
    if len(report.findings) > SHOWN:
        more = len(report.findings) - SHOWN
        lines.append(f"  … et {more} autres (--json les donne tous)" if fr else f"  … and {more} more (--json has all)")
    verdict = {
        True: ("Le fichier est valable.", "The file is valid."),
        False: ("Le fichier n’est pas valable.", "The file is not valid."),
    }
    lines.append(verdict[report.valid][not fr])
    return lines
