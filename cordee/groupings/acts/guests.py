"""Welcoming somebody who is no member: an observer, or a facilitator who accompanies several groupings."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat, leading_seat, living
from cordee.groupings.models import Grouping, Guest, GuestConsent, Seat
from cordee.groupings.permissions import is_welcome, unanswered_consents


class SitsHere(Refusal):
    """Who holds or replaces a seat here is no guest."""


class GuestGone(Refusal):
    """The guest has left, or was never welcome."""


def ask_guest(
    grouping: Grouping, *, email: str, name: str, kind: str, role: str = "", by: Actor, at: datetime
) -> Guest:
    """Propose that somebody observes or accompanies the grouping; the door opens once every company agreed.

    Allowed       whoever leads; one's own company agrees by asking.
    Refused when  the person sits here or is asked already, or the grouping is closed.
    Tells         groupings.guest.asked: observer or facilitator.
    """
    person = know_person(email, name=name, by=by, at=at)
    with act("groupings.guest.asked", book=grouping.book, by=by, at=at) as facts:
        fresh = living(grouping)
        mine = leading_seat(fresh, by, _("accueillir quelqu’un"))
        if kind not in Guest.Kind.values:
            raise GuestGone(_("Dites si cette personne observe ou accompagne."))
        seats = Seat.objects.filter(grouping=fresh, state=Seat.State.MEMBER)
        if seats.filter(holder=person).exists() or seats.filter(substitute=person).exists():
            raise SitsHere(
                _("%(person)s siège ici.") % {"person": person}, do=_("Un membre voit déjà tout : rien à ouvrir.")
            )
        if fresh.guests.filter(person=person, ended_at=None).exists():
            raise SitsHere(_("%(person)s est déjà proposée.") % {"person": person})
        made = Guest.objects.create(
            grouping=fresh, person=person, kind=kind, role=role.strip()[:80], asked_by=mine, asked_at=at
        )
        GuestConsent.objects.create(guest=made, seat=mine, agreed=True, at=at)
        facts.on = address(made)
        facts |= {"kind": kind, "who": person.pseudonym}
    return made


def answer_guest(guest: Guest, *, agreed: bool, by: Actor, at: datetime) -> Guest:
    """Say for one's company whether somebody may observe or accompany; it can be taken back at any time.

    Allowed       any member.
    Refused when  the guest has left, or the grouping is closed.
    Tells         groupings.guest.answered: whether one agrees, and whether the door is open from now on.
    """
    with act("groupings.guest.answered", book=guest.grouping.book, by=by, at=at, on=guest) as facts:
        fresh = _again(guest)
        mine = acting_seat(living(fresh.grouping), by)
        GuestConsent.objects.update_or_create(guest=fresh, seat=mine, defaults={"agreed": agreed, "at": at})
        facts |= {"seat": mine.public_id, "agreed": agreed, "open": is_welcome(fresh)}
    return fresh


def end_guest(guest: Guest, *, by: Actor, at: datetime) -> Guest:
    """Close the door to a guest, for good.

    Allowed       whoever leads; the guest itself.
    Refused when  the guest has left already.
    Tells         groupings.guest.ended.
    """
    with act("groupings.guest.ended", book=guest.grouping.book, by=by, at=at, on=guest):
        fresh = _again(guest)
        if by.person.pk != fresh.person_id:
            leading_seat(living(fresh.grouping), by, _("mettre fin à cet accès"))
        fresh.ended_at = at
        fresh.save(update_fields=["ended_at"])
    return fresh


def welcomed(grouping: Grouping, by: Actor, *, kind: str = "") -> Guest:
    """Re-read the guest who acts; a stranger, or one whose door is shut, learns nothing."""
    found = grouping.guests.filter(person=by.person, ended_at=None).first()
    if found is None or unanswered_consents(found).exists() or (kind and found.kind != kind):
        raise NotYours
    return found


def _again(guest: Guest) -> Guest:
    fresh = Guest.objects.select_for_update(of=("self",)).select_related("grouping", "person").get(pk=guest.pk)
    if fresh.ended_at:
        raise GuestGone(_("Cet accès est déjà fermé."))
    return fresh
