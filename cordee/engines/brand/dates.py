"""The dates of a trade mark in France, counted from its filing, its publication and its registration."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from cordee.engines.lifecycle.delays import add_months


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated fact of the law: what is due, how many months after which day, by which text."""

    code: str
    months: int
    after: str
    basis: str
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """One date of a mark."""

    code: str
    on: date
    basis: str
    words: tuple[str, str]


@cache
def facts() -> tuple[tuple[Fact, ...], date, bool]:
    """The facts, the day on which they were known, and whether somebody checked them against the text."""
    raw = tomllib.loads((files(__package__) / "inpi.toml").read_text(encoding="utf-8"))
    rows = tuple(
        Fact(one["code"], one["months"], one["from"], one["basis"], (one["fr"], one["en"])) for one in raw["date"]
    )
    return rows, raw["known_on"], raw["checked"]


def brand_dates(known: Mapping[str, date]) -> tuple[Due, ...]:
    """Every date that follows from the days that are known, the nearest first.

    Shape   known: "filed", "published", "registered", each only once it happened.
    Holds   nothing is said of a day that is not known; no date comes before the day it is counted from.

    >>> [(one.code, one.on.isoformat()) for one in brand_dates({"published": date(2027, 3, 5)})]
    [('opposition', '2027-05-05')]
    """
    rows, _known_on, _checked = facts()
    found = [
        Due(one.code, add_months(known[one.after], one.months), one.basis, one.words)
        for one in rows
        if one.after in known
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.code)))
