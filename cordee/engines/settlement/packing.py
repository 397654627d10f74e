"""Pack small circles for 23 to 40 members, with a bound on what larger circles could still save.

Circles of three, four... members are listed up to a size at which they become too many; a whole-number program then
chooses disjoint ones. A circle that is not listed has more members than any size listed in full: this bounds how many
there can be, and the program counts them too, so that its bound holds for every partition.
"""

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MANY = 6000  # circles listed at most
_LARGEST = 8  # members of a listed circle at most
_NODES = 2000  # branches of the search at most: the answer does not depend on the speed of the machine


def packed(balances: list[int]) -> tuple[list[int], int]:
    """Disjoint zero-sum groups that cover everybody, as bit masks, and a number no partition can exceed.

    Shape   balances: none zero, no two opposite, sum zero, at least three.
    Holds   masks disjoint, union everybody, each of sum zero; len(masks) <= bound.
    """
    whole = (1 << len(balances)) - 1
    listed, size = _listed(balances)
    chosen, bound = _chosen(listed, len(balances), size + 1)
    rest = whole
    for mask in chosen:
        rest &= ~mask
    groups = [*chosen, rest] if rest else chosen
    return sorted(groups, key=lambda group: group & -group), max(bound, len(groups))


def _listed(balances: list[int]) -> tuple[list[int], int]:
    """Zero-sum groups, smallest first, and the size up to which they are all there."""
    listed: list[int] = []
    for size in range(3, _LARGEST + 1):
        found = _of_size(balances, size)
        if len(listed) + len(found) > _MANY:
            return listed, size - 1
        listed += found
    return listed, _LARGEST


def _of_size(balances: list[int], size: int) -> list[int]:
    """All zero-sum groups of one size: every half is looked up among the opposite halves."""
    first, second = size // 2, size - size // 2
    left, right = _halves(balances, first), _halves(balances, second)
    order = np.argsort(right[1], kind="stable")
    masks, sums = right[0][order], right[1][order]
    low, high = np.searchsorted(sums, -left[1], "left"), np.searchsorted(sums, -left[1], "right")
    found: set[int] = set()
    for mask, start, stop in zip(left[0].tolist(), low.tolist(), high.tolist(), strict=True):
        if stop > start:
            others = masks[start:stop]
            found.update((others[others & mask == 0] | mask).tolist())
        if len(found) > _MANY:
            break
    return sorted(found)


def _halves(balances: list[int], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    groups = np.array(list(combinations(range(len(balances)), size)), dtype=np.int64)
    masks: NDArray[np.int64] = (np.int64(1) << groups).sum(axis=1)
    sums: NDArray[np.int64] = np.array(balances, dtype=np.int64)[groups].sum(axis=1)
    return masks, sums


def _chosen(listed: list[int], count: int, larger: int) -> tuple[list[int], int]:
    """As many disjoint listed groups as possible, counting one more for every `larger` members left over."""
    if not listed:
        return [], max(1, count // larger)
    import highspy  # here: only large settlements need the solver

    solver: Any = highspy.Highs
    highs = solver()
    for option, value in (
        ("output_flag", False),
        ("parallel", "off"),
        ("mip_max_nodes", _NODES),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.999),
    ):
        highs.setOptionValue(option, value)
    for _ in listed:
        highs.addCol(-1.0, 0.0, 1.0, 0, [], [])
    highs.addCol(-1.0, 0.0, float(count // larger), 0, [], [])
    columns = len(listed) + 1
    highs.changeColsIntegrality(
        columns, np.arange(columns, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * columns)
    )
    for member in range(count):
        held = np.array([i for i, mask in enumerate(listed) if mask >> member & 1], dtype=np.int32)
        highs.addRow(-highspy.kHighsInf, 1.0, len(held), held, np.ones(len(held)))
    sizes = np.array([*(mask.bit_count() for mask in listed), larger], dtype=float)
    highs.addRow(-highspy.kHighsInf, float(count), columns, np.arange(columns, dtype=np.int32), sizes)
    highs.run()
    info = highs.getInfo()
    bound = -info.mip_dual_bound
    most = int(bound + 1e-6) if np.isfinite(bound) else count // 3
    values = highs.getSolution().col_value
    chosen: list[int] = []
    taken = 0
    for mask, value in zip(listed, values, strict=False):
        if value > 0.5 and not taken & mask:  # checked here: the solver's word is not enough
            chosen.append(mask)
            taken |= mask
    return chosen, min(most, count // 3)
