"""Invoices as one sees them: one's own, those of the mandate, the lead's consolidated view, the check of any file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cordee.directory.models import Company
from cordee.engines import invoicing
from cordee.engines.amounts import say_number
from cordee.engines.invoicing.pdf import write_facturx
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.register.models import Entry
from cordee.groupings.models import Office, Seat
from cordee.groupings.reads import my_seats, seat_of
from cordee.money.models import BillingIdentity, BillingMandate, BroughtCost, Invoice, InvoiceLine, LegalRate, Works

SHOWN = 100
CREDITS = (Invoice.Kind.CREDIT, Invoice.Kind.SELF_BILLED_CREDIT)


@dataclass(frozen=True, slots=True)
class InvoicesPage:
    """The invoices of a grouping, as far as one seat may see them."""

    seat: Seat
    identity: BillingIdentity | None
    invoices: tuple[Invoice, ...]
    consolidated: tuple[tuple[Seat, int, int], ...]  # for the lead: company, net, gross, of what is issued
    net: int
    gross: int
    given: tuple[BillingMandate, ...]
    held: tuple[BillingMandate, ...]
    others: tuple[Seat, ...]
    works: tuple[Works, ...]
    leads: bool


def identity_of(company: Company) -> BillingIdentity:
    """What a company prints; empty where it has said nothing yet."""
    found = BillingIdentity.objects.filter(company=company).first()
    return found or BillingIdentity(company=company)


def first_identity(seat: Seat) -> dict[str, Any]:
    """What the form of the identity starts from: what was said, else what the directory knows."""
    found = BillingIdentity.objects.filter(company=seat.company).first()
    names = ("vat_number", "legal", "street", "postcode", "city", "iban", "on_debits", "penalty", "issues_here")
    if found is not None:
        return {name: getattr(found, name) for name in names}
    place = seat.company.places.order_by("-is_head", "id").first()
    return {
        "legal": seat.company.legal_form,
        "street": place.street if place else "",
        "postcode": place.postcode if place else "",
        "city": place.city if place else "",
    }


def leads_invoices(seat: Seat) -> bool:
    """The coordinator sees what all have invoiced: it follows the contract towards the client."""
    return Office.objects.filter(seat=seat, role=Office.Role.COORDINATOR, until=None).exists()


def seen_by(seat: Seat) -> QuerySet[Invoice]:
    """One's own, of companies that gave a mandate, issued to oneself; for the coordinator, all that are not drafts."""
    mine = Invoice.objects.filter(grouping=seat.grouping_id)
    given = list(BillingMandate.objects.filter(holder=seat, until=None).values_list("giver", flat=True))
    own = mine.filter(seat__in=[seat.pk, *given])
    if seat.company.siren:
        own |= mine.filter(state=Invoice.State.ISSUED, buyer__siren=seat.company.siren)
    if not leads_invoices(seat):
        return own
    between_two = BroughtCost.objects.filter(invoice__isnull=False).values(
        "invoice"
    )  # the part of one for somebody shared
    return own | mine.exclude(state=Invoice.State.DRAFT).exclude(pk__in=between_two)


def invoices_page(person: Person, grouping: str, *, voice: str = "") -> InvoicesPage:
    """The invoices of one grouping for one seat."""
    seat = seat_of(person, grouping, voice=voice)
    leads = leads_invoices(seat)
    invoices = list(seen_by(seat).select_related("seller", "about", "seat")[:SHOWN])
    sums: dict[int, list[int]] = {}
    seats = list(Seat.objects.filter(grouping=seat.grouping_id).select_related("company"))
    if leads:
        issued = Invoice.objects.filter(grouping=seat.grouping_id, state=Invoice.State.ISSUED)
        for seat_id, kind, net, gross in issued.values_list("seat", "kind", "net_cents", "gross_cents"):
            sign = -1 if kind in CREDITS else 1
            total = sums.setdefault(seat_id, [0, 0])
            total[0] += sign * net
            total[1] += sign * gross
    mandates = BillingMandate.objects.filter(grouping=seat.grouping_id, until=None).select_related(
        "giver__company", "holder__company"
    )
    return InvoicesPage(
        seat=seat,
        identity=BillingIdentity.objects.filter(company=seat.company).first(),
        invoices=tuple(invoices),
        consolidated=tuple((one, *sums[one.pk]) for one in seats if one.pk in sums),  # type: ignore[misc]
        net=sum(total[0] for total in sums.values()),
        gross=sum(total[1] for total in sums.values()),
        given=tuple(one for one in mandates if one.giver_id == seat.pk),
        held=tuple(one for one in mandates if one.holder_id == seat.pk),
        others=tuple(one for one in seats if one.pk != seat.pk and one.state == Seat.State.MEMBER),
        works=tuple(works_of(seat).filter(seat=seat)),
        leads=leads,
    )


