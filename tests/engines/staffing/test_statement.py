"""What is billed: minutes by month, the balance of the year, tables and calendars."""

from hypothesis import given
from hypothesis import strategies as st

from cordee.engines.staffing import Company, Employee, Problem, Share, Visit, monthly, year_end
from cordee.engines.staffing.export import as_calendar, as_csv
from cordee.engines.staffing.timetable import shares_of_percents
from tests.engines.staffing.small import MONDAY

FIRMS = (Company("Morel; fils"), Company("=Fontaine"))
PROBLEM = Problem(
    MONDAY,
    4,
    (Employee("Léa"),),
    FIRMS,
    (Share("Morel; fils", 10), Share("=Fontaine", 10)),
    travel={("Morel; fils", "=Fontaine"): 25},
)
VISITS = (Visit("Léa", 0, "Morel; fils"), Visit("Léa", 1, "=Fontaine"), Visit("Léa", 14 * 3 + 6, "=Fontaine"))


def test_months_count_every_minute_once() -> None:
    lines = [(one.month, one.company, one.worked, one.road, one.halves) for one in monthly(PROBLEM, VISITS)]
    assert lines == [
        ("2026-09", "=Fontaine", 210, 25, 1),
        ("2026-09", "Morel; fils", 210, 0, 1),
        ("2026-10", "=Fontaine", 210, 0, 1),
    ]


minutes = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 100_000), min_size=1)


@given(minutes, minutes)
def test_the_year_balances_to_the_minute(agreed: dict[str, int], worked: dict[str, int]) -> None:
    agreed = {name: figure + 1 for name, figure in agreed.items()}
    worked = {name: figure for name, figure in worked.items() if name in agreed}
    lines, total = year_end(agreed, worked), sum(worked.values())
    assert sum(one.balance for one in lines) == 0
    assert sum(one.fair for one in lines) == total
    assert sum(one.surplus for one in lines) == total - sum(agreed.values())
    assert all(abs(one.fair * sum(agreed.values()) - total * one.agreed) < sum(agreed.values()) for one in lines)


def test_percents_become_half_days_without_losing_any() -> None:
    assert shares_of_percents(PROBLEM, {"Morel; fils": 33, "=Fontaine": 67}) == {"=Fontaine": 27, "Morel; fils": 13}


def test_a_table_that_a_spreadsheet_does_not_compute() -> None:
    lines = as_csv(PROBLEM, VISITS).split("\r\n")
    assert lines[0] == "date,demi-journée,début,fin,salarié,entreprise"
    assert lines[1] == "2026-09-07,matin,09:00,12:30,Léa,Morel; fils"
    assert lines[2] == "2026-09-07,après-midi,13:30,17:00,Léa,'=Fontaine"


def test_a_calendar() -> None:
    text = as_calendar(PROBLEM, VISITS)
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART;TZID=Europe/Paris:20260907T090000\r\n" in text
    assert "SUMMARY:Léa · Morel\\; fils\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert len({line for line in text.split("\r\n") if line.startswith("UID")}) == 3
