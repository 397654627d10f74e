"""Putting a document together: the clauses that apply, filled in, numbered, with what is missing and what clashes."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cordee.engines.assembly.answers import Answers, Party, clean, read_answers, shown
from cordee.engines.assembly.clauses import Clause, DocumentType, Guard, Paragraph, Variable, asked_for, document_type
from cordee.engines.assembly.rules import Finding, check
from cordee.engines.assembly.tables import NEEDED, TABLES
from cordee.engines.assembly.words import NO_BREAK
from cordee.engines.chain import canonical

__all__ = ["Article", "Block", "Document", "Finding", "Missing", "Party", "ScheduleLine", "assemble", "questions"]

_PARTY_NEEDS: dict[str, tuple[str, str]] = {
    "name": ("Quel est le nom de l’entreprise\u202f?", "What is the company called?"),
    "legal_form": ("Quelle est la forme juridique de {name}\u202f?", "What is the legal form of {name}?"),
    "siren": ("Quel est le SIREN de {name}\u202f?", "What is the SIREN of {name}?"),
    "address": ("Quelle est l’adresse du siège de {name}\u202f?", "What is the seat's address of {name}?"),
    "representative": ("Qui signe pour {name}\u202f?", "Who signs for {name}?"),
    "capacity": ("En quelle qualité cette personne signe-t-elle pour {name}\u202f?", "In what capacity for {name}?"),
}
_LOT_NEEDS: dict[str, tuple[str, str]] = {
    "title": ("Quel est l’intitulé du lot {id}\u202f?", "What is lot {id} called?"),
    "amount": ("Quel est le prix hors taxes du lot {id}\u202f?", "What is the price without VAT of lot {id}?"),
}
_KINDS = {"amount": "money", "contribution": "money", "share": "percent", "alone": "yes_no", "alone_why": "long"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article: "text" (with its number), "item" (with its letter) or "table" (rows of cells)."""

    style: str
    number: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article, made from one clause in one version."""

    number: int
    code: str
    version: int
    title: str
    title_en: str
    explanation: str
    explanation_en: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something the document needs and does not know: which clause needs it, and the question to ask.

    Shape   article: the title of that clause, empty for the parties' table. source: where the answer may come from.
    """

    clause: str
    variable: str
    kind: str
    question: Mapping[str, str]
    choices: Mapping[str, str]
    article: Mapping[str, str] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One lot in the schedule. Amount in euro cents without VAT, None when it is not known yet."""

    member: str
    lot: str
    title: str
    description: str
    amount: int | None
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document put together: what will be signed, and what stands in the way."""

    slug: str
    code: str
    version: int
    title: str
    grouping: str
    place: str
    lead: str
    parties_called: str
    parties: tuple[Party, ...]
    articles: tuple[Article, ...]
    schedule: tuple[ScheduleLine, ...]
    missing: tuple[Missing, ...]
    contradictions: tuple[Finding, ...]
    reviewed: bool
    signature_level: str
    opening: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    also_as: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def complete(self) -> bool:
        """Nothing is missing and nothing clashes: it can be signed."""
        return not self.missing and not self.contradictions

    @property
    def fingerprint(self) -> str:
        """64 digits that change with any word, name or figure of what is signed; not with the look of the page."""
        content = {
            "slug": self.slug,
            "version": self.version,
            "title": self.title,
            "grouping": self.grouping,
            "place": self.place,
            "lead": self.lead,
            "parties_called": self.parties_called,
            "also": list(self.also),
            "parties": [_plain(asdict(party)) for party in self.parties],
            "articles": [asdict(article) for article in self.articles],
            "schedule": [asdict(line) for line in self.schedule],
            **({"also_as": list(self.also_as)} if self.also_as else {}),
        }
        return hashlib.sha256(canonical(content)).hexdigest()


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """Write a record with texts and whole numbers only."""
    kept = (bool, int, str, type(None))
    return {name: value if isinstance(value, kept) else str(value) for name, value in record.items()}


