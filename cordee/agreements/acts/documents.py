"""Preparing a document, answering its questions, sending it to be signed, taking it back."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.models import Agreement, DocumentKind
from cordee.agreements.reads import document_of, in_words, members_of, pdf_of, values_of
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.kit.words import for_the_papers, language
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.ground.signing.acts import Called, cancel_ceremony, open_ceremony
from cordee.ground.signing.models import Ceremony
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping

TIME_TO_SIGN = timedelta(days=21)


class NotADraft(Refusal):
    """The document was sent: its text no longer changes."""


class NotReady(Refusal):
    """Something is missing or contradicts itself."""


class NoPower(Refusal):
    """Somebody called to sign may not commit their company."""


def prepare_agreement(
    grouping: Grouping, *, kind: str, answers: dict[str, Any] | None = None, about: str = "", by: Actor, at: datetime
) -> Agreement:
    """Start a document from what is already known.

    Allowed  any member of the grouping, also who only prepares.
    Tells    agreements.agreement.prepared: the type of document.
    """
    with act("agreements.agreement.prepared", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if not permissions.may_prepare(seat):
            raise NotAllowed(_("Seuls les membres préparent un document."))
        with for_the_papers():
            title = f"{DocumentKind(kind).label} – {grouping.name}"[:160]
        agreement = Agreement.objects.create(
            grouping=grouping,
            kind=kind,
            title=title,
            answers=answers or {},
            prepared_by=seat,
            prepared_at=at,
            about=about,
        )
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
        fresh = _draft(agreement)
        acting_seat(fresh.grouping, by)
        if fresh.version != version:
            raise Stale(
                _("Quelqu’un vient de modifier ce document."),
                theirs=in_words(fresh.kind, answers, _by_name(values_of(fresh))),
                yours=in_words(fresh.kind, answers, answers),
            )
        given = dict(fresh.answers)
        by_id = dict(given.get("members_by_id", {}))
        parties = [party["id"] for party in values_of(fresh)["members"]]
        lots = [dict(lot) for lot in given.get("lots", [])]
        for name, value in answers.items():
            rows, _dot, rest = name.partition(".")
            place, _dot, field = rest.partition(".")
            if rows == "members" and field and place.isdigit() and 0 < int(place) <= len(parties):
                key = parties[int(place) - 1]
                by_id[key] = {**by_id.get(key, {}), field: value}
            elif name == "lots":
                lots = [dict(lot) for lot in value]
            elif rows == "lots" and field and place.isdigit() and 0 < int(place) <= len(lots):
                lots[int(place) - 1][field] = value
            else:
                given[name] = value
        fresh.answers = {**given, "members_by_id": by_id} | ({"lots": lots} if lots else {})
        fresh.version += 1
        fresh.save(update_fields=["answers", "version"])
        facts["questions"] = sorted(answers)
    return fresh


def _by_name(values: dict[str, Any]) -> dict[str, Any]:
    """The values under the names by which they are asked: « members.2.rcs » for the second company."""
    rows = {
        f"members.{place}.{field}": value
        for place, party in enumerate(values["members"], 1)
        for field, value in party.items()
    }
    return {**values, **rows}


def send_to_sign(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """Send the document to the representatives of all members; from now on its text cannot change.

    Allowed       who prepared it, the facilitator, the coordinator.
    Refused when  something is missing, contradicts itself or the law; a representative may not commit their company.
    Tells         agreements.agreement.sent, and signing.ceremony.opened: fingerprint, how many sign.
    """
    with act("agreements.agreement.sent", book=agreement.grouping.book, by=by, at=at, on=agreement) as facts:
        fresh = _draft(agreement)
        seat = acting_seat(fresh.grouping, by)
        if not permissions.may_send(fresh, seat):
            raise NotAllowed(_("Seuls l’auteur du document, l’animation ou le mandataire l’envoient à signer."))
        document = document_of(fresh)
        if document.missing:
            raise NotReady(_("Il manque encore des réponses."), do=_("Répondez aux questions, puis envoyez."))
        if document.contradictions:
            found = document.contradictions[0]
            raise NotReady(found.reason(language()), do=found.way_out(language()))
        seats = members_of(fresh.grouping)
        powers = permissions.powers_of(seats)
        called = [
            Called(one.holder, address(one), one.company.name, one.company.siren or "", powers.get(one.pk, ""))
            for one in seats
        ]
        without = [one.company for one in called if not one.capacity]
        if without:
            raise NoPower(
                _("%(who)s : personne n’a le pouvoir de signer.") % {"who": ", ".join(without)},
                do=_("Le représentant doit être représentant légal, ou avoir une délégation écrite."),
            )
        ceremony = open_ceremony(
            book=fresh.grouping.book,
            subject=address(fresh),
            title=fresh.title,
            pdf=pdf_of(fresh, at=at),
            fingerprint=document.fingerprint,
            called=called,
            expires_at=at + TIME_TO_SIGN,
            by=by,
            at=at,
        )
        fresh.answers, fresh.ceremony, fresh.state = values_of(fresh), ceremony, Agreement.State.SENT
        fresh.version += 1
        fresh.save(update_fields=["answers", "ceremony", "state", "version"])
        facts |= {"ceremony": ceremony.public_id, "fingerprint": document.fingerprint}
    return fresh


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
        fresh.ceremony, fresh.state = None, Agreement.State.DRAFT
        fresh.version += 1
        fresh.save(update_fields=["ceremony", "state", "version"])
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
        fresh.save(update_fields=["state"])
        facts["state"] = str(state)
    return fresh


def _draft(agreement: Agreement) -> Agreement:
    fresh = Agreement.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=agreement.pk)
    if fresh.state != Agreement.State.DRAFT:
        raise NotADraft(
            _("Ce document est parti à la signature : son texte ne change plus."),
            do=_("Reprenez-le d’abord, si besoin."),
        )
    return fresh
