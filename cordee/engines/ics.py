"""A calendar file that every telephone opens (iCalendar, RFC 5545): one event, or several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has a time.

    Shape   start with its time zone; sequence grows each time the event changes; cancelled: it will not take place.
    """

    uid: str
    start: datetime
    minutes: int
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False


def calendar(events: Sequence[Event], *, stamp: datetime) -> str:
    """Write events as a calendar file.

    Holds   lines end with CR LF and hold at most 75 bytes, folded between characters; the text of an event can add
            no line of its own.
    Errors  ValueError for a moment without time zone, or an event without duration.

    >>> lines = calendar([Event("a@b", datetime(2026, 3, 10, 17, tzinfo=UTC), 90, "Réunion")], stamp=datetime(2026, 3, 1, tzinfo=UTC))
    >>> [line for line in lines.splitlines() if line.startswith("DT")]
    ['DTSTAMP:20260301T000000Z', 'DTSTART:20260310T170000Z', 'DTEND:20260310T183000Z']
    """  # noqa: E501
    cancelled = bool(events) and all(event.cancelled for event in events)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cordee//FR", "CALSCALE:GREGORIAN"]
    lines.append("METHOD:CANCEL" if cancelled else "METHOD:PUBLISH")
    for event in events:
        if event.minutes <= 0:
            raise ValueError("an event lasts at least a minute")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(event.uid)}",
            f"DTSTAMP:{_moment(stamp)}",
            f"DTSTART:{_moment(event.start)}",
            f"DTEND:{_moment(event.start + timedelta(minutes=event.minutes))}",
            f"SEQUENCE:{event.sequence}",
            f"SUMMARY:{_text(event.title)}",
            f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        ]
        lines += [f"LOCATION:{_text(event.place)}"] if event.place else []
        lines += [f"DESCRIPTION:{_text(event.text)}"] if event.text else []
        lines += [f"URL:{_text(event.url)}"] if event.url else []
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    clean = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign >= " " or sign == "\n")
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Cut a line after at most 75 bytes, never inside a character; what follows begins with a space."""
    parts, now, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > 75:
            parts.append(now)
            now, size = " ", 1
        now, size = now + sign, size + width
    return [*parts, now]
