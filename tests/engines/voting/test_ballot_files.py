import contextlib
import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.voting.ballot_files import BallotError, as_profile, read_ballots

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "voting" / "abcvoting-formats"

SOC = """# DATA TYPE: toc
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 5
# ALTERNATIVE NAME 1: Montpellier
# ALTERNATIVE NAME 2: Sète
# ALTERNATIVE NAME 3: Nîmes
2: 1,2,3
3: 2,{1,3}
"""

FORMER = "3\n1,Montpellier\n2,Sète\n3,Nîmes\n5,5,2\n2,1,2,3\n3,2,{1,3}\n"

CAT = """# NUMBER ALTERNATIVES: 3
# NUMBER CATEGORIES: 2
# ALTERNATIVE NAME 1: A
# ALTERNATIVE NAME 2: B
# ALTERNATIVE NAME 3: C
2: {1,2},3
1: {},{1,2,3}
"""


@pytest.mark.parametrize("text", [SOC, FORMER, SOC.replace("\n", "\r\n"), "\ufeff" + SOC])
def test_orders_in_both_headers(text):
    found = read_ballots(text.encode(), "vote.toc")
    assert found.options == ("Montpellier", "Sète", "Nîmes")
    assert found.rows == ((("Montpellier",), ("Sète",), ("Nîmes",)), (("Sète",), ("Montpellier", "Nîmes")))
    assert found.weights == (2, 3)


def test_categories_are_grades_and_the_first_approves():
    found = read_ballots(CAT.encode(), "vote.cat")
    assert found.rows == ({"A": 1, "B": 1, "C": 0}, {"A": 0, "B": 0, "C": 0})
    assert as_profile(found, "approval").ballots == [{"A", "B"}, frozenset()]
    assert as_profile(found, "schulze").ballots[0] == (("A", "B"), "C")


def test_an_incomplete_order_approves_what_it_names():
    found = read_ballots(SOC.replace("3: 2,{1,3}", "3: 2,").encode(), "vote.soi")
    assert as_profile(found, "approval").ballots[1] == {"Sète"}


def test_options_of_one_name_are_told_apart():
    found = read_ballots(SOC.replace("Nîmes", "Sète").encode(), "vote.toc")
    assert found.options == ("Montpellier", "Sète (2)", "Sète (3)")


YAML = """description: "three voters,
  two seats"
profile: [[0, 2], {1},
  []]
num_cand: 4
voter_weights: [1.5, 1, 2]
committeesize: 2
compute:
- rule_id: av
  result: [[0, 2]]
"""


def test_approval_elections():
    found = read_ballots(YAML.encode(), "vote.abc.yaml")
    assert found.options == ("0", "1", "2", "3")
    assert found.rows == ({"0", "2"}, {"1"}, frozenset())
    assert (found.weights, found.seats) == ((Fraction(3, 2), 1, 2), 2)


@pytest.mark.parametrize(
    ("text", "method", "rows"),
    [
        ("ranking,count\nA>B=C,2\nC,1\n", "irv", ((("A",), ("B", "C")), (("C",),))),
        ("approved\nA|B\nC\n", "approval", ({"A", "B"}, {"C"})),
        ("entreprise;A;B\nAlpha;x;\nBeta;1;x\n", "approval", ({"A"}, {"A", "B"})),
        ("A\tB\tC\n1\t2\t2\n2\t1\t\n", "schulze", ((("A",), ("B", "C")), (("B",), ("A",)))),
        ("A,B\n5,3\n,2\n", "score", ({"A": 5, "B": 3}, {"B": 2})),
    ],
)
def test_csv(text, method, rows):
    assert read_ballots(text.encode(), "vote.csv", method).rows == rows


