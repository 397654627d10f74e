"""Preparing a document, answering its questions, sending it to be signed, taking it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.models import Agreement, Ending, Revision
from cordee.agreements.reads import (
    draft_document,
    in_words,
    kind_of,
    kinds,
    members_of,
    values_of,
    whole_document,
    with_answers,
)
from cordee.engines import assembly
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.kit.words import for_the_papers, language
from cordee.ground.people.acts import know_person
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.ground.signing.acts import Called, cancel_ceremony, open_ceremony
from cordee.ground.signing.models import Ceremony
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat

TIME_TO_SIGN = timedelta(days=21)
LONGEST_TITLE = 160


class NotADraft(Refusal):
    """The document was sent: its text no longer changes."""


class NotReady(Refusal):
    """Something is missing or contradicts itself."""


class NoPower(Refusal):
    """Somebody called to sign may not commit their company."""


class NoSuchDocument(Refusal):
    """The library of clauses makes no document of this type."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a document is sent: in which order, until when each, who signs for whom, who only receives the signed copy.

    Keys are public identifiers of seats. copies: (address, name, why) of those who sign nothing.
    """

    in_order: bool = False
    ranks: Mapping[str, int] | None = None
    deadlines: Mapping[str, datetime] | None = None
    signs: Mapping[str, str] | None = None  # the public identifier of the person who signs for a seat
    copies: Sequence[tuple[str, str, str]] = ()


AS_USUAL = Sending()


def prepare_agreement(
    grouping: Grouping, *, kind: str, answers: dict[str, Any] | None = None, about: str = "", by: Actor, at: datetime
) -> Agreement:
    """Start a document from what is already known.

    Allowed       any member of the grouping, also who only prepares.
    Refused when  the library makes no such document.
    Tells         agreements.agreement.prepared: the type of document.
    """
    with act("agreements.agreement.prepared", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if not permissions.may_prepare(seat):
            raise NotAllowed(_("Seuls les membres préparent un document."))
        if kind not in {one.slug for one in kinds()}:
            raise NoSuchDocument(_("Ce type de document n’existe pas."), do=_("Choisissez-en un dans la liste."))
        title = title_for(kind, grouping)
        agreement = Agreement.objects.create(
            grouping=grouping,
            kind=kind,
            title=title,
            answers=answers or {},
            prepared_by=seat,
            prepared_at=at,
            about=about,
        )
        note_revision(agreement, seat, at=at)
        facts.on = address(agreement)
        facts |= {"kind": kind, "about": about}
    return agreement


def answer_questions(
    agreement: Agreement, *, answers: dict[str, Any], version: int, by: Actor, at: datetime
) -> Agreement:
    """Answer what the document asks. « members.2.rcs » answers for the second company.

    Allowed       any member of the grouping.
    Refused when  the document was sent; somebody answered in between (both versions are shown).
    Tells         agreements.agreement.answered: which questions, not the answers.
    """
    with act("agreements.agreement.answered", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = draft_again(agreement)
        seat = acting_seat(fresh.grouping, by)
        if fresh.version != version:
            raise Stale(
                _("Quelqu’un vient de modifier ce document."),
                theirs=in_words(fresh.kind, answers, _by_name(values_of(fresh, at=at))),
                yours=in_words(fresh.kind, answers, {**answers, "members": values_of(fresh, at=at)["members"]}),
            )
        given = dict(fresh.answers)
        by_id = dict(given.get("members_by_id", {}))
        parties = [party["id"] for party in values_of(fresh, at=at)["members"]]
        plain = {}
        for name, value in answers.items():
            rows, _dot, rest = name.partition(".")
            place, _dot, field = rest.partition(".")
            if rows == "members" and field and place.isdigit() and 0 < int(place) <= len(parties):
                key = parties[int(place) - 1]
                by_id[key] = {**by_id.get(key, {}), field: value}
            else:
                plain[name] = value
        made = with_answers({**given, "members": []}, plain)
        del made["members"]
        fresh.answers = {**made, "members_by_id": by_id}
        fresh.version += 1
        fresh.save(update_fields=["answers", "version"])
        note_revision(fresh, seat, at=at)
        facts["questions"] = sorted(answers)
    return fresh


def note_revision(agreement: Agreement, seat: Seat, *, at: datetime) -> None:
    """Keep the answers of this version, so that two versions can be compared."""
    Revision.objects.update_or_create(
        agreement=agreement, version=agreement.version, defaults={"answers": agreement.answers, "by": seat, "at": at}
    )


def title_for(kind: str, grouping: Grouping, before: str = "") -> str:
    """What a document is called, in the language of the papers; too long a name is cut between two words."""
    with for_the_papers():
        label = f"{before}{kind_of(kind).label}"
    room = LONGEST_TITLE - len(label) - 3
    return f"{label} – {_cut(grouping.name, room)}" if room > 20 else _cut(label, LONGEST_TITLE)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    short = text[: most - 1].rpartition(" ")[0] or text[: most - 1]
    return short.rstrip(" ,;:–-") + "…"


def _by_name(values: dict[str, Any]) -> dict[str, Any]:
    """The values under the names by which they are asked: « members.2.rcs » for the second company."""
    rows = {
        f"members.{place}.{field}": value
        for place, party in enumerate(values["members"], 1)
        for field, value in party.items()
    }
    return {**values, **rows}


def send_to_sign(agreement: Agreement, *, how: Sending = AS_USUAL, by: Actor, at: datetime) -> Agreement:
    """Send the document to the representatives of all parties; from now on its text cannot change.

    Allowed       who prepared it, the facilitator, the coordinator; a newcomer its own accession.
    Refused when  something is missing, contradicts itself or the law; a representative may not commit their company;
                  an amendment changes nothing.
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
        document = draft_document(fresh, values)
        document = replace(document, reviewed=document.fingerprint == fresh.reviewed_text)
        _complete(fresh, document)
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


