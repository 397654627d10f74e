"""What every act of this room checks, inside its lock: who acts, whether it is still open, whose link it is."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.delivery import permissions
from cordee.delivery.models import Delivery
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.models import Seat

PORTAL = "portal"
"""The purpose of the links that open the client's page."""


class DeliveryOver(Refusal):
    """It is over: it is read, it changes no more."""


class SayWhat(Refusal):
    """Something has to be said in words."""


def fresh_delivery(delivery: Delivery, *, ended: bool = False) -> Delivery:
    """Re-read a delivery to change it; refused once it is over."""
    living(delivery.grouping)
    known = Delivery.objects.select_for_update(of=("self",)).select_related(
        "grouping", "client_person", "contact__company", "contact__holder", "deputy__company", "deputy__holder"
    )
    fresh = known.get(pk=delivery.pk)
    if not ended and not fresh.open:
        raise DeliveryOver(_("Ce chantier est terminé : il se lit, il ne change plus."))
    return fresh


def at_the_delivery(delivery: Delivery, by: Actor, *, ended: bool = False) -> tuple[Delivery, Seat]:
    """The delivery re-read, and the seat that acts, which takes part in it."""
    seat = acting_seat(delivery.grouping, by)
    if not permissions.takes_part(delivery, seat):
        raise NotYours
    return fresh_delivery(delivery, ended=ended), seat


def as_contact(delivery: Delivery, by: Actor, *, ended: bool = False) -> tuple[Delivery, Seat]:
    """The same, for what only the single contact or its deputy does."""
    fresh, seat = at_the_delivery(delivery, by, ended=ended)
    if not permissions.speaks_to_client(fresh, seat):
        raise NotAllowed(
            _("Une seule voix parle au client : %(who)s.") % {"who": fresh.contact.company},
            do=_("Donnez-lui ce qu’il faut dire."),
        )
    return fresh, seat


def as_client(delivery: Delivery, link: Link, *, at: datetime, ended: bool = False) -> Delivery:
    """The delivery re-read, for its client: by a link of this very delivery, neither withdrawn nor expired."""
    fresh = fresh_delivery(delivery, ended=ended)
    known = Link.objects.filter(pk=link.pk, purpose=PORTAL, subject=address(fresh), revoked_at=None, expires_at__gt=at)
    if fresh.client_person_id is None or not known.filter(person=fresh.client_person_id).exists():
        raise NotYours
    return fresh


def said(text: str, most: int = 10_000) -> str:
    """What was written, stripped; refused when it is nothing."""
    if not text.strip():
        raise SayWhat(_("Rien n’est écrit."), do=_("Dites-le en une phrase."))
    return text.strip()[:most]
