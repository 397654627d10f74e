"""Agreements as the members see them: what is filled in, what is missing, the text with plain words beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.agreements.models import Agreement, AgreementParty
from cordee.agreements.permissions import may_send, seen_by
from cordee.agreements.reads.knowing import Kind, document_of, draft_document, kind_of, own_answers, values_of
from cordee.agreements.reads.outside import SignsToo, signs_too
from cordee.agreements.reads.rules import live_rules
from cordee.engines import assembly
from cordee.engines.assembly.words import typeset
from cordee.engines.sealing import PdfReport, evidence_bytes
from cordee.ground.kit.counting import count_of
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.register.acts import address
from cordee.ground.signing.models import Signatory
from cordee.ground.signing.reads import check_sealed, page_about
from cordee.groupings.models import Seat
from cordee.groupings.reads import my_seats


@dataclass(frozen=True, slots=True)
class Question:
    """Something the document still asks: under which name it is answered, how, with what choices."""

    name: str
    kind: str
    text: str
    choices: tuple[tuple[str, str], ...]
    value: Any
    article: str = ""  # the article that needs it
    help: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot stand: why, and the way out."""

    why: str
    way_out: str
    is_refused: bool
    article: str = ""  # the article that says it: « Article 9. Rémunération »


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
    kind: Kind
    document: assembly.Document
    reviewed: bool
    missing: tuple[Question, ...]
    answered: tuple[Question, ...]
    problems: tuple[Problem, ...]
    clashes: tuple[Problem, ...]  # where the text and the rules in force differ
    articles: tuple[PlainArticle, ...]
    signatories: tuple[Signatory, ...]
    everybody: tuple[Signatory, ...]  # who signs it, and what changes it
    my_signature: Signatory | None
    may_send: bool
    lots: tuple[Mapping[str, Any], ...] | None  # as answered so far; None where the document has no lots
    parties: tuple[tuple[str, str], ...]  # (seat, company), for the questions that choose among them
    without_power: tuple[str, ...]  # companies whose representative may not sign
    beside: tuple[SignsToo, ...]  # who signs beside the companies
    choosing: bool  # whether its parties can be chosen
    late: tuple[Signatory, ...]  # who can no longer sign: their deadline has passed


def my_agreements(person: Person) -> QuerySet[Agreement]:
    """Every document in the groupings of this person."""
    return (
        Agreement.objects.filter(grouping__in=my_seats(person).values("grouping"))
        .filter(seen_by(my_seats(person).values("pk")))
        .select_related("grouping", "ceremony", "prepared_by__company")
        .order_by("-prepared_at")
    )


