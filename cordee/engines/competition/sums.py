"""Which sums a member may be shown, so that no subtraction tells what one other company asks."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Sum = Mapping[str, int]
"""Each price in a sum, by its name, and how much of it: 1 before tax (or 10000), 12000 with tax at 20 %."""


def may_be_shown(sums: Sequence[Sum], owner: Mapping[str, str], viewer: str) -> list[bool]:
    """For each sum, in the order in which they are told: may this viewer see it, after those it has seen?

    Shape   owner: whose each price is; a price that nobody owns stands for a company of its own.
    Holds   with the viewer's own prices known, nothing that can be computed from the sums shown depends on the prices
            of one other company alone; a sum that says nothing new is shown.
    Source  linear algebra: a combination of sums that only keeps one company's prices exists when leaving that
            company's columns out lowers the rank.

    >>> owner = {"walls": "a", "roof": "b", "wires": "c", "lamp": "c"}
    >>> whole, lit = {"walls": 1, "roof": 1, "wires": 1}, {"walls": 1, "roof": 1, "wires": 1, "lamp": 1}
    >>> may_be_shown([whole, lit], owner, "a"), may_be_shown([whole, lit], owner, "c")
    ([True, False], [True, True])
    """
    names = sorted({name for each in sums for name in each if owner.get(name, name) != viewer})
    seen: list[list[int]] = []
    answer = []
    for each in sums:
        row = [each.get(name, 0) for name in names]
        quiet = not _tells([*seen, row], [owner.get(name, name) for name in names])
        if quiet:
            seen.append(row)
        answer.append(quiet)
    return answer


def _tells(rows: list[list[int]], owners: list[str]) -> bool:
    whole = _rank(rows)
    return any(
        _rank([[value for value, who in zip(row, owners, strict=True) if who != one] for row in rows]) < whole
        for one in set(owners)
    )


def _rank(rows: list[list[int]]) -> int:
    left = [[Fraction(value) for value in row] for row in rows]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left[rank:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(rank, pivot)
        for at in range(rank + 1, len(left)):
            share = left[at][column] / pivot[column]
            left[at] = [value - share * first for value, first in zip(left[at], pivot, strict=True)]
        rank += 1
    return rank
