"""What became of an issued invoice: paid, or late and reminded once."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act
from cordee.money.acts.invoices import may_invoice
from cordee.money.models import Invoice
from cordee.money.reads.invoices import credited

GRACE = timedelta(days=3)
"""A bank takes its time: nobody is reminded before."""


class NotPayable(Refusal):
    """Only an issued invoice is paid, once, on a day that has come."""


class NotLate(Refusal):
    """There is nothing to remind of."""


def mark_paid(invoice: Invoice, *, on: date, by: Actor, at: datetime) -> Invoice:
    """Note that the client paid an invoice in full, and when. The invoice itself does not change.

    Allowed       who binds the company, or holds its mandate.
    Refused when  it is not issued, is a credit note, is paid already; the day is before it was issued, or to come.
    Tells         money.invoice.paid, in the books of the grouping and of the company: number, day.
    """
    book, own = invoice.grouping.book, (invoice.seller.book,)
    with act("money.invoice.paid", book=book, also=own, by=by, at=at, on=invoice) as facts:
        fresh = _locked(invoice)
        may_invoice(fresh.seat, by)
        if fresh.state != Invoice.State.ISSUED or fresh.issued_on is None or fresh.is_credit:
            raise NotPayable(_("Seule une facture émise se note payée."))
        if fresh.paid_on:
            raise NotPayable(_("Cette facture est déjà notée payée."))
        if not fresh.issued_on <= on <= timezone.localtime(at).date():
            raise NotPayable(
                _("Ce jour ne convient pas."), do=_("Donnez un jour entre l’émission de la facture et aujourd’hui.")
            )
        fresh.paid_on = on
        fresh.save(update_fields=["paid_on"])
        facts |= {"number": fresh.number, "on": on.isoformat()}
    return fresh


def remind_late(invoice: Invoice, *, by: By, at: datetime) -> Invoice:
    """Remind, once, of an invoice whose day has passed.

    Allowed       Cordée itself, three days after the day on which it was due.
    Refused when  it was done; the invoice is paid, taken back by credit notes, or not late.
    Tells         money.invoice.reminded: number.
    """
    with act("money.invoice.reminded", book=invoice.grouping.book, by=by, at=at, on=invoice) as facts:
        fresh = _locked(invoice)
        late = fresh.state == Invoice.State.ISSUED and fresh.due + GRACE < timezone.localtime(at).date()
        if not late or fresh.is_credit or fresh.paid_on or fresh.reminded_at or credited(fresh) >= fresh.gross_cents:
            raise NotLate(_("Rien à rappeler."))
        fresh.reminded_at = at
        fresh.save(update_fields=["reminded_at"])
        facts["number"] = fresh.number
    return fresh


def _locked(invoice: Invoice) -> Invoice:
    found = Invoice.objects.select_for_update(of=("self",)).select_related("seat__grouping", "seller", "grouping")
    return found.get(pk=invoice.pk)
