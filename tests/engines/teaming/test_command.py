"""`cordee team`: needs and companies as files, answers as text and JSON, wrong input in one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from cordee.cli import main

DATA = Path(__file__).parents[4] / "shared" / "data"
if not DATA.exists():
    DATA = Path(__file__).parents[3] / ".." / "shared" / "data"

NEED = {
    "schema": "cordee.need/1",
    "title": "École",
    "lots": [
        {"id": "1", "title": "Peinture", "trades": ["peinture"], "volume": 100, "unit": "m²",
         "place": {"postcode": "34000"}, "radius_km": 60},
        {"id": "2", "title": "Plomberie", "trades": ["plomberie"], "place": {"postcode": "34000"}, "radius_km": 60},
    ],
}  # fmt: skip
PLACES = [{"postcode": "34000"}]
COMPANIES = {
    "schema": "cordee.companies/1",
    "companies": [
        {"id": "A", "name": "Atelier Aude", "trades": ["peinture"], "capacity": 60, "places": PLACES},
        {"id": "B", "name": "Bruno", "trades": ["peinture"], "capacity": 60, "places": PLACES, "ties": {"A": 90}},
        {"id": "C", "name": "Chloé", "trades": ["plomberie"], "places": PLACES},
    ],
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "need.json").write_text(json.dumps(NEED), encoding="utf-8")
    (tmp_path / "companies.json").write_text(json.dumps(COMPANIES), encoding="utf-8")
    return str(tmp_path / "need.json"), str(tmp_path / "companies.json")


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = main(["team", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_team_as_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, got = answer(capsys, files[0], "--companies", files[1])
    assert code == 0
    assert got["schema"] == "cordee.team/1"
    assert got["infeasible"] is None
    (team,) = got["teams"]
    assert team["coverage"] == {"1": ["A", "B"], "2": ["C"]}
    assert [m["name"] for m in team["members"]] == ["Atelier Aude", "Bruno", "Chloé"]
    assert team["proven"]
    assert team["bound"] == team["cost"]
    assert any(r["code"] == "tie" for r in team["members"][0]["reasons"])
    assert [r["company"] for r in team["to_confirm"]] == ["C"]


def test_a_team_in_words(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["team", files[0], "--companies", files[1], "--explain"]) == 0
    said = capsys.readouterr().out
    assert "Atelier Aude" in said
    assert "sans elle, l’équipe est trop petite pour le lot 1" in said
    assert "à confirmer avec Chloé" in said
    assert main(["--lang", "en", "team", files[0], "--companies", files[1]]) == 0
    assert "none is better" in capsys.readouterr().out


def test_who_is_missing(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = json.loads(json.dumps(COMPANIES))
    small["companies"][1]["capacity"] = 10
    small["companies"][2]["trades"] = ["peinture"]
    small["companies"][2]["capacity"] = 10
    path = tmp_path / "small.json"
    path.write_text(json.dumps(small), encoding="utf-8")
    code, got = answer(capsys, files[0], "--companies", str(path))
    assert code == 1
    changes = {(one["lot"], one["kind"], one["amount"]) for one in got["infeasible"]["changes"]}
    assert changes == {("1", "volume", 20), ("2", "volume", None)}
    assert {gap["lot"]: gap["volume"] for gap in got["teams"][0]["gaps"]} == {"1": 20, "2": None}


def test_around_a_company(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, got = answer(capsys, files[0], "--companies", files[1], "--around", "C")
    assert code == 0
    assert next(m for m in got["teams"][0]["members"] if m["siren"] == "C")["reasons"][0]["code"] == "given"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"volume": "dix"}, "volume"),
        ({"trades": ["licorne"]}, "licorne"),
        ({"colour": 1}, "colour"),
        ({"place": {"nuts": "ZZ9"}}, "ZZ9"),
    ],
)
def test_a_wrong_need_gets_a_sentence(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], said: str
) -> None:
    wrong = {**NEED, "lots": [{**NEED["lots"][0], **change}]}  # type: ignore[dict-item]
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    assert main(["team", str(path), "--companies", files[1]]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_line_and_field_are_named(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lines.json"
    path.write_text('{"lots": [\n  {"trades": ["peinture"]},\n  {"trades": ["peinture"], "volume": "3"}\n]}')
    assert main(["team", str(path), "--companies", files[1]]) == 2
    assert "ligne 3, lot 2\u00a0: le champ «\u00a0volume\u00a0»" in capsys.readouterr().err
    path.write_text('{"companies": [\n\n{"id": "A"},\n{"id": "A"}]}')
    assert main(["--lang", "en", "team", files[0], "--companies", str(path)]) == 2
    assert "line 4, companies[2]: the identifier “A” comes twice" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--around", "Z"], ["--top", "0"], ["--min", "2"], ["--km", "-3"]])
def test_a_wrong_call_gets_a_sentence(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert main(["team", files[0], "--companies", files[1], *more]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not there")
@pytest.mark.parametrize("notice", ["088169-2021_F21_2014.xml", "148511-2021_F03_2014.xml"])
def test_a_real_notice_and_a_real_directory(notice: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = next((DATA / "notices").rglob(notice))
    code, got = answer(capsys, str(path), "--companies", str(DATA / "companies" / "entreprises_insertion.csv"))
    assert code in (0, 1)
    assert (code == 1) == (got["infeasible"] is not None)
    for team in got["teams"]:
        assert len(team["members"]) >= 3
        lacking = {gap["lot"] for gap in team["gaps"]}
        assert all(team["coverage"][lot["id"]] or lot["id"] in lacking for lot in got["lots"])
