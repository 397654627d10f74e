"""What PDF/A-3 and PDF/UA-1 ask, read in the file itself, before and after the seal, with rules written here.

No validator of the standards' own is to be had on the machines where this runs (veraPDF is no package of theirs): these
are the requirements that a reader of the bytes can check, clause by clause of ISO 19005-3 and ISO 14289-1.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest

from cordee.engines.assembly import assemble, render_pdf
from cordee.engines.sealing import evidence_bytes, make_authority, open_evidence, seal_pdf
from tests.engines.assembly.cases import public_works
from tests.engines.assembly.more_cases import CASES

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
NEVER = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/Rendition", "/Trans"}


def printed(slug: str) -> bytes:
    given = public_works() if slug == "gme_conjoint" else CASES[slug]
    return render_pdf(assemble(slug, given), at=AT)


def sealed(pdf: bytes) -> bytes:
    ours = make_authority("Cordée", entropy=b"thirty-two bytes for the archive", at=AT)
    evidence = evidence_bytes(open_evidence(title="Convention", fingerprint="ab" * 32, pdf=pdf))
    return seal_pdf(
        pdf, key=ours.seal.key, certificate=ours.seal.certificate, chain=[ours.root], clock=ours.clock, at=AT,
        reason="Convention", evidence=evidence,
    )  # fmt: skip


def wrong(data: bytes) -> Iterator[str]:
    """Every requirement that the file does not meet, by its clause."""
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", data):
        yield "6.1.2: the header, and the line of high bytes after it"
    if not re.search(rb"%%EOF\r?\n?\Z", data):
        yield "6.1.3: nothing follows the end of the file"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        if "/ID" not in pdf.trailer or pdf.is_encrypted:
            yield "6.1.3: an identifier, and no encryption"
        yield from _everything(pdf)
        yield from _fonts(pdf)
        yield from _catalogue(root)
        meta = pdf.open_metadata()
        if (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) != ("3", "A") or meta.get("pdfuaid:part") != "1":
            yield "6.6.4: which part and which level are claimed"
        if str(pdf.docinfo.get("/Title", meta["dc:title"])) != str(meta["dc:title"]):
            yield "6.6.3: the title says the same in both places"
        for page in pdf.pages:
            yield from _page(page)


def _everything(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream):
            if "/F" in one or "/LZWDecode" in str(one.get("/Filter", "")):
                yield "6.1.7: a stream stands in the file, without LZW"
            if one.get("/Subtype") == "/Image" and (one.get("/Interpolate") or "/Alternates" in one or "/OPI" in one):
                yield "6.2.8: an image as it is"
            if one.get("/Subtype") == "/PS":
                yield "6.2.9: no PostScript"
        if isinstance(one, pikepdf.Dictionary) and (one.get("/S") in NEVER or "/AA" in one or "/XFA" in one):
            yield "6.5: no action that runs by itself"
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Filespec" and (
            "/AFRelationship" not in one or "/UF" not in one or "/Subtype" not in one.EF.F
        ):  # fmt: skip
            yield "6.8: an attached file says what it is and how it belongs"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    if not fonts:
        yield "6.2.11: there is a font"
    for font in fonts:
        if font.get("/Subtype") in ("/Type0", "/TrueType", "/Type1") and "/ToUnicode" not in font:
            yield "6.2.11.7: every sign can be read as text"
        if font.get("/Subtype") in ("/CIDFontType0", "/CIDFontType2"):
            inside = font.FontDescriptor
            if not any(name in inside for name in ("/FontFile2", "/FontFile3")):
                yield "6.2.11.4: every font stands in the file"
            if font.Subtype == "/CIDFontType2" and font.get("/CIDToGIDMap") is None:
                yield "6.2.11.3: which drawing is which sign"


def _catalogue(root: pikepdf.Object) -> Iterator[str]:
    intents = [one for one in root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1 or bytes(intents[0].DestOutputProfile.read_bytes()).find(b"acsp") != 36:
        yield "6.2.3: what colours mean"
    if not root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in root or "/Lang" not in root:
        yield "6.7: what each piece is, and in which language"
    if "/OpenAction" in root and not isinstance(root.OpenAction, pikepdf.Array):
        yield "6.5.2: opening does nothing"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "UA 7.1: the title is shown"
    files = root.get("/Names", {}).get("/EmbeddedFiles")
    if files is not None and len(root.get("/AF", [])) == 0:
        yield "6.8: an attached file is tied to the document"


def _page(page: pikepdf.Page) -> Iterator[str]:
    if page.obj.get("/Tabs") != "/S" and "/Annots" in page.obj:
        yield "UA 7.18.3: the keyboard follows the order of the text"
    for note in page.obj.get("/Annots", []):
        flags, box = int(note.get("/F", 0)), [float(value) for value in note.Rect]
        if flags & 0b100011 or not flags & 0b100:
            yield "6.3.2: a note is seen and printed"
        if "/AP" not in note and box[0] != box[2] and note.Subtype not in ("/Popup", "/Link"):
            yield "6.3.3: a note carries its look"


@pytest.mark.parametrize("slug", sorted(CASES))
def test_each_document_keeps_what_it_claims(slug: str) -> None:
    assert list(wrong(printed(slug))) == []


@pytest.mark.parametrize("slug", ["gme_conjoint", "client_offer"])
def test_and_keeps_it_under_the_seal_with_its_evidence(slug: str) -> None:
    assert list(wrong(sealed(printed(slug)))) == []


def test_the_rules_find_what_is_wrong() -> None:
    with pikepdf.open(io.BytesIO(printed("nda"))) as pdf:
        del pdf.Root.OutputIntents, pdf.Root.Lang
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        out = io.BytesIO()
        pdf.save(out)
    assert {said.partition(":")[0] for said in wrong(out.getvalue())} >= {"6.2.3", "6.7", "6.5.2"}
