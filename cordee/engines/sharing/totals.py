"""Games in which a subgroup's cost depends only on how much it needs in all: m², days, quantities."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import factorial, lcm

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.game import DENSE, Game, Worth, from_rule, from_table
from cordee.engines.sharing.words import Unfit
from cordee.engines.units import MemberId

CostOf = Callable[[NDArray[np.int64], int], Worth]
"""Costs in cents of many totals, given in units and how many units make one (m², day, piece)."""

_WORK = 20_000_000  # beyond this many sums of subsets, the value is sampled


def from_totals(quantities: Mapping[MemberId, Fraction], cost_of: CostOf) -> Game:
    """A cost game from what each needs and the cost of any total; needing it at all may have a cost of its own.

    The Shapley value is exact up to 24 members, and beyond as long as the totals are small enough to be counted.

    Errors  ValueError for a negative quantity or totals beyond 2^53 units.
    """
    members = tuple(quantities)
    for member, quantity in quantities.items():
        if quantity < 0:
            raise Unfit("negative_figure", {"member": member})
    per = lcm(*(Fraction(quantity).denominator for quantity in quantities.values())) if members else 1
    units = [int(quantity * per) for quantity in quantities.values()]
    if sum(units) >= 1 << 53:
        raise Unfit("too_fine")
    needs = np.array(units, dtype=np.int64)

    def worth_of(rows: NDArray[np.bool_]) -> Worth:
        return np.where(rows.any(axis=1), cost_of(rows @ needs, per), 0)

    count = len(members)
    if count > DENSE:
        closed = None
        if count * count * (sum(units) + 1) <= _WORK:

            def closed() -> list[Fraction]:
                return values_by_total(units, cost_of(np.arange(sum(units) + 1), per).tolist())

        return from_rule(members, worth_of, "cost", closed)
    totals = np.zeros(1 << count, dtype=np.int64)
    for i, need in enumerate(units):
        totals[1 << i : 2 << i] = totals[: 1 << i] + need
    table = cost_of(totals, per)
    table[0] = 0
    return from_table(members, table, "cost")


def values_by_total(units: list[int], cost: list[int]) -> list[Fraction]:
    """The exact Shapley value when a subgroup that needs u units costs cost[u] (nothing when it is empty).

    Subgroups are counted by size and total instead of being listed; one member is taken out of the counts as a factor
    is taken out of a product.

    Shape   units: whole, >= 0, one per member; cost: one entry for every total from 0 to sum(units).
    Holds   equal to the value over all subgroups; sum(result) == cost[-1].
    """
    count, most = len(units), sum(units)
    counts = np.zeros((count + 1, most + 1), dtype=object)
    counts[0, 0] = 1
    for need in units:
        counts[1:, need:] += counts[:-1, : most + 1 - need].copy()
    costs = np.array(cost, dtype=object)
    weight = [factorial(size) * factorial(count - 1 - size) for size in range(count)]
    value: dict[int, Fraction] = {}
    for need in set(units):
        without = counts[:count].copy()
        for size in range(1, count):
            without[size, need:] -= without[size - 1, : most + 1 - need]
        rise = costs[need:] - costs[: most + 1 - need]
        added = [int(np.dot(without[size, : most + 1 - need], rise)) for size in range(count)]
        added[0] = int(costs[need])  # coming first: from nothing, not from the cost of needing zero
        value[need] = Fraction(sum(w * a for w, a in zip(weight, added, strict=True)), factorial(count))
    return [value[need] for need in units]
