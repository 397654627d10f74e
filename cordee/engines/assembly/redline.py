"""Two versions of a text side by side: what was added, what was taken out, article by article, then word by word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

from cordee.engines.assembly.assemble import Article, Document, ScheduleLine
from cordee.engines.assembly.words import day, money, typeset

Mark = Literal["same", "added", "removed"]
State = Literal["same", "added", "removed", "changed"]
_WORDS = re.compile(r"[^ ]+ *")  # an amount and its no-break spaces are one word
_TOO_FAR = 0.35  # below, a line did not change: another took its place
_TITLES = {
    "parties": ("Parties", "Parties"),
    "schedule": (typeset("Annexe : lots et prix"), "Schedule: lots and prices"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, an item or a row of a table, in pieces."""

    style: str
    number: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One article (or the parties, or the schedule): what became of it, and its lines.

    Shape   before, after: its number in each version, 0 when it is not there.
    """

    code: str
    state: State
    before: int
    after: int
    title: str
    title_en: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Redline:
    """All that changed between two versions of a document."""

    title: str
    grouping: str
    before: str
    after: str
    parts: tuple[Part, ...]

    @property
    def changes(self) -> tuple[Part, ...]:
        """The parts that are not the same."""
        return tuple(part for part in self.parts if part.state != "same")

    def summary(self, lang: str = "fr") -> str:
        """Count what changed, in one sentence."""
        counts = {state: sum(part.state == state for part in self.parts) for state in _COUNTED}
        said = [_COUNTED[state][lang][count > 1].format(count) for state, count in counts.items() if count]
        if not said:
            return "Les deux textes sont identiques." if lang == "fr" else "The two texts are the same."
        return ", ".join(said) + "."


_COUNTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "changed": {
        "fr": ("{} partie modifiée", "{} parties modifiées"),
        "en": ("{} part changed", "{} parts changed"),
    },
    "added": {"fr": ("{} partie ajoutée", "{} parties ajoutées"), "en": ("{} part added", "{} parts added")},
    "removed": {
        "fr": ("{} partie supprimée", "{} parties supprimées"),
        "en": ("{} part removed", "{} parts removed"),
    },
}


def redline(before: Document, after: Document) -> Redline:
    """Compare two versions of a document.

    Holds   without what was added, the lines read as `before`; without what was removed, as `after`. Clauses are
            matched by their code, whatever their numbers: a renumbered article is not a change.
    """
    old, new = _parts(before), _parts(after)
    order = list(new)
    for place, code in enumerate(old):  # what was taken out stands where it stood
        if code not in new:
            ahead = list(old)[:place]
            at = max((order.index(one) + 1 for one in ahead if one in order), default=0)
            order.insert(at, code)
    return Redline(
        after.title,
        after.grouping,
        before.fingerprint,
        after.fingerprint,
        tuple(_compared(code, old.get(code), new.get(code)) for code in order),
    )


_Raw = tuple[int, str, str, tuple[tuple[str, str, str], ...]]


def _parts(document: Document) -> dict[str, _Raw]:
    """Every part of a document by its code: its number, its titles, its lines (style, number, text)."""
    parties = tuple(
        ("row", "", ", ".join(word for word in _party_words(document, place) if word))
        for place in range(len(document.parties))
    )
    also = tuple(
        ("row", "", ", ".join(part for part in each if part))
        for each in zip_longest(document.also, document.also_as, fillvalue="")
    )
    parts: dict[str, _Raw] = {"parties": (0, *_TITLES["parties"], (*parties, *also))}
    for article in document.articles:
        parts[article.code] = (article.number, article.title, article.title_en, _lines(article))
    if document.schedule:
        names = {party.id: party.name for party in document.parties}
        rows = tuple(
            ("row", line.lot, " | ".join(word for word in _lot_words(line, names) if word))
            for line in document.schedule
        )
        parts["schedule"] = (0, *_TITLES["schedule"], rows)
    return parts


def _party_words(document: Document, place: int) -> tuple[str, ...]:
    one = document.parties[place]
    until = day(one.insured_until) if one.insured_until else ""
    mark = "mandataire" if document.lead and one.id == document.lead else ""
    return (
        one.name, one.legal_form, one.siren, one.address, one.representative, one.capacity, mark, one.policy, until
    )  # fmt: skip


def _lot_words(line: ScheduleLine, names: Mapping[str, str]) -> tuple[str, ...]:
    price = money(line.amount) if line.amount is not None else "⟦prix⟧"
    return names.get(line.member, ""), line.title, line.description, line.start, line.end, price


def _lines(article: Article) -> tuple[tuple[str, str, str], ...]:
    found: list[tuple[str, str, str]] = []
    for block in article.blocks:
        if block.style == "table":
            found += [("row", "", " | ".join(row)) for row in block.rows]
        else:
            found.append((block.style, block.number, block.text))
    return tuple(found)


def _compared(code: str, old: _Raw | None, new: _Raw | None) -> Part:
    _number, title, title_en, _rest = new or old or (0, "", "", ())
    lines = _aligned(old[3] if old else (), new[3] if new else ())
    moved = any(piece.mark != "same" for line in lines for piece in line.pieces)
    state: State = "added" if old is None else "removed" if new is None else "changed" if moved else "same"
    return Part(code, state, old[0] if old else 0, new[0] if new else 0, title, title_en, lines)


def _aligned(old: Sequence[tuple[str, str, str]], new: Sequence[tuple[str, str, str]]) -> tuple[Line, ...]:
    """Match whole lines first; a line that replaced another is compared word by word."""
    lines: list[Line] = []
    matcher = SequenceMatcher(None, [text for *_, text in old], [text for *_, text in new], autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            lines += [Line(style, number, (Piece("same", text),)) for style, number, text in new[k:m]]
            continue
        pairs = min(j - i, m - k)
        for (_style, _number, was), (style, number, now) in zip(old[i : i + pairs], new[k : k + pairs], strict=True):
            lines.append(Line(style, number, _words(was, now)))
        lines += [Line(style, number, (Piece("removed", text),)) for style, number, text in old[i + pairs : j]]
        lines += [Line(style, number, (Piece("added", text),)) for style, number, text in new[k + pairs : m]]
    return tuple(lines)


def _words(was: str, now: str) -> tuple[Piece, ...]:
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    if matcher.ratio() < _TOO_FAR:
        return Piece("removed", was), Piece("added", now)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal" and old[i:j] == new[k:m]:
            pieces.append(Piece("same", "".join(new[k:m])))
            continue
        pieces += [Piece("removed", "".join(old[i:j]))] if j > i else []
        pieces += [Piece("added", "".join(new[k:m]))] if m > k else []
    return tuple(pieces)
