"""The two Sirene stock files, at the size of the country: one line at a time, as small tuples, nothing kept.

`read_companies` weighs every line of a list and remembers it; here only what a search needs is read, some ten times
faster, and lines that are closed or withheld are counted.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from .columns import OFFICIAL, SITES, UNITS, layout
from .headcount import headcount_of_code
from .model import FileRefused
from .tables import opened

HIDDEN = "[ND]"
Unit = tuple[int, str, str, str, str, int]
"""SIREN, name, other names and leader, NAF, legal form, fewest people (-1: not known)."""
Site = tuple[int, str, str, str, float | None, float | None, int, str]
"""SIRET, NAF, INSEE code of the commune, postcode, longitude, latitude, 1 for the head office, its own name."""


def naf_number(code: str) -> int:
    """A NAF code as a small number; 0 where it is none.

    >>> naf_number("43.32A"), naf_code(naf_number("43.32A"))
    (138625, '43.32A')
    """
    plain = code.replace(".", "")
    if len(plain) != 5 or not plain[:4].isdigit() or not "A" <= plain[4] <= "Z":
        return 0
    return int(plain[:4]) * 32 + ord(plain[4]) - 64


def naf_code(number: int) -> str:
    """A small number as a NAF code; empty where it is none."""
    digits, letter = divmod(number, 32)
    return f"{digits // 100:02d}.{digits % 100:02d}{chr(letter + 64)}" if number else ""


def read_units(data: BinaryIO, told: Counter[str]) -> Iterator[Unit]:
    """Each active company of « StockUniteLegale ». `told` counts « read », « closed », « withheld », « unreadable ».

    Errors  FileRefused, a ValueError with one sentence, when this is not that file.
    """
    bands: dict[str, int] = {}
    for cells, at in _lines(data, UNITS, told):
        if not _kept(cells, at, told):
            continue
        name = cells[at["name"]]
        if not name or name == HIDDEN:
            name = _said(_cell(cells, at, "first_name"), _cell(cells, at, "used_name") or cells[at["family_name"]])
        others = _said(_cell(cells, at, "acronym"), _cell(cells, at, "brand"))
        code = cells[at["band"]]
        if code not in bands:
            band = headcount_of_code(code)
            bands[code] = band[0] if band else -1
        naf = cells[at["naf"]] if cells[at["nomenclature"]] == "NAFRev2" else ""
        yield int(cells[at["siren"]]), name, others, naf, cells[at["legal_form"]], bands[code]


def _said(first: str, second: str) -> str:
    """Two parts of a name, those that are there and may be shown."""
    first, second = ("" if first == HIDDEN else first), ("" if second == HIDDEN else second)
    return f"{first} {second}" if first and second else first or second


def read_sites(data: BinaryIO, told: Counter[str]) -> Iterator[Site]:
    """Each active establishment of « StockEtablissement ».

    Errors  FileRefused, a ValueError with one sentence, when this is not that file.
    """
    for cells, at in _lines(data, SITES, told):
        if not _kept(cells, at, told):
            continue
        brand = cells[at["site_brand"]] or _cell(cells, at, "site_usual")
        naf = cells[at["site_naf"]] if cells[at["nomenclature"]] == "NAFRev2" else ""
        yield (
            int(cells[at["siret"]]),
            naf,
            cells[at["insee"]],
            cells[at["postcode"]],
            _degrees(_cell(cells, at, "lon")),
            _degrees(_cell(cells, at, "lat")),
            1 if cells[at["head_office"]] == "true" else 0,
            brand if brand != HIDDEN else "",
        )


def _lines(data: BinaryIO, kind: str, told: Counter[str]) -> Iterator[tuple[list[str], dict[str, int]]]:
    try:
        stream, _head = opened(data)
    except io.UnsupportedOperation:  # a file inside a zip does not go back: it is read from where it is
        stream = data
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    try:
        yield from _read_lines(text, kind, told)
    finally:
        text.detach()  # the stream is its owner's, to close


def _read_lines(text: io.TextIOWrapper, kind: str, told: Counter[str]) -> Iterator[tuple[list[str], dict[str, int]]]:
    rows = csv.reader(text)
    known = layout(next(rows, []))
    if known.kind != kind:
        wanted = "StockUniteLegale" if kind == UNITS else "StockEtablissement"
        raise FileRefused("missing_column", {"columns": next(iter(OFFICIAL[kind].values())) + f" ({wanted})", "n": 1})
    at, width = dict(known.places), known.width
    number = at["siret" if kind == SITES else "siren"]
    digits = 14 if kind == SITES else 9
    while True:
        try:
            for cells in rows:
                if len(cells) == width and len(cells[number]) == digits and cells[number].isdecimal():
                    yield cells, at
                elif cells:
                    told["unreadable"] += 1
            return
        except csv.Error:  # one line that is no CSV does not lose the others
            told["unreadable"] += 1


def _kept(cells: list[str], at: dict[str, int], told: Counter[str]) -> bool:
    if cells[at["state"]] != "A":
        told["closed"] += 1
        return False
    if cells[at["diffusion"]] != "O":
        told["withheld"] += 1
        return False
    told["read"] += 1
    return True


def _cell(cells: list[str], at: dict[str, int], field: str) -> str:
    place = at.get(field)
    return cells[place] if place is not None else ""


def _degrees(text: str) -> float | None:
    if not text or text == HIDDEN:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -180 <= value <= 180 else None
