"""The command `cordee notice`."""

import io
import json
import sys
from pathlib import Path

import pytest

from cordee.cli import main
from tests.engines.notices.samples import EFORMS, SAMPLES, TED, TED_AWARD


def write(folder: Path, content: str | bytes) -> str:
    path = folder / "avis.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_notice_in_plain_french(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notice", write(tmp_path, TED)]) == 0
    shown = capsys.readouterr().out
    for words in (
        "Avis de marché · travaux · TED",
        "Ville de Lunel (Lunel, SIREN 337683544)",
        "1\u202f234\u202f567,89\u00a0€",
        "06/05/2021 à 16\u00a0h\u00a015 · offres",
        "Le mandataire est solidaire",
        "Gros œuvre",
        "45000000 45223220",
        "14 mois",
        "niveau minimal",
    ):
        assert words in shown
    assert all(len(line) <= 120 for line in shown.splitlines())


def test_winners_are_shown_with_who_leads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notice", write(tmp_path, TED_AWARD)]) == 0
    shown = capsys.readouterr().out
    assert "Lot 1 · groupement (2) · 99,50\u00a0€" in shown
    assert "Beta (mandataire) (SIREN 316141993) — mandataire" in shown
    assert "Sans attributaire\u00a0: 3" in shown


def test_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "notice", write(tmp_path, TED)]) == 0
    assert "Deadline            6 May 2021 at 16:15 · tenders" in capsys.readouterr().out


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notice", write(tmp_path, TED), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert answer["schema"] == "cordee.notice/1"
    assert (answer["source"], answer["id"], answer["buyer"]) == ("ted", "123-2021", "Ville de Lunel")
    assert (answer["value"], answer["currency"]) == ("1234567.89", "EUR")
    assert [(lot["value"], lot["currency"]) for lot in answer["lots"]] == [("800000.00", "EUR"), (None, None)]
    assert answer["groupings"]["form"] == "conjoint"


def test_one_lot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, EFORMS)
    assert main(["notice", path, "--lot", "1"]) == 0
    assert "Chiffre d'affaires annuel de 500 000 euros." in capsys.readouterr().out
    assert main(["notice", path, "--lot", "LOT-0001", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "LOT-0001"
    assert main(["notice", path, "--lot", "7"]) == 2
    assert (
        capsys.readouterr().err
        == "cordee notice: cet avis n’a pas de lot «\u202f7\u202f»\u202f; ses lots sont\u00a0: 1, 2.\n"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html/>", b"<Invoice/>", b"\x00\xff\x13", b"{}"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_not_a_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, lang: str) -> None:
    assert main(["--lang", lang, "notice", write(tmp_path, content)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("cordee notice: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["absent.xml", ".", "a\0b", "x" * 5000, ""])
def test_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["notice", name]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_huge_file_is_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as stream:
        stream.truncate(40_000_000_000)  # a sparse file: it takes no room
    assert main(["notice", str(path)]) == 2
    assert "10\u00a0Mo" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_an_endless_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notice", "/dev/zero"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TED.encode())))
    assert main(["notice", "-"]) == 0
    assert "Rénovation du gymnase" in capsys.readouterr().out


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_sample_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, lang: str) -> None:
    assert main(["--lang", lang, "notice", write(tmp_path, SAMPLES[name])]) == 0
    assert "None" not in capsys.readouterr().out


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["notice", "--help"])
    assert end.value.code == 0
    assert "Exemples" in capsys.readouterr().out
