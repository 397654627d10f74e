"""The legal limits of working time, as dated values that anybody can replace."""

from dataclasses import dataclass
from datetime import date

DAY = 1440  # minutes


@dataclass(frozen=True, slots=True)
class Limits:
    """What the law (or a stricter agreement) allows one employee, all companies together.

    Units   minutes, but `average_weeks` in weeks and `days_a_week` in days.
    Errors  ValueError when a limit is negative, or a rest longer than the planner can look around.
    Source  Code du travail: L3121-18 (10 h a day), L3121-20 (48 h a week), L3121-22 (44 h over 12 weeks), L3131-1
            (11 h from one day to the next), L3132-1 (6 days), L3132-2 (24 h and 11 h in a row), L3121-16 (20 minutes
            as soon as the day reaches 6 h).
    """

    since: date = date(2016, 8, 10)
    day: int = 600
    week: int = 2880
    average: int = 2640
    average_weeks: int = 12
    daily_rest: int = 660
    weekly_rest: int = 2100
    pause: int = 20
    pause_after: int = 360
    days_a_week: int = 6

    def __post_init__(self) -> None:
        figures = (self.day, self.week, self.average, self.daily_rest, self.weekly_rest, self.pause, self.pause_after)
        if min(figures) < 0 or self.average_weeks < 1 or not 1 <= self.days_a_week <= 6:
            raise ValueError("limits are not negative; a week has at least one day off")
        if self.daily_rest > DAY or self.weekly_rest > 2 * DAY:
            raise ValueError("a daily rest is at most 24 h, a weekly rest at most 48 h")


LIMITS: tuple[Limits, ...] = (Limits(),)


def limits_on(day: date, known: tuple[Limits, ...] = LIMITS) -> Limits:
    """The limits in force on a day.

    >>> limits_on(date(2026, 9, 7)).day
    600
    """
    in_force = [one for one in known if one.since <= day]
    return max(in_force or known, key=lambda one: (one in in_force, one.since))
