"""From bytes to the cells of a table, whatever the encoding, the separator or the kind of file."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

from .model import FileRefused, Remark

T = TypeVar("T")
HEAD = 65536
_BIGGEST_WORKBOOK = 200 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")

Line = tuple[int, list[str]]


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """Lines as text. Each is UTF-8, or else what Windows writes: files put together by hand mix both."""
    for line in stream:
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            # Five bytes mean nothing in cp1252; latin-1 reads anything, and control characters are refused later.
            try:
                yield line.decode("cp1252")
            except UnicodeDecodeError:
                yield line.decode("latin-1")


def _separator(first: str) -> str:
    return max(",;\t|", key=first.count)


def _utf16(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _unix(lines: Iterator[str]) -> Iterator[str]:
    """Old Mac files end their lines with a lone carriage return."""
    for line in lines:
        if "\r" in line.rstrip("\r\n"):
            yield from line.splitlines(keepends=True)
        else:
            yield line


def csv_lines(stream: BinaryIO, head: bytes) -> Iterator[Line | Remark]:
    """The cells of each line of a CSV, with its number; first the titles."""
    if _utf16(head):
        text: Iterator[str] = iter(stream.read().decode("utf-16", errors="replace").splitlines(keepends=True))
    else:
        text = _decoded(stream)
    text = _unix(text)
    first = next((line for line in text), "").removeprefix("\ufeff")
    if _CONTROL.search(first):
        raise FileRefused("binary")
    separator = _separator(first)
    yield 1, next(csv.reader([first], delimiter=separator), [])
    reader = csv.reader(text, delimiter=separator)
    at = 1
    while True:
        begins = at + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            at = 1 + reader.line_num
            yield Remark(begins, "", "open_quote", (("last", at),))
            continue
        at = 1 + reader.line_num
        if any(map(_CONTROL.search, cells)):
            yield Remark(begins, "", "unreadable")
        elif at - begins > 0 and any(cell.count("\n") > 3 for cell in cells):
            # A cell of many lines is an opened quote that swallowed its followers.
            yield Remark(begins, "", "open_quote", (("last", at),))
        elif cells:
            yield begins, cells


def workbook_lines(stream: BinaryIO) -> Iterator[Line | Remark]:
    """The cells of each line of the first sheet of an XLSX workbook."""
    try:
        with zipfile.ZipFile(stream) as pack:
            names = pack.namelist()
            size = sum(item.file_size for item in pack.infolist())
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise FileRefused("workbook") from error
    if size > _BIGGEST_WORKBOOK:
        raise FileRefused("too_big")
    if "xl/workbook.xml" not in names:
        raise FileRefused("binary")
    stream.seek(0)
    rows = _quietly(lambda: iter(_first_sheet(stream)))
    number = 0
    while (row := _quietly(lambda: next(rows, None))) is not None:
        number += 1
        cells = [_shown(value) for value in row]
        if any(cells):
            yield number, cells


def _first_sheet(stream: BinaryIO) -> Iterator[tuple[object, ...]]:
    from openpyxl import load_workbook  # slow to import, and few files are workbooks

    book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    yield from book.worksheets[0].iter_rows(values_only=True)


def _quietly(step: Callable[[], T]) -> T:
    """Take one step with openpyxl: a broken workbook makes it warn and raise anything."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return step()
    except Exception as error:
        raise FileRefused("workbook") from error


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return _CONTROL.sub("", str(value))


def opened(data: bytes | BinaryIO) -> tuple[BinaryIO, bytes]:
    """The data as a stream at its beginning, and its first bytes."""
    stream: BinaryIO = io.BytesIO(data) if isinstance(data, bytes) else data
    head = stream.read(HEAD)
    if not head.strip():
        raise FileRefused("empty")
    stream.seek(0)
    return stream, head
