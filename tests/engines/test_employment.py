"""A shared employee in money: months, years and reserves add up to the cent, and nobody pays hours twice."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.employment import bills_of, given_back, rebalance, reserve_rule, say_turn
from cordee.engines.posts import hourly_cost
from cordee.engines.units import Cents, MemberId

CENTS = st.integers(0, 10_000_000).map(Cents)
WHO = st.sampled_from([MemberId(name) for name in "abcde"])
HOURS = st.integers(0, 160_000).map(lambda value: Fraction(value, 100))


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(["gross", "leave", "payroll", "reserve"]), CENTS, min_size=1),
    st.integers(1, 200_000),
    st.dictionaries(WHO, st.integers(0, 20_000), min_size=1),
    st.dictionaries(WHO, CENTS),
)
def test_a_month_adds_up(costs: dict[str, Cents], billable: int, minutes: dict[MemberId, int], spent: dict) -> None:
    hours = Fraction(billable, 100)
    found = bills_of(costs, hours, minutes, spent)
    exact = hourly_cost(costs, hours) * sum(minutes.values()) / 60
    assert sum(one.wages for one in found.values()) == round(exact)
    assert sum(one.total for one in found.values()) == round(exact) + sum(spent.values())
    if any(costs.values()):
        assert all(sum(one.lines.values()) == one.wages for one in found.values())


@settings(max_examples=60)
@given(
    CENTS,
    st.dictionaries(WHO, HOURS, min_size=1),
    st.dictionaries(WHO, HOURS),
    st.dictionaries(WHO, CENTS),
    st.integers(1, 100),
)
def test_a_year_adds_up(actual: Cents, agreed: dict, taken: dict, billed: dict, percent: int) -> None:
    floor = Fraction(percent, 100)
    if not any(agreed.values()) and not any(taken.values()):
        return
    found = rebalance(actual, agreed, taken, billed, floor)
    assert sum(one.due for one in found.values()) == actual
    assert sum(one.correction for one in found.values()) == actual - sum(billed.values())
    for who, one in found.items():
        if one.taken >= floor * one.agreed:
            assert one.counted == taken.get(who, 0)
        else:
            assert one.counted == floor * one.agreed
        assert len(say_turn(one, floor)) == len(say_turn(one, floor, "en")) == 2


@given(CENTS, st.dictionaries(WHO, CENTS, min_size=1))
@settings(max_examples=40)
def test_the_reserve_comes_back_whole(balance: Cents, put_in: dict[MemberId, Cents]) -> None:
    if not any(put_in.values()):
        with pytest.raises(ValueError, match="poids"):
            given_back(balance, put_in)
        return
    assert sum(given_back(balance, put_in).values()) == balance


def test_what_does_not_make_sense_is_refused() -> None:
    a = MemberId("a")
    with pytest.raises(ValueError, match="below zero"):
        rebalance(Cents(-1), {}, {a: Fraction(1)}, {})
    with pytest.raises(ValueError, match="below zero"):
        rebalance(Cents(1), {}, {a: Fraction(1)}, {}, Fraction(2))
    with pytest.raises(ValueError, match="below zero"):
        given_back(Cents(-1), {a: Cents(1)})
    assert reserve_rule(reserve_rule(date(1990, 1, 1)).since).cap == 1_000_000
