"""From what the client accepted to a draft invoice: made by the company that did it, issued by itself."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.delivery.acts import note_invoiced
from cordee.delivery.models import BillingPart
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act
from cordee.money.acts.invoices import DraftLine, draft_invoice
from cordee.money.models import Invoice

DUE_AFTER = timedelta(days=30)


def draft_accepted(part: BillingPart, *, by: Actor, at: datetime) -> Invoice:
    """Make the draft of what the client accepted; it is read, completed and issued by the company itself.

    A client without a SIREN is a private person: the invoice goes to their e-mail. A deposit is deducted from the rest.

    Allowed       who binds the company that did it.
    Refused when  the client has not accepted; a draft was made already; the client’s address is not noted, or neither a
                  SIREN nor an e-mail is; the invoice of the deposit is not issued yet.
    Tells         money.accepted.drafted, money.invoice.drafted and delivery.billing.invoiced.
    """
    with act("money.accepted.drafted", book=part.delivery.grouping.book, by=by, at=at, on=part) as facts:
        known = BillingPart.objects.select_related(
            "delivery__grouping", "delivery__client_person", "seat__company", "seat__grouping", "deposit"
        )
        fresh = known.get(pk=part.pk)
        made = draft_invoice(
            fresh.seat, buyer=_buyer(fresh), due=(localtime(at) + DUE_AFTER).date(),
            delivered=localtime(fresh.ready_at or at).date(), by=by, at=at, **_lines(fresh),
        )  # fmt: skip
        note_invoiced(fresh, invoice=made.public_id, by=by, at=at)
        facts["invoice"] = made.public_id
    return made


def _buyer(part: BillingPart) -> dict[str, str]:
    """The client as the invoice names them: a company by its SIREN, a private person by their e-mail."""
    delivery = part.delivery
    email = delivery.client_person.email if delivery.client_person else ""
    if not (delivery.client_city and delivery.client_postcode and (delivery.client_siren or email)):
        raise Refusal(
            _("La fiche du client n’a pas encore son adresse, ni SIREN ni e-mail."),
            do=_("Faites-la compléter sur la page du chantier, ou préparez la facture à la main."),
        )
    told = {
        "name": delivery.client, "siren": delivery.client_siren, "street": delivery.client_street,
        "postcode": delivery.client_postcode, "city": delivery.client_city,
    }  # fmt: skip
    return told if delivery.client_siren else {**told, "endpoint": email}


def _lines(part: BillingPart) -> dict[str, Any]:
    """What is invoiced: the part; or the whole, less the deposit that was invoiced and issued here."""
    if part.is_deposit:
        return {"kind": Invoice.Kind.DOWN_PAYMENT, "lines": [DraftLine(part.label, part.cents * 100, rate=part.rate)]}
    first = Invoice.objects.filter(public_id=part.deposit.invoice).first() if part.deposit else None
    if first is None or first.state == Invoice.State.HANDED:  # its number is known to the company’s own software
        return {"lines": [DraftLine(part.label, part.cents * 100, rate=part.rate)]}
    if first.state != Invoice.State.ISSUED:
        raise Refusal(_("La facture d’acompte n’est pas émise."), do=_("Émettez-la, puis préparez la suite."))
    assert part.deposit is not None
    whole = (part.cents + part.deposit.cents) * 100
    return {
        "deducts": [first],
        "lines": [DraftLine(part.label, whole, rate=part.rate)],
    }  # fmt: skip
