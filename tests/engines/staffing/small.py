"""Small problems, drawn or written, and the figures of a timetable counted again from its visits."""

from collections import Counter
from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

from cordee.engines.staffing import Company, Employee, Need, Problem, Share, Visit, Wish

MONDAY = date(2026, 9, 7)
EARLY = ((300, 600), (600, 720))  # 5:00-10:00, 10:00-12:00
LATE = ((720, 900), (1020, 1320))  # 12:00-15:00, 17:00-22:00
OFFICE = ((540, 750), (810, 1020))
LONG = ((480, 780), (840, 1140))  # two times five hours


def count(problem: Problem, visits: tuple[Visit, ...]) -> tuple[int, ...]:
    """Firm demands broken, largest shortfall, all shortfalls, weight of other demands, minutes on the road."""
    given: Counter[tuple[str, str | None]] = Counter()
    for one in visits:
        own = any(share.employee == one.employee and share.company == one.company for share in problem.shares)
        given[one.company, one.employee if own else None] += 1
    missing = [max(0, share.halves - given[share.company, share.employee]) for share in problem.shares]
    at = {(one.employee, one.slot): one.company for one in visits}
    firm = soft = 0
    for wish in problem.wishes:
        for slot in wish.slots:
            here = at.get((wish.employee, slot))
            if wish.company is None:
                broken = here is not None
            else:
                broken = here == wish.company if wish.avoid else here != wish.company
            firm += broken and wish.firm
            soft += wish.weight * (broken and not wish.firm)
    for need in problem.needs:
        for slot in need.slots:
            able = [one.name for one in problem.employees if need.skill is None or need.skill in one.skills]
            lacking = max(0, need.count - sum(at.get((name, slot)) == need.company for name in able))
            firm += lacking if need.firm else 0
            soft += 0 if need.firm else lacking * need.weight
    road = 0
    for employee in problem.employees:
        for day in range(7 * problem.weeks):
            stops = [at[employee.name, slot] for slot in (2 * day, 2 * day + 1) if (employee.name, slot) in at]
            path = [employee.name, *stops, employee.name] if stops else []
            road += sum(problem.road(a, b) for a, b in pairwise(path))
    return firm, max(missing, default=0), sum(missing), soft, road


def halves(*, saturday: bool = False) -> st.SearchStrategy[frozenset[int]]:
    """Half-days of an ordinary week."""
    top = 13 if saturday else 9
    return st.frozensets(st.integers(0, top), min_size=3, max_size=10)


@st.composite
def problems(draw: st.DrawFn, people: int = 2, firms: int = 3, weeks: int = 2) -> Problem:
    """Anything lawful to ask, with hours that make rests and pauses bite."""
    weeks = draw(st.integers(1, weeks))
    slots = st.integers(0, 14 * weeks - 1)
    employees = tuple(
        Employee(
            f"E{i}",
            contract=draw(st.sampled_from((1200, 2100, 2640))),
            overtime=draw(st.sampled_from((0, 0, 60, 300))),
            skills=draw(st.frozensets(st.sampled_from("pq"))),
            available=draw(halves(saturday=True)),
            leaves=draw(st.frozensets(slots, max_size=3)),
            before=draw(st.sampled_from(((), (2880,) * 8, (2640,) * 11, (2880,) * 11))),
        )
        for i in range(draw(st.integers(1, people)))
    )
    names = [f"C{i}" for i in range(draw(st.integers(1, firms)))]
    companies = tuple(
        Company(
            name,
            skills=draw(st.frozensets(st.sampled_from("pq"), max_size=1)),
            open=draw(halves(saturday=True)),
            hours=draw(st.sampled_from((OFFICE, OFFICE, EARLY, LATE, LONG))),
            refuses=draw(st.frozensets(st.sampled_from([one.name for one in employees]), max_size=1)),
            at_once=draw(st.sampled_from((None, 1))),
            extra=draw(st.sampled_from((0, 0, 2))),
        )
        for name in names
    )
    shares = [Share(name, draw(st.integers(0, 10))) for name in names]
    if draw(st.booleans()):
        shares.append(Share(names[0], draw(st.integers(0, 5)), "E0"))
    few = st.lists(slots, min_size=1, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
    wishes = st.builds(
        Wish,
        st.sampled_from([one.name for one in employees]),
        few,
        st.sampled_from((None, *names)),
        avoid=st.booleans(),
        firm=st.booleans(),
        weight=st.integers(1, 3),
    )
    needs = st.builds(
        Need,
        st.sampled_from(names),
        few,
        skill=st.sampled_from((None, "p")),
        firm=st.booleans(),
        weight=st.integers(1, 3),
    )
    everyone = [one.name for one in employees] + names
    travel = {(a, b): draw(st.integers(0, 60)) for i, a in enumerate(everyone) for b in everyone[i + 1 :] if b in names}
    return Problem(
        draw(st.sampled_from((MONDAY, date(2026, 5, 11)))),  # the second has Ascension Day
        weeks,
        employees,
        companies,
        tuple(shares),
        needs=tuple(draw(st.lists(needs, max_size=2))),
        wishes=tuple(draw(st.lists(wishes, max_size=2))),
        apart=draw(st.sampled_from(((), ((names[0], names[-1]),)))) if len(names) > 1 else (),
        travel=travel,
    )


def values(found_levels: tuple[object, ...]) -> tuple[int, ...]:
    """The values of the levels but the last: what moves from week to week depends on the ordinary week chosen."""
    return tuple(one.value for one in found_levels if one.name != "moved")  # type: ignore[attr-defined]
