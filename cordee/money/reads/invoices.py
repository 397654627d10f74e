"""Invoices as one sees them: one's own, those of the mandate, the lead's consolidated view, the check of any file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cordee.directory.models import Company
from cordee.engines import invoicing
from cordee.engines.invoicing.pdf import write_facturx
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.register.models import Entry
from cordee.groupings.models import Office, Seat
from cordee.groupings.reads import my_seats, seat_of
from cordee.money.models import BillingIdentity, BillingMandate, BroughtCost, Invoice, InvoiceLine, Works
from cordee.money.reads.paid import (
    CREDITS,
    Standing,
    credited,
    late_of,
    line_of,
    may_receive,
    net_of_credits,
    standing_of,
)

SHOWN = 100


@dataclass(frozen=True, slots=True)
class InvoicesPage:
    """The invoices of a grouping, as far as one seat may see them."""

    seat: Seat
    identity: BillingIdentity | None
    invoices: tuple[tuple[Invoice, Standing], ...]
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
    rows = seen_by(seat).select_related("seller", "about", "seat").prefetch_related("payments", "later")
    invoices = [(one, standing_of(one)) for one in rows[:SHOWN]]
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
    """The down-payment invoices that a final invoice may still deduct."""
    made = Invoice.objects.filter(seat=seller, state=Invoice.State.ISSUED, kind=Invoice.Kind.DOWN_PAYMENT)
    rows = made.prefetch_related("later__lines", "deducted_by__later", "payments", "lines").order_by("issued_on", "pk")
    return [one for one in rows if deducting(one) is None and deductible(one).gross > 0]


def deducting(down: Invoice) -> Invoice | None:
    """The final invoice that takes this down payment off already; none once it was itself taken back whole."""
    finals = (one for one in down.deducted_by.all() if credited(one, issued=True) < one.gross_cents)
    return next(finals, None)


def deductible(down: Invoice) -> invoicing.Reference:
    """A down payment as a final invoice deducts it: its VAT by rate, less what credit notes took back."""
    assert down.issued_on is not None
    return invoicing.Reference(down.number, down.issued_on, net_of_credits(down))


def as_engine(
    invoice: Invoice,
    rows: Sequence[InvoiceLine],
    *,
    day: date | None = None,
    penalty: str = "",
    deducts: Sequence[Invoice] | None = None,
) -> invoicing.Invoice:
    """An invoice as the engine writes it; a draft gets a number that says so."""
    identity, company = identity_of(invoice.seller), invoice.seller
    issued = invoice.issued_on or day or invoice.due
    buyer = invoicing.Party(**{key: str(value) for key, value in invoice.buyer.items()})
    if deducts is None:
        rows_of = invoice.deducts.prefetch_related("lines", "later__lines").order_by("pk")
        deducts = list(rows_of) if invoice.pk else []
    about = tuple(deductible(one) for one in deducts)
    if not about and invoice.about and invoice.about.issued_on:
        about = (invoicing.Reference(invoice.about.number, invoice.about.issued_on),)
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
        lines=tuple(line_of(one) for one in rows),
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
        about=about,
        prepaid_cents=invoice.prepaid_cents,
        order=invoice.order,
        contract=invoice.contract,
        mentions=mentions,
    )


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
    rows, standing = list(invoice.lines.all()), standing_of(invoice)
    today = timezone.localtime(at).date()
    engine = as_engine(invoice, rows, day=today)
    totals, taken = invoicing.totals_of(engine), [-one.gross for one in engine.about]
    deducts = list(invoice.deducts.order_by("pk"))
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
        "standing": standing,
        "may_be_paid": ours and may_receive(invoice, standing),
        "deducts": list(zip(deducts, taken, strict=True)) if deducts else [],
        "other_prepaid": -invoice.prepaid_cents - sum(taken),
        "today": today,
        "credits": list(credits if ours else credits.exclude(state=Invoice.State.DRAFT)),
        "late": None if bought else late_of(invoice, today),
    }


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


def _paid(entry: Entry) -> str:
    words = {"who": "%(who)s", "number": entry.facts["number"], "amount": euros(entry.facts["cents"])}
    if entry.facts["left"]:
        return _("%(who)s a noté un paiement partiel de la facture %(number)s : %(amount)s") % words
    return _("%(who)s a noté payée la facture %(number)s") % words


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
    "money.invoice.paid": _paid,
    "money.invoice.unpaid": _numbered(gettext_noop("%(who)s a rayé un paiement de la facture %(number)s")),
    "money.invoice.reminded": gettext_lazy("Cordée a rappelé une facture en retard"),
    "money.invoice.handed": gettext_lazy("%(who)s a remis une facture à son logiciel"),
    "money.invoice.discarded": gettext_lazy("%(who)s a jeté un brouillon de facture"),
}
"""What a book says of invoices."""
