"""Read a file of debts: CSV with the columns debtor, creditor, amount."""

import csv
import io

from cordee.engines.amounts import Lang, parse_cents
from cordee.engines.settlement.result import Debt
from cordee.engines.settlement.words import Unfit
from cordee.engines.units import Cents, MemberId

_COLUMNS = ("debtor", "creditor", "amount")
_FRENCH = {"débiteur": "debtor", "debiteur": "debtor", "créancier": "creditor", "creancier": "creditor"}


def read_debts(data: bytes, lang: Lang = "fr") -> list[Debt]:
    """Read debts from CSV, with commas, semicolons or tabs, and amounts as people write them.

    Shape   first line: debtor, creditor, amount (or débiteur, créancier, montant), in any order; UTF-8 or Windows.
            With commas between columns, an amount may still be written 12,50 when it is the last column.
    Errors  ValueError naming the line and the column.

    >>> read_debts("debtor,creditor,amount\\nA,B,12.50\\n".encode())
    [Debt(debtor='A', creditor='B', cents=1250)]
    """
    text = _decoded(data)
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise Unfit("empty_file", {})
    separator = max(";\t,", key=lines[first].count)
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    columns: list[str] = []
    debts: list[Debt] = []
    try:
        for row in rows:
            line = rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not columns:
                columns = _header(row, line)
            else:
                debts.append(_debt(row, columns, separator, line, lang))
    except csv.Error:
        raise Unfit("bad_csv", {"line": rows.line_num}) from None
    return debts


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _header(row: list[str], line: int) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    columns = [{**_FRENCH, "montant": "amount"}.get(name, name) for name in names]
    for wanted in _COLUMNS:
        if columns.count(wanted) != 1:
            raise Unfit("no_column", {"line": line, "field": wanted})
    return columns


def _debt(row: list[str], columns: list[str], separator: str, line: int, lang: Lang) -> Debt:
    if separator == "," and len(row) == len(columns) + 1 and columns[-1] == "amount":
        row = [*row[:-2], f"{row[-2]},{row[-1]}"]  # 12,50 without quotes
    if len(row) != len(columns):
        raise Unfit("columns", {"line": line, "count": len(columns), "given": len(row)})
    cells = {column: cell.strip() for column, cell in zip(columns, row, strict=True)}
    for column in ("debtor", "creditor"):
        if not cells[column]:
            raise Unfit("no_cell", {"line": line, "field": column})
    try:
        cents = parse_cents(cells["amount"], lang)
    except ValueError as wrong:
        raise Unfit("bad_cell", {"line": line, "field": "amount", "why": str(wrong)}) from None
    if cents < 0:
        raise Unfit("negative_cell", {"line": line, "field": "amount"})
    if cells["debtor"] == cells["creditor"]:
        raise Unfit("self_cell", {"line": line, "field": "creditor", "debtor": cells["debtor"]})
    return Debt(MemberId(cells["debtor"]), MemberId(cells["creditor"]), Cents(cents))
