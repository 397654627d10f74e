"""The thread with the client: one place, whoever is the contact that day."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import act
from cordee.offers.acts.bids import at_the_bid
from cordee.offers.models import Bid, ClientMessage
from cordee.offers.reads.contact import contact_today

LONGEST = 10_000


def write_to_client(bid: Bid, *, subject: str, text: str, by: Actor, at: datetime) -> ClientMessage:
    """Write to the client, as the named contact or its deputy; the mail leaves, the thread keeps it.

    Allowed       today's contact, its deputy.
    Refused when  no client or no contact is known; nothing is written; somebody else writes.
    Tells         offers.client.written, without its words.
    """
    with act("offers.client.written", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by, frozen=True)
        if fresh.client_person_id is None:
            raise Refusal(_("L’adresse du client n’est pas encore connue."), do=_("Envoyez-lui d’abord l’offre."))
        if seat.pk not in (fresh.contact_id, fresh.deputy_id):
            who = contact_today(fresh, on=at.date())
            raise NotAllowed(
                _("Une seule voix parle au client : %(who)s.") % {"who": who.company if who else _("personne encore")},
                do=_("Donnez-lui ce qu’il faut dire."),
            )
        facts["message"] = _keep(fresh, subject, text, by, at, seat=seat.pk).pk
    return ClientMessage.objects.filter(bid=bid).order_by("-id")[0]


def client_writes(bid: Bid, link: Link, *, subject: str, text: str, at: datetime) -> ClientMessage:
    """The client answers, from the link in the mail: the contact and the deputy are told.

    Allowed       the client of this bid, by their link.
    Refused when  nothing is written; the link is somebody else's.
    Tells         offers.client.answered, without its words.
    """
    by = link.actor
    with act("offers.client.answered", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh = Bid.objects.select_related("grouping").get(pk=bid.pk)
        if link.person_id != fresh.client_person_id:
            raise NotAllowed(_("Ce lien n’est pas celui du client."))
        found = _keep(fresh, subject, text, by, at, from_client=True)
        facts["message"] = found.pk
    return found


def _keep(
    bid: Bid, subject: str, text: str, by: Actor, at: datetime, *, seat: int | None = None, from_client: bool = False
) -> ClientMessage:
    if not text.strip():
        raise Refusal(_("Écrivez votre message."))
    return ClientMessage.objects.create(
        bid=bid, subject=subject.strip()[:160] or bid.title[:160], text=text.strip()[:LONGEST], by=by.person,
        seat_id=seat, from_client=from_client, at=at,
    )  # fmt: skip
