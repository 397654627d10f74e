"""A whole file of companies: line after line, then one company per SIREN."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from .columns import OWN, Layout, layout
from .lines import LineReader, Refused
from .model import CompanyFile, CompanyLine, CompanyRow, Establishment, FileRefused, Remark
from .sirene_json import json_lines
from .tables import Line, csv_lines, opened, workbook_lines

HIDDEN = "[ND]"
"""What official files write in place of what they may not show."""

Raw = tuple[int, str, dict[str, str]]


def _table_fields(lines: Iterator[Line | Remark]) -> Iterator[Layout | Raw | Remark]:
    """The layout first, then each line as named fields."""
    titles = next((line for line in lines if isinstance(line, tuple)), None)
    if titles is None:
        raise FileRefused("empty")
    known = layout(titles[1])
    yield known
    places, width = known.places, known.width
    for line in lines:
        if isinstance(line, Remark):
            yield line
            continue
        number, cells = line
        if not any(cells):
            continue
        if len(cells) != width:
            # Spreadsheets drop or add empty cells at the end of lines; anything else shifts the columns.
            if (len(cells) < width and known.kind != OWN) or any(cells[width:]):
                yield Remark(number, "", "fields", (("found", len(cells)), ("expected", width)))
                continue
            cells = (cells + [""] * width)[:width]
        yield (
            number,
            known.kind,
            {field: text for field, at in places if (text := cells[at].strip()) and text != HIDDEN},
        )


def _fields(data: bytes | BinaryIO) -> Iterator[Layout | Raw | Remark]:
    stream, head = opened(data)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head.startswith(b"PK\x03\x04"):
        yield from _table_fields(workbook_lines(stream))
    elif start in {b"[", b"{"}:
        yield from json_lines(stream.read())
    elif b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("binary")
    else:
        yield from _table_fields(csv_lines(stream, head))


def iter_lines(data: bytes | BinaryIO) -> Iterator[CompanyLine | Remark]:
    """What each line says, one after the other, without keeping the file in memory: for the big stock files.

    A remark about a line that is refused comes in its place; remarks on values left aside come just before their line.
    Holds   a line that names a SIRET (or a company without place) already seen is refused.
    Errors  FileRefused, a ValueError with one sentence, when this is not a list of companies.
    """
    for _, item in _read(data):
        if item is not None:
            yield item


def _read(data: bytes | BinaryIO) -> Iterator[tuple[str, CompanyLine | Remark | None]]:
    """Each kind of table as it is met, with nothing; then its lines, and « refused » and « remark » with remarks."""
    reader = LineReader({})
    seen: dict[str, int] = {}
    for item in _fields(data):
        if isinstance(item, Layout):
            reader.titles = item.titles
            yield item.kind, None
            continue
        if isinstance(item, Remark):
            yield "refused", item
            continue
        number, kind, raw = item
        try:
            line = reader.read(number, kind, raw)
        except Refused as refused:
            reader.remarks.clear()
            yield "refused", refused.remark
            continue
        key = (line.site.siret or f"{line.siren} {line.site.postcode or line.site.city}") if line.site else line.siren
        first = seen.setdefault(key, number)
        if first != number:
            reader.remarks.clear()
            yield "refused", Remark(number, "", "duplicate", (("id", key), ("first", first)))
            continue
        for remark in reader.remarks:
            yield "remark", remark
        reader.remarks.clear()
        yield kind, line


def read_companies(data: bytes | BinaryIO, filename: str = "") -> CompanyFile:
    """Read a file of companies: Cordée's table (CSV or XLSX), a Sirene stock file, or answers of the Sirene API.

    Shape   data: the bytes, or an open binary file. The format is told by the contents; `filename` is not needed.
    Holds   one row per SIREN, in the order of the file; every line is read or refused; nothing is made up.
    Errors  FileRefused, a ValueError with one sentence, when this is not a list of companies.

    >>> file = read_companies("siret;nom;effectif\\n73282932000074;Atelier Roux;12\\n123;Faux;\\n".encode())
    >>> file.rows[0].name, file.rows[0].headcount, file.rows[0].turnover_cents
    ('Atelier Roux', (12, 12), None)
    >>> file.refused[0].text("en")
    'Line 3, column siret: “123” is not a valid number. Check its digits.'
    """
    lines: list[CompanyLine] = []
    refused: list[Remark] = []
    remarks: list[Remark] = []
    kinds: dict[str, None] = {}
    for kind, item in _read(data):
        if isinstance(item, Remark):
            (refused if kind == "refused" else remarks).append(item)
            continue
        kinds[kind] = None
        if item:
            lines.append(item)
    return CompanyFile(" + ".join(kinds), _grouped(lines), tuple(refused), tuple(remarks))


def join(files: Iterable[CompanyFile]) -> CompanyFile:
    """Put several files together, for example the two Sirene stocks: one knows the names, the other the places.

    Holds   one row per SIREN; where two files say different things, the earlier one is believed.
    """
    files = tuple(files)
    by_siren: dict[str, list[CompanyRow]] = {}
    for file in files:
        for row in file.rows:
            by_siren.setdefault(row.siren, []).append(row)
    return CompanyFile(
        " + ".join(dict.fromkeys(file.format for file in files)),
        tuple(
            _one(siren, rows, [site for row in rows for site in row.establishments]) for siren, rows in by_siren.items()
        ),
        tuple(remark for file in files for remark in file.refused),
        tuple(remark for file in files for remark in file.remarks),
    )


def _grouped(lines: Iterable[CompanyLine]) -> tuple[CompanyRow, ...]:
    by_siren: dict[str, list[CompanyLine]] = {}
    for line in lines:
        by_siren.setdefault(line.siren, []).append(line)
    rows = []
    for siren, said in by_siren.items():
        # The head office speaks first for the company, then the others in the order of the file.
        said.sort(key=lambda line: not (line.site and line.site.head_office))
        rows.append(_one(siren, said, [line.site for line in said if line.site]))
    return tuple(rows)


def _alone(line: CompanyLine) -> CompanyRow:
    """A company of one line, as most are: nothing to weigh."""
    site = line.site
    return CompanyRow(
        siren=line.siren,
        name=line.name,
        brand=line.brand or (site.brand if site else None),
        legal_form=line.legal_form,
        naf=line.naf or (site.naf if site else None),
        trades=line.trades,
        headcount=line.headcount,
        certificates=line.certificates,
        turnover_cents=line.turnover_cents,
        capacity_cents=line.capacity_cents,
        group=line.group,
        ties=line.ties,
        establishments=(site,) if site else (),
        lines=(line.line,),
        leaders=line.leaders,
    )


def _one(siren: str, said: Sequence[CompanyLine] | Sequence[CompanyRow], sites: list[Establishment]) -> CompanyRow:
    """One company out of all that is said of it, the first to know being believed."""

    if len(said) == 1:
        return said[0] if isinstance(said[0], CompanyRow) else _alone(said[0])

    def first(field: str) -> Any:
        for one in said:
            value = getattr(one, field)
            if value is not None:
                return value
        return None

    certificates = [one.certificates for one in said if one.certificates is not None]
    sites = list({(site.siret or (site.postcode, site.city, site.insee)): site for site in reversed(sites)}.values())[
        ::-1
    ]
    sites.sort(key=lambda site: not site.head_office)
    alone = sites[0] if sites else Establishment(None)
    return CompanyRow(
        siren=siren,
        name=first("name"),
        brand=first("brand") or alone.brand,
        legal_form=first("legal_form"),
        naf=first("naf") or alone.naf,
        trades=tuple(dict.fromkeys(slug for one in said for slug in one.trades)),
        headcount=first("headcount"),
        certificates=tuple(dict.fromkeys(name for some in certificates for name in some)) if certificates else None,
        turnover_cents=first("turnover_cents"),
        capacity_cents=first("capacity_cents"),
        group=first("group"),
        ties=tuple(dict.fromkeys(other for one in said for other in one.ties)),
        establishments=tuple(sites),
        leaders=tuple(dict.fromkeys(name for one in said for name in one.leaders)),
        lines=tuple(sorted(n for one in said for n in (one.lines if isinstance(one, CompanyRow) else (one.line,)))),
    )
