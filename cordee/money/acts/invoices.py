"""Invoicing: what a company prints, a draft, issuing it under the next number, handing it over, crediting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.engines import invoicing
from cordee.engines.invoicing.pdf import write_facturx
from cordee.ground.files.acts import keep_content
from cordee.ground.files.models import Document
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.kit.words import language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Grouping, Seat
from cordee.money.models import (
    BillingIdentity,
    BillingMandate,
    Invoice,
    InvoiceLine,
    InvoiceSeries,
    PoolLine,
    WorksPost,
)
from cordee.money.reads.invoices import as_engine, deductible, deducting, identity_of
from cordee.money.reads.paid import credited, late_rate

PREFIXES = {Invoice.Kind.CREDIT: "A", Invoice.Kind.SELF_BILLED_CREDIT: "A"}
"""Credit notes have a series of their own; everything else shares F."""


class NotIdentified(Refusal):
    """The company has not said what it prints on its invoices."""


class NoMandate(NotAllowed):
    """One invoices for another with a « mandat de facturation » only."""


class AlreadyIssued(Refusal):
    """An issued invoice never changes: it is corrected by a credit note."""


class NotInvoiceable(Refusal):
    """Something that the law wants on an invoice is missing."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line as it is written: quantity in thousandths, price in ten-thousandths of a euro, rate in hundredths."""

    label: str
    price: int
    quantity: int = 1000
    vat: str = "S"
    rate: int = 2000
    detail: str = ""
    post: WorksPost | None = None
    cost: PoolLine | None = None


