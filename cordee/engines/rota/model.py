"""What turns of presence are asked of: the slots, the people, the fair part of each company."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

LevelName = Literal["missing", "uneven", "unwished"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a day in which `need` people hold the stand.

    Units   start, end: minutes since midnight.
    """

    key: str
    day: date
    start: int
    end: int
    need: int = 1

    @property
    def length(self) -> int:
        """Minutes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who can hold the stand, from one company. `away`: slots that cannot be; `rather_not`: avoided."""

    key: str
    name: str
    member: str
    away: frozenset[str] = frozenset()
    rather_not: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody in one slot."""

    slot: str
    hand: str


@dataclass(frozen=True, slots=True)
class Rota:
    """The whole question.

    Shape   weights: the fair part of each company, in any unit (m², euros, 1 each); companies without people too.
    Units   in_row, day_most: minutes without a break, and in one day, for one person.
    Errors  ValueError when slots or people contradict each other.
    """

    slots: tuple[Slot, ...]
    hands: tuple[Hand, ...]
    weights: Mapping[str, Fraction]
    in_row: int = 240
    day_most: int = 480
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = [one.key for one in self.slots]
        people = [one.key for one in self.hands]
        if len(set(keys)) != len(keys) or len(set(people)) != len(people):
            raise ValueError("two slots or two people have the same key")
        if any(not 0 <= one.start < one.end <= 1440 or one.need < 0 for one in self.slots):
            raise ValueError("a slot ends after it begins, within its day")
        if {one.member for one in self.hands} - set(self.weights):
            raise ValueError("somebody belongs to a company without a part")
        if any(part < 0 for part in self.weights.values()) or not any(self.weights.values()):
            raise ValueError("parts are not negative, and one at least is above zero")

    def fair(self) -> dict[str, Fraction]:
        """Minutes that each company would hold, by its part, of all the minutes asked for."""
        whole = sum(one.length * one.need for one in self.slots)
        parts = sum(self.weights.values())
        return {member: whole * part / parts for member, part in self.weights.items()}

    def clashing(self) -> tuple[tuple[str, str], ...]:
        """Pairs of slots that overlap: nobody is in two places."""
        order = sorted(self.slots, key=lambda one: (one.day, one.start))
        return tuple(
            (one.key, other.key)
            for place, one in enumerate(order)
            for other in order[place + 1 :]
            if one.day == other.day and other.start < one.end
        )

    def too_long(self) -> tuple[tuple[str, ...], ...]:
        """Runs of slots that follow each other without a break, too long for one person; the shortest ones only."""
        found = []
        for day in sorted({one.day for one in self.slots}):
            order = sorted((one for one in self.slots if one.day == day), key=lambda one: (one.start, one.end))
            for first in order:
                run, end = [first], first.end
                while end - first.start <= self.in_row:
                    following = next((one for one in order if one.start == end and one not in run), None)
                    if following is None:
                        break
                    run.append(following)
                    end = following.end
                if end - first.start > self.in_row and len(run) > 1:
                    found.append(tuple(one.key for one in run))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Level:
    """One thing made small, given the ones before it.

    Units   missing: people missing, slot by slot; uneven: minutes by which the company farthest from its fair part
            is off it, rounded up; unwished: turns that somebody would rather not hold.
    Holds   bound <= value; equal when nothing better exists.
    """

    name: LevelName
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= self.value


@dataclass(frozen=True, slots=True)
class Turns:
    """Who is where, with what it proves and the minutes of each company."""

    turns: tuple[Turn, ...]
    levels: tuple[Level, ...]
    minutes: Mapping[str, int]

    @property
    def proven(self) -> bool:
        """Whether nothing better exists, in this order of aims."""
        return all(one.proven for one in self.levels)
