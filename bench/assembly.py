"""From answers to an archival PDF: a convention of eight members, against the goal of 300 ms at the median."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from statistics import median
from typing import Any

from bench import Row
from bench.measure import peak_mb
from cordee.engines.assembly import assemble, redline, render_docx, render_pdf, render_redline_pdf
from tests.engines.assembly.cases import public_works
from tests.engines.assembly.more_cases import CASES

_GOAL = 300  # milliseconds
_AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def convention(full: bool) -> list[Row]:
    """Eight members, nine pages, from the answers to the PDF; clauses read and fonts loaded before, as in a server.

    Each run has other names, places and prices: the printer keeps what it has laid out, and would find it again.
    """
    turns = count()

    def another() -> None:
        render_pdf(assemble("gme_conjoint", _other(next(turns))), at=_AT)

    return [_row("convention, 8 members, 9 pages, never printed before", another, full, True)]


def _other(turn: int) -> dict[str, Any]:
    """The answers of another grouping."""
    answers = public_works(8)
    members = [
        {**one, "name": f"{one['name']} {turn}", "address": f"{turn} {one['address']}"} for one in answers["members"]
    ]
    lots = [{**one, "amount": one["amount"] + turn * 1000} for one in answers["lots"]]
    words = {name: f"{answers[name]} {turn}" for name in ("grouping_name", "contract_title", "client_name")}
    return {**answers, **words, "members": members, "lots": lots}


def others(full: bool) -> list[Row]:
    """The lawyer's file, the comparison of two versions, and every type of document as text."""
    answers = public_works(8)
    before = assemble("gme_conjoint", answers)
    after = assemble("gme_conjoint", {**answers, "lead_solidary": False, "forward_days": 5})

    def every() -> None:
        for slug, given in CASES.items():
            assemble(slug, given)

    return [
        _row("convention, 8 members, DOCX", lambda: render_docx(before, at=_AT), full),
        _row("two versions compared, PDF", lambda: render_redline_pdf(redline(before, after), at=_AT), full),
        _row(f"{len(CASES)} types of documents, text", every, full),
    ]


def _row(size: str, work: Callable[[], object], full: bool, has_goal: bool = False) -> Row:
    work()
    wall, processor = [], []
    for _ in range(60 if full else 15):
        start, spent = time.perf_counter(), time.process_time()
        work()
        wall.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    return Row(
        "assembly",
        size,
        "the goal" if has_goal else "",
        median(wall),
        max(wall),
        figure=f"{median(wall):.0f} ms",
        worst=f"{max(wall):.0f} ms",
        goal=f"≤ {_GOAL} ms at the median" if has_goal else "",
        met=median(wall) <= _GOAL if has_goal else None,
        ours_mb=peak_mb(),
        note=f"of which the processor worked {median(processor):.0f} ms at the median",
    )


PARTS = {"convention": convention, "others": others}
