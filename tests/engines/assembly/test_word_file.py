"""The lawyer's file, opened again: the same text, numbered by the word processor."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from cordee.engines.assembly import Document, assemble, render_docx
from tests.engines.assembly.more_cases import CASES

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def articles(file: docx.document.Document) -> list[list[str]]:
    """Title, then paragraphs, of each numbered heading."""
    found: list[list[str]] = []
    for paragraph in file.paragraphs:
        if paragraph.style.name == "Heading 2":
            found.append([paragraph.text])
        elif paragraph.style.name in ("Paragraphe", "Alinéa"):
            found[-1].append(paragraph.text)
    return found


def expected(document: Document) -> list[list[str]]:
    return [
        [article.title, *(block.text for block in article.blocks if block.style != "table")]
        for article in document.articles
    ]


@pytest.mark.parametrize("slug", sorted(CASES))
def test_read_back_it_says_the_same(slug: str) -> None:
    document = assemble(slug, CASES[slug])
    file = docx.Document(io.BytesIO(render_docx(document, at=AT)))
    assert articles(file) == expected(document)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in file.tables]
    for party, row in zip(document.parties, tables[0][1:], strict=True):
        assert row[0].startswith(party.name)
        assert party.address in row[1]
        assert row[2].startswith(f"{party.representative}\n{party.capacity}")
    inside = [[list(row) for row in block.rows] for one in document.articles for block in one.blocks if block.rows]
    assert tables[1 : 1 + len(inside)] == inside
    if document.schedule:
        assert [row[1] for row in tables[-2][1:-1] if row[1]] == [line.lot for line in document.schedule]
    assert len(tables[-1]) == 1 + len(document.parties) + len(document.also)


def test_the_word_processor_numbers() -> None:
    document = assemble("gme_conjoint", CASES["gme_conjoint"])
    file = docx.Document(io.BytesIO(render_docx(document, at=AT)))
    numbers: list[str] = []
    counts = [0, 0, 0]
    for paragraph in file.paragraphs:
        listed = paragraph._p.pPr is not None and paragraph._p.pPr.numPr
        if listed is None or listed is False:
            continue
        level = listed.ilvl.val
        counts = [*counts[:level], counts[level] + 1, *[0] * (2 - level)]
        shapes = (str(counts[0]), f"{counts[0]}.{counts[1]}", f"{chr(96 + counts[2])})")
        numbers.append(shapes[level])
    blocks = [[str(one.number), *(block.number for block in one.blocks if block.number)] for one in document.articles]
    assert numbers == [number for group in blocks for number in group]
    shapes = file.part.numbering_part.element.findall(qn("w:abstractNum"))
    ours = next(one for one in shapes if one.get(qn("w:abstractNumId")) == "90")
    assert [one.get(qn("w:val")) for one in ours.iter(qn("w:lvlText"))] == ["Article %1 — ", "%1.%2", "%3)"]


def test_the_foot_counts_pages_and_says_it_is_a_model() -> None:
    document = assemble("nda", CASES["nda"])
    made = render_docx(document, at=AT)
    file = docx.Document(io.BytesIO(made))
    foot = file.sections[0].footer.paragraphs[0]
    assert "Modèle à faire valider par un conseil" in foot.text
    assert document.fingerprint in foot.text
    assert [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert file.core_properties.title == document.title
    assert file.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert made == render_docx(document, at=AT)
    reviewed = docx.Document(io.BytesIO(render_docx(assemble("nda", CASES["nda"], reviewed=True), at=AT)))
    assert "relu par un conseil" in reviewed.sections[0].footer.paragraphs[0].text


def test_nothing_from_outside_is_called() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(assemble("nda", CASES["nda"]), at=AT))) as parts:
        assert not any(b'TargetMode="External"' in parts.read(name) for name in parts.namelist())


def test_markup_in_answers_stays_text() -> None:
    answers = {**CASES["nda"], "project": "<w:p>&lt;b&gt; {{court}} \x07"}
    file = docx.Document(io.BytesIO(render_docx(assemble("nda", answers), at=AT)))
    assert any("<w:p>&lt;b&gt; {{court}}" in paragraph.text for paragraph in file.paragraphs)


def test_wrong_calls() -> None:
    document = assemble("nda", CASES["nda"])
    with pytest.raises(ValueError, match="time zone"):
        render_docx(document, at=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="status"):
        render_docx(document, at=AT, status="nearly")
