"""Agreements as the members see them: what is filled in, what is missing, the text with plain words beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from cordee.agreements.models import Agreement, DocumentKind
from cordee.agreements.permissions import may_send, powers_of
from cordee.directory.models import Company, Place
from cordee.engines import assembly
from cordee.engines.sealing import PdfReport, evidence_bytes
from cordee.ground.kit.counting import count_of
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.register.acts import address
from cordee.ground.signing.models import Signatory
from cordee.ground.signing.reads import check_sealed
from cordee.groupings.models import Grouping, Office, Seat
from cordee.groupings.reads import my_seats


@dataclass(frozen=True, slots=True)
class Question:
    """Something the document still asks: under which name it is answered, how, with what choices."""

    name: str
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...]
    value: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot stand: why, and the way out."""

    why: str
    way_out: str
    is_refused: bool


@dataclass(frozen=True, slots=True)
class PlainArticle:
    """An article, with its plain explanation beside it."""

    number: int
    title: str
    explanation: str
    lines: tuple[tuple[str, str, str], ...]  # (style, number, text)


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """A document in full, for one seat."""

    agreement: Agreement
    seat: Seat
    document: assembly.Document
    missing: tuple[Question, ...]
    answered: tuple[Question, ...]
    problems: tuple[Problem, ...]
    articles: tuple[PlainArticle, ...]
    signatories: tuple[Signatory, ...]
    my_signature: Signatory | None
    may_send: bool
    lots: tuple[Mapping[str, Any], ...] | None  # as answered so far; None where the document has no lots
    parties: tuple[tuple[str, str], ...]  # (seat, company), for the questions that choose among them
    without_power: tuple[str, ...]  # companies whose representative may not sign


def my_agreements(person: Person) -> QuerySet[Agreement]:
    """Every document in the groupings of this person."""
    return (
        Agreement.objects.filter(grouping__in=my_seats(person).values("grouping"))
        .select_related("grouping", "ceremony", "prepared_by__company")
        .order_by("-prepared_at")
    )


