"""A sealed PDF: what holds, what was changed, what was added, and by whom."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NameObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from cordee.engines.sealing import PdfReport, evidence_bytes, key_id, verify_pdf
from tests.engines.sealing.papers import AT, authority, evidence, paper, seal, sealed


def codes(data: bytes, **given: object) -> list[str]:
    return [finding.code for finding in verify_pdf(data, **given).findings]  # type: ignore[arg-type]


def failing(data: bytes, **given: object) -> list[str]:
    report = verify_pdf(data, **given)  # type: ignore[arg-type]
    return [finding.code for finding in report.findings if finding.holds is False]


def grafted(data: bytes) -> bytes:
    """The file with a revision added in the regular way, as an editor does."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root[NameObject("/Lang")] = pdf_string("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_what_was_sealed_holds() -> None:
    report = verify_pdf(sealed(), trusted=[authority().root])
    assert report.ok
    assert [finding.code for finding in report.findings] == [
        "whole",
        "sealed_by",
        "stamped",
        "trusted",
        "archival",
        "evidence_holds_here",
        "evidence_signed",
        "evidence_signed",
    ]
    facts = report.findings[1].params
    assert facts == {
        "name": "Cordée – sceau",
        "at": "2026-11-23T10:00:00Z",
        "key": key_id(authority().seal.certificate),
    }
    assert "23\u00a0novembre\u00a02026 à 11\u00a0h\u00a000" in "".join(report.sentences("fr"))
    assert "Aude Carrère" in "".join(report.sentences("en"))


def test_what_one_saw_is_the_beginning_of_what_is_sealed() -> None:
    assert sealed().startswith(paper())


def test_without_a_trusted_authority_the_key_is_only_named() -> None:
    report = verify_pdf(sealed())
    assert report.ok
    assert "unpinned" in codes(sealed())
    assert "comparez" in "".join(report.sentences())


def test_a_seal_by_a_stranger_is_not_trusted() -> None:
    forged = seal(paper(), authority("Autre"))
    assert failing(forged) == []
    assert failing(forged, trusted=[authority().root]) == ["untrusted"]


def test_no_seal() -> None:
    assert codes(paper()) == ["not_sealed"]
    assert not verify_pdf(paper()).ok


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"\x00" * 2000])
def test_no_pdf_at_all(data: bytes) -> None:
    assert codes(data) == ["unreadable"]


# A sealed paper is never twice of the same length: the places have names, and are looked up in the paper at hand.
PLACES: dict[str, Callable[[bytes], int]] = {
    "first byte": lambda data: 0,
    "header": lambda data: 8,
    "end of the paper": lambda data: len(paper()) - 3,
    "start of what was added": lambda data: len(paper()) + 3,
    "last byte but one": lambda data: len(data) - 2,
    **{f"hole + {step}": lambda data, step=step: hole(data) + step for step in (0, 1, 52, 53, 1749, 3000)},
    "end of the hole": lambda data: data.index(b">", hole(data)) - 1,
    "after the hole": lambda data: data.index(b">", hole(data)),
    **{
        word: lambda data, word=word: data.rindex(word.encode()) + 1
        for word in ("/ByteRange", "startxref", "%%EOF", "/Root", "/DocMDP", "preuve")
    },
    **{f"{part}/17": lambda data, part=part: 11 + part * (len(data) - 12) // 17 for part in range(18)},
}


def hole(data: bytes) -> int:
    """Where the signature's own bytes begin: the only part that it does not cover."""
    return data.index(b"/Contents <") + 10


@pytest.mark.parametrize("place", PLACES)
def test_one_byte_changed_anywhere_is_found(place: str) -> None:
    where = PLACES[place](sealed())
    for mask in (1, 0x20):
        changed = bytearray(sealed())
        changed[where] ^= mask
        assert not verify_pdf(bytes(changed)).ok, (place, mask)


def test_a_time_stamp_that_is_hidden_is_found() -> None:
    """The tag before the stamp lies outside all that is signed: changed, the stamp would only seem absent."""
    name = sealed().index(b"060B2A864886F70D010910020E")  # the name of the stamp, below two tags of four bytes
    changed = bytearray(sealed())
    assert changed[name - 16 : name - 14] == b"A1"
    changed[name - 15] = ord("0")
    assert failing(bytes(changed)) == ["seal_damaged"]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_one_byte_changed_somewhere_is_found(place: int, mask: int) -> None:
    changed = bytearray(sealed())
    changed[place % len(changed)] ^= mask
    assert not verify_pdf(bytes(changed)).ok


def test_changed_content_is_told_from_added_content() -> None:
    changed = bytearray(sealed())
    changed[len(paper()) // 2] ^= 1
    assert failing(bytes(changed))[0] in ("changed", "unreadable")
    report = verify_pdf(grafted(sealed()))
    assert [finding.code for finding in report.findings if finding.holds is False] == ["added"]
    assert report.findings[0].params == {"bytes": len(grafted(sealed())) - len(sealed()), "sealed": len(sealed())}
    assert "intact" in report.findings[0].sentence("fr")


@pytest.mark.parametrize("tail", [b"\n", b" ", b"%comment\n", b"junk" * 2000, b"\n%%EOF\n", b"x" * 50 + b"%%EOF"])
def test_anything_appended_is_told_apart(tail: bytes) -> None:
    assert failing(sealed() + tail) == ["added"]


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.99])
def test_a_truncated_file_does_not_hold(kept: float) -> None:
    assert failing(sealed()[: int(len(sealed()) * kept)])


