"""What Cordée knows of a document: the members and who binds them, the rules in force, what was signed before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from cordee.agreements.models import Agreement
from cordee.agreements.permissions import ANY_KIND, powers_of_seats
from cordee.agreements.reads.rules import as_values, live_rules
from cordee.directory.models import Company, Place
from cordee.engines import assembly
from cordee.engines.assembly.words import day, typeset
from cordee.ground.kit.words import language
from cordee.ground.signing.reads import Power
from cordee.groupings.models import Grouping, Office, Seat


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of document that the library can make."""

    slug: str
    label: str
    explanation: str
    level: str  # the level of signature it calls for: "click", "SES", "AES", "QES"


def kinds() -> tuple[Kind, ...]:
    """Every type of document of the library, in its order."""
    return tuple(kind_of(slug) for slug in assembly.document_types())


def kind_of(slug: str) -> Kind:
    """One type of document, in the language of the page."""
    found, lang = assembly.document_type(slug), language()
    return Kind(slug, found.title[lang], found.explanation[lang], found.signature_level)


def members_of(grouping: Grouping) -> list[Seat]:
    """The seats that commit themselves, with all that a document says of them, in one query each."""
    return list(
        Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER)
        .select_related("company", "holder")
        .prefetch_related("company__places")
        .order_by("id")
    )


def known_values(
    grouping: Grouping,
    *,
    at: datetime,
    kind: str = ANY_KIND,
    given: dict[str, Any] | None = None,
    rules: assembly.LiveRules | None = None,
    parties: Collection[str] | None = None,
) -> dict[str, Any]:
    """What Cordée already knows: nobody types it again. `parties`: the seats between whom it is, by default all."""
    seats = [one for one in members_of(grouping) if parties is None or one.public_id in parties]
    powers = powers_of_seats(seats, kind=kind, values=given, at=at)
    lead = (
        Office.objects.filter(grouping=grouping, role=Office.Role.COORDINATOR, until=None)
        .select_related("seat")
        .first()
    )
    values: dict[str, Any] = {
        **as_values(rules or live_rules(grouping)),
        "grouping_name": grouping.name,
        "purpose": grouping.purpose,
        "entity_name": grouping.name,
        "entity_object": grouping.purpose,
        "withdrawal_months": grouping.notice_months,
        **({"end_condition": grouping.end_condition} if grouping.end_condition else {}),
        "members": [party_of(seat, powers[seat.pk]) for seat in seats],
    }
    if lead is not None and lead.seat.public_id in {seat.public_id for seat in seats}:
        values["lead"] = lead.seat.public_id
    if seats and (place := _head(seats[0].company)) is not None:
        values["signature_place"] = place.city
    return values


def founding_act(grouping: Grouping) -> str:
    """What the members of a grouping signed last to bind themselves, as another document names it."""
    stages = ("project", "entity")
    binding = [slug for slug in assembly.document_types() if assembly.document_type(slug).stage in stages]
    signed = Agreement.objects.filter(grouping=grouping, change="", kind__in=binding, between=None)
    last = signed.exclude(signed_on=None).order_by("-signed_on", "-pk").first()
    if last is None or last.signed_on is None:
        return ""
    return typeset(f"« {kind_in_french(last.kind)} », signé le {day(last.signed_on)}")


def kind_in_french(slug: str) -> str:
    """What a document is called on paper."""
    return assembly.document_type(slug).title["fr"]


def party_of(seat: Seat, powers: Sequence[Power]) -> dict[str, Any]:
    """A company as a party: who it is, where, who binds it (its holder where they may, else whoever may)."""
    company: Company = seat.company
    place = _head(company)
    signs = powers[0] if powers else None
    return {
        "id": seat.public_id,
        "name": company.name,
        "legal_form": company.legal_form,
        "siren": company.siren or "",
        "address": ", ".join(part for part in (place.street, str(place)) if part) if place else "",
        "rcs": "",
        "representative": signs.person.name if signs else seat.holder.name,
        "capacity": signs.capacity if signs else "",
        "email": signs.person.email if signs else seat.holder.email,
    }


def _head(company: Company) -> Place | None:
    places = list(company.places.all())
    return next((place for place in places if place.is_head), places[0] if places else None)


OF_ONE_TEXT = ("change", "reason", "parties", "members_by_id")
"""What was told to one text only: the next one that changes the same document does not take it over."""


def values_of(
    agreement: Agreement, *, at: datetime | None = None, rules: assembly.LiveRules | None = None
) -> dict[str, Any]:
    """The answers of a document on top of what is known today; once sent, only what was sent counts.

    An amendment starts from what was signed. `at`: the moment at which powers to sign are looked at.
    """
    if agreement.state != Agreement.State.DRAFT:
        return dict(agreement.answers)
    given = dict(agreement.answers)
    signed = current_values(agreement.amends) if agreement.amends else {}
    signed = {name: value for name, value in signed.items() if name not in OF_ONE_TEXT}
    before = {party["id"]: party for party in signed.get("members", ())}
    known = known_values(
        agreement.grouping,
        at=at or agreement.prepared_at,
        kind=agreement.kind,
        given=given or signed,
        rules=rules,
        parties=parties_of(agreement, before),
    )
    answered = given.get("members_by_id", {})
    members = [
        {**party, **_filled(before.get(party["id"], {})), **_signs(party), **answered.get(party["id"], {})}
        for party in known["members"]
    ]
    if joins := agreement.newcomer:
        members.sort(key=lambda party: party["id"] == joins.public_id)  # the newcomer comes last
    return {**known, **signed, **given, "members": members}


