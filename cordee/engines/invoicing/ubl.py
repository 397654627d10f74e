"""Write an invoice in UBL 2.1 (Invoice, or CreditNote), with the same content as in CII."""

from datetime import date
from fractions import Fraction

from lxml import etree
from lxml.etree import SubElement as Sub
from lxml.etree import _Element as Element

from cordee.engines.invoicing.cii import GUIDELINES, cents_text, decimal_text, letters
from cordee.engines.invoicing.mentions import check_ready, notes_of, terms_of
from cordee.engines.invoicing.model import EXEMPTIONS, Invoice, Kind, Line, Party, Vat
from cordee.engines.invoicing.reading import UBL_CREDIT, UBL_INVOICE
from cordee.engines.invoicing.totals import Totals, totals_of

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CREDITS = (Kind.CREDIT, Kind.SELF_BILLED_CREDIT)
ON_ISSUE, ON_PAYMENT = "3", "432"
"""When VAT becomes due (BT-8), in the codes of UBL."""


def write_ubl(invoice: Invoice) -> bytes:
    """The XML of an invoice, or of a credit note, in UBL.

    Holds   what it writes passes the schema, the rules of EN 16931 and the French rules.
    Errors  NotInvoiceable (a ValueError) when something that the law wants is missing.
    """
    check_ready(invoice)
    figures = totals_of(invoice)
    credit = invoice.kind in CREDITS
    name, space = ("CreditNote", UBL_CREDIT) if credit else ("Invoice", UBL_INVOICE)
    root = etree.Element(f"{{{space}}}{name}", nsmap={None: space, "cac": CAC, "cbc": CBC})  # type: ignore[dict-item]
    _text(root, "CustomizationID", GUIDELINES[invoice.profile])
    _text(root, "ProfileID", f"{invoice.nature}{invoice.case}")
    _text(root, "ID", invoice.number)
    _text(root, "IssueDate", invoice.issued.isoformat())
    if not credit:
        _text(root, "DueDate", invoice.terms.due.isoformat())
    _text(root, f"{name}TypeCode", invoice.kind)
    for code, said in notes_of(invoice):
        _text(root, "Note", f"#{code}#{said}")
    _text(root, "DocumentCurrencyCode", "EUR")
    if any(one.category == "S" for one in figures.taxes):
        _text(_at(root, "InvoicePeriod"), "DescriptionCode", ON_ISSUE if invoice.terms.on_debits else ON_PAYMENT)
    if invoice.order:
        _text(_at(root, "OrderReference"), "ID", invoice.order)
    for reference in invoice.about:
        earlier = _at(_at(root, "BillingReference"), "InvoiceDocumentReference")
        _text(earlier, "ID", reference.number)
        _text(earlier, "IssueDate", reference.issued.isoformat())
    if invoice.contract:
        _text(_at(root, "ContractDocumentReference"), "ID", invoice.contract)
    outside = any(line.vat is Vat.OUTSIDE for line in invoice.lines)
    _party(_at(_at(root, "AccountingSupplierParty"), "Party"), invoice.seller, with_vat=not outside, seller=True)
    _party(_at(_at(root, "AccountingCustomerParty"), "Party"), invoice.buyer, with_vat=not outside)
    if invoice.payee:
        payee = _at(root, "PayeeParty")
        _text(_at(payee, "PartyName"), "Name", invoice.payee.name)
        if invoice.payee.siren:
            _text(_at(payee, "PartyLegalEntity"), "CompanyID", invoice.payee.siren).set("schemeID", "0002")
    _delivery(root, invoice)
    _means(root, invoice, due=invoice.terms.due if credit else None)
    _text(_at(root, "PaymentTerms"), "Note", terms_of(invoice))
    _totals(root, figures, invoice.prepaid_cents)
    for number, (line, net) in enumerate(zip(invoice.lines, figures.lines, strict=True), start=1):
        _line(root, number, line, net, credit=credit, says_why=invoice.profile == "EXTENDED-CTC-FR")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _party(node: Element, who: Party, *, with_vat: bool, seller: bool = False) -> None:
    address = who.endpoint or who.siren
    if address:
        _text(node, "EndpointID", address).set("schemeID", who.scheme)
    if who.siret:
        _text(_at(node, "PartyIdentification"), "ID", who.siret).set("schemeID", "0009")
    _address(_at(node, "PostalAddress"), who)
    if who.vat and with_vat:
        _scheme(node, who.vat, "VAT")
    elif seller and with_vat:
        _scheme(node, who.siren, "LOC")  # it has no VAT number
    legal = _at(node, "PartyLegalEntity")
    _text(legal, "RegistrationName", who.name)
    if who.siren:
        _text(legal, "CompanyID", who.siren).set("schemeID", "0002")


