"""The engine against all teams tried one by one."""

import pytest

from cordee.engines.teaming import find_teams
from tests.engines.teaming.small import cheapest, draw


@pytest.mark.parametrize("block", range(8))
def test_finds_the_cheapest_of_all_teams(block: int) -> None:
    for seed in range(block * 10, block * 10 + 10):
        need, companies, options = draw(seed)
        answer = find_teams(need, companies, options)
        best = cheapest(need, companies, options)
        assert (best is None) == (not answer.teams), seed
        if answer.teams:
            assert answer.teams[0].proven, seed
            assert answer.teams[0].cost == best, seed


@pytest.mark.parametrize("seed", range(3))
def test_finds_the_cheapest_among_twelve_companies(seed: int) -> None:
    need, companies, options = draw(seed, companies=12, rich=seed % 2 == 0)
    teams = find_teams(need, companies, options).teams
    best = cheapest(need, companies, options)
    assert best is not None
    assert (teams[0].proven, teams[0].cost) == (True, best)
