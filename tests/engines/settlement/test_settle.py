"""The fewest transfers: equal to brute force, conserved to the cent, never more than the simple way."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.settlement import Settlement, Transfer, settle
from cordee.engines.settlement.checker import circles_of, fewest, settles
from cordee.engines.settlement.greedy import pay_in_turn


def named(amounts: list[int]) -> dict[str, int]:
    return {f"m{i:02}": amount for i, amount in enumerate(amounts)}


def holds(answer: Settlement, balances: dict[str, int]) -> None:
    """Written from the rules alone: who receives what, and how many transfers at most."""
    left = dict(balances)
    for one in answer.transfers:
        assert one.cents > 0
        assert left[one.payer] < 0 < left[one.payee]
        left[one.payer] += one.cents
        left[one.payee] -= one.cents
    assert not any(left.values())
    open_ = sum(amount != 0 for amount in balances.values())
    assert answer.bound <= len(answer.transfers) <= max(0, open_ - 1)
    assert answer.optimal == (answer.bound == len(answer.transfers))
    assert sum(one.cents for one in answer.transfers) == sum(max(0, amount) for amount in balances.values())
    assert answer.explain("fr")
    assert answer.explain("en")


def most_circles(amounts: list[int]) -> int:
    """The most disjoint groups that add up to zero, by trying every way of taking one member away."""

    @cache
    def best(mask: int) -> int:
        if not mask:
            return 0
        total = sum(amount for i, amount in enumerate(amounts) if mask >> i & 1)
        return (total == 0) + max(best(mask & ~(1 << i)) for i in range(len(amounts)) if mask >> i & 1)

    return best((1 << len(amounts)) - 1)


small = st.lists(st.integers(-6, 6), max_size=8)
wide = st.lists(st.integers(-(10**6), 10**6), max_size=8)


@settings(deadline=None, max_examples=150)
@given(st.one_of(small, wide))
def test_equals_brute_force(amounts: list[int]) -> None:
    amounts = [*amounts, -sum(amounts)]
    balances = named(amounts)
    answer = settle(balances)
    holds(answer, balances)
    open_ = [amount for amount in amounts if amount]
    assert answer.optimal
    assert len(answer.transfers) == len(open_) - most_circles(open_)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-9, 9), min_size=8, max_size=20), st.randoms(use_true_random=False))
def test_order_of_members_changes_nothing_and_greedy_is_never_better(amounts: list[int], chance) -> None:  # type: ignore[no-untyped-def]
    balances = named([*amounts, -sum(amounts)])
    answer = settle(balances)
    holds(answer, balances)
    assert len(answer.transfers) <= len(pay_in_turn(balances))
    mixed = list(balances.items())
    chance.shuffle(mixed)
    assert settle(dict(mixed)) == answer


def planted(chance: random.Random, count: int, size: int) -> list[int]:
    """Circles of `size` random cents each."""
    amounts: list[int] = []
    while len(amounts) < count:
        some = [chance.randint(1, 10**7) for _ in range(size - 1)]
        amounts += [*some, -sum(some)]
    return amounts


@pytest.mark.parametrize("seed", range(4))
def test_twenty_with_planted_circles(seed: int) -> None:
    chance = random.Random(seed)
    balances = named(chance.sample(planted(chance, 20, 4), 20))
    answer = settle(balances)
    holds(answer, balances)
    assert answer.optimal
    assert len(answer.transfers) == 15


@pytest.mark.parametrize(("count", "size"), [(24, 3), (30, 5), (40, 4)])
def test_up_to_forty_small_circles_are_found_and_proved(count: int, size: int) -> None:
    chance = random.Random(count)
    balances = named(planted(chance, count, size))
    answer = settle(balances)
    holds(answer, balances)
    assert answer.optimal
    assert len(answer.transfers) == count - count // size


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_beyond_the_exact_size_holds(seed: int) -> None:
    """Cut at 12 by hand, packing must bound what the exact count gives."""
    from cordee.engines.settlement.packing import packed

    chance = random.Random(seed)
    amounts = [chance.choice([-5, -4, -3, 1, 2, 7, 9]) * 10 + 1 for _ in range(11)]
    amounts.append(-sum(amounts))
    groups, most = packed(amounts)
    assert sum(groups) == 2**12 - 1
    assert all(sum(a for i, a in enumerate(amounts) if group >> i & 1) == 0 for group in groups)
    assert len(groups) <= most_circles(amounts) <= most


def test_forty_round_amounts() -> None:
    chance = random.Random(40)
    amounts = [10 * chance.choice([x for x in range(-90, 91) if x]) for _ in range(39)]
    balances = named([*amounts, -sum(amounts)])
    holds(settle(balances), balances)


def test_beyond_forty_at_most_one_less_than_members() -> None:
    chance = random.Random(100)
    amounts = [chance.randint(-(10**6), 10**6) for _ in range(99)]
    balances = named([*amounts, -sum(amounts)])
    answer = settle(balances)
    holds(answer, balances)
    assert not answer.optimal


@pytest.mark.parametrize("balances", [{}, {"a": 0}, {"a": 0, "b": 0}])
def test_nothing_to_settle(balances: dict[str, int]) -> None:
    answer = settle(balances)
    assert (answer.transfers, answer.optimal, answer.bound) == ((), True, 0)
    assert answer.explain() == ("tout le monde est quitte",)


def test_balances_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="0,05"):
        settle({"a": 10, "b": -5})


@settings(deadline=None, max_examples=80)
@given(st.one_of(small, wide))
def test_the_checker_counts_again_what_was_found(amounts: list[int]) -> None:
    amounts = [*amounts, -sum(amounts)]
    balances = named(amounts)
    answer = settle(balances)
    open_ = [amount for amount in amounts if amount]
    assert settles(balances, answer.transfers)
    assert fewest(balances) == len(open_) - most_circles(open_) == len(answer.transfers)
    for circle in circles_of(answer.transfers):
        assert sum(balances[member] for member in circle) == 0


@pytest.mark.parametrize("seed", range(6))
def test_the_checker_agrees_on_twenty_members(seed: int) -> None:
    chance = random.Random(seed)
    amounts = [chance.randint(-40, 40) * 50 for _ in range(19)]
    balances = named([*amounts, -sum(amounts)])
    assert fewest(balances) == len(settle(balances).transfers)


def test_the_checker_refuses_a_settlement_that_is_not_one() -> None:
    balances = {"a": -500, "b": 300, "c": 200}
    good = settle(balances).transfers
    assert settles(balances, good)
    assert not settles(balances, good[:1])
    assert not settles(balances, [*good, Transfer("b", "c", 1)])
    assert not settles(balances, [Transfer("a", "b", 500), Transfer("b", "c", 200)])
    assert fewest(named([*([1] * 15), *([-2] * 9), 3])) is None
