"""Take the balance of another tool as an opening: a CSV of accounts with their debit and credit."""

import csv
import io
import re

from cordee.engines.amounts import parse_cents, say_cents
from cordee.engines.ledger.books import Balance, is_account
from cordee.engines.sentences import Fact, Lang, Reason, Table, reason, say

NAMES = {
    "account": ("compte", "comptenum", "numero", "account", "n° compte", "numero de compte", "no compte"),
    "label": ("libelle", "intitule", "comptelib", "label", "name"),
    "debit": ("debit", "solde debiteur", "solde debit"),
    "credit": ("credit", "solde crediteur", "solde credit"),
    "balance": ("solde", "balance"),
}

WORDS: Table = {
    "empty": ("Le fichier est vide.", "The file is empty."),
    "columns": (
        "Ligne 1 : il faut une colonne « compte », et « débit » et « crédit », ou « solde ».",
        "Line 1: an “account” column is needed, and “debit” and “credit”, or “balance”.",
    ),
    "account": (
        "Ligne {line} : « {text} » n’est pas un compte du plan comptable.",
        "Line {line}: “{text}” is no account.",
    ),
    "amount": (
        "Ligne {line}, colonne {column} : « {text} » n’est pas un montant.",
        "Line {line}, column {column}: “{text}” is no amount.",
    ),
    "unbalanced": (
        "La balance ne s’équilibre pas : débit {debit}, crédit {credit}.",
        "The balance does not balance: debit {debit}, credit {credit}.",
    ),
    "nothing": ("La balance ne porte aucun compte.", "The balance holds no account."),
}


class NotABalance(ValueError):
    """This file cannot open a ledger; `say` tells why in one sentence."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.reason: Reason = reason(code, **facts)

    def say(self, lang: Lang = "fr") -> str:
        return say(self.reason, WORDS, lang)


def read_balance(data: bytes) -> tuple[tuple[Balance, str], ...]:
    """Read a trial balance in CSV: each account with what it is called; several lines of one account are added up.

    Holds   the debits equal the credits; every account has a balance that is not zero.
    Errors  NotABalance (a ValueError), with the line and the column.
    """
    text = decoded(data)
    if not text.strip():
        raise NotABalance("empty")
    head = text.splitlines()[0]
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=max(";\t,|", key=head.count)))
    except csv.Error:  # a field beyond any reason: no balance of accounts
        raise NotABalance("columns") from None
    places = _places(rows[0])
    if "account" not in places or not ({"debit", "credit"} <= places.keys() or "balance" in places):
        raise NotABalance("columns")
    sums: dict[str, int] = {}
    labels: dict[str, str] = {}
    for number, cells in enumerate(rows[1:], start=2):
        account = _cell(cells, places["account"]).replace(" ", "").upper()
        if not any(cell.strip() for cell in cells) or (not account and "label" not in places):
            continue
        if not account or account.startswith("TOTAL"):
            continue
        if not is_account(account):
            raise NotABalance("account", line=number, text=account[:20])
        if "debit" in places and "credit" in places:
            cents = _amount(cells, places, "debit", number) - _amount(cells, places, "credit", number)
        else:
            cents = _amount(cells, places, "balance", number)
        sums[account] = sums.get(account, 0) + cents
        labels.setdefault(account, _cell(cells, places["label"]) if "label" in places else "")
    found = tuple(
        (Balance(account, max(cents, 0), max(-cents, 0)), labels[account])
        for account, cents in sorted(sums.items())
        if cents
    )
    debit, credit = sum(one.debit for one, _label in found), sum(one.credit for one, _label in found)
    if debit != credit:
        raise NotABalance("unbalanced", debit=say_cents(debit), credit=say_cents(credit))
    if not found:
        raise NotABalance("nothing")
    return found


def decoded(data: bytes) -> str:
    """The text of a file that an accounting tool wrote, in UTF-8 or as Windows once did."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("iso-8859-15")


def _places(header: list[str]) -> dict[str, int]:
    plain = [
        re.sub(r"\s+", " ", name.strip().lower()).translate(str.maketrans("éèêûîôç", "eeeuioc")) for name in header
    ]
    return {key: plain.index(name) for key, names in NAMES.items() for name in names[::-1] if name in plain}


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _amount(cells: list[str], places: dict[str, int], column: str, line: int) -> int:
    text = _cell(cells, places[column])
    try:
        return parse_cents(text) if text else 0
    except ValueError:
        raise NotABalance("amount", line=line, column=column, text=text[:20]) from None
