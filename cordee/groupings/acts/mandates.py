"""Mandates: who substitutes by a written delegation, who prepares, until when, for what, up to how much."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.engines.lifecycle import DECISION_TYPES
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor, Clockwork
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat, living
from cordee.groupings.acts.seats import NotEntitled, held_by, not_from_outside
from cordee.groupings.models import Mandate, Seat
from cordee.groupings.permissions import leads_by_law


class NotAMandate(Refusal):
    """This mandate cannot stand."""


class MandateOver(Refusal):
    """The mandate has ended, or has not begun."""


def give_mandate(
    seat: Seat,
    *,
    email: str,
    name: str,
    kind: str,
    role: str = "",
    outside: bool = False,
    types: Sequence[str] = (),
    limit_cents: int | None = None,
    since: date,
    until: date | None = None,
    paper: UploadedFile | None = None,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let somebody substitute by a written delegation, or only prepare; with a scope, a limit in euros and its dates.

    Allowed       the representative.
    Refused when  it is over before it begins; it is for a shared mailbox or oneself; a substitute is an adviser from
                  outside, or has no written delegation and is no legal representative; this person has one already.
    Tells         groupings.mandate.given: the kind, the types of decision, the limit, the digest of the writing.
    """
    with act("groupings.mandate.given", book=seat.grouping.book, by=by, at=at) as facts:
        fresh = held_by(seat, by, _("donner un mandat"))
        today = localtime(at).date()
        if until is not None and (until < since or until < today):
            raise NotAMandate(_("Ce mandat est déjà fini."), do=_("Choisissez une autre date de fin."))
        if kind not in (Mandate.Kind.SUBSTITUTE, Mandate.Kind.PREPARES) or set(types) - set(DECISION_TYPES):
            raise NotAMandate(_("Ce mandat n’existe pas."), do=_("Choisissez dans la liste."))
        if limit_cents is not None and limit_cents <= 0:
            raise NotAMandate(_("La limite est un montant au-dessus de zéro."), do=_("Laissez vide s’il n’y en a pas."))
        person = know_person(email, name=name, by=by, at=at)
        if person == by.person:
            raise NotAMandate(_("Vous représentez déjà cette entreprise."), do=_("Indiquez une autre personne."))
        if person.shared_mailbox:
            raise NotAMandate(
                _("%(email)s est une boîte partagée.") % {"email": person.email},
                do=_("Indiquez l’adresse personnelle de cette personne."),
            )
        if fresh.mandates.filter(person=person, ended_at=None).exists():
            raise NotAMandate(_("Cette personne a déjà un mandat."), do=_("Mettez-y fin d’abord."))
        if outside and person.pk == fresh.substitute_id:
            raise NotAMandate(
                _("%(person)s supplée déjà ici.") % {"person": person}, do=_("Un conseil extérieur prépare, sans plus.")
            )
        if kind == Mandate.Kind.SUBSTITUTE:
            if outside:
                raise NotEntitled(
                    _("Un conseil extérieur ne supplée pas."), do=_("Donnez-lui un mandat pour préparer.")
                )
            not_from_outside(fresh, person)
            if paper is None and not leads_by_law(person, fresh.company):
                raise NotEntitled(
                    _("Il manque l’écrit."),
                    why=_("Qui vote à votre place dirige l’entreprise, ou en a reçu délégation par écrit."),
                    do=_("Joignez la délégation signée, en PDF ou en photo."),
                )
            if fresh.mandates.filter(kind=kind, ended_at=None).exists():
                raise NotAMandate(_("Votre entreprise a déjà un suppléant."), do=_("Mettez fin à son mandat d’abord."))
        made = Mandate.objects.create(
            seat=fresh,
            person=person,
            kind=kind,
            role=role.strip()[:60],
            outside=outside,
            types=[each for each in DECISION_TYPES if each in types],
            limit_cents=limit_cents,
            since=since,
            until=until,
            paper=keep(paper, book=fresh.grouping.book, by=by.person, at=at) if paper else None,
            given_by=by.person,
            given_at=at,
            begun_at=at if since <= today else None,
        )
        _seat_it(made)
        facts.on = address(made)
        facts |= {"seat": fresh.public_id, "to": person.pseudonym, "kind": kind, "types": " ".join(made.types)}
        facts |= {"outside": outside, "paper": made.paper.digest if made.paper else ""}
        facts |= {"since": since.isoformat(), "until": until.isoformat() if until else ""}
        if limit_cents is not None:
            facts["limit_cents"] = limit_cents
    return made


def begin_mandate(mandate: Mandate, *, by: Clockwork, at: datetime) -> Mandate:
    """Let a mandate take effect on its day.

    Allowed       Cordée itself, from that day on.
    Refused when  the day has not come, it has begun, or it was ended.
    Tells         groupings.mandate.begun.
    """
    with act("groupings.mandate.begun", book=mandate.seat.grouping.book, by=by, at=at, on=mandate):
        fresh = _again(mandate)
        living(fresh.seat.grouping)
        if fresh.begun_at or not fresh.stands(localtime(at).date()):
            raise MandateOver(_("Ce mandat a commencé, ou son jour n’est pas venu."))
        fresh.begun_at = at
        fresh.save(update_fields=["begun_at"])
        _seat_it(fresh)
    return fresh


def end_mandate(mandate: Mandate, *, by: By, at: datetime) -> Mandate:
    """End a mandate: from now on this person neither binds nor prepares by it; what was voted stands.

    Allowed       who sits for the company; its legal representative; the person itself; Cordée itself, after its last
                  day.
    Refused when  it has ended.
    Tells         groupings.mandate.ended.
    """
    with act("groupings.mandate.ended", book=mandate.seat.grouping.book, by=by, at=at, on=mandate) as facts:
        fresh = _again(mandate)
        if isinstance(by, Actor) and by.person.pk != fresh.person_id:
            living(fresh.seat.grouping)
            leads = by.seat == address(fresh.seat) and leads_by_law(by.person, fresh.seat.company)
            mine = fresh.seat if leads else acting_seat(fresh.seat.grouping, by)
            if mine.pk != fresh.seat_id:
                raise NotYours
            if not leads and mine.holder_id != by.person.pk:
                raise NotAllowed(_("Seule la personne qui représente l’entreprise met fin à ce mandat."))
        fresh.ended_at = at
        fresh.save(update_fields=["ended_at"])
        if fresh.kind == Mandate.Kind.SUBSTITUTE:
            Seat.objects.filter(pk=fresh.seat_id, substitute=fresh.person_id).update(substitute=None)
        facts |= {"seat": fresh.seat.public_id, "kind": fresh.kind}
    return fresh


def _again(mandate: Mandate) -> Mandate:
    fresh = (
        Mandate.objects.select_for_update(of=("self",)).select_related("seat__grouping", "person").get(pk=mandate.pk)
    )
    if fresh.ended_at:
        raise MandateOver(_("Ce mandat est déjà fini."))
    return fresh


def _seat_it(mandate: Mandate) -> None:
    """A substitute takes the place beside the holder as soon as the mandate has begun."""
    if mandate.kind == Mandate.Kind.SUBSTITUTE and mandate.begun_at:
        Seat.objects.filter(pk=mandate.seat_id).update(substitute=mandate.person)
