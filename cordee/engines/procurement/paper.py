"""Printing the papers of a bid: named blocks, filled; the letters by which a form calls them are data."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files

import typst

from cordee.engines.sentences import Lang

LETTERS: dict[str, dict[str, str]] = {
    "dc1": {
        "buyer": "A", "subject": "B", "object": "C", "candidate": "D", "members": "E", "commitments": "F", "lead": "G",
    },
    "dc2": {
        "buyer": "A", "subject": "B", "identity": "C", "aptitude": "D", "economic": "E", "technical": "F",
        "others": "G", "proofs": "H",
    },
    "dc4": {
        "buyer": "A", "subject": "B", "declaration": "C", "holder": "D", "subcontractor": "E", "work": "F",
        "price": "G", "payment": "H", "capacity": "I", "honour": "J", "assignment": "K", "signatures": "L",
    },
    "attri1": {"subject": "A", "engagement": "B1", "group": "B2", "account": "B3", "advance": "B4", "duration": "B5",
               "signatures": "C", "buyer": "D"},
}  # fmt: skip
"""Which letter a form gives to each named block: they change with its versions, the blocks do not."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its name, its title, label-value rows (an empty value is shown as « à remplir »), a table, texts."""

    name: str
    title: str
    rows: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    right: tuple[int, ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: a form whose blocks have letters, or an offer under the common brand (form empty)."""

    form: str
    title: str
    brand: str
    subtitle: str = ""
    date: str = ""
    notice: str = ""
    blocks: tuple[Block, ...] = field(default_factory=tuple)


@cache
def _template() -> bytes:
    return (files(__package__) / "paper.typ").read_bytes()


@cache
def _fonts(folder: str) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def print_paper(paper: Paper, *, at: datetime, lang: Lang = "fr") -> bytes:
    """Print a paper as an archival PDF (PDF/A-2b).

    Holds   the same paper at the same moment gives the same bytes; no file nor network is read.
    Errors  ValueError for a form whose letters are not known, or a block that it does not have.
    """
    letters = LETTERS.get(paper.form, {})
    if paper.form and not letters:
        raise ValueError(f"no form {paper.form}")
    if paper.form and any(block.name not in letters for block in paper.blocks):
        raise ValueError(f"a block that {paper.form} does not have")
    data = {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "brand": paper.brand,
        "date": paper.date,
        "notice": paper.notice,
        "lang": lang,
        "blank": "à remplir" if lang == "fr" else "to fill in",
        "blocks": [
            {
                "letter": letters.get(block.name, ""),
                "title": block.title,
                "rows": block.rows,
                "head": block.head,
                "table": block.table,
                "right": block.right,
                "text": block.text,
            }
            for block in paper.blocks
        ],
    }
    with as_file(files("cordee.engines.assembly") / "fonts") as fonts:
        nowhere = str(fonts / "no-packages")
        compiler = typst.Compiler(
            _template(),
            root=str(fonts),
            font_paths=_fonts(str(fonts)),
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        pdf = compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=int(at.timestamp()))
    if not isinstance(pdf, bytes):
        raise ValueError("the paper has no page")
    return pdf
