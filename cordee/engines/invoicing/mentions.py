"""What French law wants written on an invoice, and what may be missing before it can be issued.

Source  CGI annexe II art. 242 nonies A; code de commerce L441-9 and L441-10; décret 2022-1299; XP Z12-012.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from cordee.engines.amounts import say_cents, say_number
from cordee.engines.invoicing.model import RATES, Case, Invoice, Kind, NotInvoiceable, Party, Taxed, Vat
from cordee.engines.invoicing.totals import totals_of

NARROW = "\u202f"
_LATE = "En cas de retard de paiement, pénalités au taux de {penalty}, exigibles sans rappel."
_COSTS = "En cas de retard de paiement, indemnité forfaitaire pour frais de recouvrement de 40 €."
_PRIVATE_LATE = "En cas de retard de paiement, intérêts au taux légal à partir d’une mise en demeure."
_PRIVATE_COSTS = "Client particulier : pas d’indemnité forfaitaire pour frais de recouvrement."
"""What L441-10 asks holds between professionals; a private person owes the legal rate (code civil 1231-6)."""


def notes_of(invoice: Invoice) -> tuple[tuple[str, str], ...]:
    """The mentions of an invoice, each with its code (BT-21), in the order they are printed.

    Holds  PMD, PMT and AAB are there exactly once, as the French rules ask.
    """
    terms = invoice.terms
    penalty = terms.penalty or "trois fois le taux d’intérêt légal"
    private = not invoice.buyer.siren and invoice.buyer.country == "FR"
    notes = [
        ("PMD", _PRIVATE_LATE if private else _LATE.format(penalty=penalty)),
        ("PMT", _PRIVATE_COSTS if private else _COSTS),
        ("AAB", terms.discount or "Pas d’escompte pour paiement anticipé."),
    ]
    if invoice.seller.legal:
        notes.append(("REG", invoice.seller.legal))
    if invoice.buyer.siren and invoice.buyer.country == "FR":
        notes.append(("BAR", "B2B"))
    if private:
        notes.append(("BAR", "B2C"))
    said = list(invoice.mentions)
    if terms.on_debits:
        said.append("Option pour le paiement de la taxe d’après les débits.")
    if invoice.kind in (Kind.SELF_BILLED, Kind.SELF_BILLED_CREDIT):
        said.append("Autofacturation.")
    if invoice.case is Case.CO_CONTRACTOR:
        said.append("Facture d’un cotraitant du groupement, pour sa part du marché.")
    if invoice.case is Case.SUBCONTRACTOR:
        by = f" par {invoice.direct_payer}" if invoice.direct_payer else ""
        said.append(f"Sous-traitant admis au paiement direct{by}.")
    said += [tax.text + "." for tax in totals_of(invoice).taxes if tax.text]
    said += deductions_of(invoice)
    if terms.retention_cents:
        until = f", au plus tard le {terms.retention_until:%d/%m/%Y}" if terms.retention_until else ""
        said.append(
            f"Retenue de garantie : {say_cents(terms.retention_cents)}, payables à sa levée{until} "
            f"(à payer à l’échéance : {say_cents(totals_of(invoice).due - terms.retention_cents)})."
        )
    return (*notes, *(("AAI", one) for one in dict.fromkeys(said)))


def deductions_of(invoice: Invoice) -> list[str]:
    """The down payments that a final invoice deducts, each with its VAT by rate, their sum, and the VAT that is left.

    Holds   what is left at a rate is the VAT of the invoice at this rate, less that of its down payments.
    Source  BOI-TVA-DECLA-30-20-20: the client deducts the VAT of the down payments once, by their own invoices.
    """
    taken = [one for one in invoice.about if one.taxed]
    said = [
        f"Acompte déduit : facture {one.number} du {one.issued:%d/%m/%Y}, {say_cents(one.gross)} TTC{_vat(one.taxed)}."
        for one in taken
    ]
    if not taken:
        return said
    rates = sorted({each.rate for one in taken for each in one.taxed}, reverse=True)
    every = [each for one in taken for each in one.taxed]
    summed = [
        Taxed(rate, *(sum(getattr(each, name) for each in every if each.rate == rate) for name in ("base", "tax")))
        for rate in rates
    ]
    if len(taken) > 1:
        whole = say_cents(sum(one.gross for one in taken))
        said.append(f"Acomptes déduits en tout : {whole} TTC{_vat(summed)}.")
    back = {one.rate: one.tax for one in summed}
    due = {one.rate: one.tax for one in totals_of(invoice).taxes if one.category == "S"}
    left = {rate: due.get(rate, 0) - back.get(rate, 0) for rate in sorted({*due, *back}, reverse=True) if rate}
    if left:
        told = ", ".join(f"{say_cents(cents)} à {_percent(rate)}" for rate, cents in left.items())
        said.append(f"TVA de cette facture, déduction faite de celle des acomptes : {told}.")
    return said


def _vat(taxed: Sequence[Taxed]) -> str:
    told = [f"{say_cents(one.tax)} à {_percent(one.rate)} sur {say_cents(one.base)}" for one in taxed if one.rate]
    return f", dont TVA {', '.join(told)}" if told else ", sans TVA"


def _percent(rate: Fraction) -> str:
    return f"{say_number(rate)}{NARROW}%"


def terms_of(invoice: Invoice) -> str:
    """The payment terms (BT-20), in a sentence."""
    text = f"À payer au plus tard le {invoice.terms.due:%d/%m/%Y}."
    if invoice.terms.retention_cents:
        text += f" Retenue de garantie déduite du premier paiement : {say_cents(invoice.terms.retention_cents)}."
    return text


def check_ready(invoice: Invoice) -> None:
    """Refuse what cannot be issued.

    Errors  NotInvoiceable (a ValueError) with the first thing that is missing.
    """
    if not re.fullmatch(r"[A-Za-z0-9+\-_/]{1,35}", invoice.number):
        raise NotInvoiceable("number", number=invoice.number[:40])
    if not invoice.lines:
        raise NotInvoiceable("lines")
    for who in (invoice.seller, invoice.buyer):
        _check_party(who, private=who is invoice.buyer and not who.siren)
    bears_vat = any(line.vat in (Vat.DUE, Vat.REVERSE) for line in invoice.lines)
    if bears_vat and not invoice.seller.vat:
        raise NotInvoiceable("vat", who=invoice.seller.name)
    for line in invoice.lines:
        if line.vat is Vat.DUE and line.rate not in RATES:
            raise NotInvoiceable("rate", rate=line.rate)
    if invoice.terms.due < invoice.issued and invoice.kind is not Kind.DOWN_PAYMENT and invoice.case is not Case.PAID:
        raise NotInvoiceable("due")
    needs = invoice.kind in (Kind.CREDIT, Kind.SELF_BILLED_CREDIT) or invoice.case is Case.AFTER_DOWN_PAYMENT
    if needs and not invoice.about:
        raise NotInvoiceable("reference")
    figures, deducted = totals_of(invoice), sum(one.gross for one in invoice.about)
    if figures.gross < 0:
        raise NotInvoiceable("negative")
    if deducted > invoice.prepaid_cents:
        raise NotInvoiceable("deducted", deducted=say_cents(deducted), prepaid=say_cents(invoice.prepaid_cents))
    if invoice.prepaid_cents > figures.gross:
        raise NotInvoiceable("prepaid", prepaid=say_cents(invoice.prepaid_cents), gross=say_cents(figures.gross))


def _check_party(who: Party, *, private: bool) -> None:
    private = private and who.country == "FR"
    if who.country == "FR" and not private and not re.fullmatch(r"\d{9}", who.siren):
        raise NotInvoiceable("siren", who=who.name)
    if private and "@" not in who.endpoint:
        raise NotInvoiceable("email", who=who.name)
    if not (who.postcode and who.city):
        raise NotInvoiceable("address", who=who.name)