def test_before_sealing_signatories_sign_one_after_the_other() -> None:
    first = seal(paper(), final=False, reason="Signature d’Aude Carrère", clock=None)
    second = seal(first, final=False, reason="Signature de Bruno Salles", clock=None)
    final = seal(second)
    assert [code for code in codes(final) if code in ("signed_by", "sealed_by")] == [
        "signed_by",
        "signed_by",
        "sealed_by",
    ]
    assert verify_pdf(final).ok


def test_signatures_without_a_seal_say_so() -> None:
    signed = seal(paper(), final=False, clock=None)
    assert codes(signed)[:4] == ["whole", "signed_by", "unpinned", "not_final"]
    assert failing(signed + b"\n") == ["added"]


def test_content_slipped_in_between_a_signature_and_the_seal_is_found() -> None:
    slipped = seal(grafted(seal(paper(), final=False, clock=None)))
    assert "between" in failing(slipped)


def test_a_signature_after_the_seal_is_refused_then_told_apart() -> None:
    with pytest.raises(ValueError, match="can’t be sealed"):
        seal(sealed(), final=False)
    late = seal(seal(seal(paper(), final=False, clock=None)), final=False, clock=None)
    assert failing(late) == ["added", "added_signature"]
    assert "ajoutée après le scellement" in "".join(verify_pdf(late).sentences())


def test_a_seal_of_ones_own_over_a_changed_file_is_not_trusted() -> None:
    forged = seal(grafted(paper()), authority("Autre"))
    assert not verify_pdf(forged, trusted=[authority().root]).ok


def test_what_cannot_be_sealed() -> None:
    for pdf in (b"", b"not a pdf", paper()[:1000]):
        with pytest.raises(ValueError, match="can’t be sealed"):
            seal(pdf)
    with pytest.raises(ValueError, match="time zone"):
        seal(paper(), at=AT.replace(tzinfo=None))


def test_evidence_of_another_text_is_found() -> None:
    other = evidence("Aude Carrère", seen=b"%PDF another text")
    assert failing(seal(paper(), evidence=evidence_bytes(other))) == ["evidence_other_text"]


def test_evidence_tampered_with_before_sealing_is_found() -> None:
    bad = evidence("Aude Carrère", "Bruno Salles")
    bad["acts"][0]["person"] = "Personne"
    assert failing(seal(paper(), evidence=evidence_bytes(bad))) == ["evidence_altered"]


def test_the_archive_claims_are_as_before() -> None:
    with pikepdf.open(io.BytesIO(paper())) as before, pikepdf.open(io.BytesIO(sealed())) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert "/Version" not in after.Root
        assert list(after.attachments) == ["preuve.json"]
        (tied,) = after.Root.AF
        assert tied.AFRelationship == "/Supplement"
        assert tied.EF.F.Subtype == "/application/json"
        assert tied.EF.F.Params.ModDate
        assert (
            after.attachments["preuve.json"].get_file().read_bytes().startswith(b'{\n  "schema": "cordee.evidence/1"')
        )
        widget = after.Root.AcroForm.Fields[0]
        assert list(widget.Rect) == [0, 0, 0, 0]  # invisible: no font of its own to leave out
        fonts = [one for one in after.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        assert {str(font.BaseFont) for font in fonts if "/BaseFont" in font}.isdisjoint({"/Courier", "/Helvetica"})


@pytest.mark.parametrize(
    ("tool", "said"),
    [(["qpdf", "--check"], "No syntax or stream encoding errors"), (["pdfsig", "-nocert"], "Signature is Valid")],
)
def test_other_readers_agree(tmp_path: Path, tool: list[str], said: str) -> None:
    if not shutil.which(tool[0]):
        pytest.skip(f"{tool[0]} is not installed")
    (tmp_path / "x.pdf").write_bytes(sealed())
    done = subprocess.run([*tool, "x.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said in done.stdout


def test_every_finding_has_words() -> None:
    from cordee.engines.sealing import report

    assert set(report._SAYS["fr"]) == set(report._SAYS["en"])
    assert PdfReport(()).ok is False
