"""Comparing one answer with those of others, without telling anyone's."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5
"""Under five other companies nothing is said: an average of few is an answer with a name on it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How others answered: how many they are, their middle, and the half of them around it.

    Units  halves of a point: 7 is 3.5. Whatever is told is rounded to half a point, so that one answer more or less
           rarely moves it, and the difference of two days does not give the newcomer away.
    """

    count: int
    low: int
    middle: int
    high: int

    @property
    def halves(self) -> tuple[int, int, int]:
        return (self.low, self.middle, self.high)


def compare(others: Iterable[int]) -> Compared | None:
    """What may be said of the answers of others: nothing under five.

    Shape   others: one whole number per company, one's own left out.
    Holds   None under five answers; low <= middle <= high; all lie between the least and the greatest answer; the
            order of the answers does not count.

    >>> compare([1, 2, 3, 4])
    >>> compare([1, 2, 3, 4, 5])
    Compared(count=5, low=4, middle=6, high=8)
    """
    found = sorted(others)
    if len(found) < FEWEST:
        return None
    return Compared(len(found), *(_halves(_quantile(found, Fraction(part, 4))) for part in (1, 2, 3)))


def _quantile(ordered: list[int], part: Fraction) -> Fraction:
    place = part * (len(ordered) - 1)
    whole = int(place)
    after = min(whole + 1, len(ordered) - 1)
    return ordered[whole] + (place - whole) * (ordered[after] - ordered[whole])


def _halves(value: Fraction) -> int:
    """To the nearest half, halves of halves upwards."""
    return int(value * 2 + Fraction(1, 2))
