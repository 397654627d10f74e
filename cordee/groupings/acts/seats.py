"""Holding a seat: substitute, offices, handing over, leaving."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.acts import revoke_links_of_seat
from cordee.ground.people.models import Actor, Clockwork, Person
from cordee.ground.register.acts import act
from cordee.groupings.acts.at_the_table import acting_seat, leading_seat, living
from cordee.groupings.acts.written import write
from cordee.groupings.models import Grouping, Mandate, Office, Seat
from cordee.groupings.permissions import is_outside, leads_by_law, speaks_for


class NotEntitled(Refusal):
    """Only a legal representative, or one who holds a written delegation, sits for a company."""


class NamedByDecision(Refusal):
    """What a decision named, another decision changes."""


class NotAMember(Refusal):
    """The seat is not one of this grouping's members."""


class SomethingLeft(Refusal):
    """Common accounts, a payment or a text being signed still bind this company."""


class LeavingNeedsNotice(Refusal):
    """Once something is signed, leaving follows the agreement."""


def name_substitute(seat: Seat, person: Person | None, *, by: Actor, at: datetime) -> Seat:
    """Say who sits when the representative cannot; nobody takes the right back.

    Allowed       the representative.
    Refused when  the person is not of the company’s representatives, or is an outside adviser; it takes a written
                  delegation, which only the legal representative gives: naming a delegate is giving it.
    Tells         groupings.substitute.named: to whom, and the digest of the writing where it took one.
    """
    with act("groupings.substitute.named", book=seat.grouping.book, by=by, at=at, on=seat) as facts:
        fresh = held_by(seat, by, _("nommer un suppléant"))
        by_writing = person is not None and _entitled(fresh, person, by)
        fresh.mandates.filter(kind=Mandate.Kind.SUBSTITUTE, ended_at=None).update(ended_at=at)
        fresh.substitute = person
        fresh.save(update_fields=["substitute"])
        if person is not None and by_writing:
            write(fresh, person, by=by, at=at, facts=facts)
        facts["named"] = person.pseudonym if person else ""
    return fresh


def hand_over_seat(seat: Seat, person: Person, *, by: Actor, at: datetime) -> Seat:
    """Give one's place to another leader of the same company; the company stays, its offices too.

    Allowed       the representative.
    Refused when  the person is not of the company’s representatives, or is an outside adviser; it takes a written
                  delegation, which only the legal representative gives: handing over to a delegate is giving it.
    Tells         groupings.seat.handed_over: to whom, and the digest of the writing where it took one.
    """
    with act("groupings.seat.handed_over", book=seat.grouping.book, by=by, at=at, on=seat) as facts:
        fresh = held_by(seat, by, _("passer la main"))
        by_writing = _entitled(fresh, person, by)
        fresh.mandates.filter(kind=Mandate.Kind.HOLDS, ended_at=None).update(ended_at=at)
        fresh.holder = person
        if fresh.substitute_id == person.pk:
            fresh.substitute = None
        fresh.save(update_fields=["holder", "substitute"])
        revoke_links_of_seat(fresh, at=at)
        if by_writing:
            write(fresh, person, by=by, at=at, facts=facts)
        facts["to"] = person.pseudonym
    return fresh


def give_office(
    grouping: Grouping, role: str, seat: Seat, *, by: Actor | Clockwork, at: datetime, by_decision: str = ""
) -> Office:
    """Give a role to a member; the one who held it is thanked and relieved.

    Allowed       whoever leads; anybody where nobody leads; the effect of a decision (`by_decision`, its address).
    Refused when  the seat is not a member's, or a decision named the present holder.
    Tells         groupings.office.given.
    """
    with act("groupings.office.given", book=grouping.book, by=by, at=at, on=seat) as facts:
        fresh = living(grouping)
        if not by_decision:
            if not isinstance(by, Actor):
                raise NotAllowed(_("Un rôle se donne par une personne ou par une décision."))
            leading_seat(fresh, by, _("donner ce rôle"))
        taker = Seat.objects.filter(pk=seat.pk, grouping=fresh, state=Seat.State.MEMBER).first()
        if taker is None or role not in Office.Role.values:
            raise NotAMember(_("Cette entreprise n’est pas membre."), do=_("Choisissez parmi les membres."))
        held = Office.objects.filter(grouping=fresh, role=role, until=None).first()
        if held and held.by_decision and not by_decision:
            raise NamedByDecision(
                _("Une décision a désigné %(company)s.") % {"company": held.seat.company},
                do=_("Proposez une autre décision aux membres."),
            )
        if held:
            held.until = at
            held.save(update_fields=["until"])
        office = Office.objects.create(grouping=fresh, seat=taker, role=role, since=at, by_decision=by_decision)
        facts["role"] = role
        facts["by_decision"] = by_decision
    return office


