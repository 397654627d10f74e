"""The library of clauses: read from the data files beside this module, checked once, kept."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from cordee.engines.assembly.words import typeset

Kind = Literal["text", "long", "day", "count", "money", "percent", "choice", "yes_no", "party", "members", "lots"]
FIRST_DATED = date(2026, 11, 23)  # the day of every clause that says no other
KINDS: tuple[str, ...] = get_args(Kind)
# Where an answer may come from without being typed: what Cordée already knows. Empty: it is asked.
SOURCES = (
    "",
    *["grouping", "members", "siren", "seats", "shares", "lots", "prices", "rules", "bank", "insurance", "need"],
)
_HOLE = re.compile(r"\{\{(\w+)\}\}")
_GUARD = re.compile(r"\[(not )?(\w+)(?:([=<>])(\w+))?\]\s*")


@dataclass(frozen=True, slots=True)
class Variable:
    """Something a document must know: its type, the question to ask, the answers allowed, what is assumed if any.

    `source` says which part of Cordée already knows the answer (one of SOURCES); empty, somebody has to say it.
    """

    name: str
    kind: Kind
    label: Mapping[str, str]
    question: Mapping[str, str]
    help: Mapping[str, str]
    source: str
    choices: Mapping[str, str]
    default: object
    most: int | None
    least: int | None


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on one answer: `[name]`, `[not name]`, `[name=value]`, `[name>80]`, `[name<15]`."""

    name: str
    value: str | None
    negated: bool
    sign: str = "="

    def holds(self, values: Mapping[str, object]) -> bool:
        """Tell whether the answers meet the condition; an answer that is not known meets none, negated or not."""
        known = values.get(self.name)
        if known is None:
            return False
        return self._met(known) != self.negated

    def _met(self, known: object) -> bool:
        if self.value is None:
            return bool(known)
        if self.sign == "=":
            return str(known) == self.value
        if not isinstance(known, int | Fraction):
            return False
        return known > Fraction(self.value) if self.sign == ">" else known < Fraction(self.value)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a clause, printed only if its guards hold. `style` is "text", "item" or "table"."""

    style: str
    text: str
    guards: tuple[Guard, ...]

    @property
    def holes(self) -> tuple[str, ...]:
        """The variables its text needs."""
        return tuple(_HOLE.findall(self.text))


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the library: the text that is signed, and the sentence that explains it.

    `settles` names what the clause decides expressly ("solidarity"): a document that must settle it refuses silence.
    """

    code: str
    version: int
    dated: date
    settles: tuple[str, ...]
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    when: tuple[Guard, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name its conditions and its text look up, in their order."""
        found = [guard.name for guard in self.when]
        for piece in self.paragraphs:
            found += [*(guard.name for guard in piece.guards), *piece.holes]
            found += [f"table:{piece.text}"] if piece.style == "table" else []
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document: its clauses in order, and what it shows beside them.

    Shape   stage: when in a cooperation's life: "exchange", "project", "entity", "running", "closing".
            least, most: how many parties. schedule: the clause that annexes the table of lots, if any.
            settles: what one of its clauses has to say expressly. sets: what is true of every such document.
            also_signs: the answers that name somebody who signs beside the companies (a client, an employee).
    """

    slug: str
    code: str
    version: int
    dated: date
    stage: str
    least: int
    most: int | None
    settles: tuple[str, ...]
    sets: Mapping[str, str]
    also_signs: tuple[str, ...]
    opening: Mapping[str, str]
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    clauses: tuple[Clause, ...]
    variables: Mapping[str, Variable]
    required: tuple[str, ...]
    parties_called: str
    schedule: str
    signature_level: str


_OPENING = {
    "parties": "Entre les soussignés",
    "body": "Il a été convenu ce qui suit",
    "sign": typeset(
        "Chaque signataire déclare avoir le pouvoir d'engager l'entreprise qu'il représente, avoir lu le présent "
        "document et en accepter tous les articles."
    ),
}


def document_types() -> tuple[str, ...]:
    """Name the documents that the library can make."""
    return tuple(_read("documents.toml"))


def document_type(slug: str) -> DocumentType:
    """Give a document type of the library. Errors: ValueError when there is none of that name."""
    if slug not in document_types():
        raise ValueError(f"no document type “{slug}”; there are: {', '.join(document_types())}")
    return _document_type(slug)


@cache
def _document_type(slug: str) -> DocumentType:
    raw = _read("documents.toml")[slug]
    library = _clauses()
    clauses = tuple(library[code] for code in raw["clauses"])
    variables = _variables()
    return DocumentType(
        slug=slug,
        code=raw["code"],
        version=raw["version"],
        dated=raw["dated"],
        stage=raw["stage"],
        least=raw.get("least", 2),
        most=raw.get("most"),
        settles=tuple(raw.get("settles", ())),
        sets=raw.get("sets", {}),
        also_signs=tuple(raw.get("also_signs", ())),
        opening={**_OPENING, **{part: typeset(text) for part, text in raw.get("opening", {}).items()}},
        title=_both(raw["title"]),
        explanation=_both(raw["explanation"]),
        clauses=clauses,
        variables={name: variables[name] for name in _used(clauses, raw["required"])},
        required=tuple(raw["required"]),
        parties_called=typeset(raw["parties_called"]),
        schedule=raw.get("schedule", ""),
        signature_level=raw["signature_level"],
    )


# What is worked out from another answer, beside the names of parties ("lead_name" from "lead").
ASKED_BY = {"has_lead_fee": "lead_fee", "has_no_lead_fee": "lead_fee", "competition": "combined_share"}


def asked_for(name: str, kind: DocumentType) -> Variable:
    """Give the question behind a name used in a text."""
    return kind.variables[name if name in kind.variables else ASKED_BY.get(name, name.removesuffix("_name"))]


def _used(clauses: tuple[Clause, ...], required: list[str]) -> list[str]:
    names = [*required, *(name for clause in clauses for name in clause.names)]
    known = _variables()
    asked = (name if name in known else ASKED_BY.get(name, name.removesuffix("_name")) for name in names)
    return [name for name in dict.fromkeys(asked) if name in known]


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


def _folder(name: str) -> list[tuple[str, dict[str, Any]]]:
    """Every table of the files of a folder, in the order of their names."""
    inside = sorted(item.name for item in (files(__package__) / "data" / name).iterdir() if item.name.endswith(".toml"))
    found: dict[str, dict[str, Any]] = {}
    for one in inside:
        for code, raw in _read(f"{name}/{one}").items():
            if code in found:
                raise ValueError(f"{one}: {code} is written twice")
            found[code] = raw
    return list(found.items())


@cache
def _variables() -> dict[str, Variable]:
    found = {}
    for name, raw in _folder("variables"):
        if raw["kind"] not in KINDS or raw.get("source", "") not in SOURCES:
            raise ValueError(f"variables: {name} has an unknown kind or source")
        found[name] = Variable(
            name,
            raw["kind"],
            _both(raw["label"]),
            _both(raw["question"]),
            _both(raw["help"]) if "help" in raw else {},
            raw.get("source", ""),
            {key: typeset(label) for key, label in raw.get("choices", {}).items()},
            raw.get("default"),
            raw.get("most"),
            raw.get("least"),
        )
    return found


@cache
def _clauses() -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for code, raw in _folder("clauses"):
        when = tuple(guard for text in raw.get("when", []) for guard in guards_of(text)[0])
        found[code] = Clause(
            code,
            raw["version"],
            raw.get("dated", FIRST_DATED),
            tuple(raw.get("settles", ())),
            _both(raw["title"]),
            _both(raw["explanation"]),
            when,
            tuple(_paragraph(piece) for piece in _pieces(raw["text"])),
        )
    return found


def _pieces(text: str) -> list[str]:
    """Cut a text at blank lines and before list items; lines of one paragraph are joined."""
    cut = re.split(r"\n\s*\n|\n(?=- |\[)", text.strip())
    return [" ".join(piece.split()) for piece in cut if piece.strip()]


def guards_of(text: str) -> tuple[tuple[Guard, ...], str]:
    """Read the conditions at the beginning of a text, and give what follows them."""
    found = []
    while match := _GUARD.match(text):
        found.append(Guard(match[2], match[4], bool(match[1]), match[3] or "="))
        text = text[match.end() :]
    return tuple(found), text


def _paragraph(piece: str) -> Paragraph:
    item = piece.startswith("- ")
    guards, text = guards_of(piece.removeprefix("- "))
    if not item and text.startswith("- "):
        item, text = True, text.removeprefix("- ")
    if table := re.fullmatch(r"\{\{table:(\w+)\}\}", text):
        return Paragraph("table", table[1], guards)
    return Paragraph("item" if item else "text", typeset(text), guards)


def _both(raw: Mapping[str, str]) -> dict[str, str]:
    return {"fr": typeset(raw["fr"]), "en": raw["en"]}