def to_sign(person: Person, *, at: datetime) -> QuerySet[Signatory]:
    """What awaits this person's signature, the nearest deadline first: `asked` and `signed` count all who sign."""
    everybody = Signatory.objects.filter(ceremony=OuterRef("ceremony"))
    before = everybody.filter(rank__lt=OuterRef("rank"), state=Signatory.State.WAITING)
    return (
        Signatory.objects.filter(
            person=person, state=Signatory.State.WAITING, ceremony__state="open", ceremony__expires_at__gt=at
        )
        .filter(Q(expires_at=None) | Q(expires_at__gt=at), ~Exists(before))
        .select_related("ceremony", "person")
        .annotate(asked=count_of(everybody), signed=count_of(everybody.filter(state=Signatory.State.SIGNED)))
        .order_by("ceremony__expires_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class ToSign:
    """A document that awaits my signature: where it is read, for which of my companies."""

    signatory: Signatory
    page: str
    voice: str


def papers_to_sign(person: Person, *, at: datetime) -> list[ToSign]:
    """What awaits this person's signature, with its page: of this room, or of another that has texts signed."""
    return [
        ToSign(each, page, each.seat.rpartition("/")[2])
        for each in to_sign(person, at=at)
        if (page := page_about(each.ceremony.subject))
    ]


WITH = ("grouping", "ceremony__sealed", "ceremony__text", "prepared_by__company", "amends", "newcomer", "leaver")


def agreement_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Agreement, Seat]:
    """A document, reached through a seat of its grouping; a stranger finds nothing."""
    found = Agreement.objects.select_related(*WITH).filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    between = AgreementParty.objects.filter(agreement=found)
    seeing = ~Exists(between) | Exists(between.filter(seat=OuterRef("pk"))) | Q(pk=found.prepared_by_id)
    seats = list(my_seats(person).filter(seeing, grouping=found.grouping_id))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return found, chosen[0]


def agreement_page(
    agreement: Agreement, seat: Seat, *, at: datetime, answers: Mapping[str, Any] | None = None
) -> AgreementPage:
    """One document in full; with `answers`, as it would read if they were given."""
    rules, lang = live_rules(agreement.grouping), language()
    values = values_of(agreement, at=at, rules=rules)
    if answers:
        values = with_answers(values, answers)
    draft = agreement.state == Agreement.State.DRAFT
    document = draft_document(agreement, values) if draft else document_of(agreement)
    reviewed = bool(agreement.reviewed_text) and agreement.reviewed_text == document.fingerprint
    everybody = all_who_sign(agreement) if agreement.ceremony_id else ()
    signatories = tuple(one for one in everybody if one.ceremony_id == agreement.ceremony_id)
    titles = {article.code: _titled(article, lang) for article in document.articles}
    titles |= {"parties": _("Parties"), "schedule": _("Lots et prix"), "signature": _("Page de signature")}
    kind = assembly.document_type(agreement.kind)
    missing = [one for one in document.missing if not (kind.schedule and one.variable == "contract_amount")]
    asked = {item.variable for item in document.missing}
    interview = draft and agreement.change in ("", Agreement.Change.AMENDMENT)
    return AgreementPage(
        agreement=agreement,
        seat=seat,
        kind=kind_of(agreement.kind),
        document=document,
        reviewed=reviewed,
        missing=tuple(_missing(item, document, values, titles, lang) for item in missing),
        lots=tuple(values.get("lots", ())) if kind.schedule and interview else None,
        parties=tuple((party.id, party.name) for party in document.parties),
        answered=(
            *(_own_answers(agreement, values, asked, lang) if draft and agreement.change else ()),
            *(
                _answered(one, document, values, lang)
                for one in assembly.questions(agreement.kind)
                if interview
                and one.name not in asked
                and one.name not in ("members", "lots", "lead")
                and values.get(one.name, one.default) is not None
            ),
        ),
        problems=tuple(
            Problem(found.reason(lang), found.way_out(lang), found.severity == "refused", titles.get(found.clause, ""))
            for found in (*document.contradictions, *document.warnings)
        ),
        clashes=_clashes(agreement, values, rules, titles, lang),
        articles=tuple(_plain(article, lang) for article in document.articles),
        signatories=signatories,
        everybody=everybody,
        my_signature=next((one for one in signatories if one.seat == address(seat)), None),
        may_send=may_send(agreement, seat),
        without_power=tuple(party.name for party in document.parties if not party.capacity),
        beside=signs_too(agreement, values),
        choosing=interview,
        late=tuple(
            one
            for one in signatories
            if agreement.state == Agreement.State.SENT and one.state == Signatory.State.WAITING and one.until <= at
        ),
    )


def all_who_sign(agreement: Agreement) -> tuple[Signatory, ...]:
    """Who signs a document, and what changes it, in one query."""
    texts = Agreement.objects.filter(Q(pk=agreement.pk) | Q(amends=agreement)).values("ceremony")
    return tuple(
        Signatory.objects.filter(ceremony__in=texts).select_related("person", "ceremony").order_by("rank", "id")
    )


def _clashes(
    agreement: Agreement, values: Mapping[str, Any], rules: assembly.LiveRules, titles: Mapping[str, str], lang: str
) -> tuple[Problem, ...]:
    """Where the text and the rules in force say two different things."""
    if agreement.change not in ("", Agreement.Change.AMENDMENT):
        return ()
    found = assembly.against_rules(agreement.kind, values, rules)
    return tuple(Problem(one.said(lang), one.way_out(lang), False, titles.get(one.clause, "")) for one in found)


def _answered(one: assembly.Variable, document: assembly.Document, values: Mapping[str, Any], lang: str) -> Question:
    choices = tuple(one.choices.items())
    kind = one.kind
    if kind == "party":
        return Question(
            one.name,
            "choice",
            one.question[lang],
            tuple((p.id, p.name) for p in document.parties),
            values.get(one.name),
        )
    return Question(one.name, kind, one.question[lang], choices, _answer(one, values), help=one.help.get(lang, ""))


def _own_answers(agreement: Agreement, values: Mapping[str, Any], asked: set[str], lang: str) -> Iterator[Question]:
    """What the act that changes a document was told of itself: its date, its reason."""
    said = own_answers(agreement, values)
    for one in assembly.questions(agreement.change):
        name = f"change.{one.name}"
        own = one.name in assembly.OWN_ANSWERS[agreement.change] or one.name in values.get("change", {})
        if own and name not in asked:
            yield Question(name, one.kind, one.question[lang], tuple(one.choices.items()), said.get(one.name))


def _answer(variable: assembly.Variable, values: Mapping[str, Any]) -> Any:
    """An answer as the box shows it; what is assumed reads as well as what is printed."""
    given = values.get(variable.name)
    if given is None:
        given = typeset(variable.default) if isinstance(variable.default, str) else variable.default
    return given


def with_answers(values: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a document with these answers on top: « members.2.rcs » goes to the second company."""
    made = {**values, "members": [dict(party) for party in values["members"]]}
    made["lots"] = [dict(lot) for lot in answers.get("lots", values.get("lots", ()))]
    for name, value in answers.items():
        rows, _dot, rest = name.partition(".")
        place, _dot, field = rest.partition(".")
        if rows == "change" and rest:
            made["change"] = {**made.get("change", {}), rest: value}
        elif field and rows in ("members", "lots") and place.isdigit() and 0 < int(place) <= len(made[rows]):
            made[rows][int(place) - 1][field] = value
        elif name != "lots":
            made[name] = value
    if not made["lots"]:
        del made["lots"]
    return made


def _titled(article: assembly.Article, lang: str) -> str:
    title = article.title_en if lang == "en" else article.title
    return _("Article %(number)s. %(title)s") % {"number": article.number, "title": title}


def _missing(
    item: assembly.Missing, document: assembly.Document, values: Mapping[str, Any], titles: Mapping[str, str], lang: str
) -> Question:
    choices = tuple(item.choices.items())
    kind = item.kind
    if item.kind == "party" or item.variable == "lead":
        kind, choices = "choice", tuple((party.id, party.name) for party in document.parties)
    where = titles.get(item.clause, item.article.get(lang, ""))
    said = item.help.get(lang, "")
    return Question(item.variable, kind, item.question[lang], choices, values.get(item.variable), where, said)


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
    for act in assembly.OWN_ANSWERS:
        asked |= {f"change.{one.name}": one for one in assembly.questions(act)}
    values = {**values, **{f"change.{name}": value for name, value in values.get("change", {}).items()}}
    parties = list(values.get("members", ()))
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
        shown[one.label[lang] if one else _row_label(name, parties)] = said
    return shown


def _row_label(name: str, parties: Sequence[Mapping[str, Any]]) -> str:
    """« members.2.rcs » as a person says it: « Charpente Masson, ville du RCS »."""
    rows, _dot, rest = name.partition(".")
    place, _dot, field = rest.partition(".")
    label = str(_FIELDS.get(field, field))
    if rows == "lots":
        return _("Lot %(number)s, %(field)s") % {"number": place, "field": label}
    known = place.isdigit() and 0 < int(place) <= len(parties)
    return f"{parties[int(place) - 1].get('name', '') if known else place}, {label}"


_FIELDS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("nom"),
    "legal_form": gettext_lazy("forme juridique"),
    "siren": gettext_lazy("SIREN"),
    "rcs": gettext_lazy("ville du RCS"),
    "address": gettext_lazy("adresse du siège"),
    "representative": gettext_lazy("qui signe"),
    "capacity": gettext_lazy("qualité de qui signe"),
    "email": gettext_lazy("adresse e-mail"),
    "capital": gettext_lazy("capital"),
    "insurer": gettext_lazy("assureur"),
    "policy": gettext_lazy("numéro de police"),
    "insured_until": gettext_lazy("assurée jusqu’au"),
    "title": gettext_lazy("ce qui est à faire"),
    "member": gettext_lazy("par quelle entreprise"),
    "amount": gettext_lazy("prix hors taxes"),
}
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
