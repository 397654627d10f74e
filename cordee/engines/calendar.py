"""French working days, and when one may remind somebody.

Public holidays of mainland France. Alsace-Moselle has two more (Good Friday, 26 December) and each overseas territory
its day of the abolition of slavery; they are left out, so that there a delay in working days may end one day early.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache


def easter(year: int) -> date:
    """Find Easter Sunday.

    Source  Meeus/Jones/Butcher computus, Gregorian calendar.

    >>> easter(2026).isoformat(), easter(2027).isoformat()
    ('2026-04-05', '2027-03-28')
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """List the eleven public holidays of a year.

    Source  Code du travail, art. L3133-1.

    >>> len(public_holidays(2026)), date(2026, 5, 14) in public_holidays(2026)
    (11, True)
    """
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in (1, 39, 50)}
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    return frozenset(moving | {date(year, month, day) for month, day in fixed})


def is_business_day(day: date) -> bool:
    """Say whether people work that day: Monday to Friday, no public holiday.

    >>> is_business_day(date(2026, 5, 14)), is_business_day(date(2026, 5, 15))
    (False, True)
    """
    day = day.date() if isinstance(day, datetime) else day
    return day.weekday() < 5 and day not in public_holidays(day.year)


def add_business_days(day: date, count: int) -> date:
    """Count `count` working days on from a day (or back, when negative). A datetime keeps its hour.

    Holds   the result is a working day whenever count is not 0; there are exactly |count| working days on the way.

    >>> add_business_days(date(2026, 5, 13), 1).isoformat()
    '2026-05-15'
    """
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_business_day(day):
            day += step
    return day


def reminder_moments(opened: datetime, deadline: datetime) -> tuple[datetime, ...]:
    """Say when those who have not answered may be reminded: two days after the opening, and 48 h before the deadline.

    Shape   both with a time zone, the one in which people live (Europe/Paris): days and hours are those of its clocks.
    Holds   at most two moments, in order, strictly between opening and deadline, each on another working day, none
            on the day of the opening (its message is that day's). The first moves on to the next working day, the
            second back to the one before.
    Errors  ValueError for a time without zone, or a deadline that does not follow the opening.
    """
    if opened.tzinfo is None or deadline.tzinfo is None:
        raise ValueError("opened and deadline need a time zone")
    if deadline <= opened:
        raise ValueError("the deadline must follow the opening")
    first, last = opened + timedelta(days=2), deadline - timedelta(days=2)
    while not is_business_day(first):
        first += timedelta(days=1)
    while not is_business_day(last):
        last -= timedelta(days=1)
    kept: dict[date, datetime] = {}
    for moment in sorted((first, last)):
        if opened < moment < deadline and moment.date() > opened.date():
            kept.setdefault(moment.date(), moment)
    return tuple(kept.values())
