"""Part balances into as many circles as possible that each settle within themselves: each saves one transfer.

With n members who are not even, the fewest transfers is n minus the largest number of disjoint circles (groups whose
balances add up to zero). Finding that number is as hard as subset sum, but 2^20 subsets is little for an array.
"""

import numpy as np
from numpy.typing import NDArray

Masks = NDArray[np.int64]


def circles(balances: list[int]) -> list[int]:
    """The largest partition into zero-sum groups, as bit masks over the balances.

    Level k holds the zero-sum subsets that contain at least k disjoint zero-sum groups. A zero-sum subset is of level
    k + 1 when it strictly contains one of level k: the rest then adds up to zero too. "Contains" is one sweep per
    member over a table of bits.

    Shape   balances: none zero, sum zero, at most about 24 of them.
    Holds   masks disjoint, union everybody, each of sum zero; no partition has more masks.
    Source  the partition view of Verhoeff, Settling multiple debts efficiently (2004).

    >>> circles([5, -5, 7, -3, -4])
    [3, 28]
    """
    count = len(balances)
    if count == 0:
        return []
    zero = _zero_sums(balances)
    levels = [zero]
    while len(levels[-1]) > 1:
        found = _has(_above(levels[-1], count), levels[-1])
        if not found.any():
            break
        levels.append(levels[-1][found])
    groups: list[int] = []
    rest = (1 << count) - 1
    for level in reversed(levels[:-1]):
        inner = next(int(mask) for mask in level if mask & ~rest == 0 and mask != rest)
        groups.append(rest & ~inner)
        rest = inner
    groups.append(rest)
    return sorted(groups, key=lambda group: group & -group)


def _zero_sums(balances: list[int]) -> Masks:
    """Every non-empty subset whose balances add up to zero, in growing order."""
    sums = np.zeros(1 << len(balances), dtype=np.int64)
    for member, balance in enumerate(balances):
        half = 1 << member
        np.add(sums[:half], balance, out=sums[half : 2 * half])
    found: Masks = np.flatnonzero(sums == 0)[1:].astype(np.int64)
    return found


# A table of one bit per subset, 64 to a word: members 0 to 5 move bits inside words, the others move whole words.
_SET = [np.uint64(sum(1 << i for i in range(64) if i >> member & 1)) for member in range(6)]


def _above(masks: Masks, count: int) -> NDArray[np.uint64]:
    """The table of the subsets that strictly contain one of `masks`."""
    plain = np.zeros(max(64, 1 << count), dtype=bool)
    plain[masks] = True
    table = np.packbits(plain, bitorder="little").view("<u8")
    for member in range(count):
        _join(table, table, member)
    strict = np.zeros_like(table)
    for member in range(count):
        _join(strict, table, member)
    return strict


def _join(into: NDArray[np.uint64], table: NDArray[np.uint64], member: int) -> None:
    """Enter into `into`, with `member` added, the subsets of `table` that are without it."""
    if member < 6:
        into |= (table & ~_SET[member]) << np.uint64(1 << member)
    else:
        step = 1 << (member - 6)
        into.reshape(-1, 2, step)[:, 1] |= table.reshape(-1, 2, step)[:, 0]


def _has(table: NDArray[np.uint64], masks: Masks) -> NDArray[np.bool_]:
    """Whether each of `masks` is in the table."""
    found: NDArray[np.bool_] = (table[masks >> 6] >> (masks & 63).astype(np.uint64)) & np.uint64(1) != 0
    return found