def test_csv_of_votes():
    found = read_ballots(b"membre;vote;pouvoir\nAlpha;Pour;\nBeta;;Alpha\n", "vote.csv", "majority")
    assert [(row["seat"], row["choice"], row["proxy"]) for row in found.rows] == [
        ("Alpha", "for", ""),
        ("Beta", "", "Alpha"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "line", "field", "said"),
    [
        ("a.soc", SOC.replace("2: 1", "x: 1"), 7, "count", "« x »".replace(" ", "\u00a0")),
        ("a.soc", SOC.replace("2: 1", "2, 1"), 7, "count", "il manque"),
        ("a.soc", SOC.replace("1,2,3", "1,2,4"), 7, "order", "option déclarée"),
        ("a.soc", SOC.replace("1,2,3", "1,2,2"), 7, "order", "deux fois"),
        ("a.soc", SOC.replace("1,2,3", "1,{2,3"), 7, "order", "accolade"),
        ("a.soc", SOC.replace("1,2,3", "1,{2,{3}}"), 7, "order", "accolade"),
        ("a.soc", SOC.replace("1,2,3", "1,,3"), 7, "order", "manque"),
        ("a.soc", SOC.replace("S: 3\n# N", "S: 4\n# N"), 2, "NUMBER ALTERNATIVES", "annonce 4 options"),
        ("a.soc", SOC.replace("VOTERS: 5", "VOTERS: 6"), 3, "NUMBER VOTERS", "6 votants"),
        ("a.soc", SOC.replace("NAME 2", "NAME 1"), 5, "ALTERNATIVE NAME 1", "deux fois"),
        ("a.soc", "# TITLE: rien\n1: 1\n", 1, "ALTERNATIVE NAME 1", "manque"),
        ("a.soc", FORMER.replace("3,Nîmes", "4,Nîmes"), 4, "alternative", "numéro 3"),
        ("a.soc", FORMER.replace("5,5,2", "5,5"), 5, "voters,total,orders", "trois nombres"),
        ("a.soc", FORMER.replace("5,5,2", "5,6,2"), 5, "voters", "6 votants"),
        ("a.cat", CAT.replace("{1,2},3", "1,2,3"), 6, "order", "3 catégories"),
        ("a.yaml", YAML.replace("profile", "profiles"), 1, "profile", "manque"),
        ("a.yaml", YAML.replace("{1}", "{x}"), 3, "profile", "liste de listes"),
        ("a.yaml", YAML.replace("{1}", "{1, 1}"), 3, "profile", "deux fois"),
        ("a.yaml", YAML.replace("num_cand: 4", "num_cand: 2"), 3, "profile", "option déclarée"),
        ("a.yaml", YAML.replace("num_cand: 4", "num_cand: 999999999"), 5, "num_cand", "nombre entier"),
        ("a.yaml", YAML.replace("1.5, 1, 2", "1.5, 1"), 6, "voter_weights", "2 poids pour 3"),
        ("a.yaml", YAML.replace("1.5", "1e999999999"), 6, "voter_weights", "nombre de voix"),
        ("a.yaml", YAML + "num_voters: 2\n", 11, "num_voters", "2 votants"),
        ("a.yaml", YAML.replace("rule_id", "rule"), 9, "rule_id", "manque"),
        ("a.csv", "ranking,count\nA>B,2\nA>A,1\n", 3, "ranking", "deux fois"),
        ("a.csv", "ranking,count\nA>B,-2\n", 2, "count", "nombre de voix"),
        ("a.csv", "ranking,count\nA>B\n", 2, "", "1 cases, 2 colonnes"),
        ("a.csv", "seat,choice\nAlpha,peut-être\n", 2, "choice", "peut-être"),
        ("a.csv", "A,B\n1,deux\n", 2, "B", "deux"),
        ("a.csv", "A,A\n1,2\n", 1, "A", "deux fois"),
        ("a.csv", "seat,weight\nAlpha,2\n", 1, "", "aucune colonne"),
    ],
)
def test_a_wrong_file_gets_line_and_field(name, text, line, field, said):
    with pytest.raises(BallotError) as wrong:
        read_ballots(text.encode(), name)
    assert (wrong.value.line, wrong.value.field) == (line, field)
    assert said in wrong.value.say()
    assert wrong.value.say("en").startswith(f"line {line}")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF", "format inconnu"),
        ("a.csv", b"", "aucun bulletin"),
        ("a.soc", b"\n\n", "aucun bulletin"),
        ("a.csv", b"A,B\n", "aucun bulletin"),
        ("a.yaml", b"profile: [[], []]\n", "aucun bulletin"),
        ("a.csv", b"\xff\xfe", "UTF-8"),
        ("a.soc", b"3\0", "UTF-8"),
    ],
)
def test_what_is_no_file_of_ballots(name, data, said):
    with pytest.raises(BallotError) as wrong:
        read_ballots(data, name)
    assert said in wrong.value.say()


def test_a_method_that_cannot_count_such_ballots():
    with pytest.raises(BallotError) as wrong:
        as_profile(read_ballots(SOC.encode(), "a.soc"), "score")
    assert wrong.value.say() == (
        "la méthode score demande des notes, le fichier contient des classements\u202f; "
        "changez de méthode ou de fichier."
    )
    with pytest.raises(BallotError) as wrong:
        as_profile(read_ballots(SOC.encode(), "a.toc"), "stv")
    assert wrong.value.line == 8
    with pytest.raises(BallotError) as wrong:
        as_profile(read_ballots(b"A,B\n5,3\n", "a.csv", "score"), "score", 4)
    assert (wrong.value.line, wrong.value.field) == (2, "A")


