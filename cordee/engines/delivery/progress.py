"""How far some work is, counted in the working days of its pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WEIGHTS = {"doing": Fraction(1, 2), "check": Fraction(9, 10), "done": Fraction(1)}
"""What a piece counts by where it stands: half once begun, nine tenths while it is checked, all once done."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work: how many working days, and where it stands."""

    days: int
    state: str


def progress(pieces: Sequence[Piece]) -> int:
    """How much of the work is done, in whole hundredths, rounded down: 100 only once everything is done.

    Units   working days, >= 0; a piece of no day counts as one.
    Holds   0 <= result <= 100; 100 exactly when there are pieces and all are done; a piece that moves on never
            lowers the result.
    Errors  ValueError for a negative length.

    >>> progress([Piece(3, "done"), Piece(1, "planned")])
    75
    """
    if any(piece.days < 0 for piece in pieces):
        raise ValueError("a piece takes a negative time")
    total = sum(max(piece.days, 1) for piece in pieces)
    if not total:
        return 0
    done = sum((max(piece.days, 1) * WEIGHTS.get(piece.state, Fraction(0)) for piece in pieces), Fraction(0))
    return int(done * 100 / total)
