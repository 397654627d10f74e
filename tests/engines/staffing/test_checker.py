"""The bound that prices prove, summed again from the rules alone: never above the best, and near it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.staffing_world import world
from cordee.engines.staffing import Certificate, Problem, plan
from cordee.engines.staffing.checker import least
from tests.engines.staffing.small import problems


def aim(seal: Certificate, worst: int, total: int, road: int) -> int:
    return seal.road * road + seal.missing * total + seal.worst * worst


@settings(max_examples=30)
@given(problems(), st.sampled_from((20, 60_000)), st.sampled_from((0.0, 0.5, 1.0, 2.0)))
def test_no_prices_prove_more_than_the_best(problem: Problem, most: int, factor: float) -> None:
    best = plan(problem, stable=False)
    for seal in plan(problem, stable=False, most=most).certificates:
        wild = replace(
            seal,
            **{
                name: tuple(factor * one for one in getattr(seal, name))
                for name in ("week", "half", "share", "trip", "top")
            },
        )
        levels = [best.level(name).value for name in ("worst", "total", "travel")]
        if not best.level("firm").value:  # else others may be fairer, with more firm demands broken
            assert least(problem, wild, *levels[:2]) <= aim(seal, *levels) + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_the_prices_found_prove_nearly_all(seed: int) -> None:
    problem = world(2, 5, 2, seed, fill=110)
    found = plan(problem)
    assert found.proven
    worst, total, road = (found.level(name).value for name in ("worst", "total", "travel"))
    assert [seal.level for seal in found.certificates] == ["worst", "total", "travel"]
    for seal in found.certificates:
        best = aim(seal, worst, total, road)
        assert 0.8 * best - 1 <= least(problem, seal, worst, total) <= best + 1e-6
