"""Check a timetable against the rules, one by one. Written from the rules alone: it knows nothing of the planner.

It also judges a timetable changed by hand: every rule broken is named, with who and when.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from cordee.engines.sentences import Reason, reason
from cordee.engines.staffing.model import Company, Employee, Problem
from cordee.engines.staffing.result import Visit


def violations(problem: Problem, visits: Iterable[Visit]) -> tuple[Reason, ...]:
    """Every rule that a timetable breaks, in the order of employees and dates.

    Holds   empty exactly when the law, contracts, leaves, opening, skills, refusals, confidentiality, places and
            ceilings of shares all hold. Needs, wishes and shares not reached are no violations.
    Errors  ValueError when a visit names somebody unknown, or a half-day outside the horizon.
    """
    firms = {one.name: one for one in problem.companies}
    staff = {one.name: one for one in problem.employees}
    found: list[Reason] = []
    seen: dict[str, dict[int, str]] = {name: {} for name in staff}
    for visit in visits:
        if visit.employee not in staff or visit.company not in firms or not 0 <= visit.slot < 14 * problem.weeks:
            raise ValueError(f"unknown employee, company or half-day: {visit}")
        if visit.slot in seen[visit.employee]:
            found.append(_at("twice", problem, staff[visit.employee], visit.slot))
        seen[visit.employee][visit.slot] = visit.company
    for name, places in seen.items():
        found += _one_employee(problem, staff[name], places, firms)
    found += _companies(problem, seen)
    return tuple(found)


def _at(code: str, problem: Problem, employee: Employee, slot: int, **facts: str | int) -> Reason:
    half = "pm" if slot % 2 else "am"
    return reason(f"broken.{code}.{half}", employee=employee.name, day=problem.day(slot).isoformat(), **facts)


def _one_employee(
    problem: Problem, employee: Employee, places: dict[int, str], firms: dict[str, Company]
) -> list[Reason]:
    found: list[Reason] = []
    holidays = problem.closed()
    for slot, name in sorted(places.items()):
        firm = firms[name]
        if slot in employee.leaves:
            found.append(_at("leave", problem, employee, slot))
        elif slot in holidays:
            found.append(_at("holiday", problem, employee, slot))
        elif slot % 14 not in employee.available:
            found.append(_at("absent", problem, employee, slot))
        if slot % 14 not in firm.open:
            found.append(_at("closed", problem, employee, slot, company=name))
        if firm.skills - employee.skills:
            found.append(_at("skill", problem, employee, slot, company=name, skill=min(firm.skills - employee.skills)))
        if employee.name in firm.refuses:
            found.append(_at("refused", problem, employee, slot, company=name))
    for one, other in problem.apart:
        if one in places.values() and other in places.values():
            found.append(reason("broken.apart", employee=employee.name, company=one, other=other))
    stints = _stints(problem, places, firms)
    return found + _daily(problem, employee, stints) + _weekly(problem, employee, stints, places)


def _stints(problem: Problem, places: dict[int, str], firms: dict[str, Company]) -> list[tuple[int, int, str]]:
    """Work as (from, to, place), in minutes since the first Monday at midnight."""
    found = []
    for slot, name in sorted(places.items()):
        start, end = firms[name].hours[slot % 2]
        found.append((slot // 2 * 1440 + start, slot // 2 * 1440 + end, name))
    return found


def _work(problem: Problem, stints: list[tuple[int, int, str]]) -> int:
    """Minutes worked in one day: at companies, and on the road from one to the next."""
    total = sum(end - start for start, end, _ in stints)
    return total + sum(problem.road(a[2], b[2]) for a, b in pairwise(stints))


def _daily(problem: Problem, employee: Employee, stints: list[tuple[int, int, str]]) -> list[Reason]:
    law, found = problem.limits, []
    days: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for stint in stints:
        days[stint[0] // 1440].append(stint)
    for day, today in sorted(days.items()):
        told = {"employee": employee.name, "day": problem.day(2 * day).isoformat()}
        total = _work(problem, today)
        if total > law.day:
            found.append(reason("broken.day", **told, hours=_clock(total), limit=_clock(law.day)))
        for (_, end, here), (start, _, there) in pairwise(today):
            if start - end < problem.road(here, there):
                found.append(reason("broken.road", **told, company=there, minutes=problem.road(here, there)))
        if not _paused(problem, today, total):
            found.append(reason("broken.pause", **told, minutes=law.pause))
    for (_, end, _), (start, _, _) in pairwise(stints):
        if start // 1440 == end // 1440 + 1 and start - end < law.daily_rest:
            told = {"employee": employee.name, "day": problem.day(2 * (start // 1440)).isoformat()}
            found.append(reason("broken.night", **told, hours=_clock(start - end), limit=_clock(law.daily_rest)))
    return found


def _paused(problem: Problem, today: list[tuple[int, int, str]], total: int) -> bool:
    """Whether nobody works too long in a row, trying the pause before the midday journey and after it."""
    law = problem.limits
    if len(today) == 1:
        return today[0][1] - today[0][0] <= law.pause_after
    (start, noon, here), (back, end, there) = today
    if total < law.pause_after:
        return True
    road = problem.road(here, there)
    rest_first = max(noon - start, road + end - back)  # longest stretch when the pause comes before the journey
    rest_after = max(noon - start + road, end - back)
    return back - noon - road >= law.pause and min(rest_first, rest_after) <= law.pause_after


def _weekly(
    problem: Problem, employee: Employee, stints: list[tuple[int, int, str]], places: dict[int, str]
) -> list[Reason]:
    law, found = problem.limits, []
    minutes: list[int] = [
        sum(
            _work(problem, [one for one in stints if one[0] // 1440 == day])
            for day in range(7 * week, 7 * week + 7)
            if 2 * day in places or 2 * day + 1 in places
        )
        for week in range(problem.weeks)
    ]
    off_days = holidays_and_leaves(problem, employee)
    ordinary = [half for half in range(10) if half in employee.available]
    for week, total in enumerate(minutes):
        told = {"employee": employee.name, "day": problem.day(14 * week).isoformat()}
        lost = [half for half in ordinary if 14 * week + half in off_days]
        due = employee.contract - -(-employee.contract * len(lost) // len(ordinary)) if ordinary else employee.contract
        if total > law.week:
            found.append(reason("broken.week", **told, hours=_clock(total), limit=_clock(law.week)))
        if total > due + employee.overtime:
            found.append(reason("broken.contract", **told, hours=_clock(total), limit=_clock(due + employee.overtime)))
        if len({start // 1440 for start, _, _ in stints if start // 10080 == week}) > law.days_a_week:
            found.append(reason("broken.days", **told, limit=law.days_a_week))
        if not _rested(problem, stints, week):
            found.append(reason("broken.rest", **told, limit=_clock(law.weekly_rest)))
        past = ([employee.contract] * law.average_weeks + list(employee.before) + minutes[: week + 1])[
            -law.average_weeks :
        ]
        horizon: list[int] = minutes[max(0, week + 1 - law.average_weeks) : week + 1]
        if sum(past) > law.average * law.average_weeks and any(horizon):
            mean = sum(past) // law.average_weeks
            found.append(reason("broken.average", **told, hours=_clock(mean), limit=_clock(law.average)))
    return found


def holidays_and_leaves(problem: Problem, employee: Employee) -> frozenset[int]:
    """The slots an employee does not owe."""
    return employee.leaves | problem.closed()


def _rested(problem: Problem, stints: list[tuple[int, int, str]], week: int) -> bool:
    """Whether some whole day of the week is off, inside a rest that is long enough."""
    for day in range(7 * week, 7 * week + 7):
        if any(start // 1440 == day for start, _, _ in stints):
            continue
        before = max((end for _, end, _ in stints if end <= 1440 * day), default=-(10**9))
        after = min((start for start, _, _ in stints if start >= 1440 * (day + 1)), default=10**9)
        if after - before >= problem.limits.weekly_rest:
            return True
    return False


def _companies(problem: Problem, seen: dict[str, dict[int, str]]) -> list[Reason]:
    found = []
    crowd: dict[tuple[str, int], int] = defaultdict(int)
    given: dict[tuple[str, str | None], int] = defaultdict(int)
    for employee, places in seen.items():
        for slot, company in places.items():
            crowd[company, slot] += 1
            own = any(one.company == company and one.employee == employee for one in problem.shares)
            given[company, employee if own else None] += 1
    agreed = {(one.company, one.employee): one.halves for one in problem.shares}
    for firm in problem.companies:
        for slot in range(14 * problem.weeks):
            if firm.at_once is not None and crowd[firm.name, slot] > firm.at_once:
                half = "pm" if slot % 2 else "am"
                day = problem.day(slot).isoformat()
                found.append(reason(f"broken.crowd.{half}", company=firm.name, day=day, limit=firm.at_once))
    extras = {one.name: one.extra for one in problem.companies}
    for (company, who), count in sorted(given.items(), key=str):
        due = agreed.get((company, who), 0)
        if count > due + extras[company]:
            found.append(reason("broken.share", company=company, n=count, agreed=due))
    return found


def _clock(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes % 60 else f"{minutes // 60} h"
