"""What always holds of an answer, whatever the need and the companies."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.teaming import Company, Options, find_teams, supply
from tests.engines.teaming.small import HERE, TRADES, draw

SEEDS = st.integers(0, 10**6)
few = settings(max_examples=20, deadline=None)


def cost(need, companies, options) -> float:  # type: ignore[no-untyped-def]
    answer = find_teams(need, companies, options)
    return answer.teams[0].cost if answer.teams else float("inf")


@few
@given(SEEDS)
def test_every_team_is_allowed(seed: int) -> None:
    need, companies, options = draw(seed, companies=9, lots=3)
    options = replace(options, count=3)
    people = {one.id: one for one in companies}
    for team in find_teams(need, companies, options).teams:
        assert options.min_members <= len(team.ids) <= options.max_members
        assert set(options.around) <= set(team.ids)
        assert not set(options.excluded) & set(team.ids)
        groups = [people[one].group for one in team.ids if people[one].group]
        assert len(groups) == len(set(groups))
        assert team.bound <= team.cost
        assert team.proven == (team.bound == team.cost)
        lacking = {gap.lot_id for gap in team.gaps}
        for lot in need.lots:
            assert team.coverage[lot.id] or lot.id in lacking
            for one in team.coverage[lot.id]:
                marks = people[one].certificates
                assert marks is None or set(lot.certificates) <= marks
                assert set(lot.trades) & set(people[one].trades)
            if lot.volume and lot.id not in lacking:
                assert sum(m.parts.get(lot.id) or 0 for m in team.members) == lot.volume


@few
@given(SEEDS)
def test_teams_really_differ_and_come_best_first(seed: int) -> None:
    need, companies, options = draw(seed, companies=12, lots=2, rich=False)
    teams = find_teams(need, companies, replace(options, count=4)).teams
    for k, one in enumerate(teams):
        for other in teams[:k]:
            assert len(set(one.ids) - set(other.ids)) >= 2
            assert len(set(other.ids) - set(one.ids)) >= 2
            assert other.cost <= one.cost


@few
@given(SEEDS)
def test_a_company_more_never_costs_more(seed: int) -> None:
    need, companies, options = draw(seed, companies=8)
    options = replace(options, around=())
    assert cost(need, companies, options) <= cost(need, companies[:-1], options)


@few
@given(SEEDS)
def test_capacity_and_radius_never_cost_more(seed: int) -> None:
    need, companies, options = draw(seed, companies=7)
    before = cost(need, companies, options)
    larger = [
        replace(
            one,
            capacity=None if one.capacity is None else one.capacity + 1,
            capacities={trade: units + 1 for trade, units in one.capacities.items()},
        )
        for one in companies
    ]
    assert cost(need, larger, options) <= before
    wider = replace(need, lots=tuple(replace(lot, radius_km=lot.radius_km and lot.radius_km + 20) for lot in need.lots))
    assert cost(wider, companies, replace(options, max_km=options.max_km and options.max_km + 20)) <= before


@few
@given(SEEDS)
def test_the_order_of_companies_changes_nothing(seed: int) -> None:
    need, companies, options = draw(seed, companies=8)
    mixed = companies[:]
    random.Random(seed).shuffle(mixed)
    assert find_teams(need, mixed, options) == find_teams(need, companies, options)


@few
@given(SEEDS)
def test_other_names_change_nothing_but_names(seed: int) -> None:
    need, companies, options = draw(seed, companies=7)
    name = {one.id: f"z{9 - k}" for k, one in enumerate(companies)}
    renamed = [replace(one, id=name[one.id], ties={name[o]: t for o, t in one.ties.items()}) for one in companies]
    moved = replace(
        options,
        around=tuple(name[one] for one in options.around),
        excluded=tuple(name[one] for one in options.excluded),
        excluded_pairs=tuple((name[a], name[b]) for a, b in options.excluded_pairs),
    )
    assert cost(need, renamed, moved) == cost(need, companies, options)


@few
@given(SEEDS)
def test_supplying_what_is_missing_is_enough(seed: int) -> None:
    need, companies, options = draw(seed, companies=6, lots=3)
    options = replace(options, max_members=6)
    answer = find_teams(need, companies, options)
    if answer.infeasible is None:
        assert all(lot.id not in {gap.lot_id for gap in answer.teams[0].gaps} for lot in need.lots if lot.essential)
        return
    assert answer.infeasible.changes
    after = find_teams(*supply(need, companies, options, answer.infeasible))
    assert after.infeasible is None
    assert after.teams


def test_ties_hold_a_team_together_when_they_must() -> None:
    people = [
        Company(f"c{k}", trades={TRADES[k % 3]: 100}, places=(HERE,), ties={f"c{k + 3}": 90} if k < 3 else {"c9": 50})
        for k in range(9)
    ] + [Company("c9", trades={"jardin": 50}, places=(HERE,))]
    need, _, _ = draw(0)
    need = replace(
        need, lots=tuple(replace(need.lots[0], id=t, trades={t: 100}, volume=None, turnover=None, certificates=(),
                                 deadline=None, essential=True) for t in TRADES)
    )  # fmt: skip
    team = find_teams(need, people, Options(ties="must")).teams[0]
    linked = {team.ids[0]}
    known = {one.id: set(one.ties) | {o.id for o in people if one.id in o.ties} for one in people}
    for _ in team.ids:
        linked |= {other for one in linked for other in known[one] if other in team.ids}
    assert linked == set(team.ids)
    assert not team.gaps
