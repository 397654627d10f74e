"""What came for an invoice, what is still to come, and what being late costs."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cordee.engines import invoicing
from cordee.engines.amounts import say_number
from cordee.money.models import Invoice, InvoiceLine, InvoicePayment, LegalRate

CREDITS = (Invoice.Kind.CREDIT, Invoice.Kind.SELF_BILLED_CREDIT)
RECOVERY = 40_00
"""The lump sum for recovery costs, due without reminder. Source: code de commerce D441-5."""
LATELY = timedelta(days=60)
"""An older invoice is a matter between the two by now."""
HALF_YEAR = 184
"""A legal rate is set for six months."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the payment of an invoice stands. Units: cents, with tax."""

    whole: int  # what the client owes in all: less what it paid before, and what credit notes took back
    held: int  # of it, the retention, to come when it is lifted
    payments: tuple[InvoicePayment, ...]

    @property
    def received(self) -> int:
        """What came."""
        return sum(one.cents for one in self.payments)

    @property
    def left(self) -> int:
        """What is still to come, the retention too."""
        return max(0, self.whole - self.received)

    @property
    def due(self) -> int:
        """What is still to come by the due date."""
        return max(0, self.whole - self.held - self.received)


def standing_of(invoice: Invoice) -> Standing:
    """Where the payment of an invoice stands; reads its payments and its credit notes."""
    whole = max(0, invoice.gross_cents - invoice.prepaid_cents - credited(invoice, issued=True))
    paid = tuple(one for one in invoice.payments.all() if one.struck_at is None)
    return Standing(whole, min(invoice.retention_cents, whole), paid)


def may_receive(invoice: Invoice, standing: Standing) -> bool:
    """Whether a payment may be noted on an invoice: it is issued, no credit note, and something is left."""
    return invoice.state == Invoice.State.ISSUED and not invoice.is_credit and standing.left > 0


def credited(invoice: Invoice, *, issued: bool = False) -> int:
    """What credit notes took back already, in cents with tax: drafts too, unless `issued`."""
    rows = (one for one in invoice.later.all() if one.kind in CREDITS)
    return sum(one.gross_cents for one in rows if not issued or one.state == Invoice.State.ISSUED)


def net_of_credits(invoice: Invoice) -> tuple[invoicing.Taxed, ...]:
    """What an invoice brought, rate by rate, its issued credit notes taken off."""
    found: dict[Fraction, list[int]] = {}
    back = (one for one in invoice.later.all() if one.kind in CREDITS and one.state == Invoice.State.ISSUED)
    for one in (invoice, *back):
        sign = -1 if one.is_credit else 1
        for tax in invoicing.taxes_of([line_of(row) for row in one.lines.all()]):
            sums = found.setdefault(tax.rate, [0, 0])
            sums[0] += sign * tax.base
            sums[1] += sign * tax.tax
    return tuple(invoicing.Taxed(rate, *found[rate]) for rate in sorted(found, reverse=True) if any(found[rate]))


def line_of(row: InvoiceLine) -> invoicing.Line:
    """A line as the engine reads it."""
    return invoicing.Line(
        row.label,
        Fraction(row.quantity, 1000),
        Fraction(row.price, 10_000),
        vat=invoicing.Vat(row.vat),
        rate=Fraction(row.rate, 100),
        detail=row.detail,
    )


def late_rate(day: date) -> str:
    """The penalty rate in force on a day, in words; "" when it is not known."""
    rate = LegalRate.objects.filter(since__lte=day).last()
    if rate is None or (day - rate.since).days > HALF_YEAR:
        return ""
    return f"{say_number(Fraction(rate.hundredths, 100))}\u202f% par an (trois fois le taux d’intérêt légal)"


def late_invoices(day: date) -> QuerySet[Invoice]:
    """The invoices of everybody whose day has passed, not long ago, with something still to come."""
    back = Invoice.objects.filter(about=OuterRef("pk"), kind__in=CREDITS, state=Invoice.State.ISSUED).order_by()
    taken = Coalesce(Subquery(back.values("about").annotate(all=Sum("gross_cents")).values("all")), 0)
    rows = Invoice.objects.filter(state=Invoice.State.ISSUED, paid_on=None, due__lt=day, due__gte=day - LATELY)
    paid = InvoicePayment.objects.filter(invoice=OuterRef("pk"), struck_at=None).order_by().values("invoice")
    came = Coalesce(Subquery(paid.annotate(all=Sum("cents")).values("all")), 0)
    rows = rows.exclude(kind__in=CREDITS).annotate(less=F("prepaid_cents") + F("retention_cents") + taken + came)
    return rows.filter(gross_cents__gt=F("less"))


@dataclass(frozen=True, slots=True)
class Late:
    """What being late costs on a day: for each sum that was late, rate by rate; then the lump sum for recovery."""

    lots: tuple[tuple[int, tuple[invoicing.Span, ...]], ...]  # cents that were late, and for how long
    penalty: int
    recovery: int
    sure: bool  # whether each rate was published, and none goes on past its half-year

    @property
    def spans(self) -> tuple[invoicing.Span, ...]:
        """The late days of every sum."""
        return tuple(span for _owed, spans in self.lots for span in spans)

    @property
    def total(self) -> int:
        """Penalty and lump sum."""
        return self.penalty + self.recovery


def late_of(invoice: Invoice, day: date) -> Late | None:
    """What being late on this invoice costs on that day; None when it is not late or no rate is known."""
    if invoice.state != Invoice.State.ISSUED or invoice.is_credit:
        return None
    lots = _late_sums(invoice, day)
    rows = list(LegalRate.objects.all())
    rates = [invoicing.Rate(one.since, Fraction(one.hundredths, 100)) for one in rows]
    try:
        told = tuple((owed, invoicing.late_spans(owed, invoice.due, until, rates)) for owed, until in lots)
        penalty = sum(invoicing.late_interest(owed, invoice.due, until, rates) for owed, until in lots)
    except ValueError:
        return None
    if not told:
        return None
    last = max(until for _owed, until in lots)
    used = [one for one in rows if one.since <= last]
    sure = all(one.sure for one in used) and (last - used[-1].since).days <= HALF_YEAR
    return Late(told, penalty, RECOVERY, sure)


def _late_sums(invoice: Invoice, day: date) -> list[tuple[int, date]]:
    """Each sum that came late or has not come, and until when it was owed; the retention is late with nothing."""
    standing = standing_of(invoice)
    room, lots = standing.whole - standing.held, []
    for one in standing.payments:
        taken = min(one.cents, room)
        room -= taken
        lots.append((taken, min(one.on, day)))
    lots.append((room, day))
    return [(cents, until) for cents, until in lots if cents > 0 and until > invoice.due]


def penalty_of(invoice: Invoice, day: date) -> int | None:
    """What being late on this invoice costs on that day, in cents; None when it is not late or no rate is known."""
    late = late_of(invoice, day)
    return late.penalty if late else None