def assemble(slug: str, values: Mapping[str, object], *, reviewed: bool = False) -> Document:
    """Put a document together from what is known, and name what is missing or clashes.

    Shape   slug: one of document_types(). values: answers by variable name (see data/variables.toml): text, bool,
            int, date or ISO text; percent as a whole number, "2.5" or a Fraction; "members" and "lots" are lists of
            dicts (the fields of Party and Lot; a lot's "member" and "lead" name a member's id, by default its SIREN).
            "also": who signs for those that are no company of the document, {"client_name": {"representative": …,
            "capacity": …}}; they sign for themselves where it is silent.
    Units   money in euro cents without VAT.
    Holds   a document without missing nor contradictions has no hole left; the same answers give the same fingerprint.
    Errors  ValueError when there is no such document type. Answers never raise: what can't be read is a finding.
    """
    kind = document_type(slug)
    known = read_answers(kind, values)
    articles: list[Article] = []
    missing = _missing_parties(kind, known)
    for clause in kind.clauses:
        if not _holds(clause.when, known, clause.code, kind, missing):
            continue
        article = _article(len(articles) + 1, clause, known, kind, missing)
        if article.blocks:
            articles.append(article)
    unreadable = [_unreadable(kind.variables[name]) for name in known.unreadable]
    found = [*unreadable, *check(kind, known), *_silences(kind, articles, missing)]
    unique = {item.variable: item for item in reversed(missing)}
    return Document(
        slug=kind.slug,
        code=kind.code,
        version=kind.version,
        title=kind.title["fr"],
        grouping=str(known.values.get("grouping_name", "")),
        place=str(known.values.get("signature_place", "")),
        lead=str(known.values.get("lead", "")),
        parties_called=kind.parties_called,
        parties=known.parties,
        articles=tuple(articles),
        schedule=_schedule(known) if kind.schedule else (),
        missing=tuple(_placed(item, kind) for item in reversed(unique.values())),
        contradictions=tuple(_where(one, kind) for one in found if one.severity != "warning"),
        warnings=tuple(_where(one, kind) for one in found if one.severity == "warning"),
        reviewed=reviewed,
        signature_level=kind.signature_level,
        opening=kind.opening,
        also=tuple(str(known.values[name]) for name in kind.also_signs if name in known.values),
        also_as=tuple(_as_what(kind, known, name, values) for name in kind.also_signs if name in known.values),
    )


def _as_what(kind: DocumentType, known: Answers, name: str, values: Mapping[str, object]) -> str:
    """In what quality somebody signs beside the companies: « client, représenté par Jeanne Roque, maire »."""
    given = values.get("also")
    who = given.get(name) if isinstance(given, Mapping) else None
    signs, capacity = (
        clean(who.get(part)) if isinstance(who, Mapping) else "" for part in ("representative", "capacity")
    )
    if signs == known.values[name]:
        signs = ""
    called = kind.variables[name].label["fr"].lower()
    by = f"représenté par {signs}" if signs else ""
    return ", ".join(part for part in (called, by, capacity if capacity != called else "") if part)


def _unreadable(variable: Variable) -> Finding:
    """Say why an answer can't be read: out of its bounds, or not of its kind."""
    params: dict[str, Any] = {"question": dict(variable.question)}
    if variable.kind in ("count", "percent") and (variable.least is not None or variable.most is not None):
        most = variable.most if variable.most is not None else 100
        params |= {"least": variable.least or 0, "most": most}
        return Finding("out_of_bounds", "", "contradiction", params, variable.name)
    return Finding("unreadable", "", "contradiction", params, variable.name)


def _silences(kind: DocumentType, articles: Sequence[Article], missing: Sequence[Missing]) -> list[Finding]:
    """Refuse a document that leaves unsaid what it has to settle. A question still open is missing, not silent."""
    if missing:
        return []
    said = {code for clause in kind.clauses for code in clause.settles if any(a.code == clause.code for a in articles)}
    return [Finding(f"{what}_silent", "", "refused", {}) for what in kind.settles if what not in said]


def _where(found: Finding, kind: DocumentType) -> Finding:
    """Add to a finding the title of its clause and its question."""
    names = {found.variable, f"{found.variable}_name"}
    used = next((one.code for one in kind.clauses if names.intersection(one.names)), "")
    clause = found.clause or (kind.schedule if found.variable == "lots" else used)
    article = next((one.title for one in kind.clauses if one.code == clause), {})
    asked = kind.variables[found.variable].question if found.variable in kind.variables else {}
    return replace(found, clause=clause, article=article, asked=asked)


def _placed(item: Missing, kind: DocumentType) -> Missing:
    return replace(item, article=next((one.title for one in kind.clauses if one.code == item.clause), {}))


def questions(slug: str) -> tuple[Variable, ...]:
    """Give all that a document of this type may ask, in the order of its clauses."""
    return tuple(document_type(slug).variables.values())


