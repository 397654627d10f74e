"""Ready-made cost games, against formulas and against listing every subgroup."""

from fractions import Fraction
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.sharing import (
    Part,
    Tier,
    Unfit,
    airport,
    purchase,
    shapley,
    shapley_values,
    shared_employee,
    stand,
    study,
    tour,
)
from cordee.engines.sharing.checker import check
from cordee.engines.sharing.totals import from_totals, values_by_total
from tests.engines.sharing.games import names


def table(game) -> list[int]:  # type: ignore[no-untyped-def]
    return game.table.tolist()


def test_stand_by_surface() -> None:
    """320 € a m², 1 500 € whatever the size, 9 m² at least."""
    game = stand({"A": Fraction(6), "B": Fraction("12.5"), "C": Fraction(3)}, 32000, 150000, Fraction(9))
    assert game.alone() == {"A": 438000, "B": 550000, "C": 438000}
    assert game.worth(["A", "C"]) == 438000
    assert game.whole == 150000 + 21 * 32000 + 16000
    assert game.worth([]) == 0
    answer = shapley(game)
    assert check(answer, game) == ()
    assert answer.better_apart == ()


def test_a_smallest_surface_between_two_units() -> None:
    assert stand({"A": Fraction(1)}, 100, minimum=Fraction(5, 2)).whole == 250


def test_shared_employee_by_days() -> None:
    game = shared_employee({"A": Fraction(40), "B": Fraction(60)}, 20000, 50000, Fraction(110))
    assert game.alone() == {"A": 2250000, "B": 2250000}
    assert game.whole == 2250000


def test_purchase_reaches_the_next_tier_when_cheaper() -> None:
    tiers = [Tier(Fraction(0), 100), Tier(Fraction(100), 80), Tier(Fraction(1000), 79)]
    game = purchase({"A": Fraction(60), "B": Fraction(90), "C": Fraction(200)}, tiers, 500)
    assert game.alone() == {"A": 6500, "B": 8500, "C": 16500}
    assert game.worth(["A", "B"]) == 150 * 80 + 500
    with pytest.raises(Unfit):
        purchase({"A": Fraction(1)}, tiers[1:])


parts = st.lists(
    st.builds(
        Part,
        label=st.just("p"),
        cents=st.integers(0, 10**6),
        users=st.lists(st.sampled_from(names(5)), min_size=1, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=40)
@given(parts)
def test_study_each_part_equally_among_its_users(parts: list[Part]) -> None:
    game = study(names(5), parts)
    answer = shapley(game)
    assert answer.certificate.facts["by"] == "formula"
    assert list(answer.exact.values()) == shapley_values(np.array(table(game)))
    assert check(answer, game) == ()
    assert answer.better_apart == ()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_airport_closed_form(needs: list[int]) -> None:
    """Littlechild & Owen: each step of the runway is shared by those that need it."""
    game = airport(dict(zip(names(6), needs, strict=False)))
    expected = []
    for need in needs:
        steps = sorted({0, *needs})
        expected.append(
            sum(
                (
                    Fraction(high - low, sum(other >= high for other in needs))
                    for low, high in pairwise(steps)
                    if need >= high
                ),
                Fraction(0),
            )
        )
    assert list(shapley(game).exact.values()) == expected == shapley_values(np.array(table(game)))


def test_a_large_airport_is_exact() -> None:
    answer = shapley(airport({f"m{i:03}": i for i in range(1, 41)}))
    assert answer.certificate.kind == "shapley"
    assert answer.exact["m001"] == Fraction(1, 40)
    assert sum(answer.exact.values()) == 40


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=6), st.lists(st.integers(0, 1000), min_size=37, max_size=37))
def test_counting_subgroups_equals_listing_them(units: list[int], costs: list[int]) -> None:
    quantities = {member: Fraction(unit) for member, unit in zip(names(6), units, strict=False)}
    game = from_totals(quantities, lambda totals, per: np.array(costs)[totals])
    assert values_by_total(units, costs[: sum(units) + 1]) == shapley_values(np.array(table(game)))


def test_a_large_pooled_purchase_is_exact() -> None:
    quantities = {f"m{i:02}": Fraction(5 + i % 4) for i in range(30)}
    game = purchase(quantities, [Tier(Fraction(0), 1000), Tier(Fraction(50), 900), Tier(Fraction(150), 700)])
    answer = shapley(game)
    assert answer.certificate.kind == "shapley"
    assert sum(answer.exact.values()) == game.whole == 193 * 700
    same = [answer.exact[f"m{i:02}"] for i in range(0, 30, 4)]
    assert len(set(same)) == 1


@settings(deadline=None, max_examples=40)
@given(st.data(), st.integers(1, 5))
def test_tour_is_the_shortest_round_of_every_subgroup(data: st.DataObject, count: int) -> None:
    row = st.lists(st.integers(0, 50000), min_size=count + 1, max_size=count + 1)
    metres = data.draw(st.lists(row, min_size=count + 1, max_size=count + 1))
    game = tour(names(count), metres, 1000, 7)
    for mask in range(1, 1 << count):
        stops = [i + 1 for i in range(count) if mask >> i & 1]
        best = min(
            sum(metres[a][b] for a, b in zip((0, *order), (*order, 0), strict=True)) for order in permutations(stops)
        )
        assert table(game)[mask] == best + 7


@pytest.mark.parametrize("metres", [[[0]], [[0, 1], [1]], [[0, -1], [1, 0]]])
def test_a_table_of_distances_that_does_not_fit_is_refused(metres: list[list[int]]) -> None:
    with pytest.raises(Unfit):
        tour(["A"], metres, 100)


def test_amounts_too_large_are_refused() -> None:
    with pytest.raises(Unfit):
        stand({"A": Fraction(2**40)}, 2**30)
