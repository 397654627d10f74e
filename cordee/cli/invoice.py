"""Vérifier une facture électronique, ou en fabriquer une.

    cordee invoice check facture.pdf           chaque règle non respectée, en français
    cordee invoice check facture.xml --json    {"valid", "profile", "rules": [{"id", "message", "level"}]}
    cordee invoice make facture.json           une facture Factur-X : facture.pdf
    cordee invoice make facture.json --as ubl --out facture.xml
    cordee invoice make facture.json --draft   un projet à relire, sans valeur

check. FILE est une facture ou un avoir : PDF Factur-X ou ZUGFeRD, XML UBL 2.1 ou CII. Sont vérifiés la structure
(XSD), les règles d’EN 16931, celles du profil (MINIMUM à EXTENDED-CTC-FR) et, si le vendeur est en France, les règles
françaises de la facturation électronique. Rien ne sort de votre ordinateur.

make. FILE est une facture écrite en JSON : docs/invoicing.md en donne le format et un exemple. Elle sort en Factur-X
(PDF/A-3 avec son XML CII), ou en XML seul, CII ou UBL. Le numéro est le vôtre, dans votre série : Cordée n’est pas une
plateforme agréée, déposez la facture par la vôtre.

Réponse 0 : valable, ou faite. 1 : une règle au moins n’est pas respectée. 2 : ce n’est pas une facture.
Un « warning » est une remarque : la facture reste valable.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from cordee.cli.tools import BadInput, Lang, print_json, read_bytes
from cordee.engines.amounts import say_cents
from cordee.engines.invoicing import (
    NotAnInvoice,
    NotInvoiceable,
    NotWritten,
    Report,
    RulesNotRun,
    check_invoice,
    invoice_from_json,
    totals_of,
    write_cii,
    write_ubl,
)
from cordee.engines.invoicing.pdf import write_facturx

HELP = "vérifier une facture électronique, ou en fabriquer une"
SUFFIX = {"facturx": ".pdf", "cii": ".xml", "ubl": ".xml"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", metavar="QUOI", required=True)
    check = sub.add_parser("check", help="nommer chaque règle non respectée")
    check.add_argument("file", metavar="FILE", help="facture ou avoir, PDF ou XML")
    check.add_argument("--json", action="store_true", help="répondre en JSON")
    make = sub.add_parser("make", help="fabriquer une facture à partir de JSON")
    make.add_argument("file", metavar="FILE", help="la facture en JSON (docs/invoicing.md)")
    make.add_argument("--as", dest="shape", choices=list(SUFFIX), default="facturx", help="ce qui sort (facturx)")
    make.add_argument("--out", metavar="FICHIER", help="où l’écrire (à côté de FILE)")
    make.add_argument("--draft", action="store_true", help="un projet en PDF, sans valeur")
    make.add_argument("--json", action="store_true", help="répondre en JSON")


def run(args: argparse.Namespace) -> int:
    lang: Lang = args.lang
    return _make(args, lang) if args.what == "make" else _check(args, lang)


def _make(args: argparse.Namespace, lang: Lang) -> int:
    try:
        invoice = invoice_from_json(read_bytes(args.file, lang))
        if args.shape == "facturx":
            data = write_facturx(invoice, at=datetime.now(UTC), draft=args.draft)
        else:
            data = {"cii": write_cii, "ubl": write_ubl}[args.shape](invoice)
    except (NotWritten, NotInvoiceable) as wrong:
        raise BadInput(f"{args.file} : {wrong.say(lang)}") from None
    out = Path(args.out) if args.out else Path(args.file).with_suffix(SUFFIX[args.shape])
    try:
        out.write_bytes(data)
    except OSError as wrong:
        raise BadInput(
            {
                "fr": f"« {out} » ne s’écrit pas ({wrong.strerror}).",
                "en": f"“{out}” can’t be written ({wrong.strerror}).",
            }[lang]
        ) from None
    totals = totals_of(invoice)
    if args.json:
        figures = {"net": totals.net, "tax": totals.tax, "gross": totals.gross, "due": totals.due}
        print_json("cordee.invoice-make/1", {"file": str(out), "profile": invoice.profile, "cents": figures})
    else:
        words = {"fr": "TVA comprise, à payer", "en": "with VAT, to pay"}[lang]
        print(f"{out} : {say_cents(totals.gross, lang)} {words} {say_cents(totals.due, lang)}")
    return 0


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
