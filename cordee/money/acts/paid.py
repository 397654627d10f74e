"""What became of an issued invoice: paid, whole or in part, or late and reminded once."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act
from cordee.money.acts.invoices import may_invoice
from cordee.money.models import BankRow, Invoice, InvoicePayment
from cordee.money.reads.paid import standing_of

GRACE = timedelta(days=3)
"""A bank takes its time: nobody is reminded before."""


class NotPayable(Refusal):
    """Only an issued invoice is paid, on a day that has come, and for no more than what is left."""


class NotLate(Refusal):
    """There is nothing to remind of."""


def mark_paid(
    invoice: Invoice, *, on: date, cents: int | None = None, row: BankRow | None = None, by: Actor, at: datetime
) -> Invoice:
    """Note what the client paid, and when: all that is due unless a sum is given. The invoice itself does not change.

    Allowed       who binds the company, or holds its mandate.
    Refused when  it is not issued, is a credit note, is paid already; the day is before it was issued, or to come;
                  the sum is more than what is left; the bank's movement `row` is confirmed already.
    Tells         money.invoice.paid, in the books of the grouping and of the company: number, day, the sum and what
                  is left, in cents.
    """
    book, own = invoice.grouping.book, (invoice.seller.book,)
    with act("money.invoice.paid", book=book, also=own, by=by, at=at, on=invoice) as facts:
        fresh = _locked(invoice)
        may_invoice(fresh.seat, by)
        before = standing_of(fresh)
        if fresh.state != Invoice.State.ISSUED or fresh.issued_on is None or fresh.is_credit:
            raise NotPayable(_("Seule une facture émise se note payée."))
        if not before.left:
            raise NotPayable(_("Cette facture est déjà payée, ou reprise par un avoir."))
        if not fresh.issued_on <= on <= timezone.localtime(at).date():
            raise NotPayable(
                _("Ce jour ne convient pas."), do=_("Donnez un jour entre l’émission de la facture et aujourd’hui.")
            )
        came = cents or before.due or before.left
        if not 0 < came <= before.left:
            raise NotPayable(
                _("Il reste %(left)s à recevoir pour cette facture.") % {"left": euros(before.left)},
                do=_("Notez au plus cette somme : les pénalités de retard ne se notent pas ici."),
            )
        if row is not None and not BankRow.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=at):
            raise NotPayable(_("Ce mouvement est déjà confirmé."))
        InvoicePayment.objects.create(invoice=fresh, cents=came, on=on, noted_by=by.person, noted_at=at)
        left = _settled(fresh)
        facts |= {"number": fresh.number, "on": on.isoformat(), "cents": came, "left": left}
    return fresh


def strike_payment(payment: InvoicePayment, *, by: Actor, at: datetime) -> Invoice:
    """Strike a payment that was noted by mistake; the register keeps both lines.

    Allowed       who binds the company, or holds its mandate.
    Refused when  it is struck already.
    Tells         money.invoice.unpaid, in the books of the grouping and of the company: number, the sum in cents.
    """
    invoice = payment.invoice
    book, own = invoice.grouping.book, (invoice.seller.book,)
    with act("money.invoice.unpaid", book=book, also=own, by=by, at=at, on=invoice) as facts:
        fresh = _locked(invoice)
        may_invoice(fresh.seat, by)
        if not InvoicePayment.objects.filter(pk=payment.pk, struck_at=None).update(struck_at=at):
            raise NotPayable(_("Ce paiement est déjà rayé."))
        _settled(fresh)
        facts |= {"number": fresh.number, "cents": payment.cents}
    return fresh


def remind_late(invoice: Invoice, *, by: By, at: datetime) -> Invoice:
    """Remind, once, of an invoice whose day has passed.

    Allowed       Cordée itself, three days after the day on which it was due.
    Refused when  it was done; nothing is left to come by that day, or it is not late.
    Tells         money.invoice.reminded: number.
    """
    with act("money.invoice.reminded", book=invoice.grouping.book, by=by, at=at, on=invoice) as facts:
        fresh = _locked(invoice)
        late = fresh.state == Invoice.State.ISSUED and fresh.due + GRACE < timezone.localtime(at).date()
        if not late or fresh.is_credit or fresh.reminded_at or not standing_of(fresh).due:
            raise NotLate(_("Rien à rappeler."))
        fresh.reminded_at = at
        fresh.save(update_fields=["reminded_at"])
        facts["number"] = fresh.number
    return fresh


def _settled(invoice: Invoice) -> int:
    """What is left once its payments are counted; the day on which it was paid follows."""
    now = standing_of(invoice)
    invoice.paid_on = max(one.on for one in now.payments) if now.payments and not now.due else None
    invoice.save(update_fields=["paid_on"])
    return now.left


def _locked(invoice: Invoice) -> Invoice:
    found = Invoice.objects.select_for_update(of=("self",)).select_related("seat__grouping", "seller", "grouping")
    return found.get(pk=invoice.pk)
