"""Vérifier une facture électronique, ou en fabriquer une.

    cordee invoice check facture.pdf           chaque règle non respectée, en français
    cordee invoice check facture.xml --json    {"valid", "profile", "rules": [{"id", "message", "level"}]}

FILE est une facture ou un avoir : PDF Factur-X ou ZUGFeRD, XML UBL 2.1 ou CII. Sont vérifiés la structure (XSD), les
règles d’EN 16931, celles du profil (MINIMUM à EXTENDED-CTC-FR) et, si le vendeur est en France, les règles françaises
de la facturation électronique. Rien ne sort de votre ordinateur.

Réponse 0 : valable. 1 : une règle au moins n’est pas respectée. 2 : ce n’est pas une facture.
Un « warning » est une remarque : la facture reste valable.
"""

import argparse

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.invoicing import NotAnInvoice, Report, RulesNotRun, check_invoice

HELP = "vérifier une facture électronique (PDF ou XML)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", metavar="check", required=True)
    check = sub.add_parser("check", help="nommer chaque règle non respectée")
    check.add_argument("file", metavar="FILE", help="facture ou avoir, PDF ou XML")
    check.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    return _check(args, lang)


def _check(args: argparse.Namespace, lang: Lang) -> int:
    try:
        report = check_invoice(read_bytes(args.file, lang), lang)
    except NotAnInvoice as wrong:
        raise BadInput(f"{args.file} : {wrong.say(lang)}") from None
    except RulesNotRun:
        raise BadInput(
            {
                "fr": "les règles officielles n’ont pas pu être appliquées ; essayez encore, ou signalez-le.",
                "en": "the official rules could not be run; try again, or report it.",
            }[lang]
        ) from None
    if args.json:
        rules = [{"id": one.id, "message": one.message, "level": one.level} for one in report.rules]
        print_json("cordee.invoice-check/1", {"valid": report.valid, "profile": report.profile, "rules": rules})
    else:
        print("\n".join(said(report, lang)))
    return 0 if report.valid else 1


def said(report: Report, lang: Lang) -> list[str]:
    """The report as lines to read."""
    errors = [one for one in report.rules if one.level == "error"]
    remarks = [one for one in report.rules if one.level != "error"]
    profile = f"{report.profile}, {report.syntax}"
    if lang == "fr":
        plural = "règle non respectée" if len(errors) == 1 else "règles non respectées"
        head = (
            f"Facture valable ({profile})."
            if report.valid
            else f"Facture non valable ({profile})\u00a0: {len(errors)} {plural}."
        )
    else:
        head = (
            f"Valid invoice ({profile})."
            if report.valid
            else f"Invalid invoice ({profile}): rules broken: {len(errors)}."
        )
    lines = [head]
    for title, rules in (("", errors), ({"fr": "Remarques\u00a0:", "en": "Remarks:"}[lang], remarks)):
        if rules and title:
            lines.append(title)
        lines += [f"  {one.id} – {one.message}" + (f" (× {one.times})" if one.times > 1 else "") for one in rules]
    return lines