def _scheme(node: Element, number: str, scheme: str) -> None:
    taxed = _at(node, "PartyTaxScheme")
    _text(taxed, "CompanyID", number)
    _text(_at(taxed, "TaxScheme"), "ID", scheme)


def _address(node: Element, who: Party) -> None:
    if who.street:
        _text(node, "StreetName", who.street)
    _text(node, "CityName", who.city)
    _text(node, "PostalZone", who.postcode)
    _text(_at(node, "Country"), "IdentificationCode", who.country)


def _delivery(root: Element, invoice: Invoice) -> None:
    delivery = _at(root, "Delivery")
    _text(delivery, "ActualDeliveryDate", (invoice.delivered or invoice.issued).isoformat())
    if invoice.deliver_to:
        _address(_at(_at(delivery, "DeliveryLocation"), "Address"), invoice.deliver_to)
        _text(_at(_at(delivery, "DeliveryParty"), "PartyName"), "Name", invoice.deliver_to.name)


def _means(root: Element, invoice: Invoice, *, due: date | None) -> None:
    """How it is paid; a credit note has its due date here, and nowhere else."""
    if not invoice.terms.iban and due is None:
        return
    means = _at(root, "PaymentMeans")
    _text(means, "PaymentMeansCode", "58" if invoice.terms.iban else "1")
    if due is not None:
        _text(means, "PaymentDueDate", due.isoformat())
    _text(means, "PaymentID", invoice.number)
    if invoice.terms.iban:
        account = _at(means, "PayeeFinancialAccount")
        _text(account, "ID", invoice.terms.iban.replace(" ", ""))
        if invoice.terms.bic:
            _text(_at(account, "FinancialInstitutionBranch"), "ID", invoice.terms.bic)


def _totals(root: Element, figures: Totals, prepaid: int) -> None:
    total = _at(root, "TaxTotal")
    _amount(total, "TaxAmount", figures.tax)
    for one in figures.taxes:
        part = _at(total, "TaxSubtotal")
        _amount(part, "TaxableAmount", one.base)
        _amount(part, "TaxAmount", one.tax)
        _category(_at(part, "TaxCategory"), one.category, one.rate, one.code, one.text)
    summed = _at(root, "LegalMonetaryTotal")
    _amount(summed, "LineExtensionAmount", figures.net)
    _amount(summed, "TaxExclusiveAmount", figures.net)
    _amount(summed, "TaxInclusiveAmount", figures.gross)
    if prepaid:
        _amount(summed, "PrepaidAmount", prepaid)
    _amount(summed, "PayableAmount", figures.due)


def _line(root: Element, number: int, line: Line, net: int, *, credit: bool, says_why: bool) -> None:
    item = _at(root, "CreditNoteLine" if credit else "InvoiceLine")
    _text(item, "ID", str(number))
    counted = _text(item, "CreditedQuantity" if credit else "InvoicedQuantity", decimal_text(line.quantity))
    counted.set("unitCode", line.unit)
    _amount(item, "LineExtensionAmount", net)
    what = _at(item, "Item")
    if line.detail:
        _text(what, "Description", line.detail)
    _text(what, "Name", line.label)
    category, code, why = ("S", "", "") if line.vat is Vat.DUE else EXEMPTIONS[line.vat]
    rate = line.rate if line.vat is Vat.DUE else Fraction(0)
    reasons = (code, why) if says_why else ("", "")
    _category(_at(what, "ClassifiedTaxCategory"), category, rate, *reasons)
    _text(_at(item, "Price"), "PriceAmount", decimal_text(line.price)).set("currencyID", "EUR")


def _category(node: Element, category: str, rate: Fraction, code: str, why: str) -> None:
    _text(node, "ID", category)
    if category != "O":
        _text(node, "Percent", decimal_text(rate))
    if code:
        _text(node, "TaxExemptionReasonCode", code)
    if why:
        _text(node, "TaxExemptionReason", why)
    _text(_at(node, "TaxScheme"), "ID", "VAT")


def _at(parent: Element, name: str) -> Element:
    return Sub(parent, f"{{{CAC}}}{name}")


def _text(parent: Element, name: str, value: str) -> Element:
    made = Sub(parent, f"{{{CBC}}}{name}")
    made.text = letters(value)
    return made


def _amount(parent: Element, name: str, cents: int) -> None:
    _text(parent, name, cents_text(cents)).set("currencyID", "EUR")
