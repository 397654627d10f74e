"""Tables on paper and in a spreadsheet; and the picture that stands for a page where its link is shared."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal

import typst
from openpyxl import Workbook
from openpyxl.styles import Font

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its title, what it means, its columns, its rows. The first column names, the others count."""

    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_pdf(
    title: str, subtitle: str, sheets: Sequence[Sheet], *, at: datetime, lang: Literal["fr", "en"] = "fr"
) -> bytes:
    """The tables on paper, each under its definition."""
    data = {
        "title": title,
        "subtitle": subtitle,
        "lang": lang,
        "sheets": [
            {
                "title": each.title,
                "note": each.note,
                "head": list(each.head),
                "rows": [["" if cell is None else str(cell) for cell in row] for row in each.rows],
            }
            for each in sheets
        ],
    }
    return _compiled("report.typ", data, "pdf", at)


def as_card(title: str, line: str, foot: str) -> bytes:
    """The picture of a page where its link is shared: a PNG of 1200 by 630."""
    return _compiled("card.typ", {"title": title[:60], "line": line[:140], "foot": foot[:80]}, "png", None)


def _compiled(template: str, data: dict[str, Any], kind: Literal["pdf", "png"], at: datetime | None) -> bytes:
    source = (files(__package__) / template).read_bytes()
    with as_file(files("cordee.engines.assembly") / "fonts") as fonts:
        nowhere = str(fonts / "no-packages")
        compiler = typst.Compiler(
            source,
            root=str(fonts),
            font_paths=_fonts(str(fonts)),
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        made = (
            compiler.compile(format="png", ppi=72.0)
            if at is None
            else compiler.compile(format=kind, timestamp=int(at.timestamp()))
        )
    if not isinstance(made, bytes):
        raise ValueError("the report has not one file")
    return made


@cache
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def as_spreadsheet(title: str, sheets: Sequence[Sheet], *, at: datetime) -> bytes:
    """The same tables as a workbook: one sheet each, its definition under it; a cell never runs as a formula."""
    book = Workbook()
    book.properties.title, book.properties.creator = title, "Cordée"
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    first = book.active
    for number, each in enumerate(sheets):
        page = first if number == 0 else book.create_sheet()
        page.title = "".join(sign for sign in each.title if sign not in "[]:*?/\\")[:31] or str(number + 1)
        page.append([_text(cell) for cell in each.head])
        for cell in page[1]:
            cell.font = Font(bold=True)
        for row in each.rows:
            page.append([_text(cell) for cell in row])
        page.append([])
        page.append([_text(each.note)])
        page.column_dimensions["A"].width = 40
        for letter in "BCDEFGHI"[: len(each.head) - 1]:
            page.column_dimensions[letter].width = 18
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: Cell) -> Cell:
    """A text that a spreadsheet keeps as it is: no control character, no beginning of a formula."""
    if not isinstance(cell, str):
        return cell
    clean = "".join(sign for sign in cell if sign >= " " or sign == "\n")
    return f"'{clean}" if clean[:1] in ("=", "+", "@") or (clean[:1] == "-" and not clean[1:2].isdigit()) else clean
