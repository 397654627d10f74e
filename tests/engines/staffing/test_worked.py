"""Hours really worked: the law is named broken exactly where the validator of timetables says so."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.staffing import Company, Employee, Problem, Share, Stint, Visit, breaches, violations
from cordee.engines.staffing.words import say_reason

MONDAY = date(2026, 9, 7)
SAME = {f"broken.{code}" for code in ("day", "night", "week", "days", "rest", "contract")}
ODD = {
    "early": ((300, 600), (610, 960)),
    "late": ((600, 800), (810, 1380)),
    "long": ((420, 780), (800, 1200)),
    "plain": ((540, 750), (810, 1020)),
}


@settings(max_examples=50)
@given(st.dictionaries(st.integers(0, 27), st.sampled_from(sorted(ODD)), max_size=28))
def test_the_law_is_broken_where_the_validator_says(places: dict[int, str]) -> None:
    week = frozenset(range(14))
    firms = tuple(Company(name, hours=hours, open=week) for name, hours in ODD.items())
    shares = tuple(Share(name, 28) for name in ODD)
    lea = Employee("Léa", 2100, 300, available=week)
    problem = Problem(MONDAY, 2, (lea,), firms, shares, holidays=False)
    told = violations(problem, [Visit("Léa", slot, name) for slot, name in places.items()])
    stints = [Stint(MONDAY + timedelta(days=slot // 2), *ODD[name][slot % 2]) for slot, name in sorted(places.items())]
    if any(a.day == b.day and a.end > b.start for a, b in pairwise(stints)):
        assert any(one.code == "broken.overlap" for one in breaches("Léa", stints))
        return
    found = breaches("Léa", stints, contract=2400)
    assert sorted(map(str, (one for one in found if one.code in SAME))) == sorted(
        map(str, (one for one in told if one.code in SAME))
    )


def test_each_rule_is_named_with_who_and_when() -> None:
    days = [Stint(MONDAY + timedelta(days=number), 420, 1080, pause=0) for number in range(7)]
    said = [say_reason(one) for one in breaches("Léa", [*days, Stint(MONDAY, 430, 500)])]
    for text in ("deux endroits à la même heure", "une pause de 20 minutes", "la limite est de 10 h", "de 48 h"):
        assert any(text in one for one in said), text
    assert any("plus de 6 jours" in one for one in said)
    assert breaches("Léa", [Stint(MONDAY, 540, 1020, pause=60)]) == ()
    year = [
        Stint(MONDAY + timedelta(days=7 * week + day), 480, 1050, pause=20) for week in range(12) for day in range(5)
    ]
    assert "broken.average" in {one.code for one in breaches("Léa", year)}


def test_an_impossible_stretch_is_refused() -> None:
    for start, end, pause in ((600, 600, 0), (600, 540, 0), (540, 600, 60), (540, 600, -1)):
        with pytest.raises(ValueError, match="the "):
            Stint(MONDAY, start, end, pause)
