"""Odd hours and full weeks: where rests, walls and pauses bite. Whatever the time given, the law holds."""

import random

import pytest

from cordee.engines.staffing import Company, Employee, Problem, Share, plan, violations
from tests.engines.staffing.small import EARLY, LATE, LONG, MONDAY, OFFICE, count, values


def dense(seed: int) -> Problem:
    dice = random.Random(seed)

    def week() -> frozenset[int]:
        return frozenset(dice.sample(range(14), dice.randint(8, 14)))

    people = tuple(
        Employee(f"E{i}", dice.choice((2640, 2100)), overtime=300, available=week(), before=(0,) * 11) for i in range(2)
    )
    firms = tuple(Company(f"C{i}", hours=dice.choice((EARLY, LATE, OFFICE, LONG)), open=week()) for i in range(3))
    shares = tuple(Share(one.name, dice.randint(4, 14)) for one in firms)
    return Problem(MONDAY, 2, people, firms, shares, apart=(("C0", "C1"),) if seed % 2 else ())


@pytest.mark.parametrize("seed", range(12))
def test_the_law_holds_in_full_weeks(seed: int) -> None:
    problem = dense(seed)
    found = plan(problem, seconds=2)
    assert found.visits
    assert violations(problem, found.visits) == ()
    assert values(found.levels) == count(problem, found.visits)
    assert all(one.bound <= one.value for one in found.levels)
