"""The printed document: archival, tagged, its fonts inside, the same bytes twice, and markup that stays text."""

import io
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest

from cordee.engines.assembly import assemble, render_pdf
from cordee.engines.assembly import render as module
from tests.engines.assembly.cases import public_works
from tests.engines.assembly.more_cases import CASES

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
TRICKS = '#read("/etc/passwd") $x$ *gras* _i_ `code` @ref <tag> \\ #import "@preview/a:1.0.0": * // ] } ⟦'


@pytest.fixture(scope="module")
def convention() -> bytes:
    return render_pdf(assemble("gme_conjoint", public_works()), at=AT, verify_at="https://cordee.example/verifier")


def text_of(pdf: bytes, tmp_path: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "x.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", "x.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    return done.stdout.decode()


def test_claims_to_be_an_archive_that_can_be_read_aloud(convention: bytes) -> None:
    with pikepdf.open(io.BytesIO(convention)) as pdf:
        root, meta = pdf.Root, pdf.open_metadata()
        assert meta.pdfa_status == "3A"
        assert meta["pdfuaid:part"] == "1"
        assert str(root.Lang).startswith("fr")
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert len(root.OutputIntents) == 1
        assert "groupement momentané" in str(meta["dc:title"])
        kinds = set()
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Dictionary) and "/S" in entry and "/P" in entry:
                kinds.add(str(entry.S))
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/P"} <= kinds


def test_every_font_is_inside(convention: bytes) -> None:
    with pikepdf.open(io.BytesIO(convention)) as pdf:
        fonts = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert len(fonts) >= 3
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert {"Inter-Regular", "BricolageGrotesque-Bold"} <= {str(font.FontName).split("+")[-1] for font in fonts}


@pytest.mark.parametrize(("tool", "words"), [("qpdf", ["--check"]), ("pdffonts", [])])
def test_other_readers_agree(convention: bytes, tmp_path: Path, tool: str, words: list[str]) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    (tmp_path / "x.pdf").write_bytes(convention)
    done = subprocess.run([tool, *words, "x.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if tool == "pdffonts":
        rows = [line.split() for line in done.stdout.splitlines()[2:]]
        assert rows
        assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def test_the_pages_say_what_was_put_together(convention: bytes, tmp_path: Path) -> None:
    text = " ".join(text_of(convention, tmp_path).split())
    document = assemble("gme_conjoint", public_works())
    for article in document.articles:
        assert f"Article {article.number} — {article.title}"[:40] in text
    for party in document.parties:
        assert party.name in text
    pages = [(int(one), int(last)) for one, last in re.findall(r"page (\d+) / (\d+)", text)]
    assert pages == [(number, len(pages)) for number in range(1, len(pages) + 1)]
    assert document.fingerprint in text
    assert "Modèle à faire valider par un conseil" in text
    assert "Soumis à signature" in text
    assert "Tableau de répartition" in text
    assert "200 000,28 €" in text


def test_a_reviewed_text_no_longer_says_model(tmp_path: Path) -> None:
    text = text_of(render_pdf(assemble("nda", CASES["nda"], reviewed=True), at=AT), tmp_path)
    assert "Modèle à faire valider" not in text
    assert "Texte relu par un conseil" in text


def test_a_draft_shows_its_holes(tmp_path: Path) -> None:
    text = " ".join(text_of(render_pdf(assemble("gme_conjoint", {}), at=AT), tmp_path).split())
    assert "Projet" in text
    assert "à compléter : Qui est le client" in text


def test_same_document_same_moment_same_bytes() -> None:
    document = assemble("nda", CASES["nda"])
    assert render_pdf(document, at=AT) == render_pdf(document, at=AT)
    assert render_pdf(document, at=AT) != render_pdf(document, at=AT + timedelta(days=1))


@pytest.mark.parametrize("slug", sorted(CASES))
def test_each_document_prints_whole(slug: str, tmp_path: Path) -> None:
    document = assemble(slug, CASES[slug])
    data = render_pdf(document, at=AT)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.open_metadata().pdfa_status == "3A"
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        fonts = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        count = len(pdf.pages)
    text = " ".join(text_of(data, tmp_path).split())
    assert f"page {count} / {count}" in text
    assert "à compléter" not in text
    assert document.fingerprint in text
    assert "Modèle à faire valider par un conseil" in text
    for article in document.articles:
        assert f"Article {article.number} — " in text
    for name in (*(party.name for party in document.parties), *document.also):
        assert name in text


def test_markup_in_answers_stays_text(tmp_path: Path) -> None:
    answers = {**CASES["nda"], "project": TRICKS, "grouping_name": TRICKS, "court": TRICKS}
    text = " ".join(text_of(render_pdf(assemble("nda", answers), at=AT), tmp_path).split())
    assert '#read("/etc/passwd") $x$ *gras*' in text
    assert "root:" not in text


def test_the_template_reads_nothing_and_imports_nothing() -> None:
    template = (Path(module.__file__).parent / "document.typ").read_text(encoding="utf-8")
    for word in ("@preview", "import", "include", "read(", "eval(", "plugin(", "image("):
        assert word not in template


def test_signed_blocks_carry_date_and_time(tmp_path: Path) -> None:
    document = assemble("gme_conjoint", public_works())
    pdf = render_pdf(document, at=AT, status="signed", signed={"m0": AT})
    text = " ".join(text_of(pdf, tmp_path).split())
    assert "Signé le 23 novembre 2026 à 11 h 00" in text
    assert text.count("Date, heure et signature") == 7


def test_wrong_calls() -> None:
    document = assemble("nda", CASES["nda"])
    with pytest.raises(ValueError, match="time zone"):
        render_pdf(document, at=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="status"):
        render_pdf(document, at=AT, status="nearly")
