"""The bound of a certificate, summed again from the problem: no arrays, no solver, nothing of the search."""

from collections.abc import Callable
from functools import cache

from cordee.engines.staffing.model import HALVES, Company, Employee, Problem, week_budget
from cordee.engines.staffing.result import Certificate


def least(problem: Problem, seal: Certificate, worst: int, total: int) -> float:
    """What the aim of a certificate costs at least: each day of each employee takes what its prices make cheapest.

    Shape   worst, total: the shortfalls of the timetable, which others do not exceed when the certificate says `held`.
    Holds   at most the aim of every allowed timetable, whatever the prices (Lagrangian relaxation).
    Source  Nemhauser & Wolsey, Integer and Combinatorial Optimization, II.3.6.
    """
    week, half, trip, top = ([max(0.0, one) for one in part] for part in (seal.week, seal.half, seal.trip, seal.top))
    places = {(one.company, one.employee): i for i, one in enumerate(problem.shares)}
    found = sum(seal.share[i] * one.halves + trip[i] * ((one.halves + 1) // 2) for i, one in enumerate(problem.shares))
    road = cache(problem.road)
    for e, employee in enumerate(problem.employees):
        choices = [_choices(problem, employee, day, road) for day in range(7 * problem.weeks)]
        shortest = min((minutes / len(there) for day in choices for there, minutes, _ in day if there), default=1.0)
        for w in range(problem.weeks):
            at, budget = e * problem.weeks + w, week_budget(problem, employee, w)
            found -= week[at] * budget + half[at] * (budget // max(1, int(shortest)))
            for day in choices[7 * w : 7 * w + 7]:
                cheapest = 0.0
                for there, minutes, drive in day:
                    numbers = [places.get((name, employee.name), places.get((name, None), -1)) for name in there]
                    if -1 not in numbers:
                        worth = sum(seal.share[i] for i in numbers) + sum(trip[i] for i in set(numbers))
                        paid = week[at] * minutes + half[at] * len(there)
                        cheapest = min(cheapest, seal.road * drive + paid - worth)
                found += cheapest
    spare = {one.name: one.extra for one in problem.companies}
    if seal.held:
        top = [0.0] * len(top)  # no shortfall exceeds the largest one known: no price says it better
    found += min(0.0, seal.worst - sum(top)) * max((one.halves for one in problem.shares), default=0)
    gains, left = [], total if seal.held else sum(one.halves for one in problem.shares)
    for i, one in enumerate(problem.shares):
        found += min(0.0, seal.share[i]) * spare[one.company]
        gains.append((seal.missing - seal.share[i] - trip[i] + top[i], min(one.halves, worst if seal.held else left)))
    for each, most in sorted(gains):
        if each < 0:
            found += each * min(most, left)
            left -= min(most, left)
    return found


def _choices(
    problem: Problem, employee: Employee, day: int, road: Callable[[str, str], int]
) -> list[tuple[tuple[str, ...], int, int]]:
    """Where a day can be spent: the companies of its halves, minutes worked, minutes on the road.

    The rest between days, the pause and what is asked elsewhere are left out: a choice too many only lowers the sum.
    """
    away = employee.leaves | problem.closed()
    firms: list[list[Company | None]] = []
    for slot in (2 * day, 2 * day + 1):
        free = slot % HALVES in employee.available and slot not in away
        here = [
            firm
            for firm in problem.companies
            if free and slot % HALVES in firm.open and firm.skills <= employee.skills
            if employee.name not in firm.refuses and problem.share_of(employee.name, firm.name)
        ]
        firms.append([None, *here])
    found = []
    for first in firms[0]:
        for second in firms[1]:
            there = [one for one in (first, second) if one is not None]
            if not there:
                continue
            between = road(first.name, second.name) if first and second else 0
            minutes = sum(one.hours[k][1] - one.hours[k][0] for k, one in enumerate((first, second)) if one) + between
            if (first and second and second.hours[1][0] - first.hours[0][1] < between) or minutes > problem.limits.day:
                continue
            home = road(employee.name, there[0].name) + road(employee.name, there[-1].name)
            found.append((tuple(one.name for one in there), minutes, between + home))
    return found
