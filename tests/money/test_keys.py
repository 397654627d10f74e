"""Keys: what each makes everybody pay, what it never does afterwards, who would do better apart."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.ground.kit.refusals import Stale
from cordee.money import acts
from cordee.money.models import CostPool, KeyKind, PoolShare
from cordee.money.reads import Recipe, keys_page, shares_of, why_page
from tests.factories import AT
from tests.money.making import NAMES, a_line, a_pool, adopted, owes, used
from tests.people import World

AMOUNTS = st.lists(st.integers(1, 5_000_000), min_size=1, max_size=6)
FIGURES = st.lists(st.integers(0, 900_000), min_size=2, max_size=6).filter(any)
COUNTED = [
    kind
    for kind in KeyKind
    if kind not in (KeyKind.PERCENT, KeyKind.BOUNDED, KeyKind.FIXED_USE, KeyKind.SHAPLEY, KeyKind.NUCLEOLUS)
]


def recipe(kind: str, figures: list[int], **settings: Any) -> Recipe:
    return Recipe(kind, {f"m{place}": value for place, value in enumerate(figures)}, settings)


@given(AMOUNTS, FIGURES, st.sampled_from(COUNTED))
def test_every_key_shares_the_whole_to_the_cent(amounts: list[int], figures: list[int], kind: str) -> None:
    shares = shares_of([("x", cents) for cents in amounts], recipe(kind, figures))
    assert sum(shares.values()) == sum(amounts)
    assert all(cents >= 0 for cents in shares.values())


@given(AMOUNTS, FIGURES)
def test_who_uses_nothing_pays_nothing_and_equals_pay_the_same(amounts: list[int], figures: list[int]) -> None:
    figures = [*figures, figures[0], 0]
    shares = list(shares_of([("x", cents) for cents in amounts], recipe("use", figures)).values())
    assert shares[-1] == 0
    assert abs(shares[0] - shares[-2]) <= 1


@given(AMOUNTS, FIGURES, st.integers(0, 3_000_000))
def test_a_fixed_part_is_used_up_once_over_all_the_lines(amounts: list[int], figures: list[int], fixed: int) -> None:
    shares = shares_of([("x", cents) for cents in amounts], recipe("fixed_use", figures, fixed=fixed))
    total, weights = sum(amounts), sum(figures)
    equal = min(fixed, total)
    for cents, figure in zip(shares.values(), figures, strict=True):
        assert abs(cents - equal / len(figures) - (total - equal) * figure / weights) <= len(amounts) + 1
    assert sum(shares.values()) == total


@given(AMOUNTS, FIGURES)
def test_nobody_is_under_the_minimum_nor_over_the_maximum(amounts: list[int], figures: list[int]) -> None:
    count = len(figures)
    floor, cap = 10_000 // (2 * count), min(10_000, 20_000 // count)
    if sum(1 for figure in figures if figure) * cap < 10_000:
        return  # those that use something cannot bear it all under this maximum
    shares = shares_of([("x", cents) for cents in amounts], recipe("bounded", figures, floor=floor, cap=cap))
    total = sum(amounts)
    assert sum(shares.values()) == total
    assert all(total * floor / 10_000 - len(amounts) <= cents for cents in shares.values())
    assert all(cents <= total * cap / 10_000 + len(amounts) for cents in shares.values())


@given(AMOUNTS, st.permutations([5000, 3000, 1500, 500]))
def test_percentages_are_those_of_the_agreement(amounts: list[int], figures: list[int]) -> None:
    shares = shares_of([("x", cents) for cents in amounts], recipe("percent", figures))
    assert sum(shares.values()) == sum(amounts)
    assert all(
        abs(cents - sum(amounts) * percent / 10_000) <= 1
        for cents, percent in zip(shares.values(), figures, strict=True)
    )


@given(AMOUNTS, FIGURES, st.integers(1, 900_000))
def test_a_line_more_never_changes_the_lines_before(amounts: list[int], figures: list[int], more: int) -> None:
    """The shares of many lines are those of the first ones plus those of the last."""
    first = shares_of([("x", cents) for cents in amounts], recipe("use", figures))
    both = shares_of([("x", cents) for cents in [*amounts, more]], recipe("use", figures))
    assert all(both[key] >= first[key] for key in first)
    assert sum(both.values()) - sum(first.values()) == more


pytestmark_db = pytest.mark.django_db


@pytestmark_db
def test_later_lines_follow_the_key_as_the_vote_said(world: World) -> None:
    pool = a_pool(world, 10_000)
    key = adopted(world, pool)
    line = a_line(world, pool, 4_000)
    assert line.key == key
    assert owes(world, pool) == [3500] * 4


@pytestmark_db
def test_or_they_wait_for_another_vote_and_cost_nothing_until_then(world: World) -> None:
    pool = a_pool(world, 10_000)
    adopted(world, pool, later="vote")
    late = a_line(world, pool, 4_000)
    assert late.key is None
    assert owes(world, pool) == [2500] * 4
    assert [line.pk for line in why_page(pool, world.seats["bruno"]).waiting] == [late.pk]
    with pytest.raises(acts.NotSettleable, match="Aucune clé"):
        acts.settle_pool(pool, by=world.actor("aude"), at=AT)


@pytestmark_db
def test_a_second_key_governs_only_what_had_none(world: World) -> None:
    pool = a_pool(world, 10_000)
    first = adopted(world, pool, later="vote")
    a_line(world, pool, 4_000)
    used(world, pool, 100, 0, 0, 0)
    second = adopted(world, pool, "use")
    assert (first.number, second.number) == (1, 2)
    assert owes(world, pool) == [2500 + 4000, 2500, 2500, 2500]


@pytestmark_db
def test_each_budget_line_may_have_its_own_key(world: World) -> None:
    pool = a_pool(world)
    heading = acts.add_heading(pool, label="Surface", planned_cents=8_000, by=world.actor("aude"), at=AT)
    a_line(world, pool, 4_000)
    a_line(world, pool, 8_000, heading=heading)
    used(world, pool, 300, 100, 0, 0)
    adopted(world, pool, "use", heading=heading)
    assert owes(world, pool) == [6000, 2000, 0, 0]
    adopted(world, pool, "equal")
    assert owes(world, pool) == [7000, 3000, 1000, 1000]
    later = a_line(world, pool, 400, heading=heading)
    assert later.key.kind == "use"
    elsewhere = a_pool(world, 100)
    with pytest.raises(Exception, match="pas dans ce budget"):
        acts.propose_key(elsewhere, kind="equal", heading=heading, by=world.actor("aude"), at=AT)


@pytestmark_db
def test_one_key_at_a_time_is_voted(world: World) -> None:
    pool = a_pool(world, 10_000)
    acts.propose_key(pool, kind="equal", by=world.actor("aude"), at=AT)
    with pytest.raises(acts.KeyBeingVoted):
        acts.propose_key(pool, kind="equal", by=world.actor("bruno"), at=AT)


def stand(world: World, pool: CostPool) -> None:
    """Four on a stand of which the organiser lets nine m² at least: alone, the small ones pay for empty floor."""
    used(world, pool, 900, 1500, 600, 600)
    acts.describe_game(
        pool,
        game="stand",
        values={"price": 20_000, "fixed": 150_000, "minimum": 900},
        by=world.actor("aude"),
        at=AT,
    )
    pool.refresh_from_db()


@pytestmark_db
def test_a_ready_made_cost_says_what_each_would_pay_alone_and_who_would_leave(world: World) -> None:
    pool = a_pool(world, 870_000)
    stand(world, pool)
    page = keys_page(pool, world.seats["aude"])
    assert page.total == 36 * 20_000 + 150_000
    assert page.alone[world.seats["denis"].pk] == 9 * 20_000 + 150_000
    keys = {one.kind: one for one in page.proposals}
    for kind in ("equal", "use", "shapley", "nucleolus"):
        assert sum(keys[kind].shares.values()) == page.total
    assert keys["nucleolus"].judged
    assert keys["nucleolus"].apart == ()
    used(world, pool, 100, 9_000, 100, 100)
    page = keys_page(pool, world.seats["aude"])
    equal = next(one for one in page.proposals if one.kind == "equal")
    assert equal.apart
    gain = equal.apart[0]
    assert gain.together - gain.alone == gain.gain > 0


@pytestmark_db
def test_shapley_goes_to_the_vote_with_its_reasons(world: World) -> None:
    pool = a_pool(world, 870_000)
    with pytest.raises(acts.FiguresMissing):
        acts.propose_key(pool, kind="shapley", by=world.actor("aude"), at=AT)
    stand(world, pool)
    key = adopted(world, pool, "shapley")
    assert sum(owes(world, pool)) == 870_000
    said = key.settings["why"][world.seats["denis"].public_id]
    assert "moyenne" in " ".join(said)
    acts.describe_game(pool, game="stand", values={"price": 1, "fixed": 0, "minimum": 0}, by=world.actor("aude"), at=AT)
    assert sum(owes(world, pool)) == 870_000, "a key keeps the figures it was voted on"


@pytestmark_db
@pytest.mark.parametrize(
    ("game", "values"),
    [
        ("employee", {"price": 30_000, "fixed": 50_000, "minimum": 1000}),
        ("purchase", {"tiers": [{"from": 0, "price": 100}, {"from": 1000, "price": 80}], "fixed": 500}),
        ("tour", {"per_km": 120, "fixed": 1000}),
        ("study", {}),
    ],
)
def test_the_other_ready_made_costs(world: World, game: str, values: dict[str, Any]) -> None:
    pool = a_pool(world)
    used(world, pool, 900, 1500, 600, 600)
    ids = [world.seats[name].public_id for name in NAMES]
    if game == "tour":
        stops = ["depot", *ids]
        values["metres"] = {f"{a}|{b}": 5000 for a in stops for b in stops if a != b}
    if game == "study":
        values["parts"] = [
            {"label": "Commune", "cents": 400_000, "users": ids},
            {"label": "Four", "cents": 90_000, "users": ids[:2]},
        ]
    acts.describe_game(pool, game=game, values=values, by=world.actor("bruno"), at=AT)
    pool.refresh_from_db()
    page = keys_page(pool, world.seats["aude"])
    keys = {one.kind: one for one in page.proposals}
    assert sum(keys["shapley"].shares.values()) == sum(keys["nucleolus"].shares.values()) == page.total > 0


@pytestmark_db
def test_contradictory_parameters_get_a_sentence(world: World) -> None:
    pool = a_pool(world)
    used(world, pool, 900, 1500, 600, 600)
    tiers = {"tiers": [{"from": 0, "price": 100}, {"from": 500, "price": 90}, {"from": 200, "price": 80}], "fixed": 0}
    with pytest.raises(acts.FiguresMissing, match="ensemble"):
        acts.describe_game(pool, game="purchase", values=tiers, by=world.actor("aude"), at=AT)


@pytestmark_db
def test_turnover_is_given_and_read_by_its_company_only(world: World) -> None:
    pool = a_pool(world, 10_000)
    rows = {world.seats[name].public_id: {"turnover": 1_000_000, "staff": 300} for name in NAMES}
    acts.note_figures(pool, rows=rows, settings={"floor": 1000}, version=1, by=world.actor("bruno"), at=AT)
    kept = {share.seat_id: share.figures for share in PoolShare.objects.filter(pool=pool)}
    assert kept[world.seats["bruno"].pk] == {"turnover": 1_000_000, "staff": 300}
    assert kept[world.seats["aude"].pk] == {"staff": 300}
    with pytest.raises(Stale):
        acts.note_figures(pool, rows=rows, settings={}, version=1, by=world.actor("aude"), at=AT)
    keys = {one.kind: one for one in keys_page(pool, world.seats["aude"]).proposals}
    assert keys["turnover"].missing
    assert sum(keys["tiers"].shares.values()) == 10_000


@pytestmark_db
def test_percentages_that_do_not_make_a_hundred_get_a_sentence(world: World) -> None:
    pool = a_pool(world, 10_000)
    rows = {world.seats[name].public_id: {"percent": 3000} for name in NAMES}
    acts.note_figures(pool, rows=rows, settings={}, version=1, by=world.actor("aude"), at=AT)
    percent = next(one for one in keys_page(pool, world.seats["aude"]).proposals if one.kind == "percent")
    assert "120" in percent.problem
    with pytest.raises(acts.FiguresMissing, match="ne se calcule pas"):
        acts.propose_key(pool, kind="percent", by=world.actor("aude"), at=AT)
