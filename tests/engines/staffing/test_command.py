"""cordee staff, as typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from cordee.cli import main

GOOD: dict[str, Any] = {
    "start": "2026-09-07",
    "weeks": 2,
    "employees": [
        {
            "name": "Léa",
            "hours": 35,
            "overtime": "2:00",
            "skills": ["paie"],
            "home": {"lon": 3.88, "lat": 43.61},
            "available": ["mon", "tue", "wed am", "thu", "fri"],
            "leaves": [{"date": "2026-09-08", "half": "pm"}, {"from": "2026-09-17", "to": "2026-12-01"}],
            "before": [35, "36:30"],
        }
    ],
    "companies": [
        {"name": "Fontaine", "share": {"days": 4}, "skills": ["paie"], "place": {"lon": 3.9, "lat": 43.6}},
        {
            "name": "Morel",
            "share": [{"days": 2.5, "employee": "Léa"}],
            "open": ["mon", "tue", "fri"],
            "hours": {"am": ["8:30", "12:00"], "pm": ["13:00", "16:30"]},
            "at_once": 1,
        },
    ],
    "needs": [{"company": "Morel", "date": "2026-09-07", "half": "am", "firm": True}],
    "wishes": [{"employee": "Léa", "days": ["fri pm"], "weight": 2}, {"employee": "Léa", "not_at": "Morel", "week": 2}],
    "travel": [{"from": "Fontaine", "to": "Morel", "minutes": 15}],
    "limits": {"day": 480},
}


def write(folder: Path, value: object) -> str:
    path = folder / "planning.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return str(path)


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", write(tmp_path, GOOD), "--json", "--explain"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "cordee.staff/1"
    assert found["proven"] is True
    assert found["certificate"]["checked"] is True
    assert {"employee": "Léa", "date": "2026-09-07", "half": "am", "company": "Morel"} in found["timetable"]
    assert not [one for one in found["timetable"] if one["date"] >= "2026-09-17"]
    assert [one["given_half_days"] for one in found["shares"]] == [8, 5]
    assert sum(one["worked_minutes"] for one in found["months"]) == 13 * 210
    assert found["explanation"][0] == "Fontaine\u00a0: 4 jours sur 4."


def test_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", write(tmp_path, GOOD)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Léa"
    assert lines[1].startswith("    lundi 7 septembre  Morel")


@pytest.mark.parametrize(("kind", "first"), [("csv", "date,half-day,start"), ("ics", "BEGIN:VCALENDAR")])
def test_formats(kind: str, first: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "staff", write(tmp_path, GOOD), "--format", kind]) == 0
    assert capsys.readouterr().out.startswith(first)


def test_a_clash_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = {**GOOD, "wishes": [{"employee": "Léa", "date": "2026-09-07", "firm": True}]}
    assert main(["staff", write(tmp_path, both)]) == 1
    out = capsys.readouterr().out
    assert "Ne tiennent pas ensemble\u00a0: Léa libre (lundi 7 septembre matin" in out
    assert "Morel demande 1 personne (lundi 7 septembre matin)" in out


def test_percents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shared = {
        "start": "2026-09-07",
        "weeks": 1,
        "employees": [{"name": "Léa"}],
        "companies": [{"name": name, "share": {"percent": part}} for name, part in (("A", 60), ("B", 40))],
    }
    assert main(["staff", write(tmp_path, shared), "--json"]) == 0
    assert [one["agreed_half_days"] for one in json.loads(capsys.readouterr().out)["shares"]] == [6, 4]


WRONG: list[tuple[str, Any, str]] = [
    ("start", "2026-09-08", "«\u00a0start\u00a0»\u00a0: un planning commence un lundi"),
    ("start", "lundi", "«\u00a0start\u00a0»\u00a0: il faut une date"),
    ("weeks", 0, "«\u00a0weeks\u00a0»\u00a0: il faut un nombre entier de 1 à 53"),
    ("employees", [], "«\u00a0employees\u00a0»\u00a0: il en faut au moins un"),
    ("employees", [{"name": "Léa", "hours": "x"}], "«\u00a0employees.1.hours\u00a0»"),
    ("employees", [{"name": "Léa"}, {"name": "Léa"}], "«\u00a0employees.1.name\u00a0»\u00a0: «\u00a0Léa\u00a0» y est"),
    ("employees", [{"name": "Léa", "available": ["lun"]}], "«\u00a0employees.1.available.1\u00a0»\u00a0: écrivez mon"),
    ("employees", [{"name": "Léa", "leaves": [{"from": "2026-09-08", "to": "2026-09-07"}]}], "leaves.1.to"),
    ("companies", [{"name": "A"}], "il manque «\u00a0share\u00a0»"),
    ("companies", [{"name": "A", "share": {"days": 2.3}}], "«\u00a0companies.1.share.days\u00a0»"),
    ("companies", [{"name": "A", "share": {"percent": 101}}], "companies.1.share.percent"),
    ("companies", [{"name": "A", "share": {"days": 1, "employee": "Zoé"}}], "aucun salarié ne s’appelle"),
    ("companies", [{"name": "A", "share": {"days": 1}, "hours": {"am": ["9:00"], "pm": []}}], "companies.1.hours.am"),
    ("needs", [{"company": "Zed"}], "«\u00a0needs.1.company\u00a0»\u00a0: aucune entreprise"),
    ("needs", [{"company": "Morel", "date": "2027-01-01"}], "le planning va du 2026-09-07 au 2026-09-20"),
    ("wishes", [{"employee": "Léa", "firm": 1}], "«\u00a0wishes.1.firm\u00a0»\u00a0: écrivez true ou false"),
    ("apart", [["Morel", "Morel"]], "il faut deux entreprises différentes"),
    ("limits", {"nuit": 3}, "les limites s’appellent average"),
    ("limits", {"days_a_week": 7}, "un jour de repos par semaine"),
    ("travel", [{"from": "Léa", "to": "Zed", "minutes": 3}], "«\u00a0travel.1.to\u00a0»"),
]


@pytest.mark.parametrize(("field", "value", "said"), WRONG)
def test_a_wrong_file_gets_one_sentence(
    field: str, value: object, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["staff", write(tmp_path, {**GOOD, field: value})]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "ligne " in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"start": 3}', '{"start": "2026-09-07", "weeks": "4"}', "\x00"])
def test_no_traceback(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "staff", write(tmp_path, text)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
