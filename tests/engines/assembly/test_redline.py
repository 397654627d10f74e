"""What changed between two versions: nothing lost, nothing invented."""

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.assembly import Document, assemble, redline, render_redline_pdf
from cordee.engines.assembly.redline import Part, _parts, _words
from tests.engines.assembly.cases import lots, members, public_works
from tests.engines.assembly.more_cases import CASES

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
CHANGE: dict[str, Any] = {"lead_solidary": False, "common_expenses_cap": 900_000, "lots": lots(8, 2_600_000)}


def read(parts: tuple[Part, ...], without: str) -> dict[str, list[str]]:
    """The text of one side: each part without the pieces of the other side."""
    missing = {"added": "added", "removed": "removed"}[without]
    found = {}
    for part in parts:
        if part.state != missing:
            lines = ["".join(piece.text for piece in line.pieces if piece.mark != without) for line in part.lines]
            found[part.code] = [line for line in lines if line]
    return found


def lines_of(document: Document) -> dict[str, list[str]]:
    return {code: [text for *_, text in raw[3] if text] for code, raw in _parts(document).items()}


@pytest.mark.parametrize("slug", ["gme_conjoint", "cooperation_contract", "exit_protocol", "statutes_gie"])
def test_each_side_reads_as_its_version(slug: str) -> None:
    before = assemble(slug, CASES[slug])
    changed = {name: value for name, value in CASES[slug].items() if name not in ("mediator", "start_date")}
    changed |= {"quorum": "none", "mediation_days": 60, "members": members(len(before.parties) - 1), **CHANGE}
    after = assemble(slug, changed)
    found = redline(before, after)
    assert read(found.parts, "added") == lines_of(before)
    assert read(found.parts, "removed") == lines_of(after)
    assert found.changes


def test_the_same_text_has_no_change() -> None:
    document = assemble("gme_conjoint", public_works())
    found = redline(document, document)
    assert found.changes == ()
    assert found.summary() == "Les deux textes sont identiques."
    assert found.summary("en") == "The two texts are the same."


def test_an_article_is_known_by_its_clause_not_by_its_number() -> None:
    small = {**public_works(3), "client_kind": "private", "lots": lots(3, 1_500_000)}
    before, after = assemble("gme_conjoint", {**small, "lots": lots(3, 9_000_000)}), assemble("gme_conjoint", small)
    found = {part.code: part for part in redline(before, after).parts}
    assert found["GME21"].state == "added"
    assert found["C12"].state == "same"
    assert found["C12"].before + 1 == found["C12"].after
    back = {part.code: part for part in redline(after, before).parts}
    assert back["GME21"].state == "removed"
    order = [part.code for part in redline(after, before).parts]
    assert order.index("GME21") == order.index("GME19") + 1


def test_an_amount_changes_whole() -> None:
    before = assemble("gme_conjoint", public_works())
    after = assemble("gme_conjoint", {**public_works(), "common_expenses_cap": 900_000})
    (part,) = redline(before, after).changes
    marks = [(piece.mark, piece.text.strip()) for line in part.lines for piece in line.pieces if piece.mark != "same"]
    assert marks == [("removed", "4\u202f500,00\u00a0€"), ("added", "9\u202f000,00\u00a0€")]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("abcde"), max_size=8), st.lists(st.sampled_from("abcde"), max_size=8))
def test_words_are_neither_lost_nor_invented(old: list[str], new: list[str]) -> None:
    was, now = " ".join(old), " ".join(new)
    pieces = _words(was, now)
    assert "".join(piece.text for piece in pieces if piece.mark != "added") == was
    assert "".join(piece.text for piece in pieces if piece.mark != "removed") == now


def test_on_paper_changes_are_told_by_signs_too(tmp_path: Path) -> None:
    before = assemble("gme_conjoint", public_works())
    pdf = render_redline_pdf(redline(before, assemble("gme_conjoint", {**public_works(), **CHANGE})), at=AT)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert file.open_metadata().pdfa_status == "3A"
        assert file.open_metadata()["pdfuaid:part"] == "1"
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "x.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", "x.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    text = " ".join(done.stdout.decode().split())
    assert "[− 4 500,00 € −] [+ 9 000,00 € +]" in text
    assert "Ce comparatif n’est pas signé" in text
    with pytest.raises(ValueError, match="time zone"):
        render_redline_pdf(redline(before, before), at=datetime(2026, 1, 1))  # noqa: DTZ001