def invoice_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Invoice, Seat]:
    """An invoice, through a seat that may see it."""
    found = (
        Invoice.objects.select_related(
            "seller", "seat__grouping", "grouping", "about", "pdf", "mandate__holder__company", "works"
        )
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotYours
    for seat in my_seats(person).filter(grouping=found.grouping_id):
        if (not voice or seat.public_id == voice) and seen_by(seat).filter(pk=found.pk).exists():
            return found, seat
    raise NotYours


def seller_for(seat: Seat, wanted: str) -> Seat:
    """The seat one invoices for: one's own, or the one that gave a mandate; anything else does not exist."""
    if not wanted or wanted == seat.public_id:
        return seat
    mandate = BillingMandate.objects.filter(holder=seat, until=None, giver__public_id=wanted)
    found = mandate.select_related("giver__company", "giver__grouping").first()
    if found is None:
        raise NotYours
    return found.giver


def works_of(seat: Seat) -> QuerySet[Works]:
    """The contracts invoiced by progress claims that a seat may open: its own, those it holds a mandate for."""
    given = list(BillingMandate.objects.filter(holder=seat, until=None).values_list("giver", flat=True))
    rows = Works.objects.filter(grouping=seat.grouping_id, seat__in=[seat.pk, *given])
    return rows.select_related("seat__company", "grouping")


def down_payments(seller: Seat) -> list[Invoice]:
    """The down-payment invoices that a final invoice may deduct."""
    return list(Invoice.objects.filter(seat=seller, state=Invoice.State.ISSUED, kind=Invoice.Kind.DOWN_PAYMENT))


def as_engine(
    invoice: Invoice, rows: Sequence[InvoiceLine], *, day: date | None = None, penalty: str = ""
) -> invoicing.Invoice:
    """An invoice as the engine writes it; a draft gets a number that says so."""
    identity, company = identity_of(invoice.seller), invoice.seller
    issued = invoice.issued_on or day or invoice.due
    buyer = invoicing.Party(**{key: str(value) for key, value in invoice.buyer.items()})
    about = invoice.about
    mentions: tuple[str, ...] = ()
    if invoice.mandate_id and invoice.mandate:
        mentions = (
            f"Facture émise par {invoice.mandate.holder.company.name} au nom et pour le compte de {company.name}, "
            f"mandat de facturation du {invoice.mandate.since:%d/%m/%Y}.",
        )
    to = invoice.deliver_to
    return invoicing.Invoice(
        number=invoice.number or "PROJET",
        issued=issued,
        seller=invoicing.Party(
            name=company.name,
            siren=company.siren or "",
            vat=identity.vat_number,
            street=identity.street,
            postcode=identity.postcode,
            city=identity.city,
            legal=identity.legal,
        ),
        buyer=buyer,
        lines=tuple(
            invoicing.Line(
                one.label,
                Fraction(one.quantity, 1000),
                Fraction(one.price, 10_000),
                vat=invoicing.Vat(one.vat),
                rate=Fraction(one.rate, 100),
                detail=one.detail,
            )
            for one in rows
        ),
        terms=invoicing.Terms(
            due=max(invoice.due, issued),
            iban=identity.iban,
            penalty=identity.penalty or penalty,
            retention_cents=invoice.retention_cents,
            retention_until=invoice.retention_until,
            on_debits=identity.on_debits,
        ),
        kind=invoicing.Kind(invoice.kind),
        case=invoicing.Case(invoice.case),
        nature=invoice.nature,
        delivered=invoice.delivered,
        deliver_to=invoicing.Party(**{key: str(value) for key, value in to.items()}) if to else None,
        direct_payer=invoice.direct_payer,
        profile=invoice.profile,
        about=(invoicing.Reference(about.number, about.issued_on),) if about and about.issued_on else (),
        prepaid_cents=invoice.prepaid_cents,
        order=invoice.order,
        contract=invoice.contract,
        mentions=mentions,
    )


def late_rate(day: date) -> str:
    """The penalty rate in force on a day, in words; "" when it is not known."""
    rate = LegalRate.objects.filter(since__lte=day).last()
    if rate is None or (day - rate.since).days > HALF_YEAR:
        return ""
    return f"{say_number(Fraction(rate.hundredths, 100))}\u202f% par an (trois fois le taux d’intérêt légal)"


def papers_of(invoice: Invoice, kind: str, *, at: datetime) -> tuple[str, bytes]:
    """The file to download: the Factur-X as it was issued, its XML, or the draft to hand over."""
    if invoice.pdf:
        issued = invoice.pdf.read()
        return (invoice.pdf.name, issued) if kind == "pdf" else (f"{invoice.number}.xml", invoicing.xml_inside(issued))
    engine = as_engine(invoice, list(invoice.lines.all()), day=timezone.localtime(at).date())
    name = f"projet-{invoice.public_id}"
    if kind == "pdf":
        return f"{name}.pdf", write_facturx(engine, at=at, draft=True)
    return f"{name}.xml", invoicing.write_cii(engine)


def invoice_page(invoice: Invoice, seat: Seat, *, at: datetime) -> dict[str, Any]:
    """One invoice in full, with what may be done with it."""
    rows = list(invoice.lines.all())
    totals = invoicing.totals_of(as_engine(invoice, rows, day=timezone.localtime(at).date()))
    mine = invoice.seat_id == seat.pk
    mandated = BillingMandate.objects.filter(giver=invoice.seat_id, holder=seat, until=None).exists()
    ours = mine or mandated
    bought = not ours and bool(seat.company.siren) and invoice.buyer.get("siren") == seat.company.siren
    credits = invoice.later.filter(kind__in=CREDITS)
    identity = identity_of(invoice.seller)
    return {
        "ours": ours,
        "invoice": invoice,
        "seat": seat,
        "lines": list(zip(rows, totals.lines, strict=True)),
        "taxes": totals.taxes,
        "totals": totals,
        "may_issue": ours and identity.issues_here and invoice.state == Invoice.State.DRAFT,
        "may_hand": mine and invoice.state == Invoice.State.DRAFT,
        "may_credit": ours
        and invoice.state == Invoice.State.ISSUED
        and not invoice.is_credit
        and credited(invoice) < invoice.gross_cents,
        "credits": list(credits if ours else credits.exclude(state=Invoice.State.DRAFT)),
        "late": None if bought else late_of(invoice, timezone.localtime(at).date()),
    }


def credited(invoice: Invoice) -> int:
    """What credit notes took back already, drafts too, in cents with tax."""
    return sum(invoice.later.filter(kind__in=CREDITS).values_list("gross_cents", flat=True))


@dataclass(frozen=True, slots=True)
class Late:
    """What being late costs on a day: rate by rate, then the lump sum for recovery. Units: cents."""

    owed: int
    spans: tuple[invoicing.Span, ...]
    penalty: int
    recovery: int
    sure: bool  # whether each rate was published, and none goes on past its half-year

    @property
    def total(self) -> int:
        """Penalty and lump sum."""
        return self.penalty + self.recovery


RECOVERY = 40_00
"""The lump sum for recovery costs, due without reminder. Source: code de commerce D441-5."""
HALF_YEAR = 184
"""A legal rate is set for six months."""


def late_of(invoice: Invoice, day: date) -> Late | None:
    """What being late on this invoice costs on that day; None when it is not late or no rate is known."""
    penalty = penalty_of(invoice, day)
    if penalty is None:
        return None
    rows = list(LegalRate.objects.all())
    rates = [invoicing.Rate(one.since, Fraction(one.hundredths, 100)) for one in rows]
    owed = invoice.gross_cents - invoice.prepaid_cents - invoice.retention_cents
    spans = invoicing.late_spans(owed, invoice.due, day, rates)
    used = [one for one in rows if one.since <= day]
    sure = all(one.sure for one in used) and (day - used[-1].since).days <= HALF_YEAR
    return Late(owed, spans, penalty, RECOVERY, sure)


def penalty_of(invoice: Invoice, day: date) -> int | None:
    """What being late on this invoice costs on that day, in cents; None when it is not late or no rate is known."""
    if invoice.state != Invoice.State.ISSUED or invoice.is_credit or day <= invoice.due:
        return None
    rates = [invoicing.Rate(one.since, Fraction(one.hundredths, 100)) for one in LegalRate.objects.all()]
    try:
        owed = invoice.gross_cents - invoice.prepaid_cents - invoice.retention_cents
        return invoicing.late_interest(owed, invoice.due, day, rates)
    except ValueError:
        return None


def check_file(data: bytes) -> invoicing.Report:
    """Check any invoice that somebody received; refused in words when it is none."""
    try:
        return invoicing.check_invoice(data, language())
    except invoicing.NotAnInvoice as wrong:
        raise Refusal(wrong.say(language())) from None
    except invoicing.RulesNotRun:
        raise Refusal(_("La vérification n’a pas abouti."), do=_("Réessayez dans un instant.")) from None


def _amount(template: str) -> Callable[[Entry], str]:
    return lambda entry: _(template) % {"who": "%(who)s", "amount": euros(entry.facts["cents"])}


def _numbered(template: str) -> Callable[[Entry], str]:
    return lambda entry: _(template) % {"who": "%(who)s", "number": entry.facts["number"]}


INVOICE_SENTENCES: Mapping[str, str | Promise | Callable[[Entry], str]] = {
    "money.identity.noted": gettext_lazy("%(who)s a dit ce qui figure sur ses factures"),
    "money.works.opened": gettext_lazy("%(who)s suit un marché en situations"),
    "money.cost.rebilled": _amount(gettext_noop("%(who)s a préparé %(amount)s de refacturation entre membres")),
    "money.rate.noted": gettext_lazy("%(who)s a noté un taux légal"),
    "money.mandate.given": gettext_lazy("%(who)s a donné un mandat de facturation"),
    "money.mandate.ended": gettext_lazy("%(who)s a retiré un mandat de facturation"),
    "money.invoice.drafted": gettext_lazy("%(who)s a préparé une facture"),
    "money.accepted.drafted": gettext_lazy("%(who)s a tiré une facture de ce que le client a accepté"),
    "money.invoice.issued": _numbered(gettext_noop("%(who)s a émis la facture %(number)s")),
    "money.invoice.handed": gettext_lazy("%(who)s a remis une facture à son logiciel"),
    "money.invoice.discarded": gettext_lazy("%(who)s a jeté un brouillon de facture"),
}
"""What a book says of invoices."""
