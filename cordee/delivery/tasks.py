"""What falls due, and what is told by letter: to the client, to the contact, to the companies concerned."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.delivery.acts import ask_again, follow_reception, portal_link
from cordee.delivery.models import (
    BillingPart,
    Blocker,
    ChangeRequest,
    ContactTurn,
    Deliverable,
    Delivery,
    HandOver,
    MemberDefault,
    MemberVerdict,
    PortalMessage,
    Reception,
    Reserve,
    Sprint,
)
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.reads import link_address
from cordee.ground.register.models import Entry
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Seat

OVER = (Ceremony.State.SEALED, Ceremony.State.DECLINED, Ceremony.State.CANCELLED)


def follow_receptions(*, at: datetime) -> int:
    """Note the minutes that are sealed, and those that somebody declined to sign."""
    due = Reception.objects.filter(state=Reception.State.SIGNING, ceremony__state__in=OVER)
    return each_apart(list(due.select_related("delivery__grouping")), lambda one: follow_reception(one, at=at))


def ask_those_not_yet(*, at: datetime) -> int:
    """Ask again those that said « pas encore » two months ago."""
    due = MemberVerdict.objects.filter(asked_again=False, ask_on__lte=localtime(at).date())
    return each_apart(list(due.select_related("delivery__grouping", "seat")), lambda one: ask_again(one, at=at))


DEADLINES = (follow_receptions, ask_those_not_yet)


def _id(entry: Entry) -> str:
    return entry.subject.rpartition("/")[2]


def _delivery(public_id: str) -> Delivery:
    known = Delivery.objects.select_related(
        "grouping", "client_person", "contact__holder", "contact__company", "deputy__holder", "deputy__company"
    )
    return known.get(public_id=public_id)


def _whole(found: Delivery) -> Delivery:
    return _delivery(found.public_id)


def _why(delivery: Delivery) -> str:
    return _("Vous recevez ce message car votre entreprise participe au chantier « %(title)s ».") % {
        "title": delivery.title
    }


def _page(delivery: Delivery, name: str = "delivery:board") -> str:
    return str(settings.SITE_URL) + reverse(name, args=[delivery.public_id])


def _to_seat(
    seat: Seat, delivery: Delivery, kind: str, subject: str, lines: tuple[str, ...], button: str, url: str
) -> Draft:
    return Draft(
        to=seat.holder, kind=kind, subject=subject, lines=lines, button=button, url=url, why=_why(delivery)
    )  # fmt: skip


def _others(delivery: Delivery, entry: Entry) -> list[Seat]:
    """The companies that take part, without the person who acted."""
    rows = delivery.members.filter(left_at=None).select_related("seat__holder", "seat__company")
    return [row.seat for row in rows if row.seat.holder.pseudonym != entry.by.partition(" ")[0]]


def _to_client(
    delivery: Delivery, at: datetime, kind: str, subject: str, lines: tuple[str, ...], button: str
) -> Iterable[Draft]:
    person = delivery.client_person
    if person is None:
        return
    yield Draft(
        to=person,
        kind=kind,
        subject=subject,
        lines=lines,
        button=button,
        url=link_address(portal_link(delivery, at=at), "delivery:portal"),
        why=_(
            "Vous recevez ce message de %(name)s, votre interlocuteur pour « %(title)s ». Ce lien n’est que pour vous."
        )
        % {"name": delivery.contact.holder, "title": delivery.title},
    )


def tell_portal(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: the link to their page."""
    found = _delivery(_id(entry))
    if found.client_person is None:
        return
    with translation.override(found.client_person.language):
        lines = (
            _("Vous y suivez l’avancement, validez ce qui vous est remis, et écrivez à une seule personne."),
            _("Le lien vous ouvre votre page aussi souvent que vous voulez. Ne le transmettez pas."),
        )
        subject = _("Votre page : %(title)s") % {"title": found.title[:120]}
        yield from _to_client(found, at, f"delivery.portal.{entry.number}", subject, lines, _("Ouvrir ma page"))