def to_sign(person: Person, *, at: datetime) -> QuerySet[Signatory]:
    """What awaits this person's signature, the nearest deadline first: `asked` and `signed` count all who sign."""
    everybody = Signatory.objects.filter(ceremony=OuterRef("ceremony"))
    return (
        Signatory.objects.filter(
            person=person, state=Signatory.State.WAITING, ceremony__state="open", ceremony__expires_at__gt=at
        )
        .select_related("ceremony", "person")
        .annotate(asked=count_of(everybody), signed=count_of(everybody.filter(state=Signatory.State.SIGNED)))
        .order_by("ceremony__expires_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class ToSign:
    """A document that awaits my signature: where it is read, for which of my companies."""

    signatory: Signatory
    agreement: str
    voice: str


def papers_to_sign(person: Person, *, at: datetime) -> list[ToSign]:
    """What awaits this person's signature, with its page."""
    return [
        ToSign(each, each.ceremony.subject.rpartition("/")[2], each.seat.rpartition("/")[2])
        for each in to_sign(person, at=at)
    ]


def agreement_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Agreement, Seat]:
    """A document, reached through a seat of its grouping; a stranger finds nothing."""
    found = (
        Agreement.objects.select_related("grouping", "ceremony__sealed", "ceremony__text", "prepared_by__company")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise NotYours
    seats = list(my_seats(person).filter(grouping=found.grouping_id))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return found, chosen[0]


def members_of(grouping: Grouping) -> list[Seat]:
    """The seats that commit themselves, with all that a document says of them, in one query each."""
    return list(
        Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER)
        .select_related("company", "holder")
        .prefetch_related("company__places")
        .order_by("id")
    )


def known_values(grouping: Grouping) -> dict[str, Any]:
    """What Cordée already knows: nobody types it again."""
    seats = members_of(grouping)
    powers = powers_of(seats)
    lead = (
        Office.objects.filter(grouping=grouping, role=Office.Role.COORDINATOR, until=None)
        .select_related("seat")
        .first()
    )
    values: dict[str, Any] = {
        "grouping_name": grouping.name,
        "purpose": grouping.purpose,
        "members": [party_of(seat, powers.get(seat.pk, "")) for seat in seats],
    }
    if lead is not None:
        values["lead"] = lead.seat.public_id
    if seats and (place := _head(seats[0].company)) is not None:
        values["signature_place"] = place.city
    return values


def party_of(seat: Seat, power: str) -> dict[str, Any]:
    """A company as a party: who it is, where, who binds it."""
    company: Company = seat.company
    place = _head(company)
    return {
        "id": seat.public_id,
        "name": company.name,
        "legal_form": company.legal_form,
        "siren": company.siren or "",
        "address": ", ".join(part for part in (place.street, str(place)) if part) if place else "",
        "rcs": "",
        "representative": seat.holder.name,
        "capacity": power,
        "email": seat.holder.email,
    }


def _head(company: Company) -> Place | None:
    places = list(company.places.all())
    return next((place for place in places if place.is_head), places[0] if places else None)


def values_of(agreement: Agreement) -> dict[str, Any]:
    """The answers of a document on top of what is known today; once sent, only what was sent counts."""
    if agreement.state != Agreement.State.DRAFT:
        return dict(agreement.answers)
    known, given = known_values(agreement.grouping), dict(agreement.answers)
    members = [{**party, **given.get("members_by_id", {}).get(party["id"], {})} for party in known["members"]]
    return {**known, **given, "members": members}


def document_of(agreement: Agreement) -> assembly.Document:
    """The document put together from its answers."""
    return assembly.assemble(agreement.kind, values_of(agreement))


def pdf_of(agreement: Agreement, *, at: datetime) -> bytes:
    """The document printed, as it stands."""
    return assembly.render_pdf(document_of(agreement), at=localtime(at))


def agreement_page(agreement: Agreement, seat: Seat) -> AgreementPage:
    """One document in full."""
    values, lang = values_of(agreement), language()
    document = assembly.assemble(agreement.kind, values)
    signatories = tuple(agreement.ceremony.signatories.select_related("person")) if agreement.ceremony else ()
    asked = {item.variable for item in document.missing}
    return AgreementPage(
        agreement=agreement,
        seat=seat,
        document=document,
        missing=tuple(_missing(item, document, values, lang) for item in document.missing),
        lots=tuple(values.get("lots", ())) if agreement.kind == DocumentKind.GME_CONJOINT else None,
        parties=tuple((party.id, party.name) for party in document.parties),
        answered=tuple(
            Question(
                one.name, one.kind, one.question[lang], tuple(one.choices.items()), values.get(one.name, one.default)
            )
            for one in assembly.questions(agreement.kind)
            if one.name not in asked
            and one.name not in ("members", "lots", "lead")
            and values.get(one.name, one.default) is not None
        ),
        problems=tuple(
            Problem(found.reason(lang), found.way_out(lang), found.severity == "refused")
            for found in document.contradictions
        ),
        articles=tuple(_plain(article, lang) for article in document.articles),
        signatories=signatories,
        my_signature=next((one for one in signatories if one.seat == address(seat)), None),
        may_send=may_send(agreement, seat),
        without_power=tuple(party.name for party in document.parties if not party.capacity),
    )


def _missing(item: assembly.Missing, document: assembly.Document, values: Mapping[str, Any], lang: str) -> Question:
    choices = tuple(item.choices.items())
    kind = item.kind
    if item.variable == "lead":
        kind, choices = "choice", tuple((party.id, party.name) for party in document.parties)
    return Question(item.variable, kind, item.question[lang], choices, values.get(item.variable))


def _plain(article: assembly.Article, lang: str) -> PlainArticle:
    english = lang == "en"
    return PlainArticle(
        number=article.number,
        title=article.title_en if english else article.title,
        explanation=article.explanation_en if english else article.explanation,
        lines=tuple(
            (block.style, block.number, block.text or " · ".join(" | ".join(row) for row in block.rows))
            for block in article.blocks
        ),
    )


def in_words(kind: str, answers: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """What `values` holds for these answers, question by question, as a person reads it."""
    lang = language()
    asked = {one.name: one for one in assembly.questions(kind)}
    shown = {}
    for name in answers:
        one, value = asked.get(name), values.get(name)
        if name == "lots":
            said = " ; ".join(_lot_in_words(lot) for lot in value or ())
        elif isinstance(value, bool):
            said = str(_YES if value else _NO)
        elif one is not None and one.kind == "money" and isinstance(value, int):
            said = euros(value)
        elif one is not None and one.kind == "choice":
            said = dict(one.choices).get(str(value), "")
        else:
            said = "" if value is None else str(value)
        shown[one.question[lang] if one else name] = said
    return shown


_YES, _NO = gettext_lazy("Oui"), gettext_lazy("Non")


def _lot_in_words(lot: Mapping[str, Any]) -> str:
    amount = lot.get("amount")
    return f"{lot.get('title', '')} {euros(amount) if isinstance(amount, int) else ''}".strip()


def report_of(agreement: Agreement, *, at: datetime) -> PdfReport | None:
    """Whether the sealed file still holds."""
    return check_sealed(agreement.ceremony, at=at) if agreement.ceremony else None


def evidence_of(agreement: Agreement) -> bytes:
    """The evidence file of a document that was sent to be signed."""
    if agreement.ceremony is None:
        raise NotYours
    return evidence_bytes(agreement.ceremony.evidence)


SENTENCES: Mapping[str, str | Promise] = {
    "agreements.agreement.prepared": gettext_lazy("%(who)s a préparé un document"),
    "agreements.agreement.answered": gettext_lazy("%(who)s a complété un document"),
    "agreements.agreement.sent": gettext_lazy("%(who)s a envoyé un document à signer"),
    "agreements.agreement.taken_back": gettext_lazy("%(who)s a repris un document pour le corriger"),
    "agreements.agreement.settled": gettext_lazy("La signature d’un document est terminée"),
    "signing.ceremony.opened": gettext_lazy("Un document est parti à la signature"),
    "signing.code.sent": gettext_lazy("%(who)s a reçu un code pour signer"),
    "signing.signature.given": gettext_lazy("%(who)s a signé"),
    "signing.signature.declined": gettext_lazy("%(who)s a refusé de signer"),
    "signing.ceremony.cancelled": gettext_lazy("Un document a été retiré de la signature"),
    "signing.ceremony.sealed": gettext_lazy("Le document signé par tous est scellé"),
}
"""What a book says of this room's acts, and of the ceremonies in which its documents are signed."""
