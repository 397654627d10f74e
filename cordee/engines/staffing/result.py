"""A timetable, with what it proves about itself."""

from dataclasses import dataclass
from typing import Literal

from cordee.engines.sentences import Reason

LevelName = Literal["firm", "worst", "total", "soft", "travel", "moved"]
LEVELS: tuple[LevelName, ...] = ("firm", "worst", "total", "soft", "travel", "moved")


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """An employee at a company for one half-day."""

    employee: str
    slot: int
    company: str


@dataclass(frozen=True, slots=True)
class Level:
    """One thing made small, given the ones before it.

    Units   firm: firm demands not held; worst, total: half-days missing to the shares; soft: weight of the other
            demands not held; travel: minutes on the road; moved: half-days unlike the base week.
    Holds   bound <= value; no timetable that does as well on the levels before has less than `bound`.
    """

    name: LevelName
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= self.value


@dataclass(frozen=True, slots=True)
class Given:
    """Half-days agreed and given, per share; `why`: the reason for what is missing."""

    company: str
    employee: str | None
    agreed: int
    given: int
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Firm demands that cannot hold together, though any one fewer can: numbers of needs and of wishes."""

    needs: tuple[int, ...]
    wishes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices that prove how small an aim can be at best: `checker.least` redoes the sum from the problem alone.

    The aim is road * minutes on the road + missing * half-days missing + worst * the largest shortfall, among the
    timetables whose shortfalls are as small as this one's where `held` says so.

    Shape   week, half: a minute, a half-day of an employee's week, by employee then week; share, trip, top: a half-day
            given, a day there, a half-day under the largest shortfall, by share.
    Holds   what `checker.least` finds is at most the aim of every allowed timetable, whatever the prices.
    """

    level: LevelName
    road: int
    missing: int
    worst: int
    held: bool
    week: tuple[float, ...]
    half: tuple[float, ...]
    share: tuple[float, ...]
    trip: tuple[float, ...]
    top: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Who is where, half-day by half-day.

    Holds   visits break no legal limit, leave, contract or confidentiality; levels follow each other in the order of
            LEVELS, and as a list of values are the smallest there is when all are proven.
    """

    visits: tuple[Visit, ...]
    levels: tuple[Level, ...]
    shares: tuple[Given, ...]
    base: tuple[Visit, ...] = ()
    clashes: tuple[Clash, ...] = ()
    reasons: tuple[Reason, ...] = ()
    certificates: tuple[Certificate, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether every level is proven best."""
        return all(one.proven for one in self.levels)

    def level(self, name: LevelName) -> Level:
        """One of the levels."""
        return next(one for one in self.levels if one.name == name)
