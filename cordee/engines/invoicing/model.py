"""What one of our invoices is made of. Amounts in whole cents, rates and quantities as exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cordee.engines.sentences import Fact, Lang, Reason, Table, reason, say

WORDS: Table = {
    "lines": ("La facture n’a aucune ligne.", "The invoice has no line."),
    "siren": ("{who} : il manque un SIREN de neuf chiffres.", "{who}: a SIREN of nine figures is missing."),
    "address": (
        "{who} : il manque l’adresse (code postal et ville).",
        "{who}: the address (postcode and town) is missing.",
    ),
    "email": (
        "{who} : sans SIREN, c’est un particulier ; il manque son adresse e-mail.",
        "{who}: without a SIREN, this is a private person; the e-mail address is missing.",
    ),
    "vat": ("{who} : il manque le numéro de TVA.", "{who}: the VAT number is missing."),
    "number": (
        "« {number} » n’est pas un numéro de facture : 35 lettres, chiffres, ou + - _ / au plus.",
        "“{number}” is no invoice number: 35 letters, figures, or + - _ / at most.",
    ),
    "rate": ("{rate} % n’est pas un taux de TVA français.", "{rate}% is no French VAT rate."),
    "due": ("L’échéance vient avant la date de la facture.", "The due date comes before the date of the invoice."),
    "reference": (
        "Un avoir ou une facture finale nomme la facture dont il s’agit.",
        "A credit note or a final invoice names the invoice it is about.",
    ),
    "deducted": (
        "Les acomptes déduits font {deducted} ; le montant déjà payé, {prepaid}, les contient tous.",
        "The down payments deducted come to {deducted}; what is paid already, {prepaid}, holds them all.",
    ),
    "prepaid": (
        "Ce qui est déjà payé, {prepaid}, dépasse le total de la facture, {gross}.",
        "What is paid already, {prepaid}, is more than the total of the invoice, {gross}.",
    ),
    "negative": (
        "Le total d’une facture n’est pas négatif : faites un avoir.",
        "An invoice’s total is not negative: make a credit note.",
    ),
    "shape": ("{where} : {what}.", "{where}: {what}."),
}


class NotInvoiceable(ValueError):
    """What an invoice lacks to be one; `say` tells it in one sentence."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.reason: Reason = reason(code, **facts)

    def say(self, lang: Lang = "fr") -> str:
        return say(self.reason, WORDS, lang)


class Kind(StrEnum):
    """The type of the document (BT-3)."""

    INVOICE = "380"
    CREDIT = "381"
    DOWN_PAYMENT = "386"
    SELF_BILLED = "389"
    SELF_BILLED_CREDIT = "261"


class Case(StrEnum):
    """The French billing case (BT-23), without its letter for goods (B), services (S) or both (M)."""

    PLAIN = "1"
    PAID = "2"
    AFTER_DOWN_PAYMENT = "4"
    SUBCONTRACTOR = "5"
    CO_CONTRACTOR = "6"


class Vat(StrEnum):
    """Why VAT is due or not, with its category (BT-151)."""

    DUE = "S"
    FRANCHISE = "franchise"
    REVERSE = "reverse"
    DISBURSEMENT = "disbursement"
    EXEMPT_SHARING = "sharing"
    OUTSIDE = "outside"


EXEMPTIONS = {
    Vat.FRANCHISE: ("E", "VATEX-FR-FRANCHISE", "TVA non applicable, article 293 B du CGI"),
    Vat.REVERSE: ("AE", "VATEX-EU-AE", "Autoliquidation, article 283-2 nonies du CGI"),
    Vat.DISBURSEMENT: ("E", "VATEX-EU-79-C", "Débours, article 267 II 2° du CGI"),
    Vat.EXEMPT_SHARING: ("E", "VATEX-FR-CGI261B", "Exonération, article 261 B du CGI"),
    Vat.OUTSIDE: ("O", "VATEX-EU-O", "Hors champ de la TVA"),
}
"""Category, code (BT-121) and text (BT-120) of what bears no VAT."""

RATES = tuple(Fraction(rate) for rate in ("20", "10", "5.5", "2.1", "8.5", "1.75", "1.05", "13", "0.9"))
"""The French rates, mainland, overseas and Corsica."""


@dataclass(frozen=True, slots=True)
class Party:
    """A company on an invoice. `legal` is its form, capital and registration, as French law wants them printed."""

    name: str
    siren: str = ""
    vat: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"
    siret: str = ""
    legal: str = ""
    endpoint: str = ""  # its electronic address in the French directory, else an e-mail; the SIREN when empty

    @property
    def scheme(self) -> str:
        """Of what kind its electronic address is: an e-mail (EM), or that of the French directory (0225)."""
        return "EM" if "@" in self.endpoint else "0225"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what, how much, at what price before tax, with which VAT."""

    label: str
    quantity: Fraction
    price: Fraction  # euros for one unit, at most four decimals
    unit: str = "C62"
    vat: Vat = Vat.DUE
    rate: Fraction = Fraction(20)
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Taxed:
    """What a down payment brought at one rate, in cents; rate 0 bears no VAT."""

    rate: Fraction
    base: int
    tax: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An invoice that another one is about; with its figures, it is a down payment that a final invoice deducts."""

    number: str
    issued: date
    taxed: tuple[Taxed, ...] = ()

    @property
    def gross(self) -> int:
        """What is deducted for it, with tax."""
        return sum(one.base + one.tax for one in self.taxed)


@dataclass(frozen=True, slots=True)
class Terms:
    """How an invoice is paid."""

    due: date
    iban: str = ""
    bic: str = ""
    penalty: str = ""  # the rate in words; three times the legal rate when empty
    discount: str = ""  # for paying early; none when empty
    retention_cents: int = 0  # kept back by the client until the works are accepted for good
    retention_until: date | None = None
    on_debits: bool = False  # VAT due on the invoice's date, by option


@dataclass(frozen=True, slots=True)
class Invoice:
    """One of our invoices, before it is written."""

    number: str
    issued: date
    seller: Party
    buyer: Party
    lines: Sequence[Line]
    terms: Terms
    kind: Kind = Kind.INVOICE
    case: Case = Case.PLAIN
    nature: str = "S"  # B goods, S services, M both
    delivered: date | None = None
    deliver_to: Party | None = None
    direct_payer: str = ""  # who pays a subcontractor directly
    about: tuple[Reference, ...] = ()
    prepaid_cents: int = 0
    order: str = ""
    contract: str = ""
    mentions: tuple[str, ...] = ()
    profile: str = "EN 16931"
    payee: Party | None = None
    extra: dict[str, str] = field(default_factory=dict)
