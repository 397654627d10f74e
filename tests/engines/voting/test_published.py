"""Examples published or worked out by hand, and the approval elections of the optional data folder."""

import json
import re
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

from cordee.engines.voting import Profile, explain_choice, say_step
from cordee.engines.voting.ballot_files import as_profile, read_ballots
from cordee.engines.voting.graded import approval, majority_judgment, score
from cordee.engines.voting.profile import pairwise
from cordee.engines.voting.ranked import condorcet, schulze, strongest_paths
from cordee.engines.voting.runoff import irv, pick_last
from cordee.engines.voting.stv import stv

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "voting"

SCHULZE_45 = Profile(
    tuple("ABCDE"),
    [tuple(order) for order in ("ACBED", "ADECB", "BEDAC", "CABED", "CAEBD", "CBADE", "DCEBA", "EBADC")],
    [5, 5, 8, 3, 7, 2, 7, 8],
)


def test_schulze_45_voters():
    assert pairwise(SCHULZE_45) == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert strongest_paths(pairwise(SCHULZE_45)) == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]
    assert schulze(SCHULZE_45).ranking == (("E",), ("A",), ("C",), ("B",), ("D",))
    assert explain_choice(schulze(SCHULZE_45), SCHULZE_45, "en") == (
        "45 ballots. E beats A 23 to 22. E beats B 27 to 18. E loses to C 21 to 24. Yet through a chain of duels won, "
        "E is ahead of C: weakest link 28, against 24. E beats D 31 to 14. Chosen: E."
    )


# The capital of Tennessee: each city is the first choice of those who live near it.
CITIES = ("Memphis", "Nashville", "Knoxville", "Chattanooga")
M, N, K, C = CITIES
TENNESSEE = Profile(CITIES, [(M, N, C, K), (N, C, K, M), (C, K, N, M), (K, C, N, M)], [42, 26, 15, 17])


def test_the_capital_of_tennessee():
    assert schulze(TENNESSEE).ranking == ((N,), (C,), (K,), (M,))
    assert condorcet(TENNESSEE).winners == (N,)
    found = irv(TENNESSEE)
    assert found.winners == (K,)
    assert say_step(found.log[-1]) == "Knoxville a plus de la moitié\u00a0: 58 voix sur 100."
    grades = [dict(zip(b, (3, 2, 1, 0), strict=True)) for b in TENNESSEE.ballots]
    assert score(Profile(CITIES, grades, TENNESSEE.weights)).scores == ((M, 126), (N, 194), (K, 107), (C, 173))
    assert approval(Profile(CITIES, [set(b[:2]) for b in TENNESSEE.ballots], TENNESSEE.weights)).winners == (N,)


def test_a_circle_is_declared():
    circle = Profile(tuple("ABC"), [tuple("ABC"), tuple("BCA"), tuple("CAB")])
    for found in (schulze(circle), condorcet(circle)):
        assert (found.winners, found.tied, found.left) == (tuple("ABC"), tuple("ABC"), 1)
    assert set(irv(circle).tied) == {"A", "B", "C"}


def test_majority_judgment_by_hand():
    # Medians: A 3 of (1, 3, 3, 5), lower one; B 3 of (2, 3, 4, 4); without one 3 each: A (1, 3, 5), B (2, 4, 4).
    ballots = [{"A": 1, "B": 4}, {"A": 3, "B": 3}, {"A": 3, "B": 2}, {"A": 5, "B": 4}]
    found = majority_judgment(Profile(("A", "B"), ballots))
    assert dict(found.scores) == {"A": 3, "B": 3}
    assert found.winners == ("B",)