def tell_client(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: what the contact wrote, by itself or when a pact was carried out."""
    message = PortalMessage.objects.select_related("delivery").filter(pk=entry.facts.get("message", 0)).first()
    if message is None:
        return
    found = _whole(message.delivery)
    with translation.override(found.client_person.language if found.client_person else "fr"):
        subject = _("Un message pour vous : %(title)s") % {"title": found.title[:120]}
        lines = tuple(line for line in message.text.splitlines() if line.strip())[:40]
        yield from _to_client(found, at, f"delivery.client.{message.pk}", subject, lines, _("Lire et répondre"))


def tell_contact(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the contact and the deputy: the client wrote."""
    found = _delivery(_id(entry))
    for seat in (found.contact, found.deputy):
        if seat is None:
            continue
        with translation.override(seat.holder.language):
            subject = _("Le client a écrit : %(title)s") % {"title": found.title[:120]}
            lines = (_("Son message est sur la page du chantier. Répondez-lui de là : tout reste au même endroit."),)
            kind = f"delivery.client.in.{entry.facts['message']}"
            yield _to_seat(seat, found, kind, subject, lines, _("Lire et répondre"), _page(found, "delivery:client"))


def tell_shown(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: something to accept. It is said that this is not the reception."""
    made = Deliverable.objects.select_related("delivery").get(public_id=_id(entry))
    found = _whole(made.delivery)
    with translation.override(found.client_person.language if found.client_person else "fr"):
        subject = _("À valider : %(what)s") % {"what": made.title}
        lines = [_("Validez-le, validez-le avec des réserves, ou refusez-le : un geste suffit.")]
        if found.works:
            lines.append(_("Valider un livrable n’est pas recevoir les travaux : les garanties ne courent pas encore."))
        yield from _to_client(found, at, f"delivery.shown.{made.version}", subject, tuple(lines), _("Voir et répondre"))


def tell_answered(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the company of the lot and the contact: what the client answered, and what one may invoice."""
    made = Deliverable.objects.select_related("delivery", "lot__seat__holder", "lot__seat__company").get(
        public_id=_id(entry)
    )
    found = _whole(made.delivery)
    for seat in {one.pk: one for one in (made.lot.seat, found.contact) if one}.values():
        with translation.override(seat.holder.language):
            subject = _("%(what)s : %(state)s") % {"what": made.title, "state": made.get_state_display()}
            lines = [made.why] if made.why else []
            if BillingPart.objects.filter(deliverable=made, seat=seat, ready_at__isnull=False, invoice="").exists():
                lines.append(_("Vous pouvez préparer votre facture : elle vous attend dans « Factures »."))
            lines.append(_("Les réserves, s’il y en a, sont sur la page du chantier."))
            url = _page(found, "delivery:client")
            yield _to_seat(seat, found, f"delivery.answered.{made.version}", subject, tuple(lines), _("Voir"), url)


def tell_reserve(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the company concerned, or the contact where none is: a reserve."""
    one = Reserve.objects.select_related("delivery", "seat__holder", "seat__company").get(public_id=_id(entry))
    found = _whole(one.delivery)
    seat = one.seat or found.contact
    with translation.override(seat.holder.language):
        lines = [one.text]
        if one.due_on:
            lines.append(_("À corriger avant le %(day)s.") % {"day": day(one.due_on)})
        subject = _("Une réserve du client : %(title)s") % {"title": found.title[:120]}
        url = _page(found, "delivery:client")
        yield _to_seat(seat, found, "delivery.reserve", subject, tuple(lines), _("Voir la réserve"), url)


def tell_put_right(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: a reserve is said to be put right; they lift it, or not."""
    one = Reserve.objects.select_related("delivery").get(public_id=_id(entry))
    found = _whole(one.delivery)
    with translation.override(found.client_person.language if found.client_person else "fr"):
        subject = _("Corrigé, à vérifier : %(what)s") % {"what": one.text[:120]}
        kind = f"delivery.put_right.{entry.number}"
        yield from _to_client(found, at, kind, subject, (one.said,), _("Lever la réserve"))


def tell_reception(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: the reception, what it starts, when the visit is."""
    held = Reception.objects.select_related("delivery").get(public_id=_id(entry))
    found = _whole(held.delivery)
    with translation.override(found.client_person.language if found.client_person else "fr"):
        lines = (
            _("Visite : %(when)s.") % {"when": moment(held.visit_at)},
            _("La réception est un acte signé : les garanties légales d’un, deux et dix ans courent à partir d’elle."),
        )
        subject = _("Réception des travaux : %(title)s") % {"title": found.title[:120]}
        yield from _to_client(found, at, "delivery.reception", subject, lines, _("Voir ma page"))


def tell_change(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the companies: a change to price."""
    one = ChangeRequest.objects.select_related("delivery").get(public_id=_id(entry))
    found = _whole(one.delivery)
    for seat in _others(found, entry):
        with translation.override(seat.holder.language):
            subject = _("Une modification à chiffrer : %(title)s") % {"title": found.title[:120]}
            url = _page(found, "delivery:client")
            yield _to_seat(seat, found, "delivery.change", subject, (one.text[:400],), _("Chiffrer ma part"), url)


def tell_offer(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: what the companies propose for the change they asked for."""
    one = ChangeRequest.objects.select_related("delivery").get(public_id=_id(entry))
    if not one.by_client and not entry.facts["adopted"]:
        return
    found = _whole(one.delivery)
    with translation.override(found.client_person.language if found.client_person else "fr"):
        subject = _("Réponse à une modification : %(title)s") % {"title": found.title[:120]}
        yield from _to_client(found, at, "delivery.change.offered", subject, (one.text[:400],), _("Voir la réponse"))


def tell_blocker(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the other companies: a call for help. A blocker without a call is on the board, and in nobody's mail."""
    if not entry.facts["help"]:
        return
    one = Blocker.objects.select_related("item__delivery", "raised_by__company").get(public_id=_id(entry))
    found = _whole(one.item.delivery)
    for seat in _others(found, entry):
        with translation.override(seat.holder.language):
            words = {"who": one.raised_by.company, "card": one.item.title}
            subject = _("%(who)s appelle à l’aide : %(card)s") % words
            yield _to_seat(seat, found, "delivery.blocker", subject, (one.text,), _("Répondre"), _page(found))


def tell_default(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the company concerned first, and to the others: an alert, what is said, until when it answers."""
    one = MemberDefault.objects.select_related("delivery", "seat__holder", "seat__company").get(public_id=_id(entry))
    found = _whole(one.delivery)
    for seat in _others(found, entry):
        with translation.override(seat.holder.language):
            mine = seat.pk == one.seat_id
            subject = (
                _("Une alerte sur votre entreprise : %(title)s")
                if mine
                else _("Une entreprise est signalée : %(title)s")
            ) % {"title": found.title[:120]}
            lines = (one.what, _("Réponse attendue avant le %(day)s.") % {"day": day(one.answer_by)})
            url = _page(found, "delivery:failing")
            yield _to_seat(seat, found, "delivery.default", subject, lines, _("Répondre") if mine else _("Voir"), url)


def tell_part(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the other companies: somebody passes its part on; once it is taken, who carries it."""
    one = HandOver.objects.select_related("delivery", "seat__company", "taker__company").get(public_id=_id(entry))
    if entry.act == "delivery.part.answered" and not entry.facts["takes"]:
        return
    found = _whole(one.delivery)
    for seat in _others(found, entry):
        with translation.override(seat.holder.language):
            words = {"who": one.taker.company if one.taker else one.seat.company, "title": found.title[:120]}
            taken = entry.act == "delivery.part.answered"
            subject = (_("%(who)s reprend une part : %(title)s") if taken else _("Qui reprend ? %(title)s")) % words
            lines = (_("%(who)s confie sa part.") % {"who": one.seat.company}, one.why)
            button = _("Voir") if taken else _("Répondre")
            yield _to_seat(seat, found, f"delivery.part.{entry.number}", subject, lines, button,
                           _page(found, "delivery:failing"))  # fmt: skip


def tell_contact_offered(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the company that is asked to become the client’s only voice."""
    turn = ContactTurn.objects.select_related("delivery", "taker__holder").get(public_id=_id(entry))
    found = _whole(turn.delivery)
    with translation.override(turn.taker.holder.language):
        subject = _("On vous propose de parler au client : %(title)s") % {"title": found.title[:120]}
        lines = (_("Vous devenez l’interlocuteur unique si vous l’acceptez."), turn.note[:400])
        kind = f"delivery.contact.{entry.number}"
        yield _to_seat(turn.taker, found, kind, subject, lines, _("Voir et répondre"), _page(found, "delivery:failing"))


def tell_review(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the client: when they are shown what is done, where the sprint says it."""
    sprint = Sprint.objects.select_related("delivery").get(public_id=_id(entry))
    if sprint.review_at is None:
        return
    found = _whole(sprint.delivery)
    with translation.override(found.client_person.language if found.client_person else "fr"):
        subject = _("Nous vous montrons ce qui est fait : %(title)s") % {"title": found.title[:120]}
        lines = (_("Rendez-vous : %(when)s.") % {"when": moment(sprint.review_at)}, sprint.goal)
        kind = f"delivery.review.{entry.number}"
        yield from _to_client(found, at, kind, subject, lines, _("Voir ma page"))


def tell_ended(entry: Entry, at: datetime) -> Iterable[Draft]:
    """Three questions to the client; one to each company."""
    found = _delivery(_id(entry))
    with translation.override(found.client_person.language if found.client_person else "fr"):
        subject = _("Trois questions, une minute : %(title)s") % {"title": found.title[:120]}
        lines = (_("Était-ce plus simple ? Était-ce à l’heure ? Le referiez-vous ?"),)
        yield from _to_client(found, at, "delivery.ended", subject, lines, _("Répondre"))
    for row in found.members.filter(left_at=None).select_related("seat__holder", "seat__company"):
        yield _ask(row.seat, found, "delivery.worked")


def tell_asked_again(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To a company that said « pas encore »."""
    found = _delivery(_id(entry))
    seat = Seat.objects.select_related("holder", "company").get(public_id=entry.facts["seat"])
    yield _ask(seat, found, f"delivery.worked.{entry.number}")


def _ask(seat: Seat, delivery: Delivery, kind: str) -> Draft:
    with translation.override(seat.holder.language):
        subject = _("Cela a-t-il marché ? %(title)s") % {"title": delivery.title[:120]}
        lines = (_("Oui, pas encore, ou non : votre réponse aide les prochains à s’associer."),)
        return _to_seat(seat, delivery, kind, subject, lines, _("Répondre"), _page(delivery, "delivery:client"))


LETTERS: dict[str, Teller] = {
    "delivery.portal.sent": tell_portal,
    "delivery.client.written": tell_client,
    "delivery.client.answered": tell_contact,
    "delivery.deliverable.shown": tell_shown,
    "delivery.deliverable.answered": tell_answered,
    "delivery.reserve.raised": tell_reserve,
    "delivery.reserve.put_right": tell_put_right,
    "delivery.reception.called": tell_reception,
    "delivery.change.asked": tell_change,
    "delivery.change.offered": tell_offer,
    "delivery.blocker.raised": tell_blocker,
    "delivery.default.raised": tell_default,
    "delivery.part.offered": tell_part,
    "delivery.part.answered": tell_part,
    "delivery.part.told": tell_client,
    "delivery.contact.offered": tell_contact_offered,
    "delivery.contact.taken": tell_client,
    "delivery.sprint.opened": tell_review,
    "delivery.pact.carried_out": tell_client,
    "delivery.delivery.ended": tell_ended,
    "delivery.member.asked_again": tell_asked_again,
}
