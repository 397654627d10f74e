"""One line of a FEC: dates, amounts, accounts, and what is wrong with each cell."""

import re
from dataclasses import dataclass
from datetime import date

from cordee.engines.ledger.fec_reading import Fec
from cordee.engines.sentences import Reason, reason

REQUIRED = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "ValidDate",
)
DATES = ("EcritureDate", "PieceDate", "DateLet", "ValidDate")
_AMOUNT = re.compile(r"([+-]?)(\d+)(?:,(\d{1,2})0*)?")

Problem = tuple[str, Reason, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line as understood; None where a cell could not be."""

    line: int
    journal: str
    number: str
    on: date | None
    valid_on: date | None
    account: str
    label: str
    debit: int  # cents
    credit: int

    @property
    def entry(self) -> tuple[str, str]:
        """The entry that this line belongs to."""
        return self.journal, self.number


def read_row(fec: Fec, line: int, cells: tuple[str, ...], problems: list[Problem]) -> Row:
    """Understand one line, adding what is wrong to `problems`."""

    def cell(column: str) -> str:
        return cells[fec.places[column]] if fec.places[column] < len(cells) else ""

    for column in REQUIRED:
        if not cell(column):
            problems.append(("FEC-VIDE", reason("required", line=line, column=column), "error"))
    dates = {column: read_date(cell(column)) for column in DATES}
    for column, value in dates.items():
        if cell(column) and value is None:
            problems.append(("FEC-DATE", reason("date", line=line, column=column, text=cell(column)[:20]), "error"))
    debit, credit = _sides(fec, line, cell, problems)
    account = cell("CompteNum")
    if account and not re.match(r"[1-8]\d\d", account):
        problems.append(("FEC-COMPTE", reason("account", line=line, text=account[:20]), "error"))
    for one, other in (("CompAuxNum", "CompAuxLib"), ("EcritureLet", "DateLet"), ("Montantdevise", "Idevise")):
        if bool(cell(one)) != bool(cell(other)):
            given, missing = (one, other) if cell(one) else (other, one)
            problems.append(("FEC-PAIRE", reason("pair", line=line, column=missing, given=given), "warning"))
    if cell("Montantdevise") and read_amount(cell("Montantdevise")) is None:
        problems.append(
            (
                "FEC-MONTANT",
                reason("amount", line=line, column="Montantdevise", text=cell("Montantdevise")[:20]),
                "error",
            )
        )
    if cell("Idevise") and not re.fullmatch(r"[A-Z]{3}", cell("Idevise")):
        problems.append(("FEC-DEVISE", reason("currency", line=line, text=cell("Idevise")[:20]), "warning"))
    return Row(
        line,
        cell("JournalCode"),
        cell("EcritureNum"),
        dates["EcritureDate"],
        dates["ValidDate"],
        account,
        cell("CompteLib"),
        debit,
        credit,
    )


def _sides(fec: Fec, line: int, cell: object, problems: list[Problem]) -> tuple[int, int]:
    """Debit and credit of a line, in cents."""
    assert callable(cell)
    names = ("Montant",) if fec.signed else ("Debit", "Credit")
    amounts: list[int] = []
    for column in names:
        text = cell(column)
        value = read_amount(text) if text else 0
        if value is None:
            problems.append(("FEC-MONTANT", reason("amount", line=line, column=column, text=text[:20]), "error"))
        amounts.append(value or 0)
    if fec.signed:
        side = cell("Sens").upper()
        if side not in ("D", "C", "+1", "-1", "1"):
            problems.append(("FEC-SENS", reason("side", line=line, text=side[:20]), "error"))
        return (amounts[0], 0) if side in ("D", "+1", "1") else (0, amounts[0])
    debit, credit = amounts
    if debit and credit:
        problems.append(("FEC-SENS", reason("both", line=line), "warning"))
    elif not cell("Debit") and not cell("Credit"):
        problems.append(("FEC-VIDE", reason("no_amount", line=line), "error"))
    return debit, credit


def read_date(text: str) -> date | None:
    """A date AAAAMMJJ, or None.

    >>> read_date("20261231"), read_date("31/12/2026")
    (datetime.date(2026, 12, 31), None)
    """
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def read_amount(text: str) -> int | None:
    """An amount with a comma and no thousands separator, in cents, or None.

    >>> read_amount("0000000069,60"), read_amount("-12"), read_amount("1 284,50"), read_amount("12.50")
    (6960, -1200, None, None)
    """
    found = _AMOUNT.fullmatch(text) if text.isascii() else None
    if found is None or len(found[2]) > 18:
        return None
    cents = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0"))
    return -cents if found[1] == "-" else cents
