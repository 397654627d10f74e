"""What each company may invoice once the client has accepted: written by itself, seen by itself, made by itself."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import at_the_delivery, said
from cordee.delivery.models import BillingPart, Deliverable, Delivery
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat

ACCEPTED = (Deliverable.State.ACCEPTED, Deliverable.State.RESERVED)


def write_billing(
    delivery: Delivery, *, label: str, cents: int, rate: int, deliverable: str = "", by: Actor, at: datetime
) -> BillingPart:
    """Say what one's company will invoice once a deliverable is accepted, or at the reception where none is named.

    Allowed       a company that takes part, for itself.
    Refused when  it has no label; the amount is not positive; there is no such deliverable.
    Tells         delivery.billing.written: what it waits for, never the amount.
    """
    with act("delivery.billing.written", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        about = Deliverable.objects.filter(delivery=fresh, public_id=deliverable).first() if deliverable else None
        if deliverable and about is None:
            raise NotYours
        if cents <= 0:
            raise Refusal(_("Écrivez un montant au-dessus de zéro."))
        ready = about.state in ACCEPTED if about else fresh.state == Delivery.State.RECEIVED
        found = BillingPart.objects.create(
            public_id=new_public_id(), delivery=fresh, seat=seat, deliverable=about, label=said(label, 200),
            cents=cents, rate=rate, ready_at=at if ready else None,
        )  # fmt: skip
        facts.on = address(found)
        facts |= {"seat": seat.public_id, "deliverable": about.public_id if about else "", "ready": ready}
    return found


def ask_deposit(part: BillingPart, *, cents: int, by: Actor, at: datetime) -> BillingPart:
    """Invoice a deposit for what was accepted with reserves; the rest waits until the client has lifted them.

    Allowed       the company it is of.
    Refused when  it was not accepted with reserves, or they are lifted; a draft was made; the deposit is not less than
                  the whole.
    Tells         delivery.billing.split, never the amount.
    """
    with act("delivery.billing.split", book=part.delivery.grouping.book, by=by, at=at, on=part) as facts:
        fresh, seat = at_the_delivery(part.delivery, by)
        known = BillingPart.objects.select_for_update(of=("self",)).select_related("deliverable")
        mine = known.get(pk=part.pk)
        if mine.seat_id != seat.pk:
            raise NotYours
        about = mine.deliverable
        if about is None or about.state != Deliverable.State.RESERVED or mine.invoice or mine.deposit_id:
            raise Refusal(
                _("Un acompte se demande sur un livrable validé avec réserves, avant d’en préparer la facture.")
            )
        if mine.is_deposit or not about.reserves.filter(lifted_at=None).exists():
            raise Refusal(_("Les réserves sont levées, ou un acompte est déjà demandé : facturez le tout."))
        if not 0 < cents < mine.cents:
            raise Refusal(_("Un acompte est plus petit que le tout, et plus grand que zéro."))
        BillingPart.objects.create(
            public_id=new_public_id(), delivery=fresh, seat=seat, deliverable=about, label=mine.label,
            cents=mine.cents - cents, rate=mine.rate, deposit=mine,
        )  # fmt: skip
        with for_the_papers():
            mine.label = (_("Acompte : %(what)s") % {"what": mine.label})[:200]
        mine.cents, mine.is_deposit = cents, True
        mine.save(update_fields=["label", "cents", "is_deposit"])
        facts |= {"seat": seat.public_id, "deliverable": about.public_id}
    return mine


def drop_billing(part: BillingPart, *, by: Actor, at: datetime) -> None:
    """Take back what one had said one would invoice.

    Allowed       the company it is of.
    Refused when  a draft invoice was made of it; it is a deposit, or what is left after one.
    Tells         delivery.billing.dropped.
    """
    with act("delivery.billing.dropped", book=part.delivery.grouping.book, by=by, at=at, on=part):
        _fresh, seat = at_the_delivery(part.delivery, by)
        mine = BillingPart.objects.select_for_update().get(pk=part.pk)
        if mine.seat_id != seat.pk:
            raise NotYours
        if mine.is_deposit or mine.deposit_id:
            raise Refusal(_("Un acompte et son solde vont ensemble."), do=_("Préparez les factures, ou un avoir."))
        if mine.invoice or mine.change_id:
            raise Refusal(_("Une facture en est déjà préparée, ou le client a accepté cette modification."))
        mine.delete()


def note_invoiced(part: BillingPart, *, invoice: str, by: Actor, at: datetime) -> BillingPart:
    """Note that a draft invoice was made of what was accepted; called by the room that makes it, inside its act.

    Allowed       who binds the company.
    Refused when  it is not accepted yet; a draft was made already.
    Tells         delivery.billing.invoiced: the draft.
    """
    with act("delivery.billing.invoiced", book=part.delivery.grouping.book, by=by, at=at, on=part) as facts:
        seat = acting_seat(part.delivery.grouping, by)
        mine = BillingPart.objects.select_for_update().get(pk=part.pk)
        if mine.seat_id != seat.pk:
            raise NotAllowed(_("Chaque entreprise facture elle-même sa part."))
        if mine.ready_at is None or mine.invoice:
            raise Refusal(_("Le client n’a pas encore accepté, ou la facture est déjà préparée."))
        mine.invoice = invoice
        mine.save(update_fields=["invoice"])
        facts["invoice"] = invoice
    return mine
