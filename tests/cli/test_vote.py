"""The command as one types it: what it prints, how it ends."""

import json
from pathlib import Path

import pytest

from cordee.cli import main

SOC = """# NUMBER ALTERNATIVES: 3
# ALTERNATIVE NAME 1: A
# ALTERNATIVE NAME 2: B
# ALTERNATIVE NAME 3: C
3: 1,2,3
2: 2,3,1
"""

DECISION = """seat;choice;weight;proxy;conflict;why
Alpha;pour;3;;;
Beta;contre;1;;;
Gamma;;1;Alpha;;
Delta;;1;;x;
"""


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


def test_a_winner(write, capsys):
    assert main(["vote", write("a.soc", SOC), "--method", "schulze"]) == 0
    assert capsys.readouterr().out == "A\n"


def test_the_whole_count_can_be_read_aloud(write, capsys):
    assert main(["--lang", "en", "vote", write("a.soc", SOC), "--method", "irv", "--explain"]) == 0
    assert capsys.readouterr().out == (
        "5 ballots. Round 1: A 3, B 2, C 0 (5 votes live). A has more than half: 3 of 5 votes. Chosen: A.\n"
    )


def answer(capsys):
    return json.loads(capsys.readouterr().out)


def test_json_for_options(write, capsys):
    assert main(["vote", write("a.soc", SOC), "--method", "schulze", "--json"]) == 0
    found = answer(capsys)
    assert found["schema"] == "cordee.vote/1"
    assert (found["winners"], found["tie"], found["ranking"]) == (["A"], None, [["A"], ["B"], ["C"]])
    assert found["explanation"].startswith("5 bulletins. A bat B par 3 à 2.")


def test_a_tie_is_declared(write, capsys):
    text = "A,B,C\nx,,\n,x,\n"
    assert main(["vote", write("a.csv", text), "--method", "approval", "--json"]) == 0
    found = answer(capsys)
    assert found["winners"] == ["A", "B"]
    assert found["tie"] == {"tied": ["A", "B"], "seats": 1, "by_published_order": ["A"]}


@pytest.mark.parametrize("method", ["schulze", "irv", "condorcet", "stv"])
def test_every_ranked_method(write, capsys, method):
    assert main(["vote", write("a.soc", SOC), "--method", method, "--json"]) == 0
    assert answer(capsys)["winners"] == ["A"]


@pytest.mark.parametrize(("method", "winner"), [("score", "B"), ("majority_judgment", "A")])
def test_graded_methods(write, capsys, method, winner):
    # Sums: A 6, B 8. Medians: A 3 of (0, 3, 3), B 1 of (1, 1, 6).
    text = "A,B\n3,6\n3,1\n0,1\n"
    assert main(["vote", write("a.csv", text), "--method", method, "--json"]) == 0
    assert answer(capsys)["winners"] == [winner]


def test_several_seats(write, capsys):
    assert main(["vote", write("a.soc", SOC), "--method", "stv", "--seats", "2", "--json"]) == 0
    assert answer(capsys)["winners"] == ["A", "B"]


def test_a_decision(write, capsys):
    path = write("d.csv", DECISION)
    assert main(["vote", path, "--method", "majority", "--quorum", "1/2", "--members", "6", "--explain"]) == 0
    assert capsys.readouterr().out == (
        "2 voix pour, 1 contre, 0 abstention\u202f; quorum 3 sur 5 (il en fallait 3)\u202f; majorité simple\u00a0: "
        "il fallait 2 voix sur 3 exprimées. Adopté. Delta s’est retiré (conflit d’intérêts)\u00a0: ni vote, ni "
        "décompte dans le quorum. Alpha a voté aussi pour Gamma (pouvoir).\n"
    )


def test_a_no_ends_with_one(write, capsys):
    path = write("d.csv", DECISION)
    assert main(["vote", path, "--method", "majority", "--majority", "3/4", "--json"]) == 1
    assert answer(capsys)["outcome"] == "rejected"
    assert main(["vote", path, "--method", "majority", "--majority", "3/4", "--weighted", "--json"]) == 0
    assert answer(capsys)["for"] == "4"
    assert main(["vote", path, "--method", "majority", "--quorum", "1/2", "--members", "20"]) == 1
    assert capsys.readouterr().out == "pas de quorum\n"


