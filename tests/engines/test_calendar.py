from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.calendar import add_business_days, easter, is_business_day, public_holidays, reminder_moments

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, (4, 2)),
        (2000, (4, 23)),
        (2008, (3, 23)),
        (2024, (3, 31)),
        (2025, (4, 20)),
        (2026, (4, 5)),
        (2038, (4, 25)),
    ],
)
def test_easter(year, sunday):
    assert easter(year) == date(year, *sunday)


def test_the_holidays_of_2026():
    days = ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"]
    assert sorted(public_holidays(2026)) == [date.fromisoformat(f"2026-{day}") for day in days]


def test_working_days():
    assert not is_business_day(date(2026, 6, 6))
    assert not is_business_day(datetime(2026, 7, 14, 9, tzinfo=PARIS))
    assert add_business_days(date(2026, 4, 30), 1) == date(2026, 5, 4)
    assert add_business_days(date(2026, 5, 4), -1) == date(2026, 4, 30)
    assert add_business_days(date(2026, 6, 6), 0) == date(2026, 6, 6)


def at(day, hour=9):
    return datetime.fromisoformat(f"2026-{day}T{hour:02}:00").replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("opened", "deadline", "moments"),
    [
        # Monday to Friday the week after: Wednesday, then Wednesday.
        (at("06-01"), at("06-12", 18), [at("06-03"), at("06-10", 18)]),
        # Opened on Thursday: J+2 is a Saturday, moved on to Monday. Closed on Monday: Saturday moved back to Friday.
        (at("06-04"), at("06-15", 18), [at("06-08"), at("06-12", 18)]),
        # J+2 is Ascension Day: the day after.
        (at("05-12"), at("05-29", 18), [at("05-15"), at("05-27", 18)]),
        # Both would fall on one day: the first only.
        (at("06-01"), at("06-05", 18), [at("06-03")]),
        # Open one day: no reminder.
        (at("06-01"), at("06-02", 18), []),
        # Friday to Monday: Sunday moves on to Monday, Saturday back to the day of the opening, whose mail is enough.
        (at("06-05"), at("06-08", 18), [at("06-08")]),
        # The hour of people's clocks is kept when summer time ends (25 October).
        (at("10-23"), at("11-06", 12), [at("10-26"), at("11-04", 12)]),
    ],
)
def test_when_to_remind(opened, deadline, moments):
    assert list(reminder_moments(opened, deadline)) == moments


def test_reminders_need_a_zone_and_an_order():
    with pytest.raises(ValueError, match="time zone"):
        reminder_moments(datetime(2026, 6, 1), datetime(2026, 6, 9))  # noqa: DTZ001
    with pytest.raises(ValueError, match="follow"):
        reminder_moments(at("06-02"), at("06-02"))


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.times(), st.integers(1, 60 * 24 * 45))
@settings(deadline=None, max_examples=200, derandomize=True)
def test_reminders_never_disturb(day, hour, minutes):
    opened = datetime.combine(day, hour, PARIS)
    deadline = opened + timedelta(minutes=minutes)
    moments = reminder_moments(opened, deadline) if deadline > opened else ()
    assert len(moments) <= 2
    assert len({moment.date() for moment in moments}) == len(moments)
    for moment in moments:
        assert is_business_day(moment)
        assert opened.date() < moment.date()
        assert moment < deadline
    if minutes >= 60 * 24 * 14:
        assert len(moments) == 2


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(-30, 30).filter(bool))
@settings(deadline=None, max_examples=100, derandomize=True)
def test_working_days_on_the_way(day, count):
    end = add_business_days(day, count)
    assert is_business_day(end)
    low, high = sorted((day, end))
    between = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    assert sum(is_business_day(d) for d in between if d != day) == abs(count)
