"""Every lawful day of every employee: where the morning, where the afternoon, what it costs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordee.engines.staffing.model import HALVES, Employee, Problem

Ints = NDArray[np.int64]
NEVER = -1


@dataclass(frozen=True, slots=True)
class Days:
    """One entry per day pattern; `am` and `pm` number a company, -1 nobody.

    Units   minutes; start and end since midnight (a day off ends at 0 and starts at 1440); road: all minutes on the
            road, home included; firm and soft: weight of the wishes it breaks; moved: half-days unlike the base week.
    """

    employee: Ints
    day: Ints
    am: Ints
    pm: Ints
    minutes: Ints
    halves: Ints
    start: Ints
    end: Ints
    road: Ints
    firm: Ints
    soft: Ints
    moved: Ints

    def __len__(self) -> int:
        return len(self.employee)

    def take(self, kept: Any) -> "Days":
        """The patterns kept (a mask or indices)."""
        return Days(*(getattr(self, name)[kept] for name in self.__slots__))


def eligible(problem: Problem, employee: Employee) -> list[int]:
    """The companies where this employee may work at all: a share, the skills, no refusal."""
    return [
        i
        for i, firm in enumerate(problem.companies)
        if problem.share_of(employee.name, firm.name)
        and firm.skills <= employee.skills
        and employee.name not in firm.refuses
    ]


def all_days(problem: Problem, base: dict[tuple[str, int], str] | None = None) -> Days:
    """List every lawful day pattern. `base`: company by (employee, half-day of the week), to count what moves."""
    count = len(problem.companies)
    between = np.array([[problem.road(a.name, b.name) for b in problem.companies] for a in problem.companies])
    between = between.reshape(count, count)
    hours = np.array([firm.hours for firm in problem.companies], dtype=np.int64).reshape(count, 2, 2)
    closed = problem.closed()
    parts: list[tuple[Any, ...]] = []
    for number, employee in enumerate(problem.employees):
        firms = np.array([NEVER, *eligible(problem, employee)], dtype=np.int64)
        pair = _pairs(problem, employee, firms, between, hours)
        firm_cost, soft_cost = _wishes(problem, employee)
        opened = np.array([[half in problem.companies[i].open for half in range(HALVES)] for i in firms[1:]], bool)
        opened = np.vstack([np.ones((1, HALVES), bool), opened.reshape(len(firms) - 1, HALVES)])
        names = np.array([None if i < 0 else problem.companies[i].name for i in firms], dtype=object)
        for day in range(problem.weeks * 7):
            masks = []
            for slot in (2 * day, 2 * day + 1):
                here = opened[:, slot % HALVES].copy()
                if slot % HALVES not in employee.available or slot in employee.leaves or slot in closed:
                    here[1:] = False
                masks.append(here)
            a, b = np.nonzero(masks[0][:, None] & masks[1][None, :] & pair["lawful"])
            moved = np.zeros(len(a), np.int64)
            if base is not None:
                for chosen, slot in ((a, 2 * day), (b, 2 * day + 1)):
                    moved += (names != base.get((employee.name, slot % HALVES)))[chosen]
            parts.append(
                (
                    np.full(len(a), number),
                    np.full(len(a), day),
                    firms[a],
                    firms[b],
                    *(pair[name][a, b] for name in ("minutes", "halves", "start", "end", "road")),
                    *(table[2 * day, firms[a]] + table[2 * day + 1, firms[b]] for table in (firm_cost, soft_cost)),
                    moved,
                )
            )
    return Days(*(np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True)))


def _pairs(problem: Problem, employee: Employee, firms: Ints, between: Ints, hours: Ints) -> dict[str, Any]:
    """What each (morning, afternoon) pair is worth, and whether the law of one day allows it."""
    law = problem.limits
    home = np.array([0] + [problem.road(employee.name, problem.companies[i].name) for i in firms[1:]], dtype=np.int64)
    on = firms >= 0
    morning, afternoon = hours[firms][:, 0, :], hours[firms][:, 1, :]
    first = np.where(on, morning[:, 1] - morning[:, 0], 0)[:, None]
    second = np.where(on, afternoon[:, 1] - afternoon[:, 0], 0)[None, :]
    both = on[:, None] & on[None, :]
    change = np.where(both, between[np.ix_(firms, firms)], 0)
    noon = np.where(both, afternoon[None, :, 0] - morning[:, None, 1], DAY_LONG)
    minutes = first + second + change
    split = noon - change >= law.pause  # somewhere at noon, on one side of the road or the other
    long = law.pause_after
    whole = ((first <= long) & (change + second <= long)) | ((first + change <= long) & (second <= long))
    rested = (minutes < long) | (split & whole)
    alone = np.maximum(first, second) <= long
    start = np.where(on[:, None], morning[:, None, 0], np.where(on[None, :], afternoon[None, :, 0], DAY_LONG))
    end = np.where(on[None, :], afternoon[None, :, 1], np.where(on[:, None], morning[:, None, 1], 0))
    road = change + np.where(on[:, None], home[:, None], home[None, :]) + np.where(on[None, :], home, home[:, None])
    return {
        "lawful": (minutes <= law.day) & (noon >= change) & np.where(both, rested, alone),
        "minutes": minutes,
        "halves": on[:, None].astype(np.int64) + on[None, :],
        "start": start,
        "end": end,
        "road": road,
    }


DAY_LONG = 1440


def _wishes(problem: Problem, employee: Employee) -> tuple[Ints, Ints]:
    """Per slot and company (the last column: nowhere), the firm wishes broken, and the weight of the others."""
    shape = (problem.weeks * HALVES, len(problem.companies) + 1)
    firm, soft = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    index = {one.name: i for i, one in enumerate(problem.companies)}
    for wish in problem.wishes:
        if wish.employee != employee.name:
            continue
        table, weight = (firm, 1) if wish.firm else (soft, wish.weight)
        for slot in wish.slots:
            if wish.company is None:
                table[slot, :-1] += weight
            elif wish.avoid:
                table[slot, index[wish.company]] += weight
            else:
                table[slot] += weight
                table[slot, index[wish.company]] -= weight
    return firm, soft
