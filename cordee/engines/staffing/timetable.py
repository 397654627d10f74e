"""The timetable asked for, with its reasons."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from cordee.engines.sentences import Reason, reason
from cordee.engines.staffing.clash import clashes
from cordee.engines.staffing.levels import base_problem, levels_of
from cordee.engines.staffing.model import HALVES, Employee, Problem, week_budget
from cordee.engines.staffing.patterns import eligible
from cordee.engines.staffing.result import Given, LevelName, Timetable, Visit

PART_TIME = 24 * 60
LOPSIDED = 80  # percent of all half-days for one company: the pooling looks like ordinary lending


def plan(
    problem: Problem,
    *,
    seconds: float = 20.0,
    stable: bool = True,
    most: int = 60_000,
    told: Callable[[LevelName], None] | None = None,
) -> Timetable:
    """Say who goes where, half-day by half-day: the agreed shares first, then the wishes, the road, and regular weeks.

    The law, leaves, contracts, skills and confidentiality always hold. Firm needs and wishes come before everything
    else; those that cannot hold together are named. With `stable`, an ordinary week is planned first, and the weeks
    depart from it as little as the aims before allow.

    Shape   seconds: the solver's own count, for everything; most: patterns beyond which they are generated, not listed;
            told: called with each level as soon as it is settled, to show how far the search is.
    Holds   what `Timetable` says. The same call gives the same answer as long as `seconds` does not run out.
    Errors  ValueError when not even a first timetable was found in time.
    """
    base: tuple[Visit, ...] = ()
    if stable and problem.weeks > 1:
        base, _, _ = levels_of(base_problem(problem), (), False, seconds / 10, most)
    visits, levels, seals = levels_of(problem, base, bool(base), seconds, most, told)
    broken = clashes(problem, visits, seconds) if levels[0].value else ()
    given = _given(problem, visits)
    return Timetable(visits, levels, given, base, broken, _notes(problem, visits), seals)


def _given(problem: Problem, visits: tuple[Visit, ...]) -> tuple[Given, ...]:
    counted: Counter[tuple[str, str | None]] = Counter()
    for one in visits:
        share = problem.share_of(one.employee, one.company)
        if share is not None:
            counted[share.company, share.employee] += 1
    return tuple(
        Given(
            one.company,
            one.employee,
            one.halves,
            counted[one.company, one.employee],
            _why(problem, visits, one.company, one.employee)
            if counted[one.company, one.employee] < one.halves
            else None,
        )
        for one in problem.shares
    )


def _why(problem: Problem, visits: tuple[Visit, ...], company: str, employee: str | None) -> Reason:
    """The first reason, from the plainest, why a share is not given in full."""
    number = next(i for i, one in enumerate(problem.companies) if one.name == company)
    firm, closed = problem.companies[number], problem.closed()
    able = [
        one
        for one in problem.employees
        if number in eligible(problem, one) and (share := problem.share_of(one.name, company)) is not None
        if share.employee == employee
    ]
    if not able:
        return reason("short.nobody", company=company)
    busy = {(one.employee, one.slot) for one in visits}
    there = [
        (one, slot)
        for one in able
        for slot in range(problem.weeks * HALVES)
        if slot % HALVES in one.available & firm.open and slot not in one.leaves and slot not in closed
    ]
    if not there:
        return reason("short.days", company=company)
    free = [(one, slot) for one, slot in there if (one.name, slot) not in busy]
    if not free:
        return reason("short.busy", company=company)
    kept = {(one.employee, slot) for one in problem.wishes if one.firm and one.company is None for slot in one.slots}
    free = [(one, slot) for one, slot in free if (one.name, slot) not in kept]
    if not free:
        return reason("short.wishes", company=company)
    length = min(end - start for start, end in firm.hours)
    worked = _worked(problem, visits)
    room = [
        one.name
        for one, slot in free
        if worked[one.name, slot // HALVES] + length <= week_budget(problem, one, slot // HALVES)
    ]
    return reason("short.rules" if room else "short.hours", company=company)


def _worked(problem: Problem, visits: tuple[Visit, ...]) -> Mapping[tuple[str, int], int]:
    """Minutes worked by employee and week, the road between two companies of a day included."""
    hours = {one.name: one.hours for one in problem.companies}
    at = {(one.employee, one.slot): one.company for one in visits}
    found: Counter[tuple[str, int]] = Counter()
    for one in visits:
        start, end = hours[one.company][one.slot % 2]
        morning = at.get((one.employee, one.slot - 1)) if one.slot % 2 else None
        road = problem.road(morning, one.company) if morning else 0
        found[one.employee, one.slot // HALVES] += end - start + road
    return found


def _notes(problem: Problem, visits: tuple[Visit, ...]) -> tuple[Reason, ...]:
    """What an owner should know about the whole."""
    notes = []
    agreed = sum(one.halves for one in problem.shares)
    possible = sum(_room(problem, one) for one in problem.employees)
    if agreed > possible:
        notes.append(reason("note.too_much", agreed=agreed, possible=possible))
    by_company = Counter(one.company for one in visits)
    for company, count in by_company.most_common(1):
        if len(problem.companies) > 1 and 100 * count > LOPSIDED * len(visits):
            notes.append(reason("note.lopsided", company=company, percent=100 * count // len(visits)))
    for one in problem.employees:
        if 0 < one.contract < PART_TIME:
            notes.append(reason("note.part_time", employee=one.name, hours=one.contract // 60))
    return tuple(notes)


def _room(problem: Problem, employee: Employee) -> int:
    """Half-days that an employee can give over the horizon, by the contract and the calendar."""
    firms = [problem.companies[i] for i in eligible(problem, employee)]
    if not firms:
        return 0
    shortest = min(end - start for firm in firms for start, end in firm.hours)
    away, found = employee.leaves | problem.closed(), 0
    for week in range(problem.weeks):
        present = [h for h in employee.available if week * HALVES + h not in away and any(h in f.open for f in firms)]
        found += min(len(present), week_budget(problem, employee, week) // shortest)
    return int(found)


def shares_of_percents(problem: Problem, percents: Mapping[str, int]) -> dict[str, int]:
    """Half-days of shares given as whole percents of what all employees can give over the horizon.

    Holds   largest remainder: when the percents make 100, every half-day goes to a company.
    """
    whole = sum(_room(problem, one) for one in problem.employees)
    names = sorted(percents)
    exact = np.array([whole * percents[name] for name in names], dtype=np.int64)
    found = exact // 100
    left = (int(exact.sum()) + 50) // 100 - int(found.sum())
    order = sorted(range(len(names)), key=lambda i: (-(int(exact[i]) % 100), names[i]))
    for i in order[: max(0, left)]:
        found[i] += 1
    return {name: int(found[i]) for i, name in enumerate(names)}


def with_percents(problem: Problem, percents: Mapping[str, int]) -> Problem:
    """The problem with those shares added. Companies without any share yet must be given one beforehand."""
    told = tuple(one for one in problem.shares if one.employee is not None or one.company not in percents)
    common = shares_of_percents(problem, percents)
    kept = [replace(one, halves=common[one.company]) for one in problem.shares if one not in told]
    return replace(problem, shares=(*told, *kept))