def leave(seat: Seat, *, by: Actor, at: datetime, left: Callable[[Seat], Sequence[str]] | None = None) -> Seat:
    """Leave, as long as nothing is signed: at once, and without giving reasons.

    Allowed       the representative or the substitute.
    Refused when  the grouping is committed: the agreement says the notice and the accounts to settle; or later rooms
                  know of something that still binds the company (`left` lists it).
    Tells         groupings.seat.left.
    """
    with act("groupings.seat.left", book=seat.grouping.book, by=by, at=at, on=seat):
        fresh = acting_seat(living(seat.grouping), by)
        if fresh.grouping.stage not in (Grouping.Stage.EXCHANGE, Grouping.Stage.COLLECTIVE):
            raise LeavingNeedsNotice(
                _("Le groupement est engagé : le départ suit la convention."),
                why=_("Elle dit le préavis et les comptes à solder."),
                do=_("Écrivez-le dans la conversation, ou proposez une décision."),
            )
        if left is not None and (bound := left(fresh)):
            raise SomethingLeft(
                _("Il reste des choses à régler avant de partir."),
                why=" ".join(bound),
                do=_("Réglez-les, puis revenez ici."),
            )
        Office.objects.filter(seat=fresh, until=None).update(until=at)
        fresh.state, fresh.left_at, fresh.substitute = Seat.State.LEFT, at, None
        fresh.save(update_fields=["state", "left_at", "substitute"])
        revoke_links_of_seat(fresh, at=at)
    return fresh


def held_by(seat: Seat, by: Actor, what: str) -> Seat:
    """Re-read a seat for what only its representative does. `what` ends the sentence « Seule la personne … peut … »."""
    fresh = acting_seat(living(seat.grouping), by)
    if fresh.pk != seat.pk or fresh.holder_id != by.person.pk:
        raise NotAllowed(
            _("Seule la personne qui représente %(company)s peut %(what)s.") % {"company": seat.company, "what": what}
        )
    return fresh


def not_from_outside(seat: Seat, person: Person) -> None:
    """Refuse whoever advises from outside: no adviser holds a seat nor substitutes."""
    if is_outside(person, seat):
        raise NotEntitled(
            _("%(person)s conseille de l’extérieur.") % {"person": person},
            why=_("Un conseil, un expert-comptable ou un accompagnateur prépare ; il ne siège pas et ne vote pas."),
            do=_("Choisissez quelqu’un de l’entreprise."),
        )


def _entitled(seat: Seat, person: Person, by: Actor) -> bool:
    """Whether it takes a writing; refused for who may not sit, and where the one who names may give none."""
    not_from_outside(seat, person)
    if not speaks_for(person, seat.company) or person.shared_mailbox:
        raise NotEntitled(
            _("%(person)s ne peut pas engager %(company)s.") % {"person": person, "company": seat.company},
            why=_("Il faut diriger l’entreprise, ou en avoir reçu l’écrit."),
            do=_("Ajoutez d’abord cette personne parmi les représentants de l’entreprise."),
        )
    if leads_by_law(person, seat.company):
        return False
    if not leads_by_law(by.person, seat.company):
        raise NotEntitled(
            _("Il faut une délégation écrite à %(person)s.") % {"person": person},
            why=_("Seul le représentant légal de %(company)s la donne.") % {"company": seat.company},
            do=_("Demandez-lui de désigner cette personne."),
        )
    return True
