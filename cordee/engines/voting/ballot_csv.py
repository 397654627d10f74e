"""Ballots in a CSV file, as a spreadsheet saves it."""

import csv
import io
import re
from fractions import Fraction
from typing import Any

from cordee.engines.voting.ballot_files import BallotError, Ballots, votes_number, whole
from cordee.engines.voting.consent import GRADIENTS

_ASIDE = {
    "seat": "seat",
    "voter": "seat",
    "membre": "seat",
    "entreprise": "seat",
    "weight": "weight",
    "count": "weight",
    "voix": "weight",
    "nombre": "weight",
    "ranking": "ranking",
    "classement": "ranking",
    "approved": "approved",
    "approuve": "approved",
    "choice": "choice",
    "vote": "choice",
    "proxy": "proxy",
    "pouvoir": "proxy",
    "conflict": "conflict",
    "conflit": "conflict",
    "why": "why",
    "motif": "why",
}

_CHOICES = {
    "pour": "for",
    "oui": "for",
    "for": "for",
    "yes": "for",
    "contre": "against",
    "non": "against",
    "against": "against",
    "no": "against",
    "abstention": "abstain",
    "abstain": "abstain",
    "consent": "consent",
    "consentement": "consent",
    "object": "object",
    "objection": "object",
    "": "",
} | {gradient: gradient for gradient in GRADIENTS}


def read(text: str, method: str = "") -> Ballots:
    """Read a CSV of ballots, one a line, separated by commas, semicolons or tabs.

    Shape   a column "ranking" (A>B=C>D), or "approved" (A|B), or "choice" (pour, contre, abstention), or one column an
            option: its rank (1 is best, empty is unranked), its grade, or x where approved, as the method wants.
            Optional: "seat", "weight" (or "count"); with "choice" also "proxy" (who votes for this seat),
            "conflict" (x: withdrew) and "why"; for an election without candidates "round 1" (or « tour 1 »), "round 2":
            whom the seat names. French names of columns do as well.
    Errors  BallotError with line and field.
    """
    head = text.split("\n", 1)[0]
    cut = max(";,\t", key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=cut, strict=True))
    except csv.Error:
        raise BallotError(1, "", "format") from None
    if not table or not any(cell.strip() for cell in table[0]):
        raise BallotError(0, "", "empty")
    titles = [cell.strip() for cell in table[0]]
    roles = [_ASIDE.get(title.lower(), "") for title in titles]
    if method == "sociocratic":
        roles = [role or _round(title) for title, role in zip(titles, roles, strict=True)]
    options = tuple(title for title, role in zip(titles, roles, strict=True) if not role)
    if not options and not {"ranking", "approved", "choice"} & set(roles):
        raise BallotError(1, "", "header")
    for title in titles:
        if titles.count(title) > 1:
            raise BallotError(1, title, "twice", found=title)
    rows, weights, lines = [], [], []
    for number, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(titles):
            raise BallotError(number, "", "columns", found=len(cells), declared=len(titles))
        line = {title: cell.strip() for title, cell in zip(titles, cells, strict=True)}
        named = {role: (title, line[title]) for title, role in zip(titles, roles, strict=True) if role}
        title, cell = named.get("weight", ("", ""))
        weights.append(votes_number(cell, number, title) if cell else Fraction(1))
        rows.append(_row(named, {o: line[o] for o in options}, number, method))
        lines.append(number)
    kind = next((k for role, k in _BY_COLUMN.items() if role in roles), _BY_METHOD.get(method, "ranking"))
    if "ranking" in roles or "approved" in roles:
        flat = (n for row in rows for n in (row if kind == "approval" else [x for level in row for x in level]))
        options = tuple(dict.fromkeys(flat))
    return Ballots(kind, options, tuple(rows), tuple(weights), 0, 0, tuple(lines))  # type: ignore[arg-type]


_ROUND = "round "


def _round(title: str) -> str:
    """The round of naming that a column is, in an order that sorts; empty when it is none."""
    found = re.fullmatch(r"(?:round|tour)\s*([1-9][0-9]?)", title.lower())
    return f"{_ROUND}{int(found[1]):02}" if found else ""


_BY_COLUMN = {"ranking": "ranking", "approved": "approval", "choice": "votes"}
_BY_METHOD = {"approval": "approval", "score": "grades", "majority_judgment": "grades"}


def _row(named: dict[str, tuple[str, str]], cells: dict[str, str], number: int, method: str) -> Any:
    if "ranking" in named:
        title, cell = named["ranking"]
        return _ranking(cell, number, title)
    if "approved" in named:
        title, cell = named["approved"]
        return frozenset(_once([word.strip() for word in cell.split("|") if word.strip()], number, title))
    if "choice" in named:
        title, cell = named["choice"]
        if cell.lower() not in _CHOICES:
            raise BallotError(number, title, "choice", found=cell)
        seat = named.get("seat", ("", ""))[1] or f"#{number}"
        aside = {role: named.get(role, ("", ""))[1] for role in ("proxy", "conflict", "why")}
        naming = sorted((role, cell) for role, (_, cell) in named.items() if role.startswith(_ROUND))
        rounds = [cell for _, cell in naming]
        return {"seat": seat, "choice": _CHOICES[cell.lower()], **aside, "rounds": rounds}
    if method == "approval":
        return frozenset(o for o, cell in cells.items() if _crossed(cell, number, o))
    if method in ("score", "majority_judgment"):
        return {o: whole(cell, number, o) for o, cell in cells.items() if cell}
    ranks = {o: whole(cell, number, o) for o, cell in cells.items() if cell}
    return tuple(tuple(o for o in ranks if ranks[o] == rank) for rank in sorted(set(ranks.values())))


def _ranking(cell: str, number: int, title: str) -> tuple[tuple[str, ...], ...]:
    levels = tuple(tuple(word.strip() for word in level.split("=")) for level in cell.split(">")) if cell else ()
    named = [word for level in levels for word in level]
    if "" in named:
        raise BallotError(number, title, "unknown_option", found="")
    _once(named, number, title)
    return levels


def _once(named: list[str], number: int, title: str) -> list[str]:
    for name in named:
        if named.count(name) > 1:
            raise BallotError(number, title, "twice", found=name)
    return named


def _crossed(cell: str, number: int, option: str) -> bool:
    if cell.lower() in ("x", "1", "oui", "yes"):
        return True
    if cell.lower() in ("", "0", "non", "no"):
        return False
    raise BallotError(number, option, "number", found=cell)
