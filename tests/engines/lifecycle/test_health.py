from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.lifecycle import Life, MemberLife, review_outcome, say_sign, signs

TODAY = date(2026, 6, 1)
BUSY = MemberLife("A", date(2025, 1, 1), TODAY - timedelta(days=3), asked=4, answered=4)
WELL = Life((BUSY, replace(BUSY, id="B"), replace(BUSY, id="C")), TODAY - timedelta(days=3))


def codes(life):
    return [(sign.code, sign.member) for sign in signs(life, TODAY)]


def test_a_grouping_that_is_well_shows_nothing():
    assert signs(WELL, TODAY) == ()


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"last_act": TODAY - timedelta(days=60)}, "silent", "Rien depuis 60 jours"),
        ({"last_act": None}, "silent", "un appel suffit souvent"),
        ({"answered": 1}, "absent", "1 réponse sur les 4 derniers votes"),
        ({"unpaid_since": TODAY - timedelta(days=30)}, "unpaid", "attend depuis 30 jours"),
    ],
)
def test_signs_of_one_member(change, code, said):
    life = replace(WELL, members=(replace(BUSY, **change), *WELL.members[1:]))
    assert codes(life) == [(code, "A")]
    assert said in say_sign(signs(life, TODAY)[0])


def test_signs_of_all():
    few = tuple(replace(each, answered=1) for each in WELL.members)
    assert ("few_votes", "") in codes(replace(WELL, members=few))
    assert codes(replace(WELL, undone=(TODAY - timedelta(days=20), TODAY))) == [("undone", "")]
    assert "1 décision adoptée attend" in say_sign(signs(replace(WELL, undone=(date(2026, 1, 1),)), TODAY)[0])


def test_where_all_rest_nobody_is_called_silent():
    rest = tuple(replace(each, last_act=date(2026, 1, 1)) for each in WELL.members)
    assert codes(Life(rest, date(2026, 1, 1))) == [("quiet", "")]


def test_more_answers_than_questions_cannot_be():
    with pytest.raises(ValueError, match="more votes"):
        signs(replace(WELL, members=(replace(BUSY, answered=5),)), TODAY)


DAYS = st.dates(date(2025, 1, 1), TODAY)


@given(DAYS, st.integers(0, 6), st.integers(0, 6), st.none() | DAYS, st.lists(DAYS, max_size=3))
@settings(max_examples=80)
def test_more_of_what_is_good_never_adds_a_sign(last, asked, missed, unpaid, undone):
    member = MemberLife("A", date(2025, 1, 1), last, asked + missed, asked, unpaid)
    life = Life((member, replace(BUSY, id="B")), TODAY, tuple(undone))
    better = replace(member, last_act=TODAY, answered=asked + missed, unpaid_since=None)
    assert len(signs(replace(life, members=(better, life.members[1]), undone=()), TODAY)) <= len(signs(life, TODAY))
    for sign in signs(life, TODAY):
        assert say_sign(sign) != say_sign(sign, "en")


@given(st.lists(st.sampled_from(["continue", "change", "pause", "wind_up"]), max_size=9))
@settings(max_examples=80)
def test_going_on_unless_more_than_half_ask_otherwise(answers):
    outcome = review_outcome(answers)
    if 2 * answers.count("continue") >= len(answers):
        assert outcome == "continue"
    for alone in ("wind_up", "pause"):
        assert (outcome == alone) == (2 * answers.count(alone) > len(answers))


def test_an_unknown_answer():
    with pytest.raises(ValueError, match="no such answer"):
        review_outcome(["perhaps"])
