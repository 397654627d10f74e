"""The ledger as a spreadsheet: the trial balance and every line, to hand over to an accountant."""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from cordee.engines.ledger.books import Balance, Chart, Entry

EURO = '#,##0.00 "€"'


def write_sheet(title: str, balances: Iterable[Balance], entries: Iterable[Entry], chart: Chart, at: datetime) -> bytes:
    """A workbook of two sheets, « Balance » and « Écritures ».

    Units  amounts become euros, as a spreadsheet wants them; each cell is an exact number of cents over 100.
    """
    book = Workbook()
    book.properties.title, book.properties.creator = title, "Cordée"
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    balance = book.active
    balance.title = "Balance"
    _head(balance, ("Compte", "Libellé", "Débit", "Crédit", "Solde"), (12, 44, 16, 16, 16))
    for one in balances:
        name = chart.accounts.get(one.account, "")
        balance.append([one.account, _text(name), one.debit / 100, one.credit / 100, one.cents / 100])
    sheet = book.create_sheet("Écritures")
    _head(
        sheet,
        ("N°", "Date", "Journal", "Pièce", "Compte", "Libellé du compte", "Membre", "Libellé", "Débit", "Crédit"),
        (8, 12, 10, 14, 12, 34, 26, 44, 14, 14),
    )
    for entry in entries:
        for line in entry.lines:
            sheet.append(
                [
                    entry.number,
                    entry.on,
                    _text(entry.journal),
                    _text(entry.piece),
                    line.account,
                    _text(chart.accounts.get(line.account, "")),
                    _text(chart.members.get(line.member, line.member)),
                    _text(line.label or entry.label),
                    max(line.cents, 0) / 100 or None,
                    max(-line.cents, 0) / 100 or None,
                ]
            )
    for page, columns in ((balance, "CDE"), (sheet, "IJ")):
        for column in columns:
            for cell in page[column][1:]:
                cell.number_format = EURO
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(page: Any, names: tuple[str, ...], widths: tuple[int, ...]) -> None:
    page.append(list(names))
    for cell in page[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGHIJ", widths, strict=False):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"


def _text(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text
