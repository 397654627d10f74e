"""A joint contract as the lead sums it up for the client: what each company invoiced, what is deducted, what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from cordee.engines.amounts import say_number
from cordee.engines.invoicing.totals import Tax
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import seat_of
from cordee.money.models import Invoice, InvoiceLine
from cordee.money.reads.invoices import leads_invoices
from cordee.money.reads.sites import Contract, contract_of, shares_of_site, site_account
from cordee.money.reads.works import totals_of_lines


@dataclass(frozen=True, slots=True)
class JointLine:
    """One invoice or credit note of the contract. Units: cents; a credit note takes away."""

    invoice: Invoice
    net: int
    tax: int
    gross: int
    retention: int
    prepaid: int

    @property
    def due(self) -> int:
        """What the client pays on it."""
        return self.gross - self.retention - self.prepaid


@dataclass(frozen=True, slots=True)
class Deduction:
    """What the client does not pay to this company, and why. Units: cents."""

    company: str
    why: str
    cents: int


@dataclass(frozen=True, slots=True)
class JointMember:
    """One company in the contract; `direct` is what the client pays straight to its subcontractors in the grouping."""

    seat: Seat
    lines: tuple[JointLine, ...]
    direct: tuple[JointLine, ...]

    @property
    def net(self) -> int:
        return sum(one.net for one in self.lines)

    @property
    def tax(self) -> int:
        return sum(one.tax for one in self.lines)

    @property
    def gross(self) -> int:
        return sum(one.gross for one in self.lines)

    @property
    def asked(self) -> int:
        """What its invoices ask for, before what the client pays straight to others."""
        return sum(one.due for one in self.lines)

    @property
    def deductions(self) -> tuple[Deduction, ...]:
        """Each reason for paying less than the invoices, to this company."""
        company = str(self.seat)
        found = [
            Deduction(company, _("Retenue de garantie"), sum(one.retention for one in self.lines)),
            Deduction(company, _("Acomptes déjà payés"), sum(one.prepaid for one in self.lines)),
        ]
        paid: dict[str, int] = {}
        for one in self.direct:
            paid[str(one.invoice.seat)] = paid.get(str(one.invoice.seat), 0) + one.due
        found += [
            Deduction(company, _("Payé directement à %(company)s") % {"company": name}, cents)
            for name, cents in paid.items()
        ]
        return tuple(one for one in found if one.cents)

    @property
    def deducted(self) -> int:
        return sum(one.cents for one in self.deductions)

    @property
    def due(self) -> int:
        return self.gross - self.deducted


@dataclass(frozen=True, slots=True)
class JointContract:
    """The contract: its companies, VAT rate by rate, what the client owes in all. Units: cents.

    Holds  the bases add up to `net`, their VAT to `tax`; `due` is what is due to each, the direct payments among them.
    """

    seat: Seat
    first: Invoice
    members: tuple[JointMember, ...]
    taxes: tuple[Tax, ...]
    shared: tuple[tuple[str, int], ...]  # each one's part of the « compte prorata », between companies only
    handed: int  # invoices that went to a company's own software: their numbers are not known here

    @property
    def net(self) -> int:
        return sum(one.net for one in self.members)

    @property
    def tax(self) -> int:
        return sum(one.tax for one in self.members)

    @property
    def gross(self) -> int:
        return sum(one.gross for one in self.members)

    @property
    def deductions(self) -> tuple[Deduction, ...]:
        return tuple(each for one in self.members for each in one.deductions)

    @property
    def direct(self) -> tuple[JointLine, ...]:
        """What the client pays straight to a subcontractor."""
        return tuple(each for one in self.members for each in one.direct)

    @property
    def due(self) -> int:
        return sum(one.due for one in self.members) + sum(one.due for one in self.direct)

    @property
    def rates(self) -> list[tuple[str, int, int]]:
        """Each rate, or why there is none: its base, its VAT."""
        return [(one.text or f"{say_number(one.rate, language())}\u202f%", one.base, one.tax) for one in self.taxes]


def joint_contracts(seat: Seat) -> list[list[Invoice]]:
    """The issued invoices of each contract with a client, for the lead only; the latest contract first."""
    if not leads_invoices(seat):
        return []
    inside = _sirens(seat)
    found: dict[Contract, list[Invoice]] = {}
    for one in _sent(seat).filter(state=Invoice.State.ISSUED):
        if one.buyer.get("siren") not in inside:
            found.setdefault(contract_of(one), []).append(one)
    return [_counted(rows) for rows in found.values()][::-1]


def _counted(rows: list[Invoice]) -> list[Invoice]:
    """Without the down payments that a later invoice takes up whole: they would count twice."""
    taken = {one.about_id for one in rows if one.prepaid_cents and not one.is_credit}
    downs = [one for one in rows if one.kind == Invoice.Kind.DOWN_PAYMENT]
    taken |= {one.pk for one in downs if getattr(one, "taken", False)}
    return [one for one in rows if not (one.kind == Invoice.Kind.DOWN_PAYMENT and one.pk in taken)]


def joint_contract(person: Person, grouping: str, invoice: str, *, voice: str = "") -> JointContract:
    """The contract that this invoice belongs to, summed up; for the lead only."""
    seat = seat_of(person, grouping, voice=voice)
    asked = [rows for rows in joint_contracts(seat) if invoice in {one.public_id for one in rows}]
    if not asked:
        raise NotYours
    rows, contract = asked[0], contract_of(asked[0][0])
    others = [one for one in _sent(seat) if contract[1] and contract_of(one)[1] == contract[1]]
    paid_direct = [one for one in others if one.state == Invoice.State.ISSUED and _is_direct(one)]
    written: dict[int, list[tuple[int, int, str, int]]] = {}
    lines = InvoiceLine.objects.filter(invoice__in=rows)
    for pk, quantity, price, vat, rate in lines.values_list("invoice", "quantity", "price", "vat", "rate"):
        written.setdefault(pk, []).append((quantity, price, vat, rate))
    by_seat: dict[int, list[Invoice]] = {}
    for one in rows:
        by_seat.setdefault(one.seat_id, []).append(one)
    members = []
    for mine in by_seat.values():
        siren = mine[0].seat.company.siren
        direct = [one for one in paid_direct if siren and one.buyer.get("siren") == siren]
        members.append(JointMember(mine[0].seat, _lines(mine), _lines(direct)))
    handed = [one for one in _sent(seat).filter(state=Invoice.State.HANDED) if contract_of(one) == contract]
    site = site_account(seat, contract)
    shared = tuple(shares_of_site(site)) if site else ()
    return JointContract(seat, rows[0], tuple(members), _taxes(rows, written), shared, len(handed))


def _sent(seat: Seat) -> QuerySet[Invoice]:
    rows = Invoice.objects.filter(grouping=seat.grouping_id).exclude(state=Invoice.State.DRAFT)
    finals = Invoice.deducts.through.objects.filter(to_invoice=OuterRef("pk")).exclude(from_invoice__state="draft")
    return rows.annotate(taken=Exists(finals)).select_related("seat__company", "works").order_by("issued_on", "id")


def _sirens(seat: Seat) -> set[str]:
    """Of the members: what they invoice each other is not the contract with the client."""
    known = Seat.objects.filter(grouping=seat.grouping_id).values_list("company__siren", flat=True)
    return {siren for siren in known if siren}


def _is_direct(invoice: Invoice) -> bool:
    return invoice.case == Invoice.Case.SUBCONTRACTOR and bool(invoice.direct_payer)


def _lines(rows: Sequence[Invoice]) -> tuple[JointLine, ...]:
    """Each with its sign; nothing is held back on what a credit note took away."""
    back: dict[int, int] = {}
    for one in rows:
        if one.is_credit and one.about_id:
            back[one.about_id] = back.get(one.about_id, 0) + one.gross_cents
    found = []
    for one in rows:
        if one.is_credit:
            found.append(JointLine(one, -one.net_cents, -one.tax_cents, -one.gross_cents, 0, 0))
            continue
        left = one.gross_cents - back.get(one.pk, 0)
        prepaid = min(one.prepaid_cents, left)
        retention = min(one.retention_cents, left - prepaid)
        found.append(JointLine(one, one.net_cents, one.tax_cents, one.gross_cents, retention, prepaid))
    return tuple(found)


def _taxes(rows: Iterable[Invoice], written: dict[int, list[tuple[int, int, str, int]]]) -> tuple[Tax, ...]:
    """VAT rate by rate, as each invoice rounded it: the sums are those that were invoiced."""
    found: dict[tuple[str, Fraction, str], list[int]] = {}
    texts: dict[tuple[str, Fraction, str], str] = {}
    for one in rows:
        sign = -1 if one.is_credit else 1
        for tax in totals_of_lines(written.get(one.pk, [])).taxes:
            key = (tax.category, tax.rate, tax.code)
            texts[key] = tax.text
            sums = found.setdefault(key, [0, 0])
            sums[0] += sign * tax.base
            sums[1] += sign * tax.tax
    order = sorted(found, key=lambda key: (-key[1], key[2]))
    return tuple(Tax(key[0], key[1], found[key][0], found[key][1], key[2], texts[key]) for key in order)
