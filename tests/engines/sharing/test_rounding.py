"""Largest remainder: the cents always add up."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.sharing import Unfit, share, whole_cents

weights = (
    st.lists(st.builds(Fraction, st.integers(0, 5000), st.integers(1, 50)), min_size=1, max_size=12)
    .filter(any)
    .map(lambda found: {f"m{i:02}": weight for i, weight in enumerate(found)})
)
totals = st.integers(-(10**9), 10**9)


@settings(deadline=None, max_examples=100)
@given(totals, weights)
def test_sum_is_the_total_and_each_is_within_a_cent(total: int, weights: dict[str, Fraction]) -> None:
    shares = share(total, weights)
    whole = sum(weights.values())
    assert sum(shares.values()) == total
    for member, cents in shares.items():
        assert abs(cents - total * weights[member] / whole) < 1
        assert weights[member] or cents == 0


@settings(deadline=None, max_examples=50)
@given(totals, weights, st.randoms(use_true_random=False))
def test_order_of_members_changes_nothing(total: int, weights: dict[str, Fraction], chance) -> None:  # type: ignore[no-untyped-def]
    mixed = list(weights.items())
    chance.shuffle(mixed)
    assert share(total, dict(mixed)) == share(total, weights)


def test_ties_go_to_the_first_ids() -> None:
    assert share(100, {"c": Fraction(1), "b": Fraction(1), "a": Fraction(1)}) == {"a": 34, "b": 33, "c": 33}
    assert share(-100, {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}) == {"a": -33, "b": -33, "c": -34}


def test_largest_remainder_gets_the_cent() -> None:
    assert share(10, {"a": Fraction(60), "b": Fraction(26), "c": Fraction(14)}) == {"a": 6, "b": 3, "c": 1}


@pytest.mark.parametrize("weights", [{}, {"a": Fraction(0)}, {"a": Fraction(-1), "b": Fraction(2)}])
def test_impossible_weights_are_refused(weights: dict[str, Fraction]) -> None:
    with pytest.raises(Unfit):
        share(100, weights)


def test_parts_that_are_not_whole_cents_in_all_are_refused() -> None:
    with pytest.raises(Unfit):
        whole_cents({"a": Fraction(1, 2)})


def test_what_is_carried_decides_who_gets_the_cent() -> None:
    halves = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
    assert whole_cents(halves) == {"a": 1, "b": 0}
    assert whole_cents(halves, {"a": Fraction(-1, 2), "b": Fraction(1, 2)}) == {"a": 0, "b": 1}
