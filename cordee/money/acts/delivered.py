"""From what the client accepted to a draft invoice: made by the company that did it, issued by itself."""

from datetime import datetime, timedelta

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

    Allowed       who binds the company that did it.
    Refused when  the client has not accepted; a draft was made already; the client’s address or SIREN is not noted.
    Tells         money.accepted.drafted, money.invoice.drafted and delivery.billing.invoiced.
    """
    with act("money.accepted.drafted", book=part.delivery.grouping.book, by=by, at=at, on=part) as facts:
        fresh = BillingPart.objects.select_related("delivery__grouping", "seat__company", "seat__grouping").get(
            pk=part.pk
        )
        delivery = fresh.delivery
        if not (delivery.client_siren and delivery.client_city and delivery.client_postcode):
            raise Refusal(
                _("La fiche du client n’a pas encore son SIREN ou son adresse."),
                do=_("Faites-la compléter sur la page du chantier, ou préparez la facture à la main."),
            )
        buyer = {
            "name": delivery.client, "siren": delivery.client_siren, "street": delivery.client_street,
            "postcode": delivery.client_postcode, "city": delivery.client_city,
        }  # fmt: skip
        day = localtime(fresh.ready_at or at).date()
        made = draft_invoice(
            fresh.seat, lines=[DraftLine(fresh.label, fresh.cents * 100, rate=fresh.rate)], buyer=buyer,
            due=(localtime(at) + DUE_AFTER).date(), delivered=day, by=by, at=at,
        )  # fmt: skip
        note_invoiced(fresh, invoice=made.public_id, by=by, at=at)
        facts["invoice"] = made.public_id
    return made
