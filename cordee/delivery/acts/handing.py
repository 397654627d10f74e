"""Passing on by agreement: one’s lots or one’s whole part, leaving; the client’s voice, its deputy."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.delivery.acts.inside import as_contact, at_the_delivery, said
from cordee.delivery.models import (
    BillingPart,
    ContactTurn,
    Delivery,
    DeliveryMember,
    HandOver,
    MemberDefault,
    PortalMessage,
    Reserve,
    SubstituteRank,
    WorkItem,
    WorkLot,
)
from cordee.delivery.reads.failing import next_substitute
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.models import Seat


class StillCarries(Refusal):
    """Whoever leaves passes on what it carries first."""


def offer_part(
    delivery: Delivery, *, lots: Sequence[str] = (), leaves: bool, why: str, by: Actor, at: datetime
) -> HandOver:
    """Offer one’s lots to whoever takes them, or one’s whole part in order to leave; the agreed order is asked first.

    Allowed       a company that takes part, for itself.
    Refused when  nothing is said; it carries none of these lots; an offer or a default of its own is open; it leaves
                  and is the single contact.
    Tells         delivery.part.offered: how many lots, whether it leaves, who is asked first.
    """
    with act("delivery.part.offered", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        if fresh.hand_overs.filter(seat=seat, settled_at=None).exists():
            raise Refusal(_("Vous cherchez déjà qui reprend."), do=_("Retirez cette demande, ou attendez la réponse."))
        if MemberDefault.objects.filter(delivery=fresh, seat=seat, settled_at=None).exists():
            raise Refusal(_("Une alerte est ouverte sur votre entreprise."), do=_("Répondez-y d’abord."))
        own = list(fresh.lots.filter(seat=seat).values_list("public_id", flat=True))
        chosen = own if leaves else [each for each in own if each in set(lots)]
        if not leaves and not chosen:
            raise Refusal(_("Choisissez un lot que vous portez."))
        if leaves:
            _may_leave(fresh, seat)
        found = HandOver.objects.create(
            public_id=new_public_id(), delivery=fresh, seat=seat, lots=chosen, leaves=leaves, why=said(why),
            offered_at=at,
        )  # fmt: skip
        first = next_substitute(found)
        facts.on = address(found)
        facts |= {
            "delivery": fresh.public_id, "seat": seat.public_id, "lots": len(chosen), "leaves": leaves,
            "first": first.public_id if first else "",
        }  # fmt: skip
    return found


def _may_leave(delivery: Delivery, seat: Seat) -> None:
    if delivery.contact_id == seat.pk:
        raise StillCarries(
            _("Vous êtes l’interlocuteur du client."), do=_("Passez d’abord la main à une autre entreprise.")
        )
    if delivery.members.filter(left_at=None).count() < 3:
        raise Refusal(_("Un chantier commun réunit au moins deux entreprises."))


def _open(hand: HandOver) -> HandOver:
    mine = HandOver.objects.select_for_update(of=("self",)).select_related("seat__company").get(pk=hand.pk)
    if mine.state != HandOver.State.OFFERED:
        raise Refusal(_("Cette demande n’est plus ouverte."), do=_("Rechargez la page."))
    return mine


def withdraw_part(hand: HandOver, *, by: Actor, at: datetime) -> HandOver:
    """Keep one’s part after all.

    Allowed       the company that offered it.
    Refused when  somebody has taken it.
    Tells         delivery.part.withdrawn.
    """
    with act("delivery.part.withdrawn", book=hand.delivery.grouping.book, by=by, at=at, on=hand) as facts:
        _fresh, seat = at_the_delivery(hand.delivery, by)
        mine = _open(hand)
        if mine.seat_id != seat.pk:
            raise NotAllowed(_("Seule l’entreprise qui la propose la retire."))
        mine.state, mine.settled_at = HandOver.State.WITHDRAWN, at
        mine.save(update_fields=["state", "settled_at"])
        facts["seat"] = seat.public_id
    return mine


def answer_part(hand: HandOver, *, takes: bool, by: Actor, at: datetime) -> HandOver:
    """Take what another company passes on, or leave it to the next. What was accepted before stays invoiced by it.

    Its lots, its cards that are not done and its reserves go to whoever takes them; what it had noted for itself and
    the client has not accepted yet is taken off its invoices.

    Allowed       whoever comes next in the agreed order; once the list is exhausted, any other company.
    Refused when  another comes first; it is taken already.
    Tells         delivery.part.answered: takes or not, how many lots, cards, reserves; whether the company has left.
    """
    with act("delivery.part.answered", book=hand.delivery.grouping.book, by=by, at=at, on=hand) as facts:
        fresh, seat = at_the_delivery(hand.delivery, by)
        mine = _open(hand)
        first = next_substitute(mine)
        if seat.pk == mine.seat_id or (first is not None and first.pk != seat.pk):
            raise NotAllowed(
                _("L’ordre convenu appelle d’abord %(who)s.") % {"who": first.company if first else _("une autre")}
            )
        facts |= {"seat": seat.public_id, "takes": takes, "lots": 0, "cards": 0, "reserves": 0, "left": False}
        if not takes:
            mine.passed = [*mine.passed, seat.public_id]
            mine.save(update_fields=["passed"])
            return mine
        if mine.leaves:
            _may_leave(fresh, mine.seat)
        facts |= _pass_on(fresh, mine, seat, at)
        mine.taker, mine.state, mine.settled_at = seat, HandOver.State.TAKEN, at
        mine.save(update_fields=["taker", "state", "settled_at"])
        if mine.leaves:
            _leave(fresh, mine.seat, at)
        facts["left"] = mine.leaves
    return mine


def _pass_on(delivery: Delivery, hand: HandOver, taker: Seat, at: datetime) -> dict[str, int]:
    giver, left = hand.seat, WorkItem.objects.filter(delivery=delivery, seat=hand.seat)
    lots = WorkLot.objects.filter(delivery=delivery, seat=giver, public_id__in=hand.lots)
    reserves = Reserve.objects.filter(delivery=delivery, seat=giver, lifted_at=None)
    waiting = BillingPart.objects.filter(delivery=delivery, seat=giver, ready_at=None, change=None, deposit=None)
    if not hand.leaves:
        left, reserves = left.filter(lot__in=lots), reserves.filter(lot__in=lots)
        waiting = waiting.filter(deliverable__lot__in=lots)
    waiting.delete()
    cards = 0
    for card in left.exclude(state=WorkItem.State.DONE).select_for_update():
        card.seat, card.moved_by, card.moved_at = taker, taker, at
        card.version += 1
        card.save()
        cards += 1
    moved = {"reserves": reserves.update(seat=taker), "cards": cards, "lots": 0}
    for lot in lots.select_for_update():
        lot.seat = taker
        lot.version += 1
        lot.save(update_fields=["seat", "version"])
        moved["lots"] += 1
    return moved


def _leave(delivery: Delivery, seat: Seat, at: datetime) -> None:
    DeliveryMember.objects.filter(delivery=delivery, seat=seat).update(left_at=at)
    SubstituteRank.objects.filter(delivery=delivery, seat=seat).delete()
    delivery.contact_turns.filter(taken_at=None, taker=seat).delete()
    if delivery.deputy_id == seat.pk:
        delivery.deputy = None
        delivery.version += 1
        delivery.save(update_fields=["deputy", "version"])


def leave_delivery(delivery: Delivery, *, by: Actor, at: datetime) -> None:
    """Leave a delivery in which one carries nothing any more.

    Allowed       a company that takes part, for itself.
    Refused when  it still carries a lot, a card or a reserve; it is the single contact; fewer than two would stay.
    Tells         delivery.member.left.
    """
    with act("delivery.member.left", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        _may_leave(fresh, seat)
        cards = fresh.items.filter(seat=seat).exclude(state=WorkItem.State.DONE)
        held = Reserve.objects.filter(delivery=fresh, seat=seat, lifted_at=None)
        if fresh.lots.filter(seat=seat).exists() or cards.exists() or held.exists():
            raise StillCarries(
                _("Vous portez encore un lot, une carte ou une réserve."),
                do=_("Cherchez qui les reprend, puis quittez le chantier."),
            )
        fresh.hand_overs.filter(seat=seat, settled_at=None).update(state=HandOver.State.WITHDRAWN, settled_at=at)
        _leave(fresh, seat, at)
        facts["seat"] = seat.public_id


def tell_hand_over(hand: HandOver, *, text: str, by: Actor, at: datetime) -> HandOver:
    """Tell the client who carries what from now on.

    Allowed       the single contact, its deputy.
    Refused when  nobody has taken it yet; the client was told; nothing is written; the client’s person is not known.
    Tells         delivery.part.told: the message, without its words.
    """
    with act("delivery.part.told", book=hand.delivery.grouping.book, by=by, at=at, on=hand) as facts:
        fresh, seat = as_contact(hand.delivery, by)
        mine = HandOver.objects.select_for_update().get(pk=hand.pk)
        if mine.state != HandOver.State.TAKEN or mine.message_id:
            raise Refusal(_("Le client le sait déjà, ou personne n’a encore repris."))
        if fresh.client_person_id is None:
            raise Refusal(_("L’adresse du client n’est pas encore connue."), do=_("Notez-la d’abord."))
        mine.message = PortalMessage.objects.create(delivery=fresh, text=said(text), by=by.person, seat=seat, at=at)
        mine.save(update_fields=["message"])
        facts["message"] = mine.message.pk
    return mine


# --- The client’s voice ---


def offer_contact(delivery: Delivery, *, taker: Seat, note: str, by: Actor, at: datetime) -> ContactTurn:
    """Ask another company to become the client’s only voice, and write what it has to know. It takes it, or not.

    Allowed       the single contact, its deputy.
    Refused when  that company takes no part, or is the contact; nothing is written.
    Tells         delivery.contact.offered: to which seat.
    """
    with act("delivery.contact.offered", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, _seat = as_contact(delivery, by)
        if taker.pk == fresh.contact_id or not fresh.members.filter(seat=taker, left_at=None).exists():
            raise Refusal(_("Choisissez une autre entreprise du chantier."))
        text = said(note)
        found, _new = ContactTurn.objects.update_or_create(
            delivery=fresh, taken_at=None,
            defaults={"giver": fresh.contact, "taker": taker, "note": text, "offered_at": at},
            create_defaults={
                "public_id": new_public_id(), "giver": fresh.contact, "taker": taker, "note": text, "offered_at": at,
            },
        )  # fmt: skip
        facts.on = address(found)
        facts |= {"delivery": fresh.public_id, "seat": taker.public_id}
    return found


def take_contact(delivery: Delivery, *, hello: str, by: Actor, at: datetime) -> Delivery:
    """Become the client’s only voice, and say so to the client in one’s own words.

    Allowed       the company that was asked; the deputy at any time.
    Refused when  nobody asked it; it is the contact already; nothing is said to a client who is known.
    Tells         delivery.contact.taken: from which seat to which, the message to the client.
    """
    with act("delivery.contact.taken", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        turn = fresh.contact_turns.filter(taken_at=None).first()
        asked = turn is not None and turn.taker_id == seat.pk
        if seat.pk == fresh.contact_id or not (asked or seat.pk == fresh.deputy_id):
            raise NotAllowed(_("L’interlocuteur du client passe la main, ou son suppléant la prend."))
        before, message = fresh.contact, 0
        if turn is None:
            turn = ContactTurn(public_id=new_public_id(), delivery=fresh, giver=before, note="", offered_at=at)
        turn.taker, turn.taken_at = seat, at
        turn.save()
        fresh.contact = seat
        if fresh.deputy_id == seat.pk:
            fresh.deputy = None
        fresh.version += 1
        fresh.save(update_fields=["contact", "deputy", "version"])
        if fresh.client_person_id is not None:
            text = said(hello)
            message = PortalMessage.objects.create(delivery=fresh, text=text, by=by.person, seat=seat, at=at).pk
        facts |= {"from": before.public_id, "to": seat.public_id, "message": message}
    return fresh


def be_deputy(delivery: Delivery, *, wanted: bool, by: Actor, at: datetime) -> Delivery:
    """Stand in for the client’s voice while it is away, or stop doing so.

    Allowed       a company that takes part, where nobody does; the deputy, to stop.
    Refused when  another is the deputy; it is the contact itself.
    Tells         delivery.deputy.changed: the seat, in or out.
    """
    with act("delivery.deputy.changed", book=delivery.grouping.book, by=by, at=at, on=delivery) as facts:
        fresh, seat = at_the_delivery(delivery, by)
        if seat.pk == fresh.contact_id or (wanted and fresh.deputy_id not in (None, seat.pk)):
            raise Refusal(_("Une entreprise parle au client, une autre la supplée : c’est déjà le cas."))
        if not wanted and fresh.deputy_id != seat.pk:
            raise NotYours
        fresh.deputy = seat if wanted else None
        fresh.version += 1
        fresh.save(update_fields=["deputy", "version"])
        facts |= {"seat": seat.public_id, "in": wanted}
    return fresh
