"""A brand's audits, sanctions and dates."""

from datetime import date, timedelta
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.brand import Point, Verdict, brand_dates, explain_score, facts, next_step, sanction_vote_open, score

points = st.lists(
    st.builds(
        Point,
        label=st.sampled_from(["Accueil", "Façade"]),
        verdict=st.sampled_from(get_args(Verdict)),
        weight=st.integers(1, 3),
        essential=st.booleans(),
    ),
    max_size=8,
)
BETTER = {"no": "partly", "partly": "ok"}


@settings(max_examples=40)
@given(points, st.integers(0, 100))
def test_a_score_holds_together(rows: list[Point], percent: int) -> None:
    found = score(rows, Fraction(percent, 100))
    assert 0 <= found.part <= 1
    if any(not row.verdict for row in rows):
        assert found.passed is None
    elif found.passed:
        assert found.part >= Fraction(percent, 100)
        assert all(row.verdict in ("ok", "out") for row in rows if row.essential)
    for place, row in enumerate(rows):
        if row.verdict in BETTER:
            up = Point(row.label, BETTER[row.verdict], row.weight, row.essential)  # type: ignore[arg-type]
            assert score([*rows[:place], up, *rows[place + 1 :]], Fraction(1, 2)).part >= found.part
    assert "{" not in "".join((*explain_score(found), *explain_score(found, "en")))


def test_a_score_says_why() -> None:
    rows = [Point("Accueil", "ok", 2), Point("Devis signé", "partly", 1, essential=True), Point("Tenue", "no")]
    assert explain_score(score(rows, Fraction(4, 5))) == (
        "2,5 points sur 4, soit 62,5\u202f%\u202f; la règle demande 80\u202f%.",
        "Essentiel et non tenu\u00a0: Devis signé. Sans lui, l’audit n’est pas réussi.",
        "L’audit n’est pas réussi.",
    )
    assert explain_score(score([Point("Tenue", "out")], Fraction(1, 2)))[0].startswith("Aucun point ne s’applique")
    with pytest.raises(ValueError, match="weight"):
        score([Point("Tenue", "ok", 0)], Fraction(1, 2))


def test_no_step_of_the_ladder_is_left_out() -> None:
    assert next_step([]) == "warning"
    assert next_step(["suspension"]) == "warning"
    assert next_step(["warning", "suspension"]) == "withdrawal"
    assert next_step(["warning", "suspension", "withdrawal"]) is None


@given(st.integers(0, 60), st.integers(0, 60))
def test_nobody_is_judged_before_being_heard(until_hearing: int, waited: int) -> None:
    first = date(2027, 1, 4)
    hearing, today = first + timedelta(days=until_hearing), first + timedelta(days=waited)
    assert sanction_vote_open(first, hearing, today) == (waited >= 15 and today >= hearing)


@given(
    st.dictionaries(st.sampled_from(["filed", "published", "registered"]), st.dates(date(2000, 1, 1), date(2060, 1, 1)))
)
def test_dates_follow_only_from_what_is_known(known: dict[str, date]) -> None:
    rows, _known_on, checked = facts()
    found = brand_dates(known)
    assert [one.code for one in rows if one.after in known] == sorted(
        (one.code for one in found), key=[row.code for row in rows].index
    )
    assert list(found) == sorted(found, key=lambda one: (one.on, one.code))
    assert all(one.on >= min(known.values()) for one in found)
    assert checked is False  # until somebody reads the text of the day


def test_ten_years_from_the_filing() -> None:
    days = {one.code: one.on for one in brand_dates({"filed": date(2024, 2, 29), "registered": date(2024, 7, 12)})}
    assert days["renewal"] == date(2034, 2, 28)
    assert days["use"] == date(2029, 7, 12)
    assert "opposition" not in days
