"""Write an invoice in CII (D22B), for the profiles EN 16931 and EXTENDED-CTC-FR: the XML inside a Factur-X."""

from datetime import date
from fractions import Fraction

from lxml import etree
from lxml.etree import SubElement as Sub
from lxml.etree import _Element as Element

from cordee.engines.invoicing.mentions import check_ready, notes_of, terms_of
from cordee.engines.invoicing.model import EXEMPTIONS, Invoice, Line, Party, Vat
from cordee.engines.invoicing.reading import CII
from cordee.engines.invoicing.totals import Totals, totals_of

RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
GUIDELINES = {
    "EN 16931": "urn:cen.eu:en16931:2017",
    "EXTENDED-CTC-FR": "urn:cen.eu:en16931:2017#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr",
}


def write_cii(invoice: Invoice) -> bytes:
    """The XML of an invoice.

    Holds   what it writes passes the schema, the rules of EN 16931 and the French rules.
    Errors  NotInvoiceable (a ValueError) when something that the law wants is missing.
    """
    check_ready(invoice)
    figures = totals_of(invoice)
    root = etree.Element(f"{{{CII}}}CrossIndustryInvoice", nsmap={"rsm": CII, "ram": RAM, "udt": UDT, "qdt": QDT})
    context = Sub(root, f"{{{CII}}}ExchangedDocumentContext")
    _text(_at(context, "BusinessProcessSpecifiedDocumentContextParameter"), "ID", f"{invoice.nature}{invoice.case}")
    _text(_at(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", GUIDELINES[invoice.profile])
    document = Sub(root, f"{{{CII}}}ExchangedDocument")
    _text(document, "ID", invoice.number)
    _text(document, "TypeCode", invoice.kind)
    _day(_at(document, "IssueDateTime"), invoice.issued)
    for code, said in notes_of(invoice):
        note = _at(document, "IncludedNote")
        _text(note, "Content", said)
        _text(note, "SubjectCode", code)
    trade = Sub(root, f"{{{CII}}}SupplyChainTradeTransaction")
    for number, (line, net) in enumerate(zip(invoice.lines, figures.lines, strict=True), start=1):
        _line(trade, number, line, net, says_why=invoice.profile == "EXTENDED-CTC-FR")
    _agreement(trade, invoice)
    delivery = _at(trade, "ApplicableHeaderTradeDelivery")
    if invoice.deliver_to:
        to = _at(delivery, "ShipToTradeParty")
        _text(to, "Name", invoice.deliver_to.name)
        _address(to, invoice.deliver_to)
    supplied = invoice.delivered or invoice.issued  # the law wants the day of supply where it is another one
    _day(_at(_at(delivery, "ActualDeliverySupplyChainEvent"), "OccurrenceDateTime"), supplied)
    _settlement(trade, invoice, figures)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _line(trade: Element, number: int, line: Line, net: int, *, says_why: bool) -> None:
    item = _at(trade, "IncludedSupplyChainTradeLineItem")
    _text(_at(item, "AssociatedDocumentLineDocument"), "LineID", str(number))
    product = _at(item, "SpecifiedTradeProduct")
    _text(product, "Name", line.label)
    if line.detail:
        _text(product, "Description", line.detail)
    _text(
        _at(_at(item, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice"),
        "ChargeAmount",
        decimal_text(line.price),
    )
    quantity = _text(_at(item, "SpecifiedLineTradeDelivery"), "BilledQuantity", decimal_text(line.quantity))
    quantity.set("unitCode", line.unit)
    settled = _at(item, "SpecifiedLineTradeSettlement")
    tax = _at(settled, "ApplicableTradeTax")
    _text(tax, "TypeCode", "VAT")
    category, code, why = ("S", "", "") if line.vat is Vat.DUE else EXEMPTIONS[line.vat]
    if why and says_why:
        _text(tax, "ExemptionReason", why)
    _text(tax, "CategoryCode", category)
    if code and says_why:
        _text(tax, "ExemptionReasonCode", code)
    if category != "O":
        _text(tax, "RateApplicablePercent", decimal_text(line.rate if line.vat is Vat.DUE else Fraction(0)))
    _text(_at(settled, "SpecifiedTradeSettlementLineMonetarySummation"), "LineTotalAmount", cents_text(net))


def _agreement(trade: Element, invoice: Invoice) -> None:
    agreed = _at(trade, "ApplicableHeaderTradeAgreement")
    outside = any(line.vat is Vat.OUTSIDE for line in invoice.lines)
    _party(_at(agreed, "SellerTradeParty"), invoice.seller, with_vat=not outside, seller=True)
    _party(_at(agreed, "BuyerTradeParty"), invoice.buyer, with_vat=not outside)
    for name, value in (
        ("BuyerOrderReferencedDocument", invoice.order),
        ("ContractReferencedDocument", invoice.contract),
    ):
        if value:
            _text(_at(agreed, name), "IssuerAssignedID", value)


def _party(node: Element, who: Party, *, with_vat: bool, seller: bool = False) -> None:
    if who.siret:
        _text(node, "GlobalID", who.siret).set("schemeID", "0009")
    _text(node, "Name", who.name)
    if who.siren:
        _text(_at(node, "SpecifiedLegalOrganization"), "ID", who.siren).set("schemeID", "0002")
    _address(node, who)
    address = who.endpoint or who.siren
    if address:
        _text(_at(node, "URIUniversalCommunication"), "URIID", address).set("schemeID", who.scheme)
    if who.vat and with_vat:
        _text(_at(node, "SpecifiedTaxRegistration"), "ID", who.vat).set("schemeID", "VA")
    elif seller and with_vat:
        _text(_at(node, "SpecifiedTaxRegistration"), "ID", who.siren).set("schemeID", "FC")  # it has no VAT number


def _address(node: Element, who: Party) -> None:
    address = _at(node, "PostalTradeAddress")
    _text(address, "PostcodeCode", who.postcode)
    if who.street:
        _text(address, "LineOne", who.street)
    _text(address, "CityName", who.city)
    _text(address, "CountryID", who.country)


def _settlement(trade: Element, invoice: Invoice, figures: Totals) -> None:
    settled = _at(trade, "ApplicableHeaderTradeSettlement")
    _text(settled, "PaymentReference", invoice.number)
    _text(settled, "InvoiceCurrencyCode", "EUR")
    if invoice.payee:
        payee = _at(settled, "PayeeTradeParty")
        _text(payee, "Name", invoice.payee.name)
        if invoice.payee.siren:
            _text(_at(payee, "SpecifiedLegalOrganization"), "ID", invoice.payee.siren).set("schemeID", "0002")
    if invoice.terms.iban:
        means = _at(settled, "SpecifiedTradeSettlementPaymentMeans")
        _text(means, "TypeCode", "58")
        _text(_at(means, "PayeePartyCreditorFinancialAccount"), "IBANID", invoice.terms.iban.replace(" ", ""))
        if invoice.terms.bic:
            _text(_at(means, "PayeeSpecifiedCreditorFinancialInstitution"), "BICID", invoice.terms.bic)
    for one in figures.taxes:
        tax = _at(settled, "ApplicableTradeTax")
        _text(tax, "CalculatedAmount", cents_text(one.tax))
        _text(tax, "TypeCode", "VAT")
        if one.text:
            _text(tax, "ExemptionReason", one.text)
        _text(tax, "BasisAmount", cents_text(one.base))
        _text(tax, "CategoryCode", one.category)
        if one.code:
            _text(tax, "ExemptionReasonCode", one.code)
        if one.category == "S":
            _text(tax, "DueDateTypeCode", "5" if invoice.terms.on_debits else "72")
        if one.category != "O":
            _text(tax, "RateApplicablePercent", decimal_text(one.rate))
    terms = _at(settled, "SpecifiedTradePaymentTerms")
    _text(terms, "Description", terms_of(invoice))
    _day(_at(terms, "DueDateDateTime"), invoice.terms.due)
    summed = _at(settled, "SpecifiedTradeSettlementHeaderMonetarySummation")
    _text(summed, "LineTotalAmount", cents_text(figures.net))
    _text(summed, "TaxBasisTotalAmount", cents_text(figures.net))
    _text(summed, "TaxTotalAmount", cents_text(figures.tax)).set("currencyID", "EUR")
    _text(summed, "GrandTotalAmount", cents_text(figures.gross))
    if invoice.prepaid_cents:
        _text(summed, "TotalPrepaidAmount", cents_text(invoice.prepaid_cents))
    _text(summed, "DuePayableAmount", cents_text(figures.due))
    for reference in invoice.about:
        earlier = _at(settled, "InvoiceReferencedDocument")
        _text(earlier, "IssuerAssignedID", reference.number)
        _day(_at(earlier, "FormattedIssueDateTime"), reference.issued, QDT)


def _at(parent: Element, name: str) -> Element:
    return Sub(parent, f"{{{RAM}}}{name}")


def _text(parent: Element, name: str, value: str) -> Element:
    made = _at(parent, name)
    made.text = letters(value)
    return made


def _day(parent: Element, day: date, namespace: str = UDT) -> None:
    made = Sub(parent, f"{{{namespace}}}DateTimeString")
    made.set("format", "102")
    made.text = f"{day:%Y%m%d}"


def letters(value: str) -> str:
    """A text as XML may carry it."""
    return "".join(letter for letter in str(value) if letter >= " " or letter in "\n\t").strip()


def cents_text(cents: int) -> str:
    """Cents as XML writes euros."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def decimal_text(value: Fraction) -> str:
    """At most four decimals, two at least."""
    scaled = round(abs(value) * 10000)
    whole, rest = divmod(scaled, 10000)
    decimals = f"{rest:04d}".rstrip("0").ljust(2, "0")
    return ("-" if value < 0 else "") + f"{whole}.{decimals}"