def test_stv_by_hand():
    # Quota 14/3 + 1 = 5. A has 7: surplus 2, each ballot goes on at 2/7 = 0.28571, so B gets 1.99997.
    found = stv(Profile(tuple("ABCD"), [("A", "B"), ("B",), ("C", "D"), ("D",)], [7, 2, 3, 2]), 2)
    said = [say_step(step, "en") for step in found.log]
    assert said[0] == "5 votes are needed to be elected (14 votes, 2 seats to fill)."
    assert said[1] == "Stage 1: A 7, C 3, B 2, D 2."
    assert said[4].startswith("Stage 2: B 399997/100000, C 3")
    assert found.winners == ("A", "B")


def test_stv_values_are_rounded_down():
    # Quota 11/4 + 1 = 3. A has 9: surplus 6, each ballot goes on at 6/9 = 0.66666, not 0.66667.
    found = stv(Profile(tuple("ABCD"), [("A", "B"), ("C",), ("D",)], [9, 1, 1]), 3)
    assert any(step.code == "stage" and "B 299997/50000" in str(step["votes"]) for step in found.log)


def test_only_duels_won_make_a_chain():
    # C loses to D by 10 to 11: that link, though strong, carries no chain from B to A.
    wins = [[0, 3, 0, 0], [2, 0, 20, 0], [0, 0, 0, 10], [20, 0, 11, 0]]
    assert strongest_paths(wins) == [[0, 3, 3, 0], [0, 0, 20, 0], [0, 0, 0, 0], [20, 3, 11, 0]]


def test_the_latest_round_that_tells_them_apart_breaks_a_tie():
    past = [
        {"A": Fraction(1), "B": Fraction(2)},
        {"A": Fraction(3), "B": Fraction(2)},
        {"A": Fraction(4), "B": Fraction(4)},
    ]
    assert pick_last(["A", "B"], past, ("A", "B"), []) == "B"
    assert pick_last(["A", "B"], past[:1] + past[2:], ("A", "B"), []) == "A"
    assert pick_last(["A", "B"], past[2:], ("A", "B"), []) == "B"


def test_stv_ties_go_by_earlier_stages_then_by_published_order():
    found = stv(Profile(tuple("ABC"), [("A",), ("B",), ("C",)]), 1)
    assert "Tie between A, B, C, broken by the published order of options: C." in [
        say_step(step, "en") for step in found.log
    ]
    # B and C have 3 each in round 2; in round 1 C had 2, B had 3: C leaves.
    found = irv(Profile(tuple("ABCD"), [("A",), ("B",), ("C",), ("D", "C")], [4, 3, 2, 1]))
    assert "broken by round 1" in " ".join(say_step(step, "en") for step in found.log)
    assert found.ranking == (("A",), ("B",), ("C",), ("D",))


def expected_committees(text: str) -> list[set[frozenset[int]]]:
    """The committees that the file gives for plain approval, all of them (resolute: false)."""
    found = []
    for entry in text.split("- rule_id: ")[1:]:
        flat = " ".join(entry.split())
        got = re.match(r"av (?:.*?)result: (\[\[.*?\]\]) resolute: false", flat)
        if got:
            found.append({frozenset(one) for one in json.loads(got[1])})
    return found


@pytest.mark.skipif(not DATA.is_dir(), reason="optional data folder ../shared/data/voting is not there")
def test_approval_elections_with_known_winners():
    checked = 0
    for path in sorted((DATA / "abcvoting").glob("*.yaml")):
        ballots = read_ballots(path.read_bytes(), path.name)
        found = approval(as_profile(ballots, "approval"), ballots.seats)
        sure = {int(name) for name in found.winners if name not in found.tied}
        committees = {frozenset(sure | {int(n) for n in some}) for some in combinations(found.tied, found.left)}
        for expected in expected_committees(path.read_text()):
            assert committees == expected, path.name
            checked += 1
    assert checked >= 70


def test_fractions_of_votes_stay_exact():
    third = Fraction(1, 3)
    found = schulze(Profile(("A", "B"), [("A", "B"), ("B", "A"), ("B", "A")], [2 * third, third, third]))
    assert found.tied == ("A", "B")
