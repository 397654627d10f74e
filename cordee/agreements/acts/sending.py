"""Sending a document to be signed, by the companies and by those who sign beside them; taking it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.acts.drafts import NoPower, NotADraft, NotReady, draft_again, ready
from cordee.agreements.models import Agreement
from cordee.agreements.reads import draft_document, members_of, signs_too, values_of, whole_document
from cordee.engines import assembly
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.ground.signing.acts import Called, cancel_ceremony, open_ceremony
from cordee.ground.signing.reads import provider
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Seat

TIME_TO_SIGN = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody who signs beside the companies, a client, an employee: an address, a name, a quality."""

    email: str
    name: str = ""
    capacity: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a document is sent: in which order, until when each, who signs for whom, who only receives the signed copy.

    Keys are public identifiers of seats, or the names of the answers that name an outsider (« client_name »).
    copies: (address, name, why) of those who sign nothing. also: who signs beside the companies.
    """

    in_order: bool = False
    ranks: Mapping[str, int] | None = None
    deadlines: Mapping[str, datetime] | None = None
    signs: Mapping[str, str] | None = None  # the public identifier of the person who signs for a seat
    also: Mapping[str, Outsider] | None = None
    copies: Sequence[tuple[str, str, str]] = ()
    outside: bool = False  # by the outside provider of this installation


AS_USUAL = Sending()


def send_to_sign(agreement: Agreement, *, how: Sending = AS_USUAL, by: Actor, at: datetime) -> Agreement:
    """Send the document to the representatives of all parties; from now on its text cannot change.

    Allowed       who prepared it, the facilitator, the coordinator; a newcomer its own accession.
    Refused when  something is missing, contradicts itself or the law; a representative may not commit their company;
                  an amendment changes nothing; the address of a client or an employee who signs too is missing.
    Tells         agreements.agreement.sent, and signing.ceremony.opened: fingerprint, how many sign.
    """
    with act("agreements.agreement.sent", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = draft_again(agreement)
        seat = acting_seat(fresh.grouping, by)
        if not permissions.may_send(fresh, seat):
            raise NotAllowed(_("Seuls l’auteur du document, l’animation ou le mandataire l’envoient à signer."))
        values = values_of(fresh, at=at)
        parties = {party["id"] for party in values["members"]}
        seats = [one for one in members_of(fresh.grouping) if one.public_id in parties]
        called = _called(fresh, seats, values, how, at=at)
        without = [one.company.name for one in seats if one.public_id not in called]
        for party in values["members"]:
            if (one := called.get(party["id"])) is not None:
                party |= {"representative": str(one.person), "email": one.person.email}
                party["capacity"] = party["capacity"] or one.capacity
        called |= _beside(fresh, values, how, by=by, at=at)
        document = draft_document(fresh, values)
        document = replace(document, reviewed=document.fingerprint == fresh.reviewed_text)
        ready(fresh, document)
        if without:
            raise NoPower(
                _("%(who)s : personne n’a le pouvoir de signer.") % {"who": ", ".join(without)},
                do=_("Le représentant doit être représentant légal, ou avoir une délégation écrite."),
            )
        ceremony = open_ceremony(
            book=fresh.grouping.book,
            subject=address(fresh),
            title=fresh.title,
            pdf=assembly.render_pdf(document, at=localtime(at)),
            fingerprint=document.fingerprint,
            called=list(called.values()),
            expires_at=at + TIME_TO_SIGN,
            in_order=how.in_order,
            provider=_provider(how),
            copies=[(know_person(email, name=name, by=by, at=at), why) for email, name, why in how.copies],
            by=by,
            at=at,
        )
        fresh.answers, fresh.ceremony, fresh.state = values, ceremony, Agreement.State.SENT
        fresh.kept = assembly.as_kept(document)
        if fresh.change == Agreement.Change.AMENDMENT:
            fresh.whole = assembly.as_kept(whole_document(fresh, values))
        fresh.version += 1
        fresh.save(update_fields=["answers", "ceremony", "state", "kept", "whole", "version"])
        facts |= {"ceremony": ceremony.public_id, "fingerprint": document.fingerprint}
    return fresh


def _called(
    agreement: Agreement, seats: Sequence[Seat], values: Mapping[str, Any], how: Sending, *, at: datetime
) -> dict[str, Called]:
    """Who is called for each seat: whom the sender chose among those with the power, else the first who has it."""
    powers = permissions.powers_of_seats(seats, kind=agreement.kind, values=values, at=at)
    called = {}
    for place, one in enumerate(seats, 1):
        wanted = (how.signs or {}).get(one.public_id, "")
        able = [power for power in powers[one.pk] if not wanted or power.person.public_id == wanted]
        if not able:
            continue
        called[one.public_id] = Called(
            person=able[0].person,
            seat=address(one),
            company=one.company.name,
            siren=one.company.siren or "",
            capacity=able[0].capacity[:80],
            rank=(how.ranks or {}).get(one.public_id, place),
            until=(how.deadlines or {}).get(one.public_id),
        )
    return called


def _beside(
    agreement: Agreement, values: dict[str, Any], how: Sending, *, by: Actor, at: datetime
) -> dict[str, Called]:
    """Who is called beside the companies; what was said of them goes into the text and stays with it."""
    called, last = {}, len(values["members"])
    for place, one in enumerate(signs_too(agreement, values), last + 1):
        given = (how.also or {}).get(one.key) or Outsider(one.email, one.representative, one.capacity)
        if not given.email:
            raise NotReady(
                _("%(who)s signe aussi : il manque son adresse e-mail.") % {"who": one.name},
                do=_("Choisissez « Choisir l’ordre, les délais, les copies », et indiquez-la."),
            )
        person = know_person(given.email, name=given.name or one.name, by=by, at=at)
        said = {"email": given.email, "representative": given.name, "capacity": given.capacity}
        values["also"] = {**values.get("also", {}), one.key: said}
        called[one.key] = Called(
            person=person,
            seat=f"{address(agreement)}:{one.key}",
            company=one.name[:200],
            siren="",
            capacity=(given.capacity or one.called)[:80],
            rank=(how.ranks or {}).get(one.key, place),
            until=(how.deadlines or {}).get(one.key),
        )
    return called


def _provider(how: Sending) -> str:
    theirs = provider() if how.outside else None
    if how.outside and theirs is None:
        raise NotReady(_("Aucun prestataire de signature n’est relié ici."), do=_("Signez par Cordée."))
    return theirs.name if theirs else ""


def take_back(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """Take a document back from signature, to correct it and send it again.

    Allowed       who prepared it, the facilitator, the coordinator.
    Refused when  it is not being signed, or all have signed.
    Tells         agreements.agreement.taken_back, and signing.ceremony.cancelled.
    """
    with act("agreements.agreement.taken_back", book=agreement.grouping.book, by=by, at=at, on=agreement):
        fresh = (
            Agreement.objects.select_for_update(of=("self",))
            .select_related("grouping", "ceremony")
            .get(pk=agreement.pk)
        )
        seat = acting_seat(fresh.grouping, by)
        if not permissions.may_send(fresh, seat):
            raise NotAllowed(_("Seuls l’auteur du document, l’animation ou le mandataire le reprennent."))
        if fresh.ceremony is None or fresh.state not in (Agreement.State.SENT, Agreement.State.DECLINED):
            raise NotADraft(_("Ce document n’est pas en signature."))
        cancel_ceremony(fresh.ceremony, by=by, at=at)
        fresh.ceremony, fresh.state, fresh.kept, fresh.whole = None, Agreement.State.DRAFT, None, None
        fresh.version += 1
        fresh.save(update_fields=["ceremony", "state", "kept", "whole", "version"])
    return fresh
