"""Read a whole chart of accounts from a CSV: a number, a label; every bad line is named, and nothing is half read."""

import csv
import io

from cordee.engines.ledger.accounts import padded
from cordee.engines.ledger.books import is_account
from cordee.engines.ledger.opening import decoded
from cordee.engines.sentences import Fact, Lang, Reason, Table, reason, say

MOST = 20_000
"""More lines than this are no chart of accounts."""
LONGEST = 200
SHOWN = 20

WORDS: Table = {
    "empty": ("Le fichier est vide.", "The file is empty."),
    "many": ("Le fichier a plus de {most} lignes.", "The file has more than {most} lines."),
    "columns": (
        "Ligne {line} : il faut deux colonnes, le numéro et le libellé.",
        "Line {line}: two columns are needed, the number and the label.",
    ),
    "number": (
        "Ligne {line}, numéro : « {text} » n’est pas un compte du plan comptable (classes 1 à 8, 12 signes au plus).",
        "Line {line}, number: “{text}” is no account of the chart (classes 1 to 8, 12 characters at most).",
    ),
    "label": (
        "Ligne {line}, libellé : il manque, ou dépasse {most} signes.",
        "Line {line}, label: it is missing, or longer than {most} characters.",
    ),
    "twice": (
        "Ligne {line}, numéro : le compte {number} est déjà à la ligne {first}.",
        "Line {line}, number: account {number} is on line {first} already.",
    ),
    "nothing": ("Le fichier ne porte aucun compte.", "The file holds no account."),
    "more": ("Et {n} autres lignes.", "And {n} more lines."),
}


class NotAChart(ValueError):
    """This file is no chart of accounts; `say` names every bad line."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(reasons[0].code)
        self.reasons = reasons

    def say(self, lang: Lang = "fr") -> str:
        return "\n".join(say(one, WORDS, lang) for one in self.reasons)


def read_chart(data: bytes) -> dict[str, str]:
    """Read a chart of accounts in CSV, `number;label`, with or without a first line of titles.

    Holds   every number is padded to six figures and comes once; headings of one or two figures (« 40 ») are passed.
    Errors  NotAChart (a ValueError) with each bad line and its field, the first twenty.

    >>> read_chart("numéro;libellé\n6063;Fournitures\n".encode())
    {'606300': 'Fournitures'}
    """
    rows = _rows(data)
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    wrong: list[Reason] = []
    for line, cells in rows:
        wrong += _take(line, cells, found, lines)
    if wrong:
        more = [_why("more", n=len(wrong) - SHOWN)] if len(wrong) > SHOWN else []
        raise NotAChart(*wrong[:SHOWN], *more)
    if not found:
        raise NotAChart(_why("nothing"))
    return found


def _rows(data: bytes) -> list[tuple[int, list[str]]]:
    text = decoded(data).replace("\0", "")
    if not text.strip():
        raise NotAChart(_why("empty"))
    delimiter = max(";\t,|", key=text.strip().splitlines()[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:  # a field beyond any reason
        raise NotAChart(_why("columns", line=reader.line_num)) from None
    if len(rows) > MOST:
        raise NotAChart(_why("many", most=MOST))
    filled = [(line, cells) for line, cells in rows if any(cells)]
    titles = bool(filled) and not any(sign.isdigit() for sign in filled[0][1][0])
    return filled[1:] if titles else filled


def _take(line: int, cells: list[str], found: dict[str, str], lines: dict[str, int]) -> list[Reason]:
    """Take one line in; say what is wrong with it."""
    if len(cells) < 2:
        return [_why("columns", line=line)]
    number, label = cells[0].replace(" ", "").replace("\u00a0", "").upper(), cells[1]
    if number.isdigit() and len(number) < 3:
        return []
    wrong = []
    if not is_account(number):
        wrong.append(_why("number", line=line, text=cells[0][:20]))
    elif (known := padded(number)) in lines:
        wrong.append(_why("twice", line=line, number=known, first=lines[known]))
    if not 0 < len(label) <= LONGEST:
        wrong.append(_why("label", line=line, most=LONGEST))
    if not wrong:
        found[padded(number)], lines[padded(number)] = label, line
    return wrong


def _why(code: str, **facts: Fact) -> Reason:
    return reason(code, **facts)
