"""A shared post: the complete cost by the hour, shared to the cent, with no margin."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.posts import Used, hourly_cost, month_of, year_end
from cordee.engines.units import Cents, MemberId

HOURS = st.lists(st.integers(0, 20_000), min_size=1, max_size=6)


def test_an_hour_costs_all_that_the_year_costs() -> None:
    costs = {"gross": 4_200_000, "contributions": 1_764_000, "other": 430_000}
    assert round(hourly_cost(costs, Fraction(1527))) == 4187


@given(HOURS, st.integers(1, 10_000_000), st.integers(1, 3000))
def test_all_pay_the_cost_of_all_hours_and_no_more(hours: list[int], cost: int, billable: int) -> None:
    hourly = hourly_cost({"gross": cost}, Fraction(billable))
    used = {f"m{place}": Used(Fraction(each, 100)) for place, each in enumerate(hours)}
    month = month_of(hourly, used)
    assert sum(month.wages.values()) == round(hourly * Fraction(sum(hours), 100))
    for place, each in enumerate(hours):
        assert abs(month.wages[f"m{place}"] - hourly * Fraction(each, 100)) < 2
        assert each or month.total[f"m{place}"] == 0


def test_expenses_and_commissions_are_each_ones_own() -> None:
    used = {"a": Used(Fraction(10), 1200), "b": Used(Fraction(0), orders=1_000_000)}
    month = month_of(Fraction(4000), used, Fraction(5, 100))
    assert dict(month.total) == {"a": 41_200, "b": 50_000}


@pytest.mark.parametrize("wrong", [Used(Fraction(-1)), Used(Fraction(1), -1), Used(Fraction(1), 0, -1)])
def test_nothing_is_below_zero(wrong: Used) -> None:
    with pytest.raises(ValueError, match="below zero"):
        month_of(Fraction(1), {"a": wrong})


def test_a_post_has_hours_and_no_negative_cost() -> None:
    assert dict(month_of(Fraction(1), {}).total) == {}
    with pytest.raises(ValueError, match="hours"):
        hourly_cost({"gross": 1}, Fraction(0))
    with pytest.raises(ValueError, match="below zero"):
        hourly_cost({"gross": -1}, Fraction(1))


@given(
    st.integers(0, 10**8), st.integers(0, 10**8), st.dictionaries(st.text(max_size=3), st.integers(1, 5000), min_size=1)
)
def test_a_year_leaves_no_profit(actual: int, billed: int, hours: dict[str, int]) -> None:
    asked = year_end(Cents(actual), Cents(billed), {MemberId(who): Fraction(one) for who, one in hours.items()})
    assert sum(asked.values()) == actual - billed
    assert all((cents >= 0) == (actual >= billed) or cents == 0 for cents in asked.values())
