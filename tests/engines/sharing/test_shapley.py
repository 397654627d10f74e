"""The Shapley value: its axioms as exact equalities, its definition, and published cases."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.sharing import Unfit, from_rule, from_table, from_worths, shapley, shapley_values
from cordee.engines.sharing.checker import check, is_shapley
from cordee.engines.sharing.sampling import sampled
from tests.engines.sharing.games import by_all_orders, game, names, tables


def values(table: list[int]) -> list[Fraction]:
    return shapley_values(np.array(table, dtype=np.int64))


@settings(deadline=None, max_examples=40)
@given(tables())
def test_equals_its_definition(table: list[int]) -> None:
    assert values(table) == by_all_orders(table)


def test_equals_its_definition_with_seven() -> None:
    chance = np.random.default_rng(7)
    for largest in (50, 2**30, 2**52):
        table = [0, *chance.integers(-largest, largest, 127).tolist()]
        assert values(table) == by_all_orders(table)


@settings(deadline=None, max_examples=40)
@given(tables())
def test_efficiency(table: list[int]) -> None:
    assert sum(values(table)) == table[-1]


@settings(deadline=None, max_examples=40)
@given(tables(), st.data())
def test_symmetry_renaming_members_renames_their_values(table: list[int], data: st.DataObject) -> None:
    count = len(table).bit_length() - 1
    order = data.draw(st.permutations(range(count)))
    moved = [0] * len(table)
    for mask, worth in enumerate(table):
        moved[sum(1 << order[i] for i in range(count) if mask >> i & 1)] = worth
    before, after = values(table), values(moved)
    assert [after[order[i]] for i in range(count)] == before


@settings(deadline=None, max_examples=40)
@given(tables(most=5), st.integers(-1000, 1000))
def test_who_only_brings_its_own_gets_its_own(table: list[int], own: int) -> None:
    """The null player (own = 0) and, more generally, the dummy."""
    assert values([*table, *(worth + own for worth in table)]) == [*values(table), own]


@settings(deadline=None, max_examples=40)
@given(st.data(), tables(most=5), st.integers(-5, 5))
def test_additivity(data: st.DataObject, table: list[int], times: int) -> None:
    other = [0, *data.draw(st.lists(st.integers(-1000, 1000), min_size=len(table) - 1, max_size=len(table) - 1))]
    together = [a + times * b for a, b in zip(table, other, strict=True)]
    assert values(together) == [a + times * b for a, b in zip(values(table), values(other), strict=True)]


@settings(deadline=None, max_examples=40)
@given(tables(most=5), st.data())
def test_marginality_bringing_more_everywhere_never_gives_less(table: list[int], data: st.DataObject) -> None:
    raised = [worth + (data.draw(st.integers(0, 500)) if mask & 1 else 0) for mask, worth in enumerate(table)]
    assert values(raised)[0] >= values(table)[0]


def test_amounts_beyond_what_one_product_holds() -> None:
    chance = np.random.default_rng(1)
    small = np.concatenate(([0], chance.integers(0, 1000, 2**14 - 1)))
    large = small << 42
    assert shapley_values(large) == [value * 2**42 for value in shapley_values(small)]


def test_united_nations_security_council() -> None:
    """Five with a veto, ten without, nine votes: 421/2145 and 4/2145."""
    masks = np.arange(1 << 15)
    passes = (masks & 31 == 31) & (np.bitwise_count(masks) >= 9)
    found = shapley_values(passes.astype(np.int64))
    assert found == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10


def test_gloves() -> None:
    """One left glove, two right ones: 4/6, 1/6, 1/6 of the pair."""
    assert values([0, 0, 0, 6, 0, 6, 0, 6]) == [4, 1, 1]


@settings(deadline=None, max_examples=40)
@given(tables(), st.sampled_from(["cost", "benefit"]))
def test_the_checker_agrees_by_dividends(table: list[int], kind: str) -> None:
    one = game(table, kind)
    answer = shapley(one)
    assert check(answer, one) == ()
    if len(table) > 2:
        first = answer.exact["m00"] + Fraction(1, 7)
        parts = [first, answer.exact["m01"] - Fraction(1, 7), *list(answer.exact.values())[2:]]
        assert not is_shapley(np.array(table), parts)


def test_the_checker_has_no_doubt_on_large_amounts() -> None:
    chance = np.random.default_rng(3)
    table = np.concatenate(([0], chance.integers(-(2**52), 2**52, 2**9 - 1)))
    parts = shapley_values(table)
    assert is_shapley(table, parts)
    wrapped = [parts[0] + 2**64, parts[1] - 2**64, *parts[2:]]
    assert not is_shapley(table, wrapped)


def test_who_would_do_better_apart_is_named_with_the_amount() -> None:
    """The Shapley value need not be in the core: A and B would save 20 apart."""
    members = ("A", "B", "C")
    worth = {"A": 100, "B": 100, "C": 100, "AB": 100, "AC": 200, "BC": 200, "ABC": 240}
    one = from_worths(members, {frozenset(group): cents for group, cents in worth.items()}, "cost")
    answer = shapley(one)
    assert answer.exact == {"A": Fraction(190, 3), "B": Fraction(190, 3), "C": Fraction(340, 3)}
    assert [(apart.members, apart.gain) for apart in answer.better_apart] == [
        (("A", "B"), Fraction(80, 3)),
        (("C",), Fraction(40, 3)),
    ]
    assert "elle paie environ 0,133\u00a0€ de plus ensemble" in answer.explain("C")[-1]


def brute_better_apart(table: list[int], parts: list[Fraction], sign: int) -> dict[int, Fraction]:
    found = {}
    for mask in range(1, len(table)):
        gain = sign * (table[mask] - sum(part for i, part in enumerate(parts) if mask >> i & 1))
        if gain > 0:
            found[mask] = Fraction(gain)
    return found


@settings(deadline=None, max_examples=40)
@given(tables(most=5), st.sampled_from(["cost", "benefit"]))
def test_better_apart_is_what_looking_at_every_subgroup_finds(table: list[int], kind: str) -> None:
    answer = shapley(game(table, kind))
    every = brute_better_apart(table, list(answer.exact.values()), 1 if kind == "benefit" else -1)
    assert [one.gain for one in answer.better_apart] == sorted(every.values(), reverse=True)[:5]
    assert all(one.gain == abs(one.alone - one.together) for one in answer.better_apart)


def test_a_missing_subgroup_is_named() -> None:
    with pytest.raises(Unfit, match="A et C"):
        from_worths(tuple("ABC"), {frozenset(group): 1 for group in ("A", "B", "C", "AB", "BC", "ABC")})


@pytest.mark.parametrize("table", [[0, 1, 2], [1, 2], [0, 2**53]])
def test_tables_that_are_not_games_are_refused(table: list[int]) -> None:
    with pytest.raises(Unfit):
        from_table(names(1), np.array(table))


def squares(rows: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    weights = np.arange(1, rows.shape[1] + 1)
    return (rows @ weights) ** 2


def test_a_large_group_is_sampled_says_so_and_adds_up() -> None:
    """With worth (sum of weights)^2 the value is known: weight times the whole sum."""
    one = from_rule(names(30), squares, "benefit")
    answer = shapley(one, seed=1)
    facts = answer.certificate.facts
    assert answer.certificate.kind == "sampling"
    assert (facts["seed"], facts["confidence"]) == (1, "95 %")
    assert sum(answer.exact.values()) == 465**2 == sum(answer.shares.values())
    assert shapley(one, seed=1) == answer
    outside = [
        member
        for i, (member, part) in enumerate(answer.exact.items())
        if abs(part - (i + 1) * 465) > facts["within_cents"][member]
    ]
    assert len(outside) <= 5


def test_another_seed_draws_other_orders() -> None:
    one = from_rule(names(26), lambda rows: squares(rows) * rows.sum(axis=1), "cost")
    assert sampled(one, 1, rounds=20) == sampled(one, 1, rounds=20)
    assert sampled(one, 1, rounds=20)[0] != sampled(one, 2, rounds=20)[0]


def test_the_interval_holds_about_as_often_as_it_says() -> None:
    def rule(rows: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return np.maximum(0, (rows @ np.array([3, 1, 4, 1, 5, 9])) - 10) * 100

    one = from_rule(names(6), rule, "benefit")
    exact = [shapley(one).exact[member] for member in names(6)]
    inside = 0
    for seed in range(40):
        found, certificate = sampled(one, seed, rounds=60)
        for member, estimate, true in zip(names(6), found, exact, strict=True):
            inside += abs(estimate - true) <= certificate.facts["within_cents"][member]
    assert 0.88 <= inside / 240 <= 1
