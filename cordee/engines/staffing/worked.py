"""Hours that were really worked, against the law: what a shared employee noted, all companies together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cordee.engines.sentences import Reason, reason
from cordee.engines.staffing.limits import DAY, Limits, limits_on


@dataclass(frozen=True, slots=True, order=True)
class Stint:
    """One stretch of work at one place.

    Units   start, end: minutes since midnight of the same day; pause: minutes inside, not worked; road: minutes to come
            from another company of the same day, which are working time.
    Errors  ValueError when the end does not come after the start, or the pause fills it.
    """

    day: date
    start: int
    end: int
    pause: int = 0
    road: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY or self.pause < 0 or self.road < 0:
            raise ValueError("the end comes after the start, on the same day")
        if self.pause >= self.end - self.start:
            raise ValueError("the pause is shorter than the stretch of work")

    @property
    def minutes(self) -> int:
        """Working time, the road included.

        >>> Stint(date(2026, 9, 7), 540, 1020, pause=60).minutes
        420
        """
        return self.end - self.start - self.pause + self.road


def breaches(
    name: str, stints: Iterable[Stint], *, contract: int | None = None, limits: Limits | None = None
) -> tuple[Reason, ...]:
    """Every rule that hours really worked have broken, day by day, then week by week.

    Shape   contract: minutes a week that were agreed, overtime included; nothing: not looked at.
    Holds   on the hours of a timetable, limits of days, nights and weeks are broken exactly where `violations` says so.
    Units   limits: those in force on each day, unless some are given.

    >>> late, early = Stint(date(2026, 9, 7), 840, 1320), Stint(date(2026, 9, 8), 420, 720)
    >>> [one.code for one in breaches("Léa", [late, early])]
    ['broken.pause', 'broken.night']
    """
    days: dict[date, list[Stint]] = defaultdict(list)
    for one in sorted(stints):
        days[one.day].append(one)
    found: list[Reason] = []
    for day, today in sorted(days.items()):
        found += _day(name, day, today, limits or limits_on(day))
        before = days.get(day - timedelta(days=1))
        rest = DAY - max(one.end for one in before) + today[0].start if before else DAY
        law = limits or limits_on(day)
        if rest < law.daily_rest:
            found.append(_said("night", name, day, hours=_clock(rest), limit=_clock(law.daily_rest)))
    return (*found, *_weeks(name, days, contract, limits))


def _said(code: str, name: str, day: date, **facts: str | int) -> Reason:
    return reason(f"broken.{code}", employee=name, day=day.isoformat(), **facts)


def _day(name: str, day: date, today: list[Stint], law: Limits) -> list[Reason]:
    found: list[Reason] = []
    total = sum(one.minutes for one in today)
    if total > law.day:
        found.append(_said("day", name, day, hours=_clock(total), limit=_clock(law.day)))
    if any(after.start < before.end for before, after in pairwise(today)):
        found.append(_said("overlap", name, day))
    if not _paused(today, law):
        found.append(_said("pause", name, day, minutes=law.pause))
    return found


def _paused(today: list[Stint], law: Limits) -> bool:
    """Whether a day that reaches six hours has a pause of twenty minutes: noted, or between two places."""
    if sum(one.minutes for one in today) < law.pause_after or any(one.pause >= law.pause for one in today):
        return True
    return any(after.start - before.end - after.road >= law.pause for before, after in pairwise(today))


def _weeks(name: str, days: dict[date, list[Stint]], contract: int | None, limits: Limits | None) -> list[Reason]:
    minutes: dict[date, int] = defaultdict(int)
    busy: dict[date, int] = defaultdict(int)
    for day, today in days.items():
        monday = day - timedelta(days=day.weekday())
        minutes[monday] += sum(one.minutes for one in today)
        busy[monday] += 1
    found: list[Reason] = []
    for monday, total in sorted(minutes.items()):
        law = limits or limits_on(monday)
        if total > law.week:
            found.append(_said("week", name, monday, hours=_clock(total), limit=_clock(law.week)))
        if contract is not None and total > contract:
            found.append(_said("contract", name, monday, hours=_clock(total), limit=_clock(contract)))
        if busy[monday] > law.days_a_week:
            found.append(_said("days", name, monday, limit=law.days_a_week))
        if not _rested(days, monday, law):
            found.append(_said("rest", name, monday, limit=_clock(law.weekly_rest)))
        past = sum(minutes.get(monday - timedelta(weeks=week), 0) for week in range(law.average_weeks))
        if past > law.average * law.average_weeks:
            mean = past // law.average_weeks
            found.append(_said("average", name, monday, hours=_clock(mean), limit=_clock(law.average)))
    return found


def _rested(days: dict[date, list[Stint]], monday: date, law: Limits) -> bool:
    """Whether some whole day of the week is off, inside a rest that is long enough."""
    for number in range(7):
        off = monday + timedelta(days=number)
        if off in days:
            continue
        before, after = days.get(off - timedelta(days=1)), days.get(off + timedelta(days=1))
        rest = DAY + (DAY - max(one.end for one in before) if before else DAY)
        rest += after[0].start if after else DAY
        if rest >= law.weekly_rest:
            return True
    return False


def _clock(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes % 60 else f"{minutes // 60} h"
