"""What the law or plain sense refuses in a document: each with its clause, its reason and a way out.

The reasons, and every refusal that a few answers are enough to tell, are data: data/refusals.toml.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from cordee.engines.assembly.answers import Answers, Party
from cordee.engines.assembly.clauses import DocumentType, Guard, guards_of
from cordee.engines.assembly.words import day, money, typeset

Severity = Literal["refused", "contradiction", "warning"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something no document may say: where it is named, when it holds, on what ground, and how it is said."""

    code: str
    clauses: tuple[str, ...]
    variable: str
    when: tuple[Guard, ...]
    source: str
    severity: Severity
    said: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that can't stand in a document: "refused" by the law, or a "contradiction" between answers.

    A "warning" stands in no way: it may be signed, knowingly.

    Shape   clause, variable: where it comes from, empty when it is the whole document. article, asked: the title of
            that clause and the question, in French and English.
    """

    code: str
    clause: str
    severity: Severity
    params: Mapping[str, Any]
    variable: str = ""
    article: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)

    def reason(self, lang: str = "fr") -> str:
        """Why it can't stand."""
        return self._said(lang, 0)

    def way_out(self, lang: str = "fr") -> str:
        """What one can do instead."""
        return self._said(lang, 1)

    def place(self, lang: str = "fr") -> str:
        """Where it stands: the article and the question, as far as they are known."""
        title, asked = self.article.get(lang, ""), self.asked.get(lang, "")
        if lang == "fr":
            parts = [f"article « {title} »" if title else "", f"question « {asked} »" if asked else ""]
        else:
            parts = [f"article “{title}”" if title else "", f"question “{asked}”" if asked else ""]
        text = ", ".join(part for part in parts if part)
        return typeset(text) if lang == "fr" else text

    @property
    def source(self) -> str:
        """The article of law it stands on, if any."""
        return refusals()[self.code].source

    def _said(self, lang: str, part: int) -> str:
        params = {name: value[lang] if isinstance(value, dict) else value for name, value in self.params.items()}
        text = refusals()[self.code].said[lang][part]
        return (typeset(text) if lang == "fr" else text).format(**params)


@cache
def refusals() -> Mapping[str, Refusal]:
    """Every refusal of the library, by its code."""
    raw = tomllib.loads((files(__package__) / "data" / "refusals.toml").read_text(encoding="utf-8"))
    return {
        code: Refusal(
            code,
            tuple(one.get("clauses", ())),
            one.get("variable", ""),
            tuple(guard for text in one.get("when", ()) for guard in guards_of(text)[0]),
            one.get("source", ""),
            one.get("severity", "refused"),
            {lang: (one[lang][0], one[lang][1]) for lang in ("fr", "en")},
        )
        for code, one in raw.items()
    }


def check(kind: DocumentType, known: Answers) -> list[Finding]:
    """Find what the law or plain sense refuses in these answers."""
    found = _parties(known, kind.least, kind.most) + _told_by_answers(kind, known)
    names = {name for clause in kind.clauses for name in clause.names}
    if "table:shares" in names:
        found += _shares(known)
    if kind.schedule:
        found += _prices(known) + _lots(known)
    for name, variable in kind.variables.items():
        if variable.kind == "party" and known.values.get(name) and f"{name}_name" not in known.values and known.parties:
            if any(party.id == known.values[name] and not party.name for party in known.parties):
                continue
            code = "lead_not_member" if name == "lead" else "not_a_party"
            params = {"question": dict(variable.question)}
            found.append(Finding(code, "", "contradiction", params, name))
    return found


def _told_by_answers(kind: DocumentType, known: Answers) -> list[Finding]:
    found = []
    codes = [clause.code for clause in kind.clauses]
    for one in refusals().values():
        here = next((code for code in one.clauses if code in codes), "")
        if one.when and here and all(guard.holds(known.values) for guard in one.when):
            found.append(Finding(one.code, here, one.severity, {}, one.variable))
    return found


def _parties(known: Answers, least: int, most: int | None) -> list[Finding]:
    found, count = [], len(known.parties)
    if 0 < count < least:
        found.append(Finding("too_few", "parties", "contradiction", {"least": least, "count": count}))
    if most is not None and count > most:
        found.append(Finding("too_many", "parties", "contradiction", {"most": most, "count": count}))
    for siren, times in Counter(party.siren for party in known.parties if party.siren).items():
        if times > 1:
            found.append(Finding("same_siren", "parties", "contradiction", {"siren": siren}))
    for party in known.parties:
        if party.siren and not siren_holds(party.siren):
            params = {"name": party.name, "siren": party.siren}
            found.append(Finding("wrong_siren", "parties", "contradiction", params))
    return found


def _shares(known: Answers) -> list[Finding]:
    parts = [party.share for party in known.parties]
    total = sum((part for part in parts if part is not None), Fraction(0))
    if not parts or None in parts or total == 100:
        return []
    said = {"total": f"{float(total):g}".replace(".", ",")}
    return [Finding("shares_total", "", "contradiction", said, "table:shares")]


def siren_holds(siren: str) -> bool:
    """Tell whether nine digits can be a SIREN.

    Source  Luhn's check digit, as the INSEE writes it.

    >>> siren_holds("732829320"), siren_holds("732829321")
    (True, False)
    """
    if len(siren) != 9 or not (siren.isascii() and siren.isdigit()):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(siren))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _prices(known: Answers) -> list[Finding]:
    if not known.values.get("l124_3"):
        return []
    return [Finding("l124_3_price", "GME21", "refused", {"lot": lot.title}) for lot in known.lots if not lot.amount]


def _lots(known: Answers) -> list[Finding]:
    found = []
    names = {party.id: party.name for party in known.parties}
    insured: dict[str, Party] = {party.id: party for party in known.parties}

    def add(code: str, variable: str = "lots", **params: Any) -> None:
        found.append(Finding(code, "", "contradiction", params, variable))

    for lot in known.lots:
        until = insured[lot.member].insured_until if lot.member in insured else None
        if lot.member not in names:
            add("lot_without_member", lot=lot.title)
        if lot.start and lot.end and lot.end < lot.start:
            add("lot_dates", lot=lot.title)
        if until and lot.end and until < lot.end:
            add("insurance_expired", "table:insurance", name=names[lot.member], until=day(until), end=day(lot.end))
    if known.lots:
        working = {lot.member for lot in known.lots}
        for member in names:
            if member not in working:
                add("member_without_lot", name=names[member])
    amount, amounts = known.values.get("contract_amount"), [lot.amount for lot in known.lots]
    if isinstance(amount, int) and amounts and None not in amounts:
        total = sum(value or 0 for value in amounts)
        if total != amount:
            add("total", "contract_amount", lots=money(total), contract=money(amount))
    return found
