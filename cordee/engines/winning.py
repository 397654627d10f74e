"""How often what is offered is won: by kind of client, over time; only what the client decided counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Outcome = Literal["open", "won", "lost", "abandoned"]
PICTURED = 4
"""Fewer decisions than this, or a single period: a sentence says it better than a picture."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer: to which kind of client, what became of it, on which day it was decided (None: still open)."""

    client: str
    outcome: Outcome
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Won:
    """Counts under one heading.

    Holds   rate == won / (won + lost), None while nothing is decided; what is open or abandoned is in no rate.
    """

    name: str
    won: int
    lost: int
    open: int
    abandoned: int

    @property
    def decided(self) -> int:
        return self.won + self.lost

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.won, self.decided) if self.decided else None


def count(name: str, rows: Iterable[Offered]) -> Won:
    """Count offers under one heading.

    >>> day = date(2027, 3, 1)
    >>> found = count("", [Offered("public", "won", day), Offered("public", "lost", day), Offered("private", "open")])
    >>> found.rate, found.open
    (Fraction(1, 2), 1)
    """
    seen = [row.outcome for row in rows]
    return Won(name, seen.count("won"), seen.count("lost"), seen.count("open"), seen.count("abandoned"))


def by_client(rows: Iterable[Offered]) -> tuple[Won, ...]:
    """One count for each kind of client that was offered something.

    Holds   the counts add up to those of all.
    """
    known = list(rows)
    names = sorted({row.client for row in known})
    return tuple(count(name, (row for row in known if row.client == name)) for name in names)


def over_time(rows: Iterable[Offered]) -> tuple[Won, ...]:
    """One count for each quarter in which something was decided, the first one first; « 2027-1 » is its name.

    Holds   won and lost add up to those of all; quarters are in order, none twice.
    """
    known = [row for row in rows if row.on is not None and row.outcome in ("won", "lost")]
    named = [(f"{row.on.year:04d}-{(row.on.month + 2) // 3}", row) for row in known if row.on]
    return tuple(count(name, (row for mark, row in named if mark == name)) for name in sorted({m for m, _ in named}))


def pictured(rows: Iterable[Offered]) -> bool:
    """Whether there is enough to draw: four decisions at least, over two quarters at least.

    >>> pictured([Offered("public", "won", date(2027, 3, 1))])
    False
    """
    found = over_time(rows)
    return len(found) > 1 and sum(one.decided for one in found) >= PICTURED
