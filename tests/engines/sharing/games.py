"""Small games, and slow ways to solve them that anybody can follow."""

from fractions import Fraction
from itertools import permutations
from math import factorial

import numpy as np
from hypothesis import strategies as st

from cordee.engines.sharing import Game, from_table


def names(count: int) -> tuple[str, ...]:
    return tuple(f"m{i:02}" for i in range(count))


def game(table: list[int], kind: str = "benefit") -> Game:
    worths = np.array(table, dtype=np.int64)
    return from_table(names(len(table).bit_length() - 1), worths, kind)  # type: ignore[arg-type]


def by_all_orders(table: list[int]) -> list[Fraction]:
    """The Shapley value from its definition: every order of arrival."""
    count = len(table).bit_length() - 1
    brought = [0] * count
    for order in permutations(range(count)):
        mask = 0
        for i in order:
            brought[i] += table[mask | 1 << i] - table[mask]
            mask |= 1 << i
    return [Fraction(total, factorial(count)) for total in brought]


def sorted_excesses(table: list[int], parts: list[Fraction]) -> list[Fraction]:
    """What each subgroup would gain apart, the largest first."""
    found = [
        table[mask] - sum(part for i, part in enumerate(parts) if mask >> i & 1) for mask in range(1, len(table) - 1)
    ]
    return sorted((Fraction(one) for one in found), reverse=True)


@st.composite
def tables(draw, most: int = 6, largest: int = 10**6):  # type: ignore[no-untyped-def]
    count = draw(st.integers(1, most))
    worth = st.integers(-largest, largest) if draw(st.booleans()) else st.integers(0, 4).map(lambda one: one * 100)
    return [0, *draw(st.lists(worth, min_size=(1 << count) - 1, max_size=(1 << count) - 1))]