def test_consent(write, capsys):
    text = "seat,choice,why\nAlpha,consentement,\nBeta,objection,Trop cher\n"
    assert main(["vote", write("c.csv", text), "--method", "consent", "--explain"]) == 1
    assert "Objection de Beta\u00a0: «\u00a0Trop cher\u00a0»." in capsys.readouterr().out


SOCIOCRATIC = """seat;tour 1;tour 2;choice;why
Alpha;Aude;;consentement;
Beta;Aude;Chloé;consentement;
Gamma;Chloé;;consentement;
Delta;Chloé;;{last}
"""


@pytest.mark.parametrize(
    ("last", "code", "winners"), [("oui;", 2, None), ("consentement;", 0, ["Chloé"]), ("objection;Déjà chargée", 1, [])]
)
def test_an_election_without_candidates(write, capsys, last, code, winners):
    path = write("e.csv", SOCIOCRATIC.format(last=last))
    assert main(["vote", path, "--method", "sociocratic", "--json"]) == code
    if winners is not None:
        found = answer(capsys)
        assert found["winners"] == winners
        assert "Tour 2\u00a0: Chloé 3, Aude 1." in found["explanation"]


def test_level_names_call_for_another_round(write, capsys):
    path = write("e.csv", "seat,round 1,choice\nA,Aude,consent\nB,Chloé,consent\n")
    assert main(["--lang", "en", "vote", path, "--method", "sociocratic"]) == 1
    assert capsys.readouterr().out == "tie, Aude, Chloé\n"
    assert main(["--lang", "en", "vote", path, "--method", "sociocratic", "--proposed", "Aude"]) == 0
    assert capsys.readouterr().out == "chosen, Aude\n"


@pytest.mark.parametrize(
    ("name", "text", "more", "said"),
    [
        ("a.soc", SOC.replace("2: 2", "2: 9"), ["--method", "irv"], "ligne 6, champ «\u00a0order\u00a0»"),
        ("a.soc", SOC, ["--method", "score"], "demande des notes"),
        ("a.soc", SOC, ["--method", "majority"], "demande des votes pour ou contre"),
        ("a.soc", SOC, ["--method", "irv", "--seats", "2"], "qu’une place"),
        ("a.soc", SOC, ["--method", "stv", "--seats", "0"], "au moins 1"),
        ("a.csv", "A,B\n5,3\n", ["--method", "score", "--top", "4"], "ligne 2, champ «\u00a0A\u00a0»"),
        ("d.csv", DECISION, ["--method", "majority", "--majority", "most"], "majorité inconnue"),
        ("d.csv", DECISION, ["--method", "majority", "--quorum", "1/0"], "quorum illisible"),
        ("d.csv", DECISION, ["--method", "majority", "--quorum", "2"], "part entre 0 et 1"),
        ("d.csv", DECISION, ["--method", "consent"], "ne va pas avec la méthode consent"),
        ("d.csv", DECISION.replace("Beta", "Alpha"), ["--method", "majority"], "ligne 3, champ «\u00a0seat\u00a0»"),
        (
            "d.csv",
            DECISION.replace(";Alpha;", ";Zeta;"),
            ["--method", "majority"],
            "ligne 4, champ «\u00a0proxy\u00a0»",
        ),
    ],
)
def test_a_wrong_file_or_call_gets_one_sentence(write, capsys, name, text, more, said):
    assert main(["vote", write(name, text), *more]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert said in out.err
    assert out.err.count("\n") == 1


def test_the_ballots_of_the_data_folder(shared_data: Path, capsys):
    path = shared_data / "voting" / "abcvoting" / "instanceL0002.abc.yaml"
    assert main(["vote", str(path), "--method", "approval"]) == 0
    assert capsys.readouterr().out == "0, 2, 3\n"
    path = shared_data / "voting" / "abcvoting-formats" / "data" / "poland_lodz_2020_mileszki.pb"
    assert main(["vote", str(path), "--method", "approval"]) == 0
    assert capsys.readouterr().out == "Mileszki - Nowa Droga.\n"
    for wrong in sorted((shared_data / "voting" / "abcvoting-formats" / "data-fail").iterdir()):
        assert main(["vote", str(wrong), "--method", "approval"]) == 2
        assert "ligne " in capsys.readouterr().err
