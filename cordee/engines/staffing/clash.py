"""Which firm needs and wishes cannot hold together: smallest sets, found by letting demands go one by one."""

from dataclasses import replace

from cordee.engines.staffing.levels import Search, firm_level
from cordee.engines.staffing.model import Need, Problem, Wish
from cordee.engines.staffing.result import Clash, Visit

MOST = 5  # clashes named; the others show once these are settled
Demand = tuple[str, int]


def clashes(problem: Problem, visits: tuple[Visit, ...], seconds: float) -> tuple[Clash, ...]:
    """Name sets of firm demands that no lawful timetable holds together, until the others all can.

    Holds   in each set, letting any one demand go makes the others possible.
    """
    demands: list[Demand] = [("need", i) for i, one in enumerate(problem.needs) if one.firm]
    demands += [("wish", i) for i, one in enumerate(problem.wishes) if one.firm]
    found: list[Clash] = []
    while len(found) < MOST and not _possible(problem, demands, seconds):
        core = _smallest(problem, demands, seconds)
        found.append(
            Clash(tuple(i for kind, i in core if kind == "need"), tuple(i for kind, i in core if kind == "wish"))
        )
        broken = [one for one in core if _breaks(problem, one, visits)]
        demands.remove((broken or core)[0])
    return tuple(found)


def _smallest(problem: Problem, demands: list[Demand], seconds: float) -> list[Demand]:
    """Let demands go, halves first, as long as the rest stays impossible."""
    core, size = list(demands), max(1, len(demands) // 2)
    while True:
        for start in range(0, len(core), size):
            fewer = core[:start] + core[start + size :]
            if fewer and not _possible(problem, fewer, seconds):
                core = fewer
                break
        else:
            if size == 1:
                return core
            size = max(1, size // 2)


def _possible(problem: Problem, demands: list[Demand], seconds: float) -> bool:
    """Whether a lawful timetable holds all these demands."""
    needs = tuple(problem.needs[i] for kind, i in demands if kind == "need")
    wishes = tuple(problem.wishes[i] for kind, i in demands if kind == "wish")
    search = Search(replace(problem, needs=needs, wishes=wishes), (), seconds, 1 << 60)
    firm_level(search)
    return search.levels[0].value == 0


def _breaks(problem: Problem, demand: Demand, visits: tuple[Visit, ...]) -> bool:
    """Whether a timetable does not hold a demand."""
    kind, i = demand
    return bool(
        broken_need(problem, problem.needs[i], visits) if kind == "need" else broken_wish(problem.wishes[i], visits)
    )


def broken_wish(wish: Wish, visits: tuple[Visit, ...]) -> tuple[int, ...]:
    """The slots on which a wish is not held."""
    at = {one.slot: one.company for one in visits if one.employee == wish.employee}
    if wish.company is None:
        return tuple(slot for slot in wish.slots if slot in at)
    return tuple(slot for slot in wish.slots if (at.get(slot) == wish.company) == wish.avoid)


def broken_need(problem: Problem, need: Need, visits: tuple[Visit, ...]) -> tuple[int, ...]:
    """The slots on which a need is not met."""
    skilled = {one.name for one in problem.employees if need.skill is None or need.skill in one.skills}
    there = [one.slot for one in visits if one.company == need.company and one.employee in skilled]
    return tuple(slot for slot in need.slots if there.count(slot) < need.count)
