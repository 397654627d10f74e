"""Retro-planning, consolidated capacity, composition, private works, guarantees, pooled volumes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.calendar import is_business_day
from cordee.engines.procurement import (
    CASES,
    ROWS,
    STEPS,
    Cover,
    Held,
    Requirement,
    Tier,
    Work,
    blocks,
    consolidated,
    matrix,
    may_change,
    retro_plan,
    step_label,
    unlocked,
)
from cordee.engines.units import Cents


def test_with_time_the_steps_stand_at_their_usual_distance() -> None:
    found = {step.code: step.day for step in retro_plan(date(2026, 6, 12), date(2026, 4, 1))}
    assert found["go"] == date(2026, 5, 7)  # 35 days before is the 8th, a public holiday
    assert found["prices"] == date(2026, 5, 29)
    assert found["submit"] == date(2026, 6, 11)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(-10, 90))
def test_steps_come_in_order_and_never_after_the_deadline(deadline: date, left: int) -> None:
    today = deadline - timedelta(days=left)
    found = retro_plan(deadline, today)
    assert [step.code for step in found] == [each[0] for each in STEPS]
    days = [step.day for step in found]
    assert days == sorted(days)
    if left >= 0:
        assert all(today <= day <= deadline for day in days)
    if left >= 45:
        assert all(is_business_day(day) for day in days)
    assert all(step.late is (left < 0) for step in found)
    assert all(step_label(step.code, lang) for step in found for lang in ("fr", "en"))  # type: ignore[arg-type]


TEAM = (
    Held("a", "Menuiserie", 90_000_000, 8, 4, frozenset({"Qualibat 4311"}), 100_000_000),
    Held("b", "Charpente", 60_000_000, 5, None, None, 50_000_000),
)


def test_capacity_adds_up_and_names_who_has_not_said() -> None:
    lines = {
        line.requirement.id: line
        for line in consolidated(
            [
                Requirement("money", "turnover", minimum=140_000_000),
                Requirement("staff", "staff", minimum=15),
                Requirement("done", "references", minimum=5),
                Requirement("paper", "certificate", "QUALIBAT 4311"),
                Requirement("other", "certificate", "MASE"),
                Requirement("insured", "insurance", minimum=80_000_000),
                Requirement("each", "turnover", minimum=80_000_000, each=True),
            ],
            TEAM,
        )
    }
    assert (lines["money"].state, lines["money"].total) == ("ok", 150_000_000)
    assert (lines["staff"].state, lines["staff"].missing) == ("missing", 2)
    assert (lines["done"].state, lines["done"].unknown, lines["done"].missing) == ("unknown", ("Charpente",), 1)
    assert lines["paper"].state == "ok"
    assert (lines["other"].state, lines["other"].unknown) == ("unknown", ("Charpente",))
    assert (lines["insured"].state, lines["insured"].total) == ("ok", 100_000_000)
    assert (lines["each"].state, lines["each"].short) == ("missing", ("Charpente",))


@given(st.lists(st.one_of(st.none(), st.integers(0, 1000)), max_size=6), st.integers(1, 3000))
def test_unknown_counts_for_nothing_and_is_named(said: list[int | None], minimum: int) -> None:
    team = [Held(str(number), str(number), staff=value) for number, value in enumerate(said)]
    (line,) = consolidated([Requirement("x", "staff", minimum=minimum)], team)
    assert line.total == sum(value for value in said if value is not None)
    assert line.missing == max(0, minimum - line.total)
    assert len(line.unknown) == said.count(None)


def test_when_members_may_change() -> None:
    assert may_change("before").allowed
    assert not may_change("frozen").allowed
    assert may_change("frozen", "restructuring").ask_buyer
    assert not may_change("frozen", "negotiation").allowed
    assert may_change("frozen", "negotiation", negotiated=True).allowed
    assert not may_change("signed", "impossible").allowed
    assert all(may_change("frozen", case, negotiated=True, lang="en").allowed for case in CASES)


GOOD = Work(True, Cents(9_000_000), "Mme Serra, Sète", True, True, "no", True, "Transmettre et coordonner")


def test_a_full_contract_is_not_blocked() -> None:
    assert blocks(GOOD) == ()
    assert blocks(replace(GOOD, building=False, owner="", solidarity="unsaid")) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"owner": " "}, "owner"),
        ({"parts_named": False}, "parts"),
        ({"parts_priced": False}, "parts"),
        ({"solidarity": "unsaid"}, "solidarity"),
        ({"lead_named": False}, "lead"),
        ({"lead_mission": ""}, "lead"),
        ({"direction": True}, "direction"),
        ({"new_house": True, "plan_by_group": True}, "ccmi"),
    ],
)
def test_each_demand_of_the_law_blocks_with_its_way_out(change: dict[str, object], code: str) -> None:
    for lang in ("fr", "en"):
        (found,) = blocks(replace(GOOD, **change), lang)  # type: ignore[arg-type]
        assert found.code == code
        assert found.why
        assert found.way_out
    larger = replace(GOOD, **change, total=Cents(10_000_001))  # type: ignore[arg-type]
    assert [one.code for one in blocks(larger)] == (["ccmi"] if code == "ccmi" else [])
    assert blocks(replace(GOOD, **change, total=Cents(10_000_000)))  # type: ignore[arg-type]


def test_a_cooperative_may_build_the_house() -> None:
    assert blocks(replace(GOOD, new_house=True, plan_by_group=True, cooperative=True)) == ()


START, END = date(2026, 5, 1), date(2026, 11, 1)


def test_the_matrix_says_covered_partly_or_missing() -> None:
    covers = [
        Cover("ten-year", "Menuiserie", date(2026, 1, 1), date(2026, 12, 31), True, "SMABTP"),
        Cover("fixed-price", "Menuiserie", None, None, False),
        Cover("fixed-date", "Menuiserie", date(2026, 6, 1), None, True),
    ]
    rows = {row.kind: row for row in matrix(["Menuiserie", "Charpente"], covers, start=START, end=END)}
    assert len(rows) == len(ROWS)
    assert (rows["ten-year"].state, rows["ten-year"].lacking) == ("partly", ("Charpente",))
    assert rows["ten-year"].until == date(2026, 12, 31)
    assert (rows["fixed-price"].state, rows["fixed-price"].unproven) == ("covered", ("Menuiserie",))
    assert rows["fixed-date"].state == "missing"  # it begins after the works
    assert rows["one-year"].state == "covered"  # by law
    assert (rows["damage"].state, rows["damage"].ccmi) == ("missing", False)


def test_a_pool_unlocks_its_tier_and_says_what_lacks() -> None:
    tiers = [Tier(1, Cents(1000)), Tier(50, Cents(900)), Tier(200, Cents(750))]
    found = unlocked(tiers, {"a": 30, "b": 40}, per_day=20)
    assert (found.total, found.tier, found.lacking, found.days) == (70, tiers[1], 130, 4)
    assert (found.cost, found.saved) == ({"a": 27_000, "b": 36_000}, 7_000)
    with pytest.raises(ValueError, match="costs more"):
        unlocked([Tier(1, Cents(1)), Tier(2, Cents(2))], {})


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 900)), min_size=1, max_size=5, unique_by=lambda one: one[0]),
    st.dictionaries(st.text(max_size=3), st.integers(0, 300), max_size=5),
)
def test_nobody_pays_more_than_alone(rows: list[tuple[int, int]], pledged: dict[str, int]) -> None:
    prices = sorted((price for _quantity, price in rows), reverse=True)
    tiers = [Tier(quantity, Cents(price)) for (quantity, _), price in zip(sorted(rows), prices, strict=True)]
    found = unlocked(tiers, pledged)
    price = (found.tier or tiers[0]).unit_price
    assert sum(found.cost.values()) == found.total * price
    assert all(found.cost[who] <= found.alone[who] for who in pledged)
    assert found.saved >= 0


def test_every_guarantee_is_said_in_both_languages() -> None:
    for lang in ("fr", "en"):
        for row in matrix(["A"], [], start=START, end=END, lang=lang):  # type: ignore[arg-type]
            assert row.name
            assert row.words.endswith(".")
