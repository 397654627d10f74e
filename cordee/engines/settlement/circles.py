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
    k + 1 when, after taking away one member, what is left still contains a subset of level k: the rest then adds up
    to zero too. "Contains" is one sweep per member over a table of bits.

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
    bits = np.int64(1) << np.arange(count, dtype=np.int64)
    # a subset that contains k circles of at least two members, inside one with k + 1, leaves two members outside
    while len(levels[-1]) > 1:
        inside = _supersets(levels[-1], count)
        found = np.zeros(len(levels[-1]), dtype=bool)
        for bit in bits:
            found |= inside[levels[-1] & ~bit] & ((levels[-1] & bit) != 0)
        higher = levels[-1][found]
        if not len(higher):
            break
        levels.append(higher)
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
    sums = np.zeros(1, dtype=np.int64)
    for balance in balances:
        sums = np.concatenate((sums, sums + balance))
    found: Masks = np.flatnonzero(sums == 0)[1:].astype(np.int64)
    return found


def _supersets(masks: Masks, count: int) -> NDArray[np.bool_]:
    """For every subset, whether it contains one of `masks`."""
    table = np.zeros(1 << count, dtype=bool)
    table[masks] = True
    for bit in range(count):
        halves = table.reshape(-1, 2, 1 << bit)
        halves[:, 1] |= halves[:, 0]
    return table
