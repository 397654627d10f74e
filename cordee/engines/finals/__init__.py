"""The final account of a company, printed: every line as it stood, the balance, the fingerprint of it all."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Literal

import typst

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, why, and the amount already written in words of the paper."""

    label: str
    why: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines, the total among them."""

    title: str
    rows: tuple[Row, ...]


def fingerprint_of(figures: Mapping[str, Any]) -> str:
    """The digest of the figures, the same whatever the order in which they are named.

    >>> fingerprint_of({"b": 1, "a": 2}) == fingerprint_of({"a": 2, "b": 1})
    True
    """
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def render_final(
    *,
    title: str,
    grouping: str,
    company: str,
    at: datetime,
    day: str,
    lead: str,
    sections: Sequence[Section],
    notes: Sequence[str],
    fingerprint: str,
    fingerprint_label: str,
) -> bytes:
    """Print a final account as a PDF that can be archived (PDF/A-3a) and read aloud (PDF/UA-1).

    Holds   the same account at the same moment gives the same bytes; no file nor network is read but the fonts.
    Errors  ValueError for a moment without time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    data = {
        "title": title,
        "grouping": grouping,
        "company": company,
        "day": day,
        "lead": lead,
        "notes": list(notes),
        "fingerprint": fingerprint,
        "fingerprint_label": fingerprint_label,
        "sections": [
            {
                "title": one.title,
                "rows": [{"label": r.label, "why": r.why, "amount": r.amount, "strong": r.strong} for r in one.rows],
            }
            for one in sections
        ],
    }
    template = (files(__package__) / "account.typ").read_bytes()
    with as_file(files("cordee.engines.assembly") / "fonts") as fonts:
        nowhere = str(fonts / "no-packages")
        compiler = typst.Compiler(
            template,
            root=str(fonts),
            font_paths=_fonts(str(fonts)),
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        pdf = compiler.compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=int(at.timestamp()))
    if not isinstance(pdf, bytes):
        raise ValueError("the account has no page")
    return pdf


@cache
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
