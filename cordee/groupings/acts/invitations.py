"""Inviting leaders, a few at a time; their answer, from a link, before any account exists."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from cordee.directory.models import Company, Representative
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.acts import LINK_LIFE, know_person, make_link, revoke_links, use_link
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import DecidedTogether, acting_seat, living
from cordee.groupings.acts.companies import name_company, speak_for
from cordee.groupings.acts.seats import not_from_outside
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.groupings.permissions import may_invite, may_send

PURPOSE = "invitation"
MOST_OPEN = 6
"""How many may be asked at a time: who hears that fifty others were asked does not answer."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """One leader to invite: an address, or at least a company (« adresse à compléter »)."""

    email: str = ""
    name: str = ""
    company: Company | None = None
    company_name: str = ""


class AlreadyThere(Refusal):
    """This person or this company already sits here, or has been invited."""


class TooManyInvited(Refusal):
    """Enough leaders have an invitation to answer."""


class InvitationAnswered(Refusal):
    """The invitation was answered or withdrawn."""


class AddressMissing(Refusal):
    """An invitation needs an e-mail address."""


class TooSoon(Refusal):
    """The invitation has only just been sent."""


def invite(grouping: Grouping, invitee: Invitee, *, by: Actor, at: datetime) -> Invitation:
    """Invite one leader. Without an address, or when six have yet to answer, the invitation is noted and waits.

    Allowed       any member, as long as nothing is signed.
    Refused when  the person or the company already sits here or is invited.
    Tells         groupings.seat.invited, or what `note_invitation` tells.
    """
    if not invitee.email.strip() or _open(grouping, at).count() >= MOST_OPEN:
        return note_invitation(grouping, invitee, by=by, at=at)
    person = know_person(invitee.email, name=invitee.name, by=by, at=at)
    with act("groupings.seat.invited", book=grouping.book, by=by, at=at) as facts:
        invitation = _prepared(grouping, invitee, person, by=by)
        _room_for_one_more(invitation.grouping, at)
        _send(invitation, at=at)
        facts.on = address(invitation)
    return invitation


def note_invitation(grouping: Grouping, invitee: Invitee, *, by: Actor, at: datetime) -> Invitation:
    """Note a leader or a company to invite later, when the address is known or fewer answers are awaited.

    Allowed       any member, as long as nothing is signed.
    Refused when  there is neither address nor company, or the person or company already sits here or is invited.
    Tells         groupings.seat.proposed.
    """
    if not (invitee.email.strip() or invitee.company or invitee.company_name.strip()):
        raise AddressMissing(_("Il manque une adresse e-mail."), do=_("Donnez celle de la personne à inviter."))
    person = know_person(invitee.email, name=invitee.name, by=by, at=at) if invitee.email.strip() else None
    with act("groupings.seat.proposed", book=grouping.book, by=by, at=at) as facts:
        invitation = _prepared(grouping, invitee, person, by=by)
        invitation.save()
        facts.on = address(invitation)
    return invitation


def send_invitation(invitation: Invitation, *, email: str = "", name: str = "", by: Actor, at: datetime) -> Invitation:
    """Send an invitation that waits, once its address is known, or send one again with a new link.

    Allowed       any member.
    Refused when  it was answered, there is no address, six others are open, or it left less than two days ago.
    Tells         groupings.seat.invited.
    """
    person = know_person(email, name=name, by=by, at=at) if email.strip() else None
    with act("groupings.seat.invited", book=invitation.book, by=by, at=at, on=invitation):
        fresh = _unanswered(invitation)
        living(fresh.grouping)
        _nothing_signed(acting_seat(fresh.grouping, by))
        if person is not None and person.pk != fresh.person_id:
            _not_there_yet(fresh.grouping, person, None)
            fresh.person = person
        if fresh.person is None:
            raise AddressMissing(_("Il manque l’adresse e-mail de %(company)s.") % {"company": fresh.shown_company})
        again = fresh.state == Invitation.State.SENT
        if not may_send(fresh, at):
            raise TooSoon(
                _("L’invitation est partie il y a moins de deux jours."), do=_("Laissez-lui le temps de répondre.")
            )
        if not again:
            _room_for_one_more(fresh.grouping, at)
        revoke_links(subject=fresh, purpose=PURPOSE, at=at)
        _send(fresh, at=at)
    return fresh


def withdraw_invitation(invitation: Invitation, *, by: Actor, at: datetime) -> Invitation:
    """Take an invitation back; its link stops working.

    Allowed       any member.
    Refused when  it was answered.
    Tells         groupings.seat.withdrawn.
    """
    with act("groupings.seat.withdrawn", book=invitation.book, by=by, at=at, on=invitation):
        fresh = _unanswered(invitation)
        acting_seat(fresh.grouping, by)
        revoke_links(subject=fresh, purpose=PURPOSE, at=at)
        fresh.state, fresh.answered_at = Invitation.State.WITHDRAWN, at
        fresh.save(update_fields=["state", "answered_at"])
    return fresh


def accept_invitation(
    invitation: Invitation,
    *,
    link: Link,
    company: Company | None = None,
    company_text: str = "",
    capacity: str = Representative.Capacity.LEGAL,
    at: datetime,
) -> Seat:
    """Come in, for one company, from the link in the mail; no account is needed. It uses the link up.

    Allowed       the person to whom the link was sent.
    Refused when  the link is spent, the company already sits here, somebody else speaks for it, one only prepares, or
                  advises from outside.
    Tells         groupings.seat.accepted.
    """
    seat = Seat(public_id=new_public_id(), grouping=invitation.grouping, holder=link.person)
    known = company or invitation.company
    former = Seat.objects.filter(grouping=invitation.grouping, company=known).first() if known else None
    if former and former.state == Seat.State.LEFT:
        seat = former
    by = Actor(link.person, address(seat))
    with act("groupings.seat.accepted", book=invitation.book, by=by, at=at, on=address(seat)) as facts:
        use_link(link, at=at)
        fresh = _unanswered(invitation)
        living(fresh.grouping)
        chosen = fresh.company or company
        if chosen is None:
            chosen = name_company(company_text or fresh.company_name, capacity=capacity, by=Actor(link.person), at=at)
        else:
            speak_for(chosen, link.person, capacity, at=at)
        seat.company = chosen
        not_from_outside(seat, link.person)
        if Seat.objects.filter(grouping=fresh.grouping, company=chosen).exclude(pk=seat.pk, state="left").exists():
            raise AlreadyThere(
                _("%(company)s a déjà sa voix ici : une entreprise, une voix.") % {"company": chosen},
                do=_("Choisissez une autre entreprise, ou déclinez."),
            )
        seat.company, seat.holder, seat.substitute = chosen, link.person, None
        seat.state, seat.left_at = Seat.State.MEMBER, None
        seat.invited_by, seat.invited_at, seat.answered_at = fresh.invited_by, fresh.sent_at or at, at
        seat.save()
        fresh.state, fresh.answered_at, fresh.company, fresh.seat = Invitation.State.ACCEPTED, at, chosen, seat
        fresh.save()
        facts["invitation"] = fresh.public_id
        facts["company"] = chosen.public_id
        facts["capacity"] = capacity
    return seat


def decline_invitation(invitation: Invitation, *, link: Link, reason: str = "", at: datetime) -> Invitation:
    """Say no, from the link in the mail, with or without a reason. It uses the link up.

    Allowed       the person to whom the link was sent.
    Refused when  the link is spent, or the invitation was answered.
    Tells         groupings.seat.declined; the reason stays out of the book.
    """
    with act("groupings.seat.declined", book=invitation.book, by=link.actor, at=at, on=invitation):
        use_link(link, at=at)
        fresh = _unanswered(invitation)
        fresh.state, fresh.answered_at = Invitation.State.DECLINED, at
        fresh.reason = " ".join(reason.split())[:300]
        fresh.save(update_fields=["state", "answered_at", "reason"])
    return fresh


def _prepared(grouping: Grouping, invitee: Invitee, person: Person | None, *, by: Actor) -> Invitation:
    fresh = living(grouping)
    seat = acting_seat(fresh, by)
    _nothing_signed(seat)
    _not_there_yet(fresh, person, invitee.company)
    name = invitee.company_name.strip()[:200]
    return Invitation(grouping=fresh, person=person, company=invitee.company, company_name=name, invited_by=seat)


def _open(grouping: Grouping, at: datetime) -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(grouping=grouping, state=Invitation.State.SENT, expires_at__gt=at)


def _room_for_one_more(grouping: Grouping, at: datetime) -> None:
    if _open(grouping, at).count() >= MOST_OPEN:
        raise TooManyInvited(
            _("%(most)s invitations attendent déjà une réponse.") % {"most": MOST_OPEN},
            do=_("Attendez une réponse, ou retirez une invitation."),
        )


def _send(invitation: Invitation, *, at: datetime) -> None:
    assert invitation.person is not None
    invitation.state, invitation.sent_at, invitation.expires_at = Invitation.State.SENT, at, at + LINK_LIFE
    invitation.save()
    make_link(invitation.person, purpose=PURPOSE, subject=invitation, at=at, expires_at=invitation.expires_at)


def _nothing_signed(seat: Seat) -> None:
    if not may_invite(seat):
        raise DecidedTogether(
            _("Le groupement est engagé : une entreprise y entre par une décision."),
            do=_("Proposez une décision aux membres."),
        )


def _not_there_yet(grouping: Grouping, person: Person | None, company: Company | None) -> None:
    seats = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER)
    waiting = Invitation.objects.filter(grouping=grouping, state__in=[Invitation.State.WAITING, Invitation.State.SENT])
    if company and (seats.filter(company=company).exists() or waiting.filter(company=company).exists()):
        raise AlreadyThere(_("%(company)s est déjà là, ou déjà invitée.") % {"company": company})
    if person and (seats.filter(holder=person).exists() or waiting.filter(person=person).exists()):
        raise AlreadyThere(_("%(person)s est déjà là, ou a déjà une invitation.") % {"person": person})


def _unanswered(invitation: Invitation) -> Invitation:
    fresh = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("grouping", "company", "person", "invited_by")
        .get(pk=invitation.pk)
    )
    if fresh.state not in (Invitation.State.WAITING, Invitation.State.SENT):
        raise InvitationAnswered(
            _("Cette invitation est déjà %(state)s.") % {"state": fresh.get_state_display()},
            do=_("Rechargez la page pour voir où elle en est."),
        )
    return fresh