def _missing_parties(kind: DocumentType, known: Answers) -> list[Missing]:
    missing: list[Missing] = []
    for name in kind.required:
        if (name == "members" and not known.parties) or (name == "lots" and not known.lots):
            _miss(kind, "parties" if name == "members" else "schedule", name, known, missing)
        elif name not in ("members", "lots") and name not in known.values:
            _miss(kind, "signature", name, known, missing)
    for place, party in enumerate(known.parties, 1):
        missing += _needs("members", "parties", place, party, _PARTY_NEEDS, {"name": party.name or str(place)})
    for place, lot in enumerate(known.lots, 1):
        missing += _needs("lots", "schedule", place, lot, _LOT_NEEDS, {"id": lot.id})
    return missing


def _needs(
    rows: str, clause: str, place: int, item: object, needs: Mapping[str, tuple[str, str]], params: Mapping[str, str]
) -> list[Missing]:
    return [
        Missing(
            clause,
            f"{rows}.{place}.{name}",
            _KINDS.get(name, "text"),
            {"fr": asked[0].format(**params), "en": asked[1].format(**params)},
            {},
        )
        for name, asked in needs.items()
        if getattr(item, name) in ("", None)
    ]


def _miss(kind: DocumentType, clause: str, name: str, known: Answers, missing: list[Missing]) -> Missing:
    asked = asked_for(name, kind)
    of_parties = asked.kind == "party"
    choices = {party.id: party.name for party in known.parties} if of_parties else asked.choices
    said = "choice" if of_parties else asked.kind
    item = Missing(clause, asked.name, said, asked.question, choices, {}, asked.help, asked.source)
    missing.append(item)
    return item


def _holds(guards: Sequence[Guard], known: Answers, code: str, kind: DocumentType, missing: list[Missing]) -> bool:
    for guard in guards:
        if guard.name not in known.values:
            if asked_for(guard.name, kind).name not in known.values:  # else it waits for an answer asked elsewhere
                _miss(kind, code, guard.name, known, missing)
            return False
        if not guard.holds(known.values):
            return False
    return True


def _article(number: int, clause: Clause, known: Answers, kind: DocumentType, missing: list[Missing]) -> Article:
    blocks: list[Block] = []
    texts = items = 0
    for paragraph in clause.paragraphs:
        if not _holds(paragraph.guards, known, clause.code, kind, missing):
            continue
        if paragraph.style == "table":
            for place, party in enumerate(known.parties, 1):
                needs = NEEDED.get(paragraph.text, {})
                missing += _needs("members", clause.code, place, party, needs, {"name": party.name or str(place)})
            rows = TABLES[paragraph.text](known)
            if len(rows) > 1:
                blocks.append(Block("table", "", paragraph.text, rows))
            continue
        text = _filled(paragraph, known, clause.code, kind, missing)
        if paragraph.style == "item":
            items += 1
            blocks.append(Block("item", f"{_letter(items)})", text))
        else:
            texts, items = texts + 1, 0
            blocks.append(Block("text", f"{number}.{texts}", text))
    return Article(
        number,
        clause.code,
        clause.version,
        clause.title["fr"],
        clause.title["en"],
        clause.explanation["fr"],
        clause.explanation["en"],
        tuple(blocks),
    )


def _letter(place: int) -> str:
    return chr(96 + place) if place <= 26 else str(place)


def _filled(paragraph: Paragraph, known: Answers, code: str, kind: DocumentType, missing: list[Missing]) -> str:
    def fill(hole: re.Match[str]) -> str:
        name = hole[1]
        if name in known.values:
            return shown(kind.variables.get(name), known.values[name])
        return f"⟦{_miss(kind, code, name, known, missing).question['fr']}⟧"

    text = re.sub(r"\{\{(\w+)\}\}", fill, paragraph.text)
    text = re.sub(r"\b1 (jour|an|semaine|heure)s( ouvré)?s?\b", rf"1{NO_BREAK}\1\2", text)
    if plural := re.search(r"\b(\d+)\b[^.;]*?\(s\)", text):
        text = text.replace("(s)", "s" if int(plural[1]) > 1 else "")
    return re.sub(r"(\d) (jour|mois|an|semaine|heure|pouvoir|membre)", rf"\1{NO_BREAK}\2", text)


def _schedule(known: Answers) -> tuple[ScheduleLine, ...]:
    order = {party.id: place for place, party in enumerate(known.parties)}
    return tuple(
        ScheduleLine(
            lot.member,
            lot.id,
            lot.title,
            lot.description,
            lot.amount,
            lot.start.isoformat() if lot.start else "",
            lot.end.isoformat() if lot.end else "",
        )
        for lot in sorted(known.lots, key=lambda lot: order.get(lot.member, len(order)))
    )
