"""Timetables: lawful, best, and no worse when more is allowed."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.staffing import Company, Employee, Need, Problem, Share, Visit, Wish, explain, plan, violations
from tests.engines.staffing.small import MONDAY, OFFICE, count, problems, values


@settings(max_examples=60)
@given(problems())
def test_hard_law_is_never_broken_and_levels_say_what_is(problem: Problem) -> None:
    found = plan(problem)
    assert violations(problem, found.visits) == ()
    assert values(found.levels) == count(problem, found.visits)
    assert found.proven
    assert all(one.bound <= one.value for one in found.levels)
    assert sum(one.given for one in found.shares) == len(found.visits)
    assert all((one.why is None) == (one.given >= one.agreed) for one in found.shares)
    assert bool(found.clashes) == (found.levels[0].value > 0)
    assert all(explain(problem, found, lang) for lang in ("fr", "en"))


@settings(max_examples=12)
@given(problems(people=1, firms=2, weeks=1), st.sets(st.integers(0, 13), min_size=5, max_size=5))
def test_brute_force_on_one_employee_and_one_week(problem: Problem, kept: set[int]) -> None:
    employee = replace(problem.employees[0], available=frozenset(kept))
    problem = replace(problem, employees=(employee,))
    choices: list[tuple[str | None, ...]] = [(None, *(one.name for one in problem.companies))] * len(kept)
    best = min(
        count(problem, visits)
        for choice in product(*choices)
        if not violations(
            problem,
            visits := tuple(
                Visit(employee.name, slot, name) for slot, name in zip(sorted(kept), choice, strict=True) if name
            ),
        )
    )
    assert values(plan(problem).levels) == best


@settings(max_examples=15)
@given(problems())
def test_removing_a_leave_never_worsens(problem: Problem) -> None:
    free = tuple(replace(one, leaves=frozenset()) for one in problem.employees)
    assert values(plan(replace(problem, employees=free)).levels) <= values(plan(problem).levels)


@settings(max_examples=15)
@given(problems(weeks=1), st.permutations(range(5)))
def test_days_of_a_week_are_alike(problem: Problem, order: list[int]) -> None:
    """With office hours, which need no look at the day before: the order of days is indifferent."""
    assert values(plan(_in_order(problem, order)).levels) == values(plan(_in_order(problem, list(range(5)))).levels)


def _in_order(problem: Problem, order: list[int]) -> Problem:
    """The same, office hours everywhere and Monday to Friday in another order."""

    def moved(slots: Iterable[int]) -> list[int]:
        return sorted(slot // 14 * 14 + 2 * order[slot % 14 // 2] + slot % 2 for slot in slots if slot % 14 < 10)

    return replace(
        problem,
        start=MONDAY,
        employees=tuple(
            replace(one, available=frozenset(moved(one.available)), leaves=frozenset(moved(one.leaves)))
            for one in problem.employees
        ),
        companies=tuple(replace(one, open=frozenset(moved(one.open)), hours=OFFICE) for one in problem.companies),
        needs=tuple(replace(one, slots=tuple(moved(one.slots))) for one in problem.needs),
        wishes=tuple(replace(one, slots=tuple(moved(one.slots))) for one in problem.wishes),
    )


@settings(max_examples=15)
@given(problems())
def test_generating_patterns_agrees_with_listing_them(problem: Problem) -> None:
    listed, generated = plan(problem, stable=False), plan(problem, stable=False, most=20)
    assert violations(problem, generated.visits) == ()
    assert values(generated.levels) == count(problem, generated.visits)
    assert values(generated.levels) >= values(listed.levels)
    for one, best in zip(generated.levels, listed.levels, strict=True):
        assert one.bound <= best.value
        if one.value != best.value:
            assert not one.proven
            break


def two(*wishes: Wish, needs: tuple[Need, ...] = (), share: int = 10) -> Problem:
    return Problem(
        MONDAY,
        1,
        (Employee("Léa"), Employee("Hugo", skills=frozenset({"paie"}))),
        (Company("Morel"), Company("Fontaine", skills=frozenset({"paie"}))),
        (Share("Morel", share), Share("Fontaine", share)),
        needs=needs,
        wishes=wishes,
    )


def test_impossible_wishes_are_named_and_only_they() -> None:
    problem = two(
        Wish("Léa", (0,), firm=True),
        Wish("Hugo", (2, 3), firm=True),
        Wish("Hugo", (4,), "Fontaine", firm=True),
        needs=(Need("Fontaine", (2,), firm=True), Need("Morel", (5,), firm=True)),
    )
    found = plan(problem)
    assert [(one.wishes, one.needs) for one in found.clashes] == [((1,), (0,))]
    assert found.level("firm").value == 1
    assert explain(problem, found)[0] == (
        "Ne tiennent pas ensemble\u00a0: Hugo libre (mardi 8 septembre matin et mardi 8 septembre après-midi) "
        "et Fontaine demande 1 personne (mardi 8 septembre matin)."
    )


def test_a_demand_impossible_alone_is_named_alone() -> None:
    found = plan(two(Wish("Léa", (0,), "Fontaine", firm=True)))
    assert [(one.wishes, one.needs) for one in found.clashes] == [((0,), ())]


def test_three_wishes_that_hold_two_by_two() -> None:
    """Three half-days of the contract are asked for, two fit."""
    people = (Employee("Léa", contract=420),)
    wishes = tuple(Wish("Léa", (slot,), "Morel", firm=True) for slot in (0, 2, 4))
    problem = Problem(MONDAY, 1, people, (Company("Morel"),), (Share("Morel", 10),), wishes=wishes)
    assert [one.wishes for one in plan(problem).clashes] == [(0, 1, 2)]


def test_the_largest_shortfall_comes_first() -> None:
    """Twelve half-days asked, ten to give: one misses one, rather than one two."""
    people, firms = (Employee("Léa"),), (Company("A"), Company("B"))
    problem = Problem(MONDAY, 1, people, firms, (Share("A", 6), Share("B", 6)))
    found = plan(problem)
    assert [one.given for one in found.shares] == [5, 5]
    assert explain(problem, found)[0].startswith("A\u00a0: 2,5 jours sur 3")
    assert "12 demi-journées" in explain(problem, found)[-1]


def test_weeks_resemble_each_other() -> None:
    """Four weeks without leave or holiday: every week is the ordinary week."""
    firms = tuple(Company(name) for name in "ABC")
    shares = (Share("A", 16), Share("B", 16), Share("C", 8))
    found = plan(Problem(MONDAY, 4, (Employee("Léa"),), firms, shares))
    assert found.level("moved").value == 0
    assert {(one.slot % 14, one.company) for one in found.visits} == {(one.slot, one.company) for one in found.base}
    assert found.proven


@pytest.mark.parametrize("wrong", [{"start": MONDAY.replace(day=8)}, {"weeks": 0}, {"employees": ()}, {"speed": 0}])
def test_what_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(two(), **wrong)  # type: ignore[arg-type]
