"""What the lines of a FEC say together: entries that balance, numbers that follow each other, dates within the year."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from cordee.engines.amounts import say_cents
from cordee.engines.ledger.fec_values import Problem, Row
from cordee.engines.sentences import Fact, reason


def wrong_entries(rows: Sequence[Row], closing: date | None) -> Iterator[Problem]:
    """Every defect between lines."""
    yield from _balance(rows)
    yield from _numbers(rows)
    yield from _dates(rows, closing)
    yield from _labels(rows)


def _balance(rows: Sequence[Row]) -> Iterator[Problem]:
    entries: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        entries[row.entry].append(row)
    for (journal, number), lines in entries.items():
        debit, credit = sum(one.debit for one in lines), sum(one.credit for one in lines)
        if debit != credit:
            facts: dict[str, Fact] = {"debit": say_cents(debit), "credit": say_cents(credit), "line": lines[0].line}
            yield "FEC-EQUILIBRE", reason("unbalanced", journal=journal, number=number, **facts), "error"
    debit, credit = sum(one.debit for one in rows), sum(one.credit for one in rows)
    if debit != credit:
        yield "FEC-EQUILIBRE", reason("total", debit=say_cents(debit), credit=say_cents(credit)), "error"


def _numbers(rows: Sequence[Row]) -> Iterator[Problem]:
    """One sequence for the whole ledger, or one per journal, without gap, in the order of the file."""
    firsts: dict[tuple[str, str], Row] = {}
    for row in rows:
        firsts.setdefault(row.entry, row)
    if len({row.number for row in rows}) == 1 and len({(row.on, row.journal) for row in rows}) > 1:
        yield "FEC-NUMERO", reason("same_number", text=rows[0].number), "error"
        return
    entries = list(firsts.values())
    whole = list(_gaps(entries))
    series: dict[str, list[Row]] = defaultdict(list)
    for row in entries:
        series[re.sub(r"\d+$", "", row.number) + "/" + row.journal].append(row)
    apart = [gap for one in series.values() for gap in _gaps(one)]
    yield from min(whole, apart, key=len)


def _gaps(entries: Sequence[Row]) -> Iterator[Problem]:
    before: int | None = None
    for row in entries:
        found = re.search(r"(\d+)\D*$", row.number)
        if found is None:
            yield "FEC-NUMERO", reason("no_number", line=row.line, text=row.number[:20]), "error"
            continue
        value = int(found[1][-18:])
        if before is not None and value != before + 1:
            yield "FEC-NUMERO", reason("gap", line=row.line, text=row.number[:20], before=str(before)), "error"
        before = value


def _dates(rows: Sequence[Row], closing: date | None) -> Iterator[Problem]:
    days: dict[tuple[str, str], date] = {}
    latest: date | None = None
    for row in rows:
        if row.on is None:
            continue
        if closing and row.on > closing:
            facts: dict[str, Fact] = {
                "line": row.line,
                "on": row.on.strftime("%d/%m/%Y"),
                "closing": closing.strftime("%d/%m/%Y"),
            }
            yield "FEC-EXERCICE", reason("after_closing", **facts), "error"
        if closing and (closing - row.on).days > 731:
            facts = {"line": row.line, "on": row.on.strftime("%d/%m/%Y"), "closing": closing.strftime("%d/%m/%Y")}
            yield "FEC-EXERCICE", reason("before_year", **facts), "error"
        if days.setdefault(row.entry, row.on) != row.on and row.number != "0":
            yield "FEC-DATE", reason("two_dates", line=row.line, number=row.number), "error"
        if row.valid_on and row.valid_on < row.on:
            yield "FEC-DATE", reason("valid_before", line=row.line), "warning"
        if row.valid_on and latest and row.valid_on < latest:
            yield "FEC-ORDRE", reason("validation_order", line=row.line), "warning"
        latest = max(latest, row.valid_on) if latest and row.valid_on else (row.valid_on or latest)


def _labels(rows: Sequence[Row]) -> Iterator[Problem]:
    names: dict[str, str] = {}
    told: set[str] = set()
    for row in rows:
        first = names.setdefault(row.account, row.label)
        if first != row.label and row.account not in told:
            told.add(row.account)
            yield "FEC-LIBELLE", reason("two_labels", line=row.line, account=row.account[:20]), "warning"
