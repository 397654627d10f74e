"""Preparing a document, answering its questions, noting that it was read over, and that it was signed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements import permissions
from cordee.agreements.acts.drafts import (
    NoSuchDocument,
    NotADraft,
    NotReady,
    draft_again,
    note_parties,
    note_revision,
    ready,
    title_for,
)
from cordee.agreements.models import Agreement, AgreementParty, Ending
from cordee.agreements.reads import draft_document, founding_act, in_words, kinds, members_of, values_of, with_answers
from cordee.engines import assembly
from cordee.ground.kit.refusals import NotAllowed, Stale
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.ground.signing.models import Ceremony
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping


def prepare_agreement(
    grouping: Grouping,
    *,
    kind: str,
    answers: dict[str, Any] | None = None,
    about: str = "",
    parties: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Agreement:
    """Start a document from what is already known, between all the members or those named by `parties`.

    A document that takes fewer companies than that starts with the one that prepares it; the others are chosen after.

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
        known, working = _known(grouping, kind)
        agreement = Agreement(
            grouping=grouping,
            kind=kind,
            title=title_for(kind, grouping),
            answers={**known, **(answers or {})},
            prepared_by=seat,
            prepared_at=at,
            about=about,
        )
        agreement.save()
        everybody = members_of(grouping)
        named = parties or working
        chosen = [one for one in everybody if not named or one.public_id in named]
        most = assembly.document_type(kind).most
        if most is not None and len(chosen) > most:
            chosen = [seat]
        note_parties(agreement, chosen, everybody)
        agreement.save(update_fields=["answers"])
        note_revision(agreement, seat, at=at)
        facts.on = address(agreement)
        facts |= {"kind": kind, "about": about}
    return agreement


def _known(grouping: Grouping, kind: str) -> tuple[dict[str, Any], list[str]]:
    """What the later rooms know that this document asks, of the grouping and of each company; and, where it shares out
    lots, the seats that take part in them.
    """
    facts: dict[str, Any] = import_string(settings.PAPER_FACTS)(grouping)
    asked = {one.name for one in assembly.questions(kind)}
    found = {name: value for name, value in facts.items() if name in asked}
    if "founding_act" in asked and (act_signed := founding_act(grouping)):
        found["founding_act"] = act_signed
    working = facts.get("parties", []) if assembly.document_type(kind).schedule else []
    return {**found, "members_by_id": facts.get("members_by_id", {})}, list(working)


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


def _by_name(values: dict[str, Any]) -> dict[str, Any]:
    """The values under the names by which they are asked: « members.2.rcs » for the second company."""
    rows = {
        f"members.{place}.{field}": value
        for place, party in enumerate(values["members"], 1)
        for field, value in party.items()
    }
    return {**values, **rows}


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
    """What a signed change does: an end, for all or for one, on the day it says; a newcomer sees what it joined."""
    joined = agreement.newcomer if agreement.change == Agreement.Change.ACCESSION else None
    if joined and agreement.amends and agreement.amends.between.exists():
        AgreementParty.objects.get_or_create(agreement=agreement.amends, seat=joined)
    if agreement.change == Agreement.Change.TERMINATION and agreement.amends and agreement.signed_on:
        effect_on = max(agreement.effect_on or agreement.signed_on, agreement.signed_on)
        Ending.objects.get_or_create(
            agreement=agreement.amends,
            seat=agreement.leaver,
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
        ready(fresh, document)
        if not reviewer.strip():
            raise NotReady(_("Qui a relu ce texte ?"), do=_("Indiquez son nom et sa qualité."))
        fresh.reviewer, fresh.reviewed_at, fresh.reviewed_by = reviewer.strip()[:160], at, by.person
        fresh.reviewed_text = document.fingerprint
        fresh.save(update_fields=["reviewer", "reviewed_at", "reviewed_by", "reviewed_text"])
        facts["fingerprint"] = document.fingerprint
    return fresh