def note_identity(grouping: Grouping, *, values: dict[str, Any], by: Actor, at: datetime) -> BillingIdentity:
    """Say what one's company prints on its invoices, and whether it issues them here.

    Allowed       who binds the company.
    Refused when  the company has no SIREN.
    Tells         money.identity.noted, in the book of the company: whether it issues here.
    """
    with act("money.identity.noted", book=_company_book(grouping, by), by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if not seat.company.siren:
            raise Refusal(_("Votre entreprise n’a pas encore de SIREN : elle ne peut pas facturer."))
        made, _new = BillingIdentity.objects.update_or_create(company=seat.company, defaults={**values, "noted_at": at})
        facts.on = address(made)
        facts["issues_here"] = made.issues_here
    return made


def give_mandate(giver: Seat, *, holder: Seat, by: Actor, at: datetime) -> BillingMandate:
    """Let another company of the grouping issue invoices in one's name (mandat de facturation).

    Allowed       who binds the company that gives it.
    Refused when  it is given already, or to oneself, or to somebody outside the grouping.
    Tells         money.mandate.given: giver, holder.
    """
    with act("money.mandate.given", book=giver.grouping.book, by=by, at=at) as facts:
        seat = acting_seat(giver.grouping, by)
        if seat.pk != giver.pk:
            raise NotAllowed(_("Un mandat de facturation se donne soi-même."))
        if holder.grouping_id != seat.grouping_id or holder.pk == seat.pk or holder.state != Seat.State.MEMBER:
            raise Refusal(_("Choisissez un autre membre du groupement."))
        if BillingMandate.objects.filter(giver=seat, holder=holder, until=None).exists():
            raise Refusal(_("Ce mandat est déjà donné."))
        made = BillingMandate.objects.create(grouping=seat.grouping, giver=seat, holder=holder, since=at)
        facts.on = address(made)
        facts |= {"giver": seat.public_id, "holder": holder.public_id}
    return made


def end_mandate(mandate: BillingMandate, *, by: Actor, at: datetime) -> BillingMandate:
    """Take a mandate back; what was issued under it stays.

    Allowed       who binds the company that gave it.
    Refused when  it is ended already.
    Tells         money.mandate.ended.
    """
    with act("money.mandate.ended", book=mandate.grouping.book, by=by, at=at, on=mandate):
        fresh = BillingMandate.objects.select_for_update().get(pk=mandate.pk)
        if acting_seat(mandate.grouping, by).pk != fresh.giver_id:
            raise NotAllowed(_("Seule l’entreprise qui l’a donné retire ce mandat."))
        if fresh.until is not None:
            raise Refusal(_("Ce mandat est déjà retiré."))
        fresh.until = at
        fresh.save(update_fields=["until"])
    return fresh


def draft_invoice(
    seller: Seat,
    *,
    lines: Sequence[DraftLine],
    buyer: dict[str, str],
    due: date,
    deducts: Sequence[Invoice] = (),
    most: int | None = None,
    by: Actor,
    at: datetime,
    **more: Any,
) -> Invoice:
    """Write a draft: nothing has a number yet, everything may still be thrown away.

    Allowed       who binds the company, or holds its mandate.
    Refused when  the company has not said what it prints; the figures or the parties do not make an invoice; it
                  comes to more than `most`; one self-bills for another buyer than the holder of the mandate; one of
                  the down payments that it `deducts` is not issued, is another client’s, or is deducted already.
    Tells         money.invoice.drafted: the seat that sells, the total in cents.
    """
    with act("money.invoice.drafted", book=seller.grouping.book, by=by, at=at) as facts:
        living(seller.grouping)
        mandate = may_invoice(seller, by)
        made = Invoice(
            grouping=seller.grouping,
            seat=seller,
            seller=seller.company,
            due=due,
            buyer=buyer,
            mandate=mandate,
            made_by=by.person,
            made_at=at,
            **more,
        )
        if made.is_self_billed and (mandate is None or buyer.get("siren") != mandate.holder.company.siren):
            raise NotInvoiceable(
                _("L’autofacturation est la facture que l’acheteur établit au nom du vendeur."),
                do=_("L’acheteur est l’entreprise qui tient le mandat."),
            )
        if deducts:
            _deduct(made, deducts)
        rows = [
            InvoiceLine(
                label=one.label,
                detail=one.detail,
                quantity=one.quantity,
                price=one.price,
                vat=one.vat,
                rate=one.rate,
                post=one.post,
                cost=one.cost,
            )
            for one in lines
        ]
        totals = _checked(made, rows, at, deducts)
        if most is not None and totals.gross > most:
            raise NotInvoiceable(
                _("Cet avoir reprend plus que la facture."),
                why=_("Il reste %(left)s à reprendre au plus.") % {"left": euros(most)},
            )
        made.net_cents, made.tax_cents, made.gross_cents = totals.net, totals.tax, totals.gross
        made.save()
        made.deducts.set(deducts)
        for row in rows:
            row.invoice = made
        InvoiceLine.objects.bulk_create(rows)
        facts.on = address(made)
        facts |= {"seat": seller.public_id, "kind": made.kind, "cents": made.gross_cents}
    return made


def issue_invoice(invoice: Invoice, *, by: Actor, at: datetime) -> Invoice:
    """Issue a draft: it gets the next number of the company's own series, and its Factur-X is kept for good.

    Allowed       who binds the company, or holds its mandate.
    Refused when  it is issued or handed over already; the company issues elsewhere; something is missing.
    Tells         money.invoice.issued, in the books of the grouping and of the company: number, total, digest.
    """
    book, own = invoice.grouping.book, (invoice.seller.book,)
    with act("money.invoice.issued", book=book, also=own, by=by, at=at, on=invoice) as facts:
        fresh = _draft(invoice)
        fresh.mandate = may_invoice(fresh.seat, by)
        if not identity_of(fresh.seller).issues_here:
            raise Refusal(
                _("%(company)s émet ses factures avec son propre logiciel.") % {"company": fresh.seller},
                do=_("Remettez-lui le brouillon."),
            )
        today = timezone.localtime(at).date()
        prefix = PREFIXES.get(Invoice.Kind(fresh.kind), "F")
        InvoiceSeries.objects.get_or_create(company=fresh.seller, prefix=prefix, year=today.year)
        series = InvoiceSeries.objects.select_for_update().get(company=fresh.seller, prefix=prefix, year=today.year)
        series.last += 1
        fresh.number, fresh.issued_on = f"{prefix}{today.year}-{series.last:04d}", today
        fresh.due = max(fresh.due, today)
        rows = list(fresh.lines.all())
        _checked(fresh, rows, at)
        pdf = write_facturx(as_engine(fresh, rows, penalty=late_rate(today)), at=at)
        digest = keep_content(pdf)
        fresh.pdf = Document.objects.create(
            digest=digest,
            size=len(pdf),
            name=f"{fresh.number}.pdf",
            kind="pdf",
            book=fresh.grouping.book,
            by=by.person,
            at=at,
        )
        fresh.state = Invoice.State.ISSUED
        series.save(update_fields=["last"])
        fresh.save()
        facts |= {
            "number": fresh.number,
            "cents": fresh.gross_cents,
            "pdf": digest,
            "mandate": fresh.mandate_id is not None,
        }
    return fresh


def hand_over(invoice: Invoice, *, by: Actor, at: datetime) -> Invoice:
    """Note that a draft goes to the company's own software or accredited platform, which will number and issue it.

    Allowed       who binds the company.
    Refused when  it is issued or handed over already.
    Tells         money.invoice.handed.
    """
    with act("money.invoice.handed", book=invoice.grouping.book, by=by, at=at, on=invoice):
        fresh = _draft(invoice)
        if acting_seat(fresh.grouping, by).pk != fresh.seat_id:
            raise NotAllowed(_("Seule l’entreprise qui vend remet sa facture à son logiciel."))
        fresh.state = Invoice.State.HANDED
        fresh.save(update_fields=["state"])
    return fresh


def discard_draft(invoice: Invoice, *, by: Actor, at: datetime) -> None:
    """Throw a draft away; it never had a number.

    Allowed       who binds the company, or holds its mandate.
    Refused when  it is issued or handed over.
    Tells         money.invoice.discarded.
    """
    with act("money.invoice.discarded", book=invoice.grouping.book, by=by, at=at, on=invoice):
        fresh = _draft(invoice)
        may_invoice(fresh.seat, by)
        fresh.lines.all().delete()
        fresh.delete()


def credit_invoice(invoice: Invoice, *, lines: Sequence[DraftLine] | None = None, by: Actor, at: datetime) -> Invoice:
    """Draft the credit note that takes an invoice back, whole or in part; it is issued like any other.

    Allowed       who binds the company, or holds its mandate.
    Refused when  the invoice is not issued, is itself a credit note, or more would be taken back than was invoiced.
    Tells         money.invoice.drafted.
    """
    if invoice.state != Invoice.State.ISSUED or invoice.is_credit:
        raise Refusal(_("Seule une facture émise se corrige par un avoir."))
    if final := deducting(invoice):
        raise Refusal(
            _("Cet acompte est déjà déduit par %(other)s.") % {"other": final},
            do=_("Corrigez d’abord cette facture."),
        )
    before = credited(invoice)
    if before and lines is None:
        raise Refusal(_("Cette facture a déjà son avoir."), do=_("Faites un avoir partiel pour le reste."))
    every = [
        DraftLine(one.label, one.price, one.quantity, one.vat, one.rate, one.detail, one.post, one.cost)
        for one in invoice.lines.select_related("post", "cost")
    ]
    made = draft_invoice(
        invoice.seat,
        lines=every if lines is None else lines,
        buyer=invoice.buyer,
        due=timezone.localtime(at).date(),
        kind=Invoice.Kind.SELF_BILLED_CREDIT if invoice.is_self_billed else Invoice.Kind.CREDIT,
        case=invoice.case if invoice.case != Invoice.Case.AFTER_DOWN_PAYMENT else Invoice.Case.PLAIN,
        nature=invoice.nature,
        order=invoice.order,
        contract=invoice.contract,
        about=invoice,
        works=invoice.works,
        profile=invoice.profile,
        most=invoice.gross_cents - before,
        by=by,
        at=at,
    )
    return made


def _company_book(grouping: Grouping, by: Actor) -> str:
    return acting_seat(grouping, by).company.book


def may_invoice(seller: Seat, by: Actor) -> BillingMandate | None:
    """By what mandate this person invoices for a company: none for one's own; refused where it has none."""
    seat = acting_seat(seller.grouping, by)
    if seat.pk == seller.pk:
        return None
    mandate = BillingMandate.objects.filter(giver=seller, holder=seat, until=None).first()
    if mandate is None:
        raise NoMandate(
            _("%(company)s ne vous a pas donné de mandat de facturation.") % {"company": seller.company},
            do=_("Demandez-le-lui : il se donne depuis sa page de factures."),
        )
    return mandate


def _draft(invoice: Invoice) -> Invoice:
    fresh = (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("seller", "seat__grouping", "grouping", "about")
        .get(pk=invoice.pk)
    )
    if fresh.state != Invoice.State.DRAFT:
        raise AlreadyIssued(_("Cette facture n’est plus un brouillon."), do=_("Corrigez-la par un avoir."))
    return fresh


def _deduct(final: Invoice, deducts: Sequence[Invoice]) -> None:
    """Take down payments off a final invoice; what was paid otherwise comes on top."""
    for down in deducts:
        who = "siren" if final.buyer.get("siren") else "name"
        same = down.buyer.get(who) == final.buyer.get(who)
        if down.seat_id != final.seat_id or down.kind != Invoice.Kind.DOWN_PAYMENT or not same:
            raise NotInvoiceable(_("On déduit les factures d’acompte de la même entreprise au même client."))
        if down.state != Invoice.State.ISSUED:
            raise NotInvoiceable(
                _("La facture d’acompte n’est pas émise."), do=_("Émettez-la, puis préparez la suite.")
            )
        if earlier := deducting(down):
            raise NotInvoiceable(
                _("L’acompte %(number)s est déjà déduit par %(other)s.") % {"number": down.number, "other": earlier}
            )
    final.about, final.case = deducts[0], Invoice.Case.AFTER_DOWN_PAYMENT
    final.prepaid_cents = max(final.prepaid_cents, sum(deductible(one).gross for one in deducts))


def _checked(
    invoice: Invoice, rows: Sequence[InvoiceLine], at: datetime, deducts: Sequence[Invoice] | None = None
) -> invoicing.Totals:
    """The totals of what could be issued; refused in words otherwise."""
    if not BillingIdentity.objects.filter(company=invoice.seller).exists():
        raise NotIdentified(
            _("%(company)s n’a pas encore dit ce qui figure sur ses factures.") % {"company": invoice.seller},
            do=_("Remplissez d’abord sa page « Ce qui figure sur mes factures »."),
        )
    engine = as_engine(invoice, rows, day=timezone.localtime(at).date(), deducts=deducts)
    try:
        invoicing.check_ready(engine)
    except invoicing.NotInvoiceable as wrong:
        raise NotInvoiceable(wrong.say(language())) from None
    return invoicing.totals_of(engine)
