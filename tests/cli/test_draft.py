"""The command that prepares a document."""

import json
from pathlib import Path

import pytest

from cordee.cli import main
from tests.engines.assembly.cases import secrecy


@pytest.fixture
def answers(tmp_path: Path) -> str:
    path = tmp_path / "reponses.json"
    path.write_text(json.dumps(secrecy()), encoding="utf-8")
    return str(path)


def test_a_complete_document_is_printed(answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, start in (("accord.pdf", b"%PDF-"), ("accord.docx", b"PK")):
        assert main(["draft", "nda", answers, "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert "peut être signé" in capsys.readouterr().out


def test_what_is_missing_or_refused_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({**secrecy(), "court": "", "nda_years": 9}), encoding="utf-8")
    assert main(["draft", "nda", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Quel tribunal" in said
    assert "entre 1 et 5" in said
    assert main(["--lang", "en", "draft", "nda", str(path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "cordee.draft/1"
    assert [one["name"] for one in found["missing"]] == ["nda_years", "court"]  # what can’t be read is asked again
    assert found["contradictions"][0]["code"] == "out_of_bounds"


def test_what_changes_is_printed(answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tmp_path / "avant.json"
    before.write_text(json.dumps({**secrecy(), "nda_years": 5}), encoding="utf-8")
    out = tmp_path / "m.pdf"
    assert main(["draft", "nda", answers, "--against", str(before), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert "1 partie modifiée." in capsys.readouterr().out


def test_the_documents_and_the_questions_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft"]) == 0
    assert "statutes_gie" in capsys.readouterr().out
    assert main(["draft", "nda"]) == 0
    assert "nda_years" in capsys.readouterr().out
    assert main(["draft", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["documents"]) >= 20
    assert main(["draft", "nda", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"][0]["name"] == "grouping_name"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["draft", "lune"], "pas de document"),
        (["draft", "nda", "absent.json"], "n’existe pas"),
        (["draft", "nda", "{list}"], "objet JSON"),
        (["draft", "nda", "{answers}", "-o", "x.txt"], ".pdf ou .docx"),
        (["draft", "nda", "{answers}", "-o", "/nowhere/x.pdf"], "ne s’écrit pas"),
    ],
)
def test_a_wrong_call_gets_one_sentence(
    words: list[str], said: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "list.json"
    listed.write_text("[1]", encoding="utf-8")
    called = [word.replace("{answers}", answers).replace("{list}", str(listed)) for word in words]
    assert main(called) == 2
    wrong = capsys.readouterr().err
    assert said in wrong
    assert len(wrong.strip().splitlines()) == 1
