"""Check a FEC against the law, naming each defect with its line and its column.

Source  livre des procédures fiscales, article A. 47 A-1; BOI-CF-IOR-60-40-20.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from cordee.engines.ledger.fec_entries import wrong_entries
from cordee.engines.ledger.fec_reading import COLUMNS, SIGNED, Fec, NotAFec, read_fec
from cordee.engines.ledger.fec_values import Row, read_row
from cordee.engines.ledger.fec_words import WORDS
from cordee.engines.sentences import Lang, Reason, reason, say

SHOWN = 10
"""How many times the same defect is named; further ones are counted."""

NAME = re.compile(r"(\d{9})FEC(\d{8})(?:_\d+)?\.(?:txt|csv)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect: its name, the reason in words, "error" or "warning"."""

    id: str
    why: Reason
    level: str

    def say(self, lang: Lang = "fr") -> str:
        return say(self.why, WORDS, lang)


@dataclass(frozen=True, slots=True)
class FecReport:
    """What is said of a FEC: valid when no error stands."""

    profile: str
    defects: tuple[Defect, ...]
    lines: int
    entries: int
    debit: int  # cents
    credit: int

    @property
    def valid(self) -> bool:
        return not any(one.level == "error" for one in self.defects)


def check_fec(data: bytes, name: str = "") -> FecReport:
    """Say whether a FEC follows the law, naming each defect with its line and column.

    Shape   name: the file's own name, SIRENFECAAAAMMJJ.txt; "" when it has none to check.
    Holds   valid exactly when no defect is an error; at most 10 of each kind are named, the rest counted.
    Errors  NotAFec (a ValueError) when it is no FEC at all.
    """
    fec = read_fec(data)
    found: list[Defect] = []
    closing = _name(name, found)
    _file(fec, found)
    if set(fec.places) >= {SIGNED.get(one, one) if fec.signed else one for one in COLUMNS} and fec.rows:
        rows = list(_rows(fec, found))
        found.extend(_told(wrong_entries(rows, closing)))
    else:
        rows = []
    if not fec.rows:
        found.append(Defect("FEC-LIGNES", reason("no_rows"), "error"))
    kind = {"\t": "tabulation", "|": "|"}.get(fec.separator, fec.separator)
    return FecReport(
        profile=f"FEC {len(COLUMNS) + (4 if fec.cash else 0)} colonnes, {kind}, {fec.encoding}",
        defects=tuple(_shortened(found)),
        lines=len(fec.rows),
        entries=len({row.entry for row in rows}),
        debit=sum(row.debit for row in rows),
        credit=sum(row.credit for row in rows),
    )


def _name(name: str, found: list[Defect]) -> date | None:
    """What the file's name says of the closing date."""
    if not name:
        return None
    named = NAME.fullmatch(name)
    if named is None:
        found.append(Defect("FEC-NOM", reason("name", name=name[:80]), "error"))
        return None
    digits = [int(one) for one in named[1]]
    luhn = sum(one if i % 2 == 0 else sum(divmod(2 * one, 10)) for i, one in enumerate(digits))
    if luhn % 10:
        found.append(Defect("FEC-NOM", reason("siren", siren=named[1]), "error"))
    try:
        return date(int(named[2][:4]), int(named[2][4:6]), int(named[2][6:]))
    except ValueError:
        found.append(Defect("FEC-NOM", reason("name_date", date=named[2]), "error"))
        return None


def _file(fec: Fec, found: list[Defect]) -> None:
    """How the file is made: separator, encoding, names and order of the columns."""
    if fec.separator not in "\t|":
        found.append(Defect("FEC-SEPARATEUR", reason("separator", separator=fec.separator), "error"))
    if fec.encoding == "utf-16":
        found.append(Defect("FEC-CODAGE", reason("encoding"), "error"))
    wanted = [SIGNED.get(one, one) if fec.signed else one for one in COLUMNS]
    missing = [one for one in wanted if one not in fec.places]
    for one in missing:
        found.append(Defect("FEC-COLONNES", reason("missing_column", column=one), "error"))
    order = [fec.places[one] for one in wanted if one in fec.places]
    if not missing and order != list(range(len(wanted))):
        found.append(Defect("FEC-COLONNES", reason("order"), "error"))
    extra = [one for one in fec.header[len(wanted) :] if one]
    if not missing and extra and not fec.cash:
        found.append(Defect("FEC-COLONNES", reason("extra", names=", ".join(extra)[:100]), "warning"))


def _rows(fec: Fec, found: list[Defect]) -> Iterator[Row]:
    for number, cells in enumerate(fec.rows, start=2):
        if len(cells) == 1 and not cells[0]:
            found.append(Defect("FEC-LIGNES", reason("blank", line=number), "error"))
            continue
        if len(cells) != len(fec.header) and not (len(cells) == len(fec.header) + 1 and not cells[-1]):
            found.append(
                Defect("FEC-LIGNES", reason("cells", line=number, found=len(cells), wanted=len(fec.header)), "error")
            )
            continue
        problems: list[tuple[str, Reason, str]] = []
        row = read_row(fec, number, cells, problems)
        found.extend(Defect(*one) for one in problems)
        yield row


def _told(problems: Iterator[tuple[str, Reason, str]]) -> Iterator[Defect]:
    return (Defect(*one) for one in problems)


def _shortened(found: list[Defect]) -> Iterator[Defect]:
    kind: Callable[[Defect], tuple[str, str, str]] = lambda one: (one.id, one.why.code, one.level)  # noqa: E731
    counts = Counter(kind(one) for one in found)
    seen: Counter[tuple[str, str, str]] = Counter()
    for one in sorted(found, key=lambda one: one.level != "error"):
        seen[kind(one)] += 1
        if seen[kind(one)] <= SHOWN:
            yield one
        elif seen[kind(one)] == SHOWN + 1:
            yield Defect(one.id, reason("more", more=counts[kind(one)] - SHOWN), one.level)


__all__ = ["Defect", "FecReport", "NotAFec", "check_fec"]
