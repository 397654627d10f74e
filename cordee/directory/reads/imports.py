"""How far an import is, and what it refused, in the reader's language."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from cordee.directory.models import ImportRun
from cordee.directory.permissions import may_import
from cordee.engines.companies import FileRefused, Remark
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person

QUIET = timedelta(minutes=1)
"""An import that gave no sign of life for so long has stopped."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the report."""

    line: int
    field: str
    text: str
    refused: bool


def may_open_imports(person: Person, refusal: str) -> None:
    """Refuse whoever does not run this server."""
    if not may_import(person):
        raise NotAllowed(refusal)


def last_imports() -> QuerySet[ImportRun]:
    """The last imports, the newest first."""
    return ImportRun.objects.defer("refused", "remarks").order_by("-id")[:20]


def import_of(public_id: str) -> ImportRun:
    """One import."""
    found = ImportRun.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


def has_stopped(run: ImportRun, *, at: datetime) -> bool:
    """Whether an import was left half-way: the program that did it was ended."""
    if run.over:
        return False
    return at - (run.touched_at or run.asked_at) > QUIET


def stopped_imports(*, at: datetime) -> list[ImportRun]:
    """The imports left half-way whose files were kept."""
    waiting = [ImportRun.State.WAITING, ImportRun.State.RUNNING]
    return [run for run in ImportRun.objects.filter(state__in=waiting) if run.contents and has_stopped(run, at=at)]


def problem_of(run: ImportRun) -> str:
    """Why the whole file was refused, in a sentence."""
    if not run.problem:
        return ""
    return FileRefused(run.problem["code"], dict(run.problem["facts"])).text(language())


def report_of(run: ImportRun) -> list[ReportLine]:
    """Every line refused, then every value left aside."""
    return [*_lines(run.refused, refused=True), *_lines(run.remarks, refused=False)]


def _lines(noted: Sequence[Mapping[str, Any]], *, refused: bool) -> list[ReportLine]:
    words = language()
    found = []
    for one in noted:
        remark = Remark(one["line"], one["field"], one["code"], tuple((name, fact) for name, fact in one["facts"]))
        found.append(ReportLine(remark.line, remark.field, remark.text(words), refused))
    return found


def report_csv(run: ImportRun, titles: Sequence[str]) -> str:
    """The report as a spreadsheet reads it; a cell that would be taken for a formula is made text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(titles)
    for one in report_of(run):
        writer.writerow([one.line, _plain(one.field), _plain(one.text), "1" if one.refused else "0"])
    return "\ufeff" + out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
