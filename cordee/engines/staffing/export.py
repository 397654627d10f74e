"""A timetable as a table or as a calendar, in text."""

import csv
import io
from datetime import datetime, time, timedelta
from hashlib import sha256

from cordee.engines.sentences import Lang
from cordee.engines.staffing.model import Problem
from cordee.engines.staffing.result import Visit
from cordee.engines.staffing.words import HALVES

_COLUMNS = {
    "fr": ("date", "demi-journée", "début", "fin", "salarié", "entreprise"),
    "en": ("date", "half-day", "start", "end", "employee", "company"),
}
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take these for formulas


def as_csv(problem: Problem, visits: tuple[Visit, ...], lang: Lang = "fr") -> str:
    """One line per half-day, in the order of dates; names that a spreadsheet would compute are quoted."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_COLUMNS[lang])
    for one in sorted(visits, key=lambda one: (one.slot, one.employee)):
        start, end = _hours(problem, one)
        names = ("'" + name if name.startswith(_RISKY) else name for name in (one.employee, one.company))
        half = HALVES[lang][one.slot % 2]
        table.writerow((start.date().isoformat(), half, f"{start:%H:%M}", f"{end:%H:%M}", *names))
    return out.getvalue()


def as_calendar(problem: Problem, visits: tuple[Visit, ...], stamp: datetime | None = None) -> str:
    """An iCalendar file, times as on the clocks of Paris. `stamp`: when it was made (the first day by default).

    Source  RFC 5545: lines of at most 75 octets, folded; events keep their identity from one file to the next.
    """
    made = stamp or datetime.combine(problem.start, time())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cordee//staffing//FR", *_PARIS]
    for one in sorted(visits, key=lambda one: (one.slot, one.employee)):
        start, end = _hours(problem, one)
        identity = sha256(f"{problem.start}/{one.employee}/{one.slot}".encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{identity}@cordee",
            f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
            f"DTSTART;TZID=Europe/Paris:{start:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Paris:{end:%Y%m%dT%H%M%S}",
            f"SUMMARY:{_escaped(f'{one.employee} · {one.company}')}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines)


_PARIS = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def _hours(problem: Problem, visit: Visit) -> tuple[datetime, datetime]:
    hours = next(one.hours for one in problem.companies if one.name == visit.company)
    midnight = datetime.combine(problem.day(visit.slot), time())
    start, end = hours[visit.slot % 2]
    return midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)


def _escaped(text: str) -> str:
    for one in ("\\", ";", ","):
        text = text.replace(one, "\\" + one)
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Cut after at most 75 octets, never inside a character."""
    parts, current, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > 75:
            parts.append(current)
            current, size = "", 1  # the space that begins a folded line counts
        current, size = current + char, size + octets
    return "\r\n ".join([*parts, current])