def _complete(agreement: Agreement, document: assembly.Document) -> None:
    if document.missing:
        raise NotReady(_("Il manque encore des réponses."), do=_("Répondez aux questions, puis envoyez."))
    if document.contradictions:
        found = document.contradictions[0]
        raise NotReady(found.reason(language()), do=found.way_out(language()))
    if agreement.change == Agreement.Change.AMENDMENT and not assembly.changes_something(document):
        raise NotReady(
            _("Cet avenant ne change rien au texte signé."), do=_("Modifiez au moins une réponse, puis envoyez.")
        )


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


def note_signed(agreement: Agreement, *, by: By, at: datetime) -> Agreement:
    """Note that all have signed, or that one declined: the document follows its ceremony.

    Allowed       Cordée itself.
    Refused when  the ceremony is still open.
    Tells         agreements.agreement.settled: signed or declined.
    """
    with act("agreements.agreement.settled", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = (
            Agreement.objects.select_for_update(of=("self",))
            .select_related("grouping", "ceremony")
            .get(pk=agreement.pk)
        )
        states = {Ceremony.State.SEALED: Agreement.State.SIGNED, Ceremony.State.DECLINED: Agreement.State.DECLINED}
        state = states.get(Ceremony.State(fresh.ceremony.state)) if fresh.ceremony else None
        if state is None or fresh.state != Agreement.State.SENT:
            raise NotADraft(_("La signature n’est pas terminée."))
        fresh.state = state
        if state == Agreement.State.SIGNED and fresh.ceremony:
            last = max(one.answered_at or at for one in fresh.ceremony.signatories.all())
            fresh.signed_on = localtime(last).date()
            _carry_out(fresh, at=at)
        fresh.save(update_fields=["state", "signed_on"])
        facts["state"] = str(state)
    return fresh


def _carry_out(agreement: Agreement, *, at: datetime) -> None:
    """What a signed change does: a termination ends its agreement for all, on the day it says."""
    if agreement.change == Agreement.Change.TERMINATION and agreement.amends and agreement.signed_on:
        effect_on = max(agreement.effect_on or agreement.signed_on, agreement.signed_on)
        Ending.objects.get_or_create(
            agreement=agreement.amends,
            seat=None,
            defaults={
                "by": agreement.prepared_by,
                "reason": str(agreement.answers.get("reason", ""))[:300],
                "noticed_on": agreement.signed_on,
                "effect_on": effect_on,
                "at": at,
            },
        )


def mark_reviewed(agreement: Agreement, *, reviewer: str, by: Actor, at: datetime) -> Agreement:
    """Note that a lawyer or an adviser has read this very text; one word changed, and it is to be read again.

    Allowed       any member of the grouping, who gives the name of the adviser.
    Refused when  something is missing in the text, or no name is given.
    Tells         agreements.agreement.reviewed: fingerprint of the text that was read.
    """
    with act("agreements.agreement.reviewed", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = draft_again(agreement)
        acting_seat(fresh.grouping, by)
        document = draft_document(fresh, values_of(fresh, at=at))
        _complete(fresh, document)
        if not reviewer.strip():
            raise NotReady(_("Qui a relu ce texte ?"), do=_("Indiquez son nom et sa qualité."))
        fresh.reviewer, fresh.reviewed_at, fresh.reviewed_by = reviewer.strip()[:160], at, by.person
        fresh.reviewed_text = document.fingerprint
        fresh.save(update_fields=["reviewer", "reviewed_at", "reviewed_by", "reviewed_text"])
        facts["fingerprint"] = document.fingerprint
    return fresh


def draft_again(agreement: Agreement) -> Agreement:
    """Re-read a document inside the lock; refused once it was sent."""
    fresh = Agreement.objects.select_for_update(of=("self",)).select_related("grouping", "amends").get(pk=agreement.pk)
    if fresh.state != Agreement.State.DRAFT:
        raise NotADraft(
            _("Ce document est parti à la signature : son texte ne change plus."),
            do=_("Reprenez-le d’abord, si besoin."),
        )
    return fresh
