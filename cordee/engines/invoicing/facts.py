"""What an invoice says of itself: seller, number, day, amounts. For a cost that comes with its invoice."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lxml.etree import _Element as Element

from cordee.engines.invoicing.reading import Paper
from cordee.engines.invoicing.totals import cents_of


@dataclass(frozen=True, slots=True)
class Said:
    """The head of an invoice, as it is written. Units: cents of its currency; empty where it says nothing."""

    seller: str
    siren: str
    buyer: str
    number: str
    issued: date | None
    net: int
    gross: int
    currency: str
    credit: bool


CREDITS = ("381", "261")


def facts_of(paper: Paper) -> Said:
    """Read the head of an invoice; what is missing or unreadable is empty, or zero.

    Holds   for our own invoices, the figures are those that we wrote, in CII and in UBL.
    """
    root = paper.root
    if paper.syntax == "UBL":
        seller, buyer = (f"{{*}}Accounting{who}Party/{{*}}Party" for who in ("Supplier", "Customer"))
        credit = str(root.tag).endswith("CreditNote")
        return Said(
            seller=_first(root, f"{seller}/{{*}}PartyLegalEntity/{{*}}RegistrationName", f"{seller}/{{*}}PartyName/*"),
            siren=_first(root, f"{seller}/{{*}}PartyLegalEntity/{{*}}CompanyID"),
            buyer=_first(root, f"{buyer}/{{*}}PartyLegalEntity/{{*}}RegistrationName", f"{buyer}/{{*}}PartyName/*"),
            number=_first(root, "{*}ID"),
            issued=_day(_first(root, "{*}IssueDate")),
            net=_cents(_first(root, "{*}LegalMonetaryTotal/{*}TaxExclusiveAmount")),
            gross=_cents(_first(root, "{*}LegalMonetaryTotal/{*}TaxInclusiveAmount")),
            currency=_first(root, "{*}DocumentCurrencyCode"),
            credit=credit,
        )
    summed = ".//{*}SpecifiedTradeSettlementHeaderMonetarySummation/{*}"
    old = ".//{*}SpecifiedTradeSettlementMonetarySummation/{*}"
    return Said(
        seller=_first(root, ".//{*}SellerTradeParty/{*}Name"),
        siren=_first(root, ".//{*}SellerTradeParty/{*}SpecifiedLegalOrganization/{*}ID"),
        buyer=_first(root, ".//{*}BuyerTradeParty/{*}Name"),
        number=_first(root, "{*}ExchangedDocument/{*}ID", "{*}HeaderExchangedDocument/{*}ID"),
        issued=_day(_first(root, ".//{*}IssueDateTime/{*}DateTimeString")),
        net=_cents(_first(root, f"{summed}TaxBasisTotalAmount", f"{old}TaxBasisTotalAmount")),
        gross=_cents(_first(root, f"{summed}GrandTotalAmount", f"{old}GrandTotalAmount")),
        currency=_first(root, ".//{*}InvoiceCurrencyCode"),
        credit=_first(root, "{*}ExchangedDocument/{*}TypeCode") in CREDITS,
    )


def _first(root: Element, *paths: str) -> str:
    for path in paths:
        found = (root.findtext(path) or "").strip()
        if found:
            return found[:200]
    return ""


def _day(text: str) -> date | None:
    plain = text.replace("-", "")[:8]
    try:
        return date(int(plain[:4]), int(plain[4:6]), int(plain[6:8]))
    except ValueError:
        return None


def _cents(text: str) -> int:
    try:
        return cents_of(Fraction(text)) if text and len(text) < 20 and "e" not in text.lower() else 0
    except (ValueError, ZeroDivisionError):
        return 0
