"""Every rule broken by hand is named; the planner then keeps it."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from cordee.engines.staffing import Company, Employee, Limits, Problem, Share, Visit, plan, violations
from cordee.engines.staffing.words import say_reason
from tests.engines.staffing.small import EARLY, LATE, LONG, MONDAY

ALL = frozenset(range(14))
READY = Employee("Léa", contract=2640, overtime=400, available=ALL, before=(0,) * 11)


def problem(
    employee: Employee | None = None,
    *others: Company,
    weeks: int = 1,
    share: int = 14,
    travel: int = 0,
    start: date = MONDAY,
    apart: tuple[tuple[str, str], ...] = (),
    limits: Limits | None = None,
) -> Problem:
    employee = employee or READY
    firms = (Company("A", open=ALL), *others)
    shares = tuple(Share(one.name, share) for one in firms)
    roads = {(a.name, b.name): travel for a in firms for b in firms if a.name < b.name}
    return Problem(
        start, weeks, (employee,), firms, shares, apart=apart, limits=limits or Limits(), travel=roads, speed=50
    )


def at(*places: tuple[int, str]) -> tuple[Visit, ...]:
    return tuple(Visit("Léa", slot, name) for slot, name in places)


def whole_days(*days: int, name: str = "A") -> tuple[Visit, ...]:
    return at(*((2 * day + half, name) for day in days for half in (0, 1)))


CASES = {
    "leave": (problem(Employee("Léa", leaves=frozenset({3}))), at((3, "A"))),
    "holiday": (problem(start=date(2026, 5, 11)), at((6, "A"))),
    "absent": (problem(Employee("Léa")), at((10, "A"))),
    "closed": (problem(None, Company("B", open=frozenset({1}))), at((0, "B"))),
    "skill": (problem(None, Company("B", skills=frozenset({"paie"}))), at((0, "B"))),
    "refused": (problem(None, Company("B", refuses=frozenset({"Léa"}))), at((0, "B"))),
    "twice": (problem(None, Company("B")), at((0, "A"), (0, "B"))),
    "crowd": (problem(None, Company("B", at_once=0)), at((0, "B"))),
    "apart": (problem(None, Company("B"), apart=(("A", "B"),)), at((0, "A"), (9, "B"))),
    "day": (problem(None, Company("B", hours=((420, 720), (780, 1081)))), whole_days(0, name="B")),
    "road": (problem(None, Company("B"), travel=61, limits=Limits(pause_after=600)), at((0, "A"), (1, "B"))),
    "pause": (problem(None, Company("B"), travel=45), at((0, "A"), (1, "B"))),
    "night": (
        problem(None, Company("B", open=frozenset({1}), hours=LATE), Company("C", open=frozenset({2}), hours=EARLY)),
        at((1, "B"), (2, "C")),
    ),
    "week": (problem(None, Company("B", open=ALL, hours=LONG)), whole_days(*range(5), name="B")),
    "contract": (problem(Employee("Léa", contract=2099)), whole_days(*range(5))),
    "days": (problem(None, limits=Limits(days_a_week=4)), whole_days(*range(5))),
    "rest": (problem(), at(*((2 * d, "A") for d in range(7)))),
    "average": (problem(Employee("Léa", before=(2880,) * 11)), at((0, "A"))),
    "share": (problem(share=1), at((0, "A"), (2, "A"))),
}


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_is_named_alone(rule: str) -> None:
    asked, visits = CASES[rule]
    found = {one.code.split(".")[1] for one in violations(asked, visits)}
    # seven days in a row break both the days and the rest of the week
    assert found == ({rule, "days"} if rule == "rest" else {rule})
    assert all(say_reason(one, lang) for one in violations(asked, visits) for lang in ("fr", "en"))


@pytest.mark.parametrize("rule", sorted(set(CASES) - {"twice"}))
def test_the_planner_keeps_each_rule_though_the_shares_ask_for_the_breach(rule: str) -> None:
    asked, visits = CASES[rule]
    wanted = Counter(one.company for one in visits)
    shares = tuple(replace(one, halves=wanted[one.company]) for one in asked.shares)
    halves = frozenset(one.slot % 14 for one in visits)
    if rule != "absent":
        asked = replace(asked, employees=(replace(asked.employees[0], available=halves),))
    if rule != "share":
        asked = replace(asked, shares=shares)
    found = plan(asked)
    assert violations(asked, found.visits) == ()
    assert not set(visits) <= set(found.visits)
    assert rule == "absent" or len(found.visits) < len(visits)


def test_rest_of_35_hours_around_the_day_off() -> None:
    """Saturday until 22:00 and Monday from 5:00: 31 h; from 9:00: 35 h."""
    asked = problem(None, Company("B", open=ALL, hours=LATE), Company("C", open=ALL, hours=EARLY), weeks=2)
    week = whole_days(1, 2, 3, 4) + at((1, "A"), (11, "B"))
    assert [one.code for one in violations(asked, week + at((14, "C")))] == ["broken.rest"]
    assert not violations(asked, week + at((14, "A")))


def test_a_pause_may_come_before_the_journey_or_after_it() -> None:
    """Six hours and a quarter of work with a short road: twenty minutes are left at noon."""
    firm = Company("B")
    assert not violations(problem(None, firm, travel=40), at((0, "A"), (1, "B")))
    assert violations(problem(None, firm, travel=41), at((0, "A"), (1, "B")))


def test_names_and_dates_in_words() -> None:
    asked, visits = CASES["skill"]
    assert say_reason(violations(asked, visits)[0]) == (
        "Léa, lundi 7 septembre au matin\u00a0: il manque la compétence «\u00a0paie\u00a0» que demande B."
    )
    asked, visits = CASES["week"]
    assert say_reason(violations(asked, visits)[0], "en") == (
        "Léa, week of Monday 7 September: 50 h, the limit is 48 h."
    )


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        violations(problem(), at((0, "Z")))
