"""Orders are shared exactly and fairly, and no total gives a company away."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.orders import Have, allocate, balances, may_release, say_part, say_why_not, why_not, widest

capacities = st.lists(st.integers(0, 60), min_size=1, max_size=6)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_a_total_that_is_told_gives_nobody_away(figures: list[int]) -> None:
    """Every member tries: is there, among all that the others may have declared, a second explanation of the total?"""
    if not may_release(figures):
        return
    some = [one for one in figures if one]
    assert len(some) >= 3
    for place in range(len(some)):
        others = some[:place] + some[place + 1 :]
        for at, truth in enumerate(others):
            rest = sum(others) - truth  # another figure for this one, the rest still at least one each
            possible = {value for value in range(1, sum(others)) if sum(others) - value >= len(others) - 1}
            assert rest >= 1
            assert possible - {truth}, (figures, place, at)


def test_why_a_total_is_kept_back() -> None:
    assert why_not([40, 25, 0]) == "few"
    assert why_not([1000, 400, 20]) == "plain"
    assert say_why_not("few").startswith("Un total se dit à partir de 3 entreprises")
    assert "one company" in say_why_not("plain", "en")
    with pytest.raises(ValueError, match="under zero"):
        may_release([3, -1])


@settings(max_examples=40)
@given(capacities, st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_by_capacity_orders_are_whole_within_room_and_even_out(capacity: list[int], orders: list[int]) -> None:
    keys = [str(place) for place in range(len(capacity))]
    taken, had = dict.fromkeys(keys, 0), dict.fromkeys(keys, 0)
    agreed = dict.fromkeys(keys, Fraction(0))
    for quantity in orders:
        rows = [
            Have(key, capacity[place], taken[key], had=had[key], agreed=agreed[key]) for place, key in enumerate(keys)
        ]
        found = allocate(quantity, rows, "capacity")
        assert sum(part.quantity for part in found.parts) + found.left == quantity
        assert all(0 <= found.of(one.key) <= one.room for one in rows)
        assert found.left == max(0, quantity - sum(one.room for one in rows))
        assert sum((part.agreed for part in found.parts), Fraction(0)) == quantity - found.left
        assert found == allocate(quantity, rows, "capacity")
        for part in found.parts:
            taken[part.key] += part.quantity
            had[part.key] += part.quantity
            agreed[part.key] += part.agreed
            assert "{" not in say_part(part.why) + say_part(part.why, "en")
    assert all(abs(had[key] - agreed[key]) < len(keys) for key in keys)


def test_rounding_is_evened_out_by_the_next_orders() -> None:
    """Three equal companies, seven orders of one: 3, 2 and 2, never one of them thrice in a row."""
    had, agreed, went = [0, 0, 0], [Fraction(0)] * 3, []
    for _order in range(7):
        rows = [Have(str(place), 100, had=had[place], agreed=agreed[place]) for place in range(3)]
        for part in allocate(1, rows, "capacity").parts:
            had[int(part.key)] += part.quantity
            agreed[int(part.key)] += part.agreed
            went += [part.key] * part.quantity
    assert had == [3, 2, 2]
    assert went == ["0", "1", "2", "0", "1", "2", "0"]


def test_a_full_company_leaves_its_part_to_the_others() -> None:
    rows = [Have("A", 50, taken=48), Have("B", 50), Have("C", 50)]
    found = allocate(32, rows, "capacity")
    assert [(part.key, part.quantity) for part in found.parts] == [("A", 2), ("B", 15), ("C", 15)]


def test_turns_nearest_and_first() -> None:
    rows = [Have("A", times=2, far=40), Have("B", times=1, far=90), Have("C", times=1)]
    turn = allocate(5, rows, "turns")
    assert [(part.key, part.quantity) for part in turn.parts if part.quantity] == [("B", 5)]
    assert say_part(turn.parts[1].why).startswith("À tour de rôle\u00a0: 1 commande proposée avant")
    near = allocate(5, rows, "nearest")
    assert [(part.key, part.quantity) for part in near.parts] == [("A", 5)]
    assert say_part(near.parts[0].why) == "La plus proche\u00a0: 40 km."
    assert [part.quantity for part in allocate(5, rows, "first").parts] == [5, 5, 5]
    with pytest.raises(ValueError, match="distance"):
        allocate(5, [Have("C")], "nearest")
    with pytest.raises(ValueError, match="one unit"):
        allocate(0, rows, "turns")


def test_fairness_is_told_without_names() -> None:
    found = balances(
        [("A", Fraction(5), 6, 6), ("B", Fraction(5), 4, 0), ("A", Fraction(5), 5, 5), ("B", Fraction(5), 5, 5)]
    )
    assert [(one.key, one.offered, one.accepted) for one in found] == [("A", 11, 11), ("B", 9, 5)]
    assert sum(one.agreed_part for one in found) == 1
    assert widest(found) == Fraction(1, 20)
    assert widest(()) == 0