PB = """META
key;value
num_projects;3
num_votes;2
vote_type;{kind}
PROJECTS
project_id;cost;name
1;100;Abri à vélos
2;200;Banc
3;300;Banc
VOTES
voter_id;vote;points
7;1,3;4,1
8;3;
"""


def test_the_marks_of_a_participatory_budget():
    found = read_ballots(PB.format(kind="approval").encode(), "ville.pb")
    assert (found.kind, found.options) == ("approval", ("Abri à vélos", "Banc (2)", "Banc (3)"))
    assert found.rows == ({"Abri à vélos", "Banc (3)"}, {"Banc (3)"})
    assert found.lines == (13, 14)
    ranked = read_ballots(PB.format(kind="ordinal").encode(), "ville.pb")
    assert ranked.rows[0] == (("Abri à vélos",), ("Banc (3)",))
    graded = read_ballots(PB.format(kind="scoring").replace("8;3;", "8;3;2").encode(), "ville.pb")
    assert graded.rows[0] == {"Abri à vélos": 4, "Banc (2)": 0, "Banc (3)": 1}


@pytest.mark.parametrize(
    ("here", "there", "line", "field", "said"),
    [
        ("num_votes;2", "num_votes;3", 4, "num_votes", "3 votants annoncés, 2"),
        ("num_projects;3", "num_projects;x", 3, "num_projects", "nombre entier"),
        ("vote_type;scoring", "vote_type;soleil", 5, "vote_type", "façon de voter"),
        ("2;200;Banc", "1;200;Banc", 9, "project_id", "deux fois"),
        ("8;3;", "8;3,9;", 14, "vote", "pas une option"),
        ("8;3;", "8;3,3;", 14, "vote", "deux fois"),
        ("8;3;", "8;3;;;", 14, "VOTES", "5 cases, 3 colonnes"),
        ("8;3;", "8;3;", 14, "points", "0 poids pour 1"),
        ("project_id;cost", "id;cost", 7, "project_id", "manque"),
        ("META\n", "", 1, "", "avant toute partie"),
        ("VOTES", "PROJECTS", 11, "PROJECTS", "deux fois"),
    ],
)
def test_a_wrong_participatory_budget_is_said_with_its_line(here, there, line, field, said):
    with pytest.raises(BallotError) as wrong:
        read_ballots(PB.format(kind="scoring").replace(here, there).encode(), "ville.pb")
    assert (wrong.value.line, wrong.value.field) == (line, field)
    assert said in wrong.value.say()


@pytest.mark.skipif(not DATA.is_dir(), reason="optional data folder ../shared/data/voting is not there")
def test_the_budgets_of_a_city_count_as_the_city_counted():
    for path in sorted((DATA / "data").glob("*.pb")):
        found = read_ballots(path.read_bytes(), path.name)
        counted = Counter(option for row in found.rows for option in row)
        text = path.read_text(encoding="utf-8").split("PROJECTS\n")[1].split("VOTES\n")[0]
        rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
        assert [counted[option] for option in found.options] == [int(row["votes"]) for row in rows], path.name


@given(
    st.sampled_from(
        [SOC, FORMER, CAT, YAML, PB.format(kind="scoring"), "ranking,count\nA>B,2\n", "seat;choice\nAlpha;pour\n"]
    ),
    st.sampled_from(["a.soc", "a.cat", "a.yaml", "a.csv", "a.pb"]),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from('0179,:;{}[]#>=-\n\t x’"')), max_size=4),
    st.sampled_from(["", "approval", "score", "irv"]),
)
@settings(deadline=None, max_examples=300, derandomize=True)
def test_no_slip_of_the_pen_makes_a_crash(text, name, slips, method):
    for place, letter in slips:
        text = text[: place % len(text)] + letter + text[place % len(text) + 1 :]
    with contextlib.suppress(BallotError):
        assert read_ballots(text.encode(), name, method).rows


@pytest.mark.skipif(not DATA.is_dir(), reason="optional data folder ../shared/data/voting is not there")
def test_every_wrong_file_of_the_data_folder_is_refused_with_its_line():
    for path in sorted((DATA / "data-fail").iterdir()):
        with pytest.raises(BallotError) as wrong:
            read_ballots(path.read_bytes(), path.name)
        assert wrong.value.line > 0, path.name
        assert wrong.value.field, path.name
