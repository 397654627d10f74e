"""Exact linear algebra on a few dozen whole numbers."""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd


class Echelon:
    """Linear equations on n unknowns, added one by one, kept reduced, in whole numbers.

    An equation is n coefficients followed by any number of other columns (right-hand side, unknown level, tags),
    which follow along without ever being pivots.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.rows: dict[int, list[int]] = {}  # pivot column -> row

    @property
    def rank(self) -> int:
        """How many independent equations are known."""
        return len(self.rows)

    def reduce(self, equation: Sequence[int]) -> list[int]:
        """The equation with every known pivot taken out; its first n entries are zero when it says nothing new."""
        row = list(equation)
        for pivot, known in self.rows.items():
            if row[pivot]:
                over, under = row[pivot], known[pivot]
                row = [under * a - over * b for a, b in zip(row, known, strict=True)]
                row = _small(row)
        return row

    def add(self, reduced: Sequence[int]) -> None:
        """Add an equation that `reduce` has given back with something new in it."""
        pivot = next(i for i in range(self.count) if reduced[i])
        self.rows[pivot] = _small(list(reduced))

    def solve(self, column: int) -> list[Fraction]:
        """The unknowns, when there are n independent equations, for the right-hand side in `column`."""
        answer = [Fraction(0)] * self.count
        for pivot in reversed(self.rows):
            row = self.rows[pivot]
            known = sum((row[i] * answer[i] for i in range(self.count) if i != pivot and row[i]), Fraction(0))
            answer[pivot] = Fraction(row[column] - known) / row[pivot]
        return answer


def _small(row: list[int]) -> list[int]:
    divisor = gcd(*row)
    return [a // divisor for a in row] if divisor > 1 else row
