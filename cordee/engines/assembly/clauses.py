"""The library of clauses: read from the data files beside this module, checked once, kept."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from cordee.engines.assembly.words import typeset

Kind = Literal["text", "long", "day", "count", "money", "percent", "choice", "yes_no", "members", "lots"]
KINDS: tuple[str, ...] = ("text", "long", "day", "count", "money", "percent", "choice", "yes_no", "members", "lots")
_HOLE = re.compile(r"\{\{(\w+)\}\}")
_GUARD = re.compile(r"\[(not )?(\w+)(?:=(\w+))?\]\s*")


@dataclass(frozen=True, slots=True)
class Variable:
    """Something a document must know: its type, the question to ask, the answers allowed, what is assumed if any."""

    name: str
    kind: Kind
    question: Mapping[str, str]
    choices: Mapping[str, str]
    default: object
    most: int | None
    least: int | None


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on one answer: `[name]`, `[not name]`, `[name=value]`."""

    name: str
    value: str | None
    negated: bool

    def holds(self, values: Mapping[str, object]) -> bool:
        """Tell whether the answers meet the condition; an answer that is not known meets none, negated or not."""
        known = values.get(self.name)
        if known is None:
            return False
        return (bool(known) if self.value is None else str(known) == self.value) != self.negated


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
    """One clause of the library: the text that is signed, and the sentence that explains it."""

    code: str
    version: int
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    when: tuple[Guard, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document: its clauses in order, and what it shows beside them."""

    slug: str
    code: str
    version: int
    title: Mapping[str, str]
    explanation: Mapping[str, str]
    clauses: tuple[Clause, ...]
    variables: Mapping[str, Variable]
    required: tuple[str, ...]
    parties_called: str
    schedule: bool
    signature_level: str


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
        title=_both(raw["title"]),
        explanation=_both(raw["explanation"]),
        clauses=clauses,
        variables={name: variables[name] for name in _used(clauses, raw["required"])},
        required=tuple(raw["required"]),
        parties_called=typeset(raw["parties_called"]),
        schedule=raw.get("schedule", False),
        signature_level=raw["signature_level"],
    )


def _used(clauses: tuple[Clause, ...], required: list[str]) -> list[str]:
    names = dict.fromkeys(required)
    for clause in clauses:
        names |= dict.fromkeys(guard.name for guard in clause.when)
        for paragraph in clause.paragraphs:
            names |= dict.fromkeys([*(guard.name for guard in paragraph.guards), *paragraph.holes])
    return [name for name in names if name in _variables()]


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


@cache
def _variables() -> dict[str, Variable]:
    found = {}
    for name, raw in _read("variables.toml").items():
        if raw["kind"] not in KINDS:
            raise ValueError(f"variables.toml: {name} has the unknown kind “{raw['kind']}”")
        choices = {key: typeset(label) for key, label in raw.get("choices", {}).items()}
        found[name] = Variable(
            name, raw["kind"], _both(raw["question"]), choices, raw.get("default"), raw.get("most"), raw.get("least")
        )
    return found


@cache
def _clauses() -> dict[str, Clause]:
    found: dict[str, Clause] = {}
    for name in sorted(item.name for item in (files(__package__) / "data" / "clauses").iterdir()):
        for code, raw in _read(f"clauses/{name}").items():
            if code in found:
                raise ValueError(f"{name}: the clause {code} is written twice")
            when = tuple(guard for text in raw.get("when", []) for guard in _guards(text)[0])
            paragraphs = tuple(_paragraph(piece) for piece in _pieces(raw["text"]))
            found[code] = Clause(code, raw["version"], _both(raw["title"]), _both(raw["explanation"]), when, paragraphs)
    return found


def _pieces(text: str) -> list[str]:
    """Cut a text at blank lines and before list items; lines of one paragraph are joined."""
    cut = re.split(r"\n\s*\n|\n(?=- |\[)", text.strip())
    return [" ".join(piece.split()) for piece in cut if piece.strip()]


def _guards(text: str) -> tuple[tuple[Guard, ...], str]:
    found = []
    while match := _GUARD.match(text):
        found.append(Guard(match[2], match[3], bool(match[1])))
        text = text[match.end() :]
    return tuple(found), text


def _paragraph(piece: str) -> Paragraph:
    item = piece.startswith("- ")
    guards, text = _guards(piece.removeprefix("- "))
    if not item and text.startswith("- "):
        item, text = True, text.removeprefix("- ")
    if table := re.fullmatch(r"\{\{table:(\w+)\}\}", text):
        return Paragraph("table", table[1], guards)
    return Paragraph("item" if item else "text", typeset(text), guards)


def _both(raw: Mapping[str, str]) -> dict[str, str]:
    return {"fr": typeset(raw["fr"]), "en": raw["en"]}