def parties_of(agreement: Agreement, before: Collection[str] = ()) -> list[str] | None:
    """The seats between whom a draft is: those chosen, those who signed and have not left, or all (None)."""
    if chosen := agreement.answers.get("parties"):
        return list(chosen)
    if agreement.amends is None:
        return None
    gone = agreement.amends.endings.exclude(seat=None).filter(effect_on__lte=localtime(agreement.prepared_at).date())
    left = set(gone.values_list("seat__public_id", flat=True))
    joins = [agreement.newcomer.public_id] if agreement.newcomer else []
    return [*(key for key in before if key not in left), *joins]


def _filled(party: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in party.items() if value not in (None, "")}


def _signs(party: dict[str, Any]) -> dict[str, Any]:
    """Who binds a company is asked anew each time."""
    return {name: party[name] for name in ("representative", "capacity", "email") if party["capacity"]}


def last_change(agreement: Agreement, changes: Iterable[Agreement] | None = None) -> Agreement:
    """The last amendment in force of an agreement, or the agreement itself. `changes`: its changes, if at hand."""
    here = agreement.changes.order_by("number", "id") if changes is None else changes
    amended = [one for one in here if one.change == Agreement.Change.AMENDMENT and one.in_force]
    return max(amended, key=lambda one: (one.number, one.pk), default=agreement)


def current_values(agreement: Agreement, changes: Iterable[Agreement] | None = None) -> dict[str, Any]:
    """What was signed last, as values."""
    here = list(agreement.changes.order_by("number", "id") if changes is None else changes)
    values = dict(last_change(agreement, here).answers)
    joined = [one for one in here if one.change == Agreement.Change.ACCESSION and one.in_force]
    known = {party["id"] for party in values.get("members", ())}
    for each in joined:
        members = [party for party in each.answers.get("members", ()) if party["id"] not in known]
        values["members"] = [*values.get("members", ()), *members]
    return values


def current_document(agreement: Agreement) -> assembly.Document:
    """The whole text in force: as signed, as amended last, with those who joined since."""
    last = last_change(agreement)
    whole = last.whole or last.kept
    document = assembly.from_kept(whole) if whole else assembly.assemble(agreement.kind, last.answers)
    parties = assembly.assemble(agreement.kind, current_values(agreement)).parties
    known = {party.id for party in document.parties}
    return replace(document, parties=(*document.parties, *(party for party in parties if party.id not in known)))


def document_of(agreement: Agreement, *, at: datetime | None = None) -> assembly.Document:
    """The document put together from its answers; once sent, as it was sent."""
    if agreement.kept:
        document = assembly.from_kept(agreement.kept)
    else:
        document = draft_document(agreement, values_of(agreement, at=at))
    return replace(document, reviewed=bool(agreement.reviewed_text) and is_reviewed(agreement, document))


def is_reviewed(agreement: Agreement, document: assembly.Document) -> bool:
    """Whether this very text is the one that was reviewed: one word changed, and it is no longer."""
    return agreement.reviewed_text == document.fingerprint


def whole_document(agreement: Agreement, values: dict[str, Any]) -> assembly.Document:
    """The whole agreement with these answers: for an amendment, what it leads to."""
    return assembly.assemble(agreement.kind, values)


def draft_document(agreement: Agreement, values: dict[str, Any]) -> assembly.Document:
    """The document that these answers make: a text of the library, or what changes one that was signed."""
    wanted = whole_document(agreement, values)
    signed = agreement.amends
    if signed is None:
        return wanted
    day = signed.signed_on or localtime(signed.prepared_at).date()
    here, said = current_document(signed), own_answers(agreement, values)
    match Agreement.Change(agreement.change):
        case Agreement.Change.AMENDMENT:
            return assembly.amend(here, wanted, said, number=agreement.number, signed_on=day)
        case Agreement.Change.ACCESSION:
            *others, newcomer = wanted.parties
            return assembly.accede(here, newcomer, said, signed_on=day, others=others)
        case Agreement.Change.TERMINATION:
            leaver = agreement.leaver.public_id if agreement.leaver else ""
            return assembly.end_together(here, said, signed_on=day, leaver=leaver, parties=wanted.parties)
    return wanted


def own_answers(agreement: Agreement, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the act that changes a document is told: of itself, and what the document says of disputes and delays."""
    never = {name for names in assembly.OWN_ANSWERS.values() for name in names}
    shared = {name: value for name, value in values.items() if name not in never}
    known = {"amendment_reason": values.get("reason"), "end_reason": values.get("reason")}
    known["end_date"] = agreement.effect_on.isoformat() if agreement.effect_on else None
    told = {name: value for name, value in known.items() if value}
    return {**shared, **told, **values.get("change", {})}


def pdf_of(agreement: Agreement, *, at: datetime) -> bytes:
    """The document printed, as it stands."""
    document = document_of(agreement, at=at)
    return assembly.render_pdf(document, at=localtime(at), verify_at=settings.SITE_URL)
