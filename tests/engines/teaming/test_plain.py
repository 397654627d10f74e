"""The search against the plain model: nobody ruled out, and none of the rows that whole teams respect anyway."""

import random
from dataclasses import replace

import pytest

from cordee.engines.teaming import Company, Index, LotNeed, Need, Options, find_teams
from cordee.engines.teaming.lanes import find_lanes
from cordee.engines.teaming.model_of import write
from cordee.engines.teaming.picks import read
from cordee.engines.teaming.solver import solve
from tests.engines.teaming.small import TRADES, cheapest, draw


def plain_cost(need: Need, companies: list[Company], options: Options) -> int | None:
    lanes = find_lanes(need, Index.build(companies), options)
    model, shape = write(lanes, options, plain=True)
    solved = solve(model, seconds=60)
    assert solved.proven
    return None if solved.values is None else read(solved.values, shape, lanes).cost


def crowd(seed: int, size: int) -> tuple[Need, list[Company], Options]:
    """Large volumes, capacities shared over several lots, more companies than the search hands over at once."""
    rnd = random.Random(seed)
    lots = tuple(LotNeed(str(k), trades={trade: 100}, volume=rnd.randint(40, 200)) for k, trade in enumerate(TRADES))
    people = [
        Company(
            f"c{n}",
            trades={trade: rnd.choice((100, 90, 80)) for trade in rnd.sample(TRADES, rnd.choice((1, 2, 2, 3)))},
            capacity=rnd.randint(10, 250),
            minimum=rnd.choice((0, 0, 20)),
            price=rnd.randint(70, 140),
            ties={f"c{rnd.randrange(size)}": rnd.randint(1, 100) for _ in range(3)},
        )
        for n in range(size)
    ]
    return Need(lots), people, Options(count=1, explain=False, max_members=rnd.choice((3, 5, 12)), seconds=60)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_cost_as_the_plain_model_on_large_volumes(seed: int) -> None:
    need, companies, options = crowd(seed, 180)
    team = find_teams(need, companies, options).teams[0]
    assert team.proven
    assert team.cost == plain_cost(need, companies, options)


@pytest.mark.parametrize("block", range(3))
def test_the_same_cost_as_the_plain_model_with_every_kind_of_fact(block: int) -> None:
    for seed in range(1000 + block * 10, 1010 + block * 10):
        need, companies, options = draw(seed, companies=25, lots=3)
        options = replace(options, ties="wish" if options.ties == "must" else options.ties)
        answer = find_teams(need, companies, options)
        assert (answer.teams[0].cost if answer.teams else None) == plain_cost(need, companies, options), seed


def test_ties_between_all_companies_are_counted_right() -> None:
    for seed in range(2000, 2020):
        need, companies, options = draw(seed, companies=6)
        rnd = random.Random(seed)
        names = [one.id for one in companies]
        companies = [
            replace(one, ties={other: rnd.randint(1, 100) for other in names if other != one.id}) for one in companies
        ]
        options = replace(options, ties="wish", max_members=3)
        answer = find_teams(need, companies, options)
        assert (answer.teams[0].cost if answer.teams else None) == cheapest(need, companies, options), seed


def test_many_ties_do_not_take_long() -> None:
    need, companies, options = draw(1, companies=120, lots=3)
    assert sum(len(one.ties) for one in companies) > 3000
    team = find_teams(need, companies, replace(options, seconds=20)).teams[0]
    assert team.proven
