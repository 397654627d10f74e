"""The reception of building works: called, answered by the client, its minutes signed by both; guarantees start."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.delivery.acts.client import AnsweredAlready
from cordee.delivery.acts.inside import as_client, as_contact, said
from cordee.delivery.models import BillingPart, Delivery, Reception
from cordee.delivery.reads.minutes import minutes_of, minutes_pdf, who_signs
from cordee.engines.delivery import legal_guarantees
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor, Clockwork, Link
from cordee.ground.register.acts import act, address
from cordee.ground.signing.acts import Called, open_ceremony
from cordee.ground.signing.models import Ceremony

CLOCK = Clockwork()
SIGN_WITHIN = timedelta(days=30)


def call_reception(delivery: Delivery, *, visit_at: datetime, by: Actor, at: datetime) -> Reception:
    """Call the client to the reception: a visit, then signed minutes. Accepting deliverables is not that.

    Allowed       the single contact, its deputy.
    Refused when  it is not building work; the client’s person is not known; the visit is past; it is called already.
    Tells         delivery.reception.called: the day of the visit.
    """
    with act("delivery.reception.called", book=delivery.grouping.book, by=by, at=at) as facts:
        fresh, _seat = as_contact(delivery, by)
        if not fresh.works:
            raise Refusal(_("Il n’y a pas de travaux de bâtiment ici : les livrables se valident, rien ne se reçoit."))
        if fresh.client_person_id is None:
            raise Refusal(_("L’adresse du client n’est pas encore connue."), do=_("Notez-la d’abord."))
        if visit_at <= at:
            raise Refusal(_("Ce moment est déjà passé."), do=_("Choisissez un jour à venir."))
        if fresh.receptions.exclude(state=Reception.State.REFUSED).exists():
            raise Refusal(_("La réception est déjà convoquée ou prononcée."))
        found = Reception.objects.create(
            public_id=new_public_id(), delivery=fresh, visit_at=visit_at, called_at=at
        )  # fmt: skip
        facts.on = address(found)
        facts |= {"delivery": fresh.public_id, "visit": localtime(visit_at).date().isoformat()}
    return found


def answer_reception(reception: Reception, link: Link, *, outcome: str, why: str = "", at: datetime) -> Reception:
    """Receive the works, with the reserves that were noted or without, or refuse. The minutes leave to be signed.

    Nothing is received before the client and each company that carries a lot have signed the minutes, with a code.

    Allowed       the client, by their link, from the visit on.
    Refused when  the visit has not taken place; it is answered; with reserves and none is noted, or the reverse; it is
                  refused and no reason is given.
    Tells         delivery.reception.answered: the outcome, how many reserves; signing.ceremony.opened.
    """
    book = reception.delivery.grouping.book
    with act("delivery.reception.answered", book=book, by=link.actor, at=at, on=reception) as facts:
        fresh = as_client(reception.delivery, link, at=at)
        mine = Reception.objects.select_for_update().get(pk=reception.pk)
        if mine.state != Reception.State.CALLED:
            raise AnsweredAlready(_("Vous avez déjà répondu à cette réception."))
        if localtime(at).date() < localtime(mine.visit_at).date():
            raise Refusal(_("La visite n’a pas encore eu lieu."), do=_("Répondez le jour de la visite, ou après."))
        if outcome not in ("accepted", "reserved", "refused"):
            raise Refusal(_("Choisissez votre réponse."))
        count = mine.reserves.filter(lifted_at=None).count()
        if outcome == "reserved" and not count:
            raise Refusal(_("Aucune réserve n’est notée."), do=_("Notez-en une, ou recevez sans réserve."))
        if outcome == "accepted" and count:
            raise Refusal(_("Vous avez noté des réserves."), do=_("Recevez avec réserves."))
        mine.answered_at, mine.with_reserves = at, outcome == "reserved"
        if outcome == "refused":
            mine.state, mine.why = Reception.State.REFUSED, said(why)
        else:
            mine.state, mine.received_on = Reception.State.SIGNING, localtime(at).date()
            mine.ceremony = _ceremony(fresh, mine, link, at)
        mine.save()
        facts |= {"outcome": outcome, "reserves": count}
    return mine


def _ceremony(delivery: Delivery, reception: Reception, link: Link, at: datetime) -> Ceremony:
    """All sign the same minutes: the client, and each company that did a part of the works."""
    assert delivery.client_person is not None
    document = minutes_of(delivery, reception)
    called = [Called(delivery.client_person, address(reception), delivery.client, "", _("maître d’ouvrage"))]
    called += [
        Called(
            seat.holder, address(seat), str(seat.company), seat.company.siren or "",
            _("interlocuteur unique des entreprises") if seat.pk == delivery.contact_id else _("pour l’entreprise"),
        )
        for seat in who_signs(delivery)
    ]  # fmt: skip
    return open_ceremony(
        book=delivery.book,
        subject=address(reception),
        title=_("Procès-verbal de réception – %(title)s") % {"title": delivery.title[:100]},
        pdf=minutes_pdf(document, at=at),
        fingerprint=document.fingerprint,
        called=called,
        expires_at=at + SIGN_WITHIN,
        by=link.actor,
        at=at,
    )


def follow_reception(reception: Reception, *, at: datetime) -> Reception:
    """Note that the minutes are sealed: the works are received, guarantees run, balances may be invoiced.

    Allowed       Cordée itself.
    Refused when  not everybody has signed; it was noted already.
    Tells         delivery.reception.signed: the day, the end of each guarantee, how many invoices it prepares; or
                  delivery.reception.unsigned when somebody declined: the client answers again.
    """
    known = Reception.objects.select_related("ceremony").get(pk=reception.pk)
    if known.ceremony is not None and known.ceremony.state in (Ceremony.State.DECLINED, Ceremony.State.CANCELLED):
        return _unsigned(known, at)
    with act(
        "delivery.reception.signed", book=reception.delivery.grouping.book, by=CLOCK, at=at, on=reception
    ) as facts:
        mine = Reception.objects.select_for_update(of=("self",)).select_related("ceremony").get(pk=reception.pk)
        sealed = mine.ceremony is not None and mine.ceremony.state == Ceremony.State.SEALED
        if mine.state != Reception.State.SIGNING or not sealed or mine.received_on is None:
            raise Refusal(_("Le procès-verbal n’est pas signé par tous."))
        mine.state = Reception.State.SIGNED
        mine.save(update_fields=["state"])
        Delivery.objects.filter(pk=mine.delivery_id).update(state=Delivery.State.RECEIVED)
        due = BillingPart.objects.filter(delivery=mine.delivery_id, deliverable=None, change=None, ready_at=None)
        facts |= {each.kind: each.ends_on.isoformat() for each in legal_guarantees(mine.received_on)}
        facts |= {"received_on": mine.received_on.isoformat(), "invoices": due.update(ready_at=at)}
    return mine


def _unsigned(reception: Reception, at: datetime) -> Reception:
    """Note that somebody declined to sign the minutes: the client answers again.

    Allowed       Cordée itself.
    Refused when  nothing is being signed.
    Tells         delivery.reception.unsigned.
    """
    with act("delivery.reception.unsigned", book=reception.delivery.grouping.book, by=CLOCK, at=at, on=reception):
        mine = Reception.objects.select_for_update().get(pk=reception.pk)
        if mine.state != Reception.State.SIGNING:
            raise Refusal(_("Le procès-verbal n’est pas signé par tous."))
        mine.state, mine.ceremony, mine.received_on, mine.answered_at = Reception.State.CALLED, None, None, None
        mine.save()
    return mine
