"""The certificate of every team, checked again by code that shares nothing with the search."""

from dataclasses import replace

import pytest

from cordee.engines.teaming import Certificate, find_teams
from cordee.engines.teaming.checker import recheck
from tests.engines.teaming.small import cheapest, draw


def seal_of(answer: object) -> Certificate:
    seal = answer.teams[0].certificate  # type: ignore[attr-defined]
    assert isinstance(seal, Certificate)
    return seal


@pytest.mark.parametrize("block", range(4))
def test_the_checker_finds_the_same_bound(block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        need, companies, options = draw(seed, companies=9, lots=3)
        answer = find_teams(need, companies, options)
        if not answer.teams:
            continue
        seal = seal_of(answer)
        bound, left = recheck(need, companies, options, seal)
        assert bound > seal.bound - 1 - 1e-3, seed
        assert bound <= answer.teams[0].cost + 1e-3, seed
        assert left <= set(seal.left) | set(options.around), seed


def test_any_prices_prove_a_true_bound() -> None:
    for seed in range(40):
        need, companies, options = draw(seed)
        answer = find_teams(need, companies, options)
        best = cheapest(need, companies, options)
        if not answer.teams or best is None:
            continue
        seal = seal_of(answer)
        for factor in (0.0, 0.5, 2.0):
            wild = replace(seal, prices=tuple(factor * p for p in seal.prices))
            assert recheck(need, companies, options, wild)[0] <= best + 1e-3, (seed, factor)


def test_a_forged_bound_shows() -> None:
    need, companies, options = draw(7, companies=9, lots=3)
    answer = find_teams(need, companies, options)
    seal = seal_of(answer)
    forged = replace(seal, prices=tuple(0.0 for _ in seal.prices), covers=())
    assert recheck(need, companies, options, forged)[0] < seal.bound
