"""What a timetable is worth to each company: minutes by month, and the balance at the end of the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.sharing import share
from cordee.engines.staffing.model import Problem
from cordee.engines.staffing.result import Visit
from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One employee at one company in one month ("2026-09").

    Units   minutes worked there, minutes on the road to come from another company of the same day, half-days.
    """

    month: str
    company: str
    employee: str
    worked: int
    road: int
    halves: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Minutes agreed and worked for a company; `fair`: its part of all minutes worked, by the agreed shares.

    Holds   surplus = worked - agreed; balance = worked - fair, and all balances sum to 0: a company above hands hours
            (or their cost) to those below.
    """

    company: str
    agreed: int
    worked: int
    fair: int

    @property
    def surplus(self) -> int:
        """Minutes beyond what was agreed; negative when some are missing."""
        return self.worked - self.agreed

    @property
    def balance(self) -> int:
        """Minutes to give back; negative: to receive."""
        return self.worked - self.fair


def monthly(problem: Problem, visits: tuple[Visit, ...]) -> tuple[MonthLine, ...]:
    """The lines of the monthly statements. The road between two companies of a day goes to the one arrived at.

    Holds   worked and road sum to the minutes counted as working time.
    """
    hours = {one.name: one.hours for one in problem.companies}
    at = {(one.employee, one.slot): one.company for one in visits}
    lines: dict[tuple[str, str, str], list[int]] = {}
    for one in sorted(visits):
        line = lines.setdefault((problem.day(one.slot).isoformat()[:7], one.company, one.employee), [0, 0, 0])
        start, end = hours[one.company][one.slot % 2]
        before = at.get((one.employee, one.slot - 1)) if one.slot % 2 else None
        line[0] += end - start
        line[1] += problem.road(before, one.company) if before else 0
        line[2] += 1
    return tuple(MonthLine(*key, *figures) for key, figures in sorted(lines.items()))


def year_end(agreed: Mapping[str, int], worked: Mapping[str, int]) -> tuple[YearEnd, ...]:
    """Rebalance the year: what each company used against what was agreed, to the minute.

    Shape   minutes by company; at least one agreed minute in all; a company absent from `worked` used none.
    Holds   the fair parts sum to the minutes worked, each within a minute of the exact one.
    Errors  ValueError for negative minutes, or for a company without agreed share.

    >>> [(one.company, one.surplus, one.balance) for one in year_end({"A": 600, "B": 300}, {"A": 600, "B": 180})]
    [('A', 0, 80), ('B', -120, -80)]
    """
    if set(worked) - set(agreed):
        raise ValueError(f"no agreed share: {min(set(worked) - set(agreed))}")
    if min((*agreed.values(), *worked.values()), default=0) < 0:
        raise ValueError("minutes are not negative")
    total = sum(worked.values())
    fair = share(Cents(total), {MemberId(name): Fraction(part) for name, part in agreed.items()})
    return tuple(YearEnd(name, agreed[name], worked.get(name, 0), int(fair[MemberId(name)])) for name in sorted(agreed))
