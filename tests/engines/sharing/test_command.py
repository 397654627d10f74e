"""cordee share, as typed, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from cordee.cli import main

TWO = {"members": ["A", "B"], "worth": {"A": 0, "B": 0, "A,B": 10000}}
THREE = {"members": ["A", "B", "C"], "worth": {"A": 0, "B": 0, "C": 0, "A,B": 9, "C,A": 9, "B,C": 9, "A,B,C": 12}}
POOL = {
    "members": ["A", "B", "C"],
    "keys": {"m2": {"kind": "prorata", "weights": {"A": 6, "B": 12, "C": 9}, "unit": "m²"}},
    "lines": [
        {"label": "Stand", "cents": 385350, "key": "m2", "paid_by": "A"},
        {"label": "Repas", "cents": "100,00", "among": ["A", "B"], "paid_by": {"B": 4000, "C": 6000}},
    ],
}


def call(folder: Path, subject: Any, *words: str) -> int:
    path = folder / "partage.json"
    path.write_text(subject if isinstance(subject, str) else json.dumps(subject, ensure_ascii=False), encoding="utf-8")
    return main(["share", str(path), *words])


@pytest.mark.parametrize("method", ["equal", "shapley", "nucleolus", "core"])
def test_two_who_only_win_together(method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, TWO, "--method", method, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "cordee.share/1"
    assert found["shares"] == {"A": 5000, "B": 5000}
    assert found["exact"] == {"A": "5000", "B": "5000"}
    assert found["better_apart"] == []
    assert found["certificate"]["checked"] is True


def test_no_core_is_the_answer_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, THREE, "--method", "core", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["certificate"]["kind"] == "no_core"
    assert [one["members"] for one in found["better_apart"]] == [["A", "B"], ["A", "C"], ["B", "C"]]
    assert found["better_apart"][0] == {"members": ["A", "B"], "alone": 9, "together": "8", "by": "1"}
    assert call(tmp_path, THREE, "--method", "core") == 1
    assert "A et B gagneraient 0,01\u00a0€ à partir." in capsys.readouterr().out


def test_prorata_of_a_game_without_weights_goes_by_what_each_costs_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    game = {"members": ["A", "B"], "kind": "cost", "worth": {"A": 100, "B": 300, "A,B": 320}}
    assert call(tmp_path, game, "--method", "prorata", "--json") == 0
    assert json.loads(capsys.readouterr().out)["shares"] == {"A": 80, "B": 240}


@pytest.mark.parametrize(
    "game",
    [
        {"game": "stand", "surfaces": {"A": 6, "B": 12.5}, "price": "320,00", "fixed": 150000, "minimum": 9},
        {"game": "employee", "days": {"A": 40, "B": "60,5"}, "daily": 20000, "minimum": 110},
        {
            "game": "purchase",
            "quantities": {"A": 60, "B": 50},
            "tiers": [{"from": 0, "price": 9}, {"from": 99, "price": 8}],
        },
        {"game": "study", "parts": [{"label": "Socle", "cents": 999, "users": ["A", "B"]}]},
        {"game": "tour", "metres": [[0, 9, 9], [9, 0, 1], [9, 1, 0]], "per_km": 10000},
        {"game": "airport", "needs": {"A": 100, "B": 250}},
    ],
)
def test_ready_made_games(game: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for method in ("shapley", "nucleolus"):
        assert call(tmp_path, {"members": ["A", "B"], **game}, "--json", "--explain", "--method", method) == 0
        found = json.loads(capsys.readouterr().out)
        assert sum(found["shares"].values()) == found["total"]
        assert found["better_apart"] == []
        assert "seule, elle paierait" in found["explanation"]["A"][-1]


def test_a_total_with_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total = {"members": ["A", "B", "C"], "total": "3 853,50", "weights": {"A": 6, "B": 12, "C": 9}, "unit": "m²"}
    assert call(tmp_path, total, "--explain") == 0
    assert "    un tiers de 3\u202f853,50\u00a0€\u00a0: 9\u00a0m² sur 27\u00a0m²" in capsys.readouterr().out
    assert call(tmp_path, total, "--method", "equal", "--json") == 0
    assert json.loads(capsys.readouterr().out)["shares"] == {"A": 128450, "B": 128450, "C": 128450}


def test_a_pool_with_its_settlement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, POOL, "--json", "--explain") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["shares"] == {"A": 85633 + 5000, "B": 171267 + 5000, "C": 128450}
    assert sum(one["balance"] for one in found["accounts"].values()) == 0
    assert len(found["settlement"]["transfers"]) == 2
    assert found["explanation"]["C"][0].startswith("«\u00a0Stand\u00a0»")
    assert call(tmp_path, POOL, "--method", "equal", "--json") == 0
    assert json.loads(capsys.readouterr().out)["shares"]["C"] == 128450


def test_every_kind_of_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prorata = {"kind": "prorata", "weights": {"A": 1, "B": 3}}
    keys = [
        {"kind": "equal"},
        prorata,
        {"kind": "prorata", "weights": {"A": 100, "B": 300}, "unit": "cents"},
        {"kind": "fixed", "percents": {"A": "12,5", "B": 87.5}},
        {
            "kind": "tiers",
            "sizes": {"A": 5, "B": 50},
            "bands": [{"name": "micro", "up_to": 10, "points": 1}, {"name": "petite", "points": 2}],
        },
        {"kind": "fixed_plus_variable", "fixed": "1,00", "variable": prorata},
        {"kind": "floor_cap", "key": prorata, "floor": 300, "cap_part": "3/5"},
        {"kind": "mix", "parts": [{"part": "3/10", "key": {"kind": "equal"}}, {"part": 0.7, "key": prorata}]},
    ]
    firsts = []
    for key in keys:
        assert call(tmp_path, {"members": ["A", "B"], "total": 1000, "key": key}, "--json", "--explain") == 0
        firsts.append(json.loads(capsys.readouterr().out)["shares"]["A"])
    assert firsts == [500, 250, 250, 125, 333, 275, 400, 325]


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("", "JSON"),
        ("[]", "accolades"),
        ("{}", "members"),
        ('{"members": ["A"],\n "members": []}', "ligne 2"),
        ({"members": []}, "au moins une"),
        ({"members": ["A", "A"]}, "deux fois"),
        ({"members": ["A", 3]}, "texte"),
        ({"members": ["A"]}, "rien à partager"),
        ({"members": ["A", "B"], "worth": {"A": 1, "A,B": 3}}, "il manque la valeur du sous-groupe B"),
        ({"members": ["A", "B"], "worth": {"A": 1, "B": 1, "A,B": 3, "B,A": 3}}, "deux fois"),
        ({"members": ["A"], "worth": {"A": 1.5}}, "centimes"),
        ({"members": ["A"], "worth": {"A": "12,345"}}, "12,345"),
        ({"members": ["A"], "worth": {"A": True}}, "centimes"),
        ({"members": ["A"], "worth": {"Z": 1}}, "Z n’est pas membre"),
        ({"members": ["A"], "worth": {"A": 1, "": 1}}, "vide"),
        ({"members": ["A"], "worth": {"A": 1}, "kind": "joy"}, "benefit"),
        ({"members": [f"m{i}" for i in range(25)], "worth": {}}, "24"),
        ({"members": ["A"], "game": "chess"}, "stand"),
        ({"members": ["A"], "game": "stand", "surfaces": {"A": "large"}, "price": 3}, "nombre"),
        ({"members": ["A"], "game": "stand", "surfaces": {}, "price": 3}, "A"),
        ({"members": ["A"], "game": "stand", "surfaces": {"A": 1, "B": 1}, "price": 3}, "B n’est pas membre"),
        ({"members": ["A"], "game": "stand", "surfaces": {"A": -1}, "price": 3}, "négatif"),
        ({"members": ["A"], "game": "stand", "surfaces": {"A": 1e15}, "price": 10**15}, "grand"),
        ({"members": ["A"], "game": "tour", "metres": [[0]], "per_km": 1}, "tableau"),
        ({"members": ["A"], "game": "tour", "metres": [[0, 1], [1, 0]]}, "per_km"),
        ({"members": ["A"], "game": "study", "parts": [{"label": "x", "cents": 1, "users": []}]}, "personne"),
        ({"members": ["A"], "lines": [{"label": "x", "cents": 1, "key": "no"}]}, "no"),
        ({"members": ["A"], "lines": [{"label": "x", "cents": 1, "paid_by": "Z"}]}, "Z a payé"),
        ({"members": ["A"], "total": 5, "key": {"kind": "luck"}}, "equal"),
        ({"members": ["A"], "total": 5, "key": {"kind": "fixed", "percents": {"A": 90}}}, "90"),
        ('{"members": ["A"], "total": NaN}', "JSON"),
        ("[" * 100000, "JSON"),
    ],
)
def test_a_wrong_file_gets_one_sentence(
    subject: Any, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, subject) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_line_and_field_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = '{"members": ["A", "B"],\n "worth": {\n  "A": 0,\n  "B": "douze",\n  "A,B": 3}}'
    assert call(tmp_path, text) == 2
    assert "ligne 4, champ «\u00a0worth.B\u00a0»" in capsys.readouterr().err


def test_keys_nested_beyond_reason_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key: dict[str, Any] = {"kind": "equal"}
    for _ in range(100):
        key = {"kind": "floor_cap", "key": key}
    assert call(tmp_path, {"members": ["A"], "total": 5, "key": key}) == 2
    assert "niveaux" in capsys.readouterr().err


@pytest.mark.parametrize("method", ["shapley", "nucleolus", "core", "prorata"])
def test_a_method_that_does_not_apply_is_refused(
    method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, POOL, "--method", method) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_estimate_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    members = [f"m{i:02}" for i in range(30)]
    surfaces = {member: f"{i},{i:03}" for i, member in enumerate(members)}
    game = {"members": members, "game": "stand", "surfaces": surfaces, "price": 32000, "minimum": 50}
    assert call(tmp_path, game, "--seed", "3") == 0
    assert "2000 ordres tirés au sort (graine 3)" in capsys.readouterr().out
    assert call(tmp_path, game, "--seed", "3", "--json", "--explain") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["certificate"]["kind"] == "sampling"
    assert sum(found["shares"].values()) == found["total"]
    assert any("95 fois sur 100" in sentence for sentence in found["explanation"]["m07"])
