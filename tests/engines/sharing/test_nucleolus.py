"""The nucleolus and the core: certified each time, and equal to what is published."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.sharing import Unfit, core, from_rule, nucleolus
from cordee.engines.sharing.checker import check, is_nucleolus, is_stable, outbids
from cordee.engines.sharing.levels import nucleolus_of
from tests.engines.sharing.games import game, names, sorted_excesses, tables


def bankruptcy(estate: int, claims: list[int]) -> list[int]:
    """A subgroup gets what is left once all the others are paid."""
    count = len(claims)
    return [
        max(0, estate - sum(claim for i, claim in enumerate(claims) if not mask >> i & 1)) for mask in range(1 << count)
    ]


@pytest.mark.parametrize(
    ("estate", "parts"),
    [(100, [Fraction(100, 3)] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_talmud(estate: int, parts: list[Fraction]) -> None:
    """A widow of 100, one of 200 and one of 300 (Aumann & Maschler, 1985)."""
    one = game(bankruptcy(estate, [100, 200, 300]))
    answer = nucleolus(one)
    assert list(answer.exact.values()) == parts
    assert check(answer, one) == ()
    assert answer.better_apart == ()


@settings(deadline=None, max_examples=60)
@given(tables(most=7), st.sampled_from(["cost", "benefit"]))
def test_every_nucleolus_is_certified_by_kohlberg(table: list[int], kind: str) -> None:
    one = game(table, kind)
    answer = nucleolus(one)
    assert check(answer, one) == ()
    assert sum(answer.shares.values()) == one.whole


@settings(deadline=None, max_examples=40)
@given(tables(most=5), st.data())
def test_no_other_share_serves_the_worst_served_better(table: list[int], data: st.DataObject) -> None:
    parts, _ = nucleolus_of(np.array(table))
    moves = data.draw(st.lists(st.fractions(-50, 50, max_denominator=6), min_size=len(parts), max_size=len(parts)))
    other = [part + move - sum(moves) / len(parts) for part, move in zip(parts, moves, strict=True)]
    alone = [table[1 << i] for i in range(len(parts))]
    floored = sum(alone) <= table[-1]
    if other != parts and not (floored and any(part < worth for part, worth in zip(other, alone, strict=True))):
        assert sorted_excesses(table, other) > sorted_excesses(table, parts)


@settings(deadline=None, max_examples=30)
@given(tables(most=6), st.integers(1, 9), st.data())
def test_covariance(table: list[int], times: int, data: st.DataObject) -> None:
    count = len(table).bit_length() - 1
    shift = data.draw(st.lists(st.integers(-1000, 1000), min_size=count, max_size=count))
    moved = [times * worth + sum(s for i, s in enumerate(shift) if mask >> i & 1) for mask, worth in enumerate(table)]
    before, _ = nucleolus_of(np.array(table))
    after, _ = nucleolus_of(np.array(moved))
    assert after == [times * part + s for part, s in zip(before, shift, strict=True)]


@settings(deadline=None, max_examples=40)
@given(tables(most=6), st.sampled_from(["cost", "benefit"]))
def test_core_says_yes_with_a_stable_share_or_no_with_a_proof(table: list[int], kind: str) -> None:
    one = game(table, kind)
    answer = core(one)
    assert check(answer, one) == ()
    gains = one.gains()
    parts = [part if kind == "benefit" else -part for part in answer.exact.values()]
    if answer.certificate.kind == "core":
        assert answer.better_apart == ()
        assert is_stable(gains, parts)
    else:
        assert answer.better_apart
        assert not is_stable(gains, parts)


def test_no_core_is_proved_by_a_balanced_family() -> None:
    """Two of three suffice to win all: whatever the share, two would do better apart."""
    answer = core(game([0, 0, 0, 100, 0, 100, 100, 120]))
    assert answer.certificate.kind == "no_core"
    assert [len(one.members) for one in answer.better_apart] == [2, 2, 2]
    assert {one.gain for one in answer.better_apart} == {20}
    gains = np.array([0, 0, 0, 100, 0, 100, 100, 120])
    assert outbids(gains, [(3, 1), (5, 1), (6, 1)])
    assert not outbids(gains, [(3, 1), (4, 1)])
    assert not outbids(gains, [(3, 1), (5, 1)])


def test_the_checker_refuses_what_is_not_the_nucleolus() -> None:
    one = game(bankruptcy(200, [100, 200, 300]))
    gains = one.gains()
    parts, stages = nucleolus_of(gains)
    proof = [(stage.level, stage.weights, stage.floors) for stage in stages]
    assert is_nucleolus(gains, parts, proof)
    assert not is_nucleolus(gains, [Fraction(50), Fraction(74), Fraction(76)], proof)
    assert not is_nucleolus(gains, parts, proof[:1])
    assert not is_nucleolus(gains, parts, [(proof[0][0] + 1, *proof[0][1:]), *proof[1:]])
    assert not is_nucleolus(gains, parts, [(proof[0][0], [(proof[0][1][0][0], 1)], [])])
    assert not is_nucleolus(
        gains, parts, [(level, [(mask, -w) for mask, w in held], floors) for level, held, floors in proof]
    )


@pytest.mark.parametrize("count", [9, 11, 13])
def test_larger_games_with_many_ties_are_certified(count: int) -> None:
    chance = np.random.default_rng(count)
    weights = chance.integers(1, 4, count)
    masks = np.arange(1 << count)
    sums = (masks[:, None] >> np.arange(count) & 1) @ weights
    for table in (sums**2 * 100, np.maximum(0, sums - 8) * 100, (sums > int(weights.sum()) // 2) * 1000):
        gains = table.astype(np.int64)
        parts, stages = nucleolus_of(gains)
        assert is_nucleolus(gains, parts, [(stage.level, stage.weights, stage.floors) for stage in stages])


def test_nobody_does_worse_than_alone_when_that_is_possible() -> None:
    """Three would win 10 as a pair; the third brings nothing but would, to please the pair, be asked to pay in."""
    table = [0, 0, 0, 10, 0, 0, 0, 6]
    parts, stages = nucleolus_of(np.array(table))
    assert parts == [3, 3, 0]
    assert any(stage.floors for stage in stages)
    assert check(nucleolus(game(table)), game(table)) == ()
    without = [0, 0, 0, 10, 8, 0, 0, 6]  # the third alone wins more than all together: no floors possible
    parts, stages = nucleolus_of(np.array(without))
    assert not any(stage.floors for stage in stages)
    assert check(nucleolus(game(without)), game(without)) == ()


def test_beyond_twenty_four_it_says_no() -> None:
    with pytest.raises(Unfit, match="24"):
        nucleolus(from_rule(names(25), lambda rows: rows.sum(axis=1), "cost"))
