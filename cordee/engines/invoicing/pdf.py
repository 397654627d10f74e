"""Print an invoice: an archival PDF that one reads, with the XML inside that a machine reads (Factur-X)."""

import json
from datetime import datetime
from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal

import typst
from facturx import generate_from_binary  # type: ignore[import-untyped]

from cordee.engines.amounts import say_cents, say_number
from cordee.engines.invoicing.cii import write_cii
from cordee.engines.invoicing.mentions import notes_of, terms_of
from cordee.engines.invoicing.model import Case, Invoice, Kind, Party
from cordee.engines.invoicing.totals import Tax, totals_of
from cordee.engines.sentences import typeset

STANDARDS: list[Literal["a-3a"]] = ["a-3a"]
LEVELS = {"EN 16931": "en16931", "EXTENDED-CTC-FR": "extended"}
TITLES = {
    Kind.INVOICE: "Facture",
    Kind.CREDIT: "Avoir",
    Kind.DOWN_PAYMENT: "Facture d’acompte",
    Kind.SELF_BILLED: "Facture (autofacturation)",
    Kind.SELF_BILLED_CREDIT: "Avoir (autofacturation)",
}
NATURES = {"B": "livraison de biens", "S": "prestation de services", "M": "biens et services"}
DRAFT = "Projet, sans valeur de facture. À émettre par l’entreprise elle-même, ou par sa plateforme agréée."


def write_facturx(invoice: Invoice, *, at: datetime, draft: bool = False) -> bytes:
    """The invoice as a Factur-X PDF; a draft is marked on each page and carries no XML.

    Shape   at: with its time zone.
    Holds   the XML inside is the one `write_cii` writes; fonts are embedded; no network is read.
    Errors  NotInvoiceable (a ValueError) when something that the law wants is missing.
    """
    xml = write_cii(invoice)
    page = _page(invoice, at, draft)
    if draft:
        return page
    title = f"{TITLES[invoice.kind]} {invoice.number}"
    words = {
        "author": invoice.seller.name,
        "title": title,
        "subject": f"{title}, {invoice.issued:%d/%m/%Y}",
        "keywords": "Factur-X",
    }
    done: bytes = generate_from_binary(
        page,
        xml,
        flavor="factur-x",
        level=LEVELS[invoice.profile],
        check_xsd=False,  # checked by ours, whole
        check_schematron=False,
        pdf_metadata=words,
        lang="fr-FR",
        afrelationship="alternative",
        xmp_compression=False,
    )
    return done


def _page(invoice: Invoice, at: datetime, draft: bool) -> bytes:
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    template = (files(__package__) / "invoice.typ").read_bytes()
    with as_file(files("cordee.engines.assembly") / "fonts") as fonts:
        nowhere = str(fonts / "no-packages")
        compiler = typst.Compiler(
            template,
            root=str(fonts),
            font_paths=_fonts(str(fonts)),
            sys_inputs={"invoice": json.dumps(_data(invoice, draft), ensure_ascii=False)},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        pdf = compiler.compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=int(at.timestamp()))
    if not isinstance(pdf, bytes):
        raise ValueError("the invoice has no page")
    return pdf


@cache
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _data(invoice: Invoice, draft: bool) -> dict[str, Any]:
    figures = totals_of(invoice)
    about = [f"{one.number} du {one.issued:%d/%m/%Y}" for one in invoice.about]
    return {
        "title": TITLES[invoice.kind],
        "number": "" if draft else invoice.number,
        "draft": DRAFT if draft else "",
        "issued": f"{invoice.issued:%d/%m/%Y}",
        "facts": [
            [label, value]
            for label, value in (
                ("Date", f"{invoice.issued:%d/%m/%Y}"),
                ("Échéance", f"{invoice.terms.due:%d/%m/%Y}"),
                ("Livraison ou exécution", f"{invoice.delivered:%d/%m/%Y}" if invoice.delivered else ""),
                ("Bon de commande", invoice.order),
                ("Marché", invoice.contract),
                ("Au sujet de", ", ".join(about)),
                (
                    "Nature",
                    {"B": "livraison de biens", "S": "prestation de services", "M": "biens et services"}[
                        invoice.nature
                    ],
                ),
                ("Au titre de", "cotraitant" if invoice.case is Case.CO_CONTRACTOR else ""),
            )
            if value
        ],
        "seller": _party(invoice.seller),
        "buyer": _party(invoice.buyer),
        "deliver_to": _party(invoice.deliver_to) if invoice.deliver_to else [],
        "lines": [
            {
                "label": line.label,
                "detail": typeset(line.detail),
                "quantity": say_number(line.quantity, places=3),
                "price": _price(line.price),
                "rate": f"{say_number(line.rate)}\u202f%" if line.vat == "S" else "–",
                "net": say_cents(net),
            }
            for line, net in zip(invoice.lines, figures.lines, strict=True)
        ],
        "taxes": [
            [
                f"TVA {say_number(one.rate)}\u202f% sur {say_cents(one.base)}" if one.category == "S" else one.text,
                say_cents(one.tax),
            ]
            for one in figures.taxes
        ],
        "net": say_cents(figures.net),
        "gross": say_cents(figures.gross),
        "prepaid": _prepaid(invoice),
        "due": say_cents(figures.due),
        "terms": typeset(terms_of(invoice)),
        "iban": f"IBAN {invoice.terms.iban}" if invoice.terms.iban else "",
        "notes": [typeset(said) for code, said in notes_of(invoice) if code != "BAR"],
    }


def _prepaid(invoice: Invoice) -> list[list[str]]:
    """What is taken off: each down payment, then whatever else was paid."""
    taken = [one for one in invoice.about if one.taxed]
    rows = [[f"Acompte {one.number} du {one.issued:%d/%m/%Y}", say_cents(-one.gross)] for one in taken]
    other = invoice.prepaid_cents - sum(one.gross for one in taken)
    return [*rows, ["Déjà payé", say_cents(-other)]] if other else rows


def _tax(one: Tax) -> str:
    if one.category != "S":
        return f"{one.text}, sur {say_cents(one.base)}"
    return f"TVA {say_number(one.rate)}\u202f% sur {say_cents(one.base)}"


def _party(who: Party) -> list[str]:
    place = f"{who.postcode} {who.city}".strip() + ("" if who.country == "FR" else f", {who.country}")
    numbers = " · ".join(
        text for text in (f"SIREN {who.siren}" if who.siren else "", f"TVA {who.vat}" if who.vat else "") if text
    )
    return [line for line in (who.name, who.street, place, numbers) if line]


def _price(euros: Fraction) -> str:
    cents = euros * 100
    return say_cents(int(cents)) if cents.denominator == 1 else say_number(euros, places=4) + "\u00a0€"
