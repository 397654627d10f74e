from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.lifecycle import (
    DECISION_TYPES,
    FORMS,
    default_rule,
    earliest_meeting,
    exclusion_vote_open,
    proposed_rule,
    purpose_review_due,
    second_call,
    withdrawal_effective,
)
from cordee.engines.voting import Rule, Vote, Votes, count

HALF, TWO_THIRDS, NONE = Fraction(1, 2), Fraction(2, 3), Fraction(0)

PROPOSED = [
    ("ordinary", "simple", HALF),
    ("budget", "two_thirds", HALF),
    ("sharing_key", "two_thirds", HALF),
    ("admission", "two_thirds", HALF),
    ("exclusion", "two_thirds", TWO_THIRDS),
    ("purpose", "two_thirds", TWO_THIRDS),
    ("rules_amendment", "two_thirds", TWO_THIRDS),
    ("winding_up", "two_thirds", TWO_THIRDS),
    ("solidarity", "unanimity", Fraction(1)),
]


@pytest.mark.parametrize(("decision", "majority", "quorum"), PROPOSED)
def test_the_house_proposes(decision, majority, quorum):
    rule = proposed_rule(decision)
    assert (rule.majority, rule.quorum, rule.weighted) == (majority, quorum, False)


def test_every_type_of_decision_is_in_the_table():
    assert {row[0] for row in PROPOSED} == set(DECISION_TYPES)


@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_bound_by_the_vote_of_others(form):
    rule = default_rule(form, "solidarity")
    most = Votes(tuple("ABC"), (Vote("A", "for"), Vote("B", "for")), present=frozenset("C"))
    assert count(most, rule).outcome == "rejected"
    assert rule.each_signs


@pytest.mark.parametrize(
    ("form", "decision", "majority", "quorum"),
    [
        ("gie", "ordinary", "unanimity", NONE),
        ("gie", "winding_up", "unanimity", NONE),
        ("gme_conjoint", "ordinary", "simple", HALF),
        ("gme_solidaire", "budget", "unanimity", NONE),
        ("association", "budget", "simple", NONE),
        ("association", "winding_up", "unanimity", NONE),
        ("ge", "admission", "two_thirds", HALF),
        ("", "budget", "two_thirds", HALF),
    ],
)
def test_when_the_signed_rules_are_silent(form, decision, majority, quorum):
    rule = default_rule(form, decision)
    assert (rule.majority, rule.quorum) == (majority, quorum)


def test_unanimity_of_a_gie_is_that_of_all_members_but_of_an_association_that_of_votes_cast():
    votes = Votes(tuple("ABC"), (Vote("A", "for"), Vote("B", "for")))
    assert count(votes, default_rule("gie", "budget")).outcome == "rejected"
    assert count(votes, default_rule("association", "winding_up")).outcome == "adopted"


def test_unknown_names():
    with pytest.raises(ValueError, match="legal form"):
        default_rule("club", "budget")
    with pytest.raises(ValueError, match="type of decision"):
        proposed_rule("lunch")


def test_delays():
    sent = date(2026, 6, 1)
    assert earliest_meeting(sent, Rule()) == date(2026, 6, 16)
    assert earliest_meeting(sent, Rule(), urgent=True) == date(2026, 6, 9)
    assert second_call(sent, Rule()) == date(2026, 6, 9)
    assert second_call(sent, Rule(second_quorum=None)) is None
    assert purpose_review_due(date(2028, 2, 29)) == date(2029, 2, 28)


def test_nobody_is_excluded_unheard():
    sent, day = date(2026, 6, 1), date(2026, 6, 16)
    assert exclusion_vote_open(sent, True, day)
    assert not exclusion_vote_open(sent, False, day)
    assert not exclusion_vote_open(sent, True, date(2026, 6, 15))
    assert not exclusion_vote_open(None, True, day)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 24), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
@settings(deadline=None, max_examples=100, derandomize=True)
def test_a_departure_waits_for_notice_and_commitments(asked, months, end):
    day = withdrawal_effective(asked, months)
    whole = (day.year - asked.year) * 12 + day.month - asked.month
    assert whole == months
    assert day.day == asked.day or (day + timedelta(days=1)).day == 1
    assert withdrawal_effective(asked, months, end) == max(day, end)


def test_who_leaves_keeps_current_commitments():
    assert withdrawal_effective(date(2026, 11, 30)) == date(2027, 2, 28)
    assert withdrawal_effective(date(2026, 1, 31), 6, date(2027, 1, 1)) == date(2027, 1, 1)
    assert withdrawal_effective(date(2026, 12, 15), 0) == date(2026, 12, 15)
    with pytest.raises(ValueError, match="negative"):
        withdrawal_effective(date(2026, 1, 1), -1)
