"""The written delegation of somebody who sits without leading the company: asked for, given, declined."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.directory.models import Representative
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.acts import know_person, make_link, revoke_links, use_link
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import living
from cordee.groupings.acts.seats import NotEntitled, not_from_outside
from cordee.groupings.acts.written import write
from cordee.groupings.models import Mandate, Seat, WritingAsked
from cordee.groupings.permissions import AGAIN_AFTER, leads_by_law, may_bind
from cordee.groupings.reads.writing import legal_leaders

WRITING = "delegation"
"""The purpose of the link by which the legal representative gives the writing."""


class NothingToWrite(Refusal):
    """The writing is there, or was just asked for."""


def ask_for_writing(
    seat: Seat, *, email: str = "", name: str = "", role: str = "", by: Actor, at: datetime
) -> WritingAsked:
    """Ask the company’s legal representative for the written delegation by which one will bind it.

    Allowed       whoever sits or substitutes for the company without being its legal representative.
    Refused when  the writing is there; it was asked for less than two days ago; nobody is named and none is known;
                  the one named is oneself, a shared mailbox or an adviser from outside.
    Tells         groupings.writing.asked: by whom, of whom.
    """
    with act("groupings.writing.asked", book=seat.grouping.book, by=by, at=at) as facts:
        fresh = _seat(seat)
        if by.seat != address(fresh) or by.person.pk not in (fresh.holder_id, fresh.substitute_id):
            raise NotYours
        if may_bind(by.person, fresh):
            raise NothingToWrite(_("Vous engagez déjà l’entreprise : rien à demander."))
        not_from_outside(fresh, by.person)
        asked = WritingAsked.objects.filter(seat=fresh, person=by.person, answered_at=None).first()
        if asked and at - asked.asked_at < AGAIN_AFTER:
            raise NothingToWrite(
                _("La demande est partie il y a moins de deux jours."), do=_("Laissez le temps de répondre.")
            )
        leader = _leader(fresh, email, name, by=by, at=at)
        if asked is None:
            asked = WritingAsked(seat=fresh, person=by.person)
        else:
            revoke_links(subject=asked, purpose=WRITING, at=at)
        asked.leader, asked.role, asked.asked_at = leader, role.strip()[:60], at
        asked.save()
        make_link(leader, purpose=WRITING, subject=asked, seat=fresh, at=at)
        facts.on = address(asked)
        facts |= {"seat": fresh.public_id, "who": by.person.pseudonym, "of": leader.pseudonym}
    return asked


def _leader(seat: Seat, email: str, name: str, *, by: Actor, at: datetime) -> Person:
    """Whom to ask: a legal representative that is known here, else the one who is named."""
    known = legal_leaders(seat)
    if known:
        return known[0]
    if not email.strip():
        raise NothingToWrite(
            _("Qui dirige %(company)s ?") % {"company": seat.company},
            do=_("Donnez le nom et l’adresse e-mail de son représentant légal."),
        )
    leader = know_person(email, name=name, by=by, at=at)
    if leader == by.person:
        raise NotEntitled(
            _("On ne se donne pas délégation à soi-même."), do=_("Donnez l’adresse du représentant légal.")
        )
    if leader.shared_mailbox:
        raise NotEntitled(
            _("%(email)s est une boîte partagée.") % {"email": leader.email},
            do=_("Indiquez l’adresse personnelle de cette personne."),
        )
    not_from_outside(seat, leader)
    return leader


def give_writing(
    link: Link,
    *,
    until: date | None = None,
    limit_cents: int | None = None,
    paper: UploadedFile | None = None,
    at: datetime,
) -> Mandate:
    """Give the written delegation that was asked for, from the link in the mail: its text is printed and kept.

    Allowed       the legal representative to whom the link was sent.
    Refused when  the link is spent, the demand was answered, it would be over already, the limit is no sum; another
                  leads the company by law; the person advises from outside or does not sit there any more.
    Tells         groupings.writing.given: for which seat, to whom, until when, the limit, the digest of the writing.
    """
    by = link.actor
    asked = _asked(link)
    with act("groupings.writing.given", book=asked.seat.grouping.book, by=by, at=at, on=asked) as facts:
        use_link(link, at=at)
        asked, seat = _again(asked)
        if until is not None and until < localtime(at).date():
            raise NothingToWrite(_("Cette délégation serait déjà finie."), do=_("Choisissez une autre date de fin."))
        if limit_cents is not None and limit_cents <= 0:
            raise NothingToWrite(
                _("La limite est un montant au-dessus de zéro."), do=_("Laissez vide s’il n’y en a pas.")
            )
        _becomes_known(seat, by.person, at=at)
        if asked.person_id not in (seat.holder_id, seat.substitute_id):
            raise NothingToWrite(_("%(person)s ne siège plus ici.") % {"person": asked.person})
        not_from_outside(seat, asked.person)
        made = write(
            seat, asked.person, role=asked.role, until=until, limit_cents=limit_cents, paper=paper, by=by, at=at,
            facts=facts,
        )  # fmt: skip
        asked.answered_at, asked.mandate = at, made
        asked.save(update_fields=["answered_at", "mandate"])
    return made


def decline_writing(link: Link, *, at: datetime) -> WritingAsked:
    """Refuse the written delegation that was asked for: the person goes on preparing, without binding.

    Allowed       the one to whom the link was sent.
    Refused when  the link is spent, or the demand was answered.
    Tells         groupings.writing.declined: for which seat.
    """
    asked = _asked(link)
    with act("groupings.writing.declined", book=asked.seat.grouping.book, by=link.actor, at=at, on=asked) as facts:
        use_link(link, at=at)
        asked, seat = _again(asked)
        asked.answered_at = at
        asked.save(update_fields=["answered_at"])
        facts["seat"] = seat.public_id
    return asked


def _becomes_known(seat: Seat, person: Person, *, at: datetime) -> None:
    """Who gives it says by that that they lead the company, where nobody did; else they must be known as such."""
    if leads_by_law(person, seat.company):
        return
    if legal_leaders(seat):
        raise NotEntitled(
            _("Quelqu’un d’autre est connu comme représentant légal de %(company)s.") % {"company": seat.company},
            do=_("La demande doit lui être faite à nouveau."),
        )
    not_from_outside(seat, person)
    Representative.objects.update_or_create(
        company=seat.company,
        person=person,
        defaults={"capacity": Representative.Capacity.LEGAL, "since": at, "until": None},
    )


def _asked(link: Link) -> WritingAsked:
    found = WritingAsked.objects.filter(public_id=link.subject.rpartition("/")[2]).select_related("seat__grouping")
    one = found.first()
    if one is None:
        raise NotYours
    return one


def _again(asked: WritingAsked) -> tuple[WritingAsked, Seat]:
    fresh = WritingAsked.objects.select_for_update(of=("self",)).select_related("person", "leader").get(pk=asked.pk)
    if fresh.answered_at:
        raise NothingToWrite(_("Cette demande a déjà sa réponse."))
    return fresh, _seat(asked.seat)


def _seat(seat: Seat) -> Seat:
    """Re-read a seat of a grouping that lives."""
    living(seat.grouping)
    found = Seat.objects.filter(pk=seat.pk, state=Seat.State.MEMBER).select_related("grouping", "company", "holder")
    one = found.first()
    if one is None:
        raise NotYours
    return one
