"""The Shapley value: what each brings on average, over every order in which the companies could have come."""

from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.game import Game, Worth
from cordee.engines.sharing.judge import judged
from cordee.engines.sharing.result import Certificate, Share
from cordee.engines.sharing.sampling import sampled
from cordee.engines.sharing.words import Reason
from cordee.engines.units import MemberId

_CACHED = 1 << 16  # worths taken at a time, so that both products read them from the processor's cache


def shapley(game: Game, seed: int = 0) -> Share:
    """Share a game by the Shapley value: exact up to 24 members, or by a formula; else sampled, and it says so.

    Holds   efficiency, symmetry, null player, additivity, as exact equalities (not for a sampled answer, of which
            only efficiency is exact).
    Source  L. S. Shapley, A value for n-person games (1953).

    >>> from cordee.engines.sharing.game import from_table
    >>> dict(shapley(from_table(["a", "b"], np.array([0, 100, 200, 240]))).shares)
    {'a': 70, 'b': 170}
    """
    if game.closed is not None:
        values, certificate = game.closed(), Certificate("shapley", {"by": "formula"})
    elif game.table is not None:
        values, certificate = shapley_values(game.table), Certificate("shapley", {"by": "all subgroups"})
    else:
        values, certificate = sampled(game, seed)
    exact = dict(zip(game.members, values, strict=True))
    return judged(game, exact, "shapley", certificate, _reasons(game, exact))


def shapley_values(table: Worth) -> list[Fraction]:
    """The exact Shapley value of a game given by the worths of all its subgroups, indexed by bit mask.

    The value of member i only needs the sum of the worths of the subgroups of each size that hold i. Seen as a square,
    rows for the upper half of the members and columns for the lower half, all these sums come from two thin matrix
    products: by size of the lower half, and by size of the upper half. The products are in floating point but exact:
    worths are cut into pieces small enough that no sum reaches 2^53.

    Shape   2^n integers.
    Holds   sum(result) == table[-1] - table[0].
    """
    count = int(table.size).bit_length() - 1
    if count == 0:
        return []
    sums = _sums_by_size(table, count)
    total = [sum(sums[i][size] for i in range(count)) // size if size else 0 for size in range(count + 1)]
    total[0] = int(table[0])
    weight = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    return [
        Fraction(
            sum(weight[size - 1] * row[size] for size in range(1, count + 1))
            - sum(weight[size] * (total[size] - row[size]) for size in range(count)),
            factorial(count),
        )
        for row in sums
    ]


def _sums_by_size(table: Worth, count: int) -> list[list[int]]:
    """For each member and each size, the exact sum of the worths of the subgroups of that size that hold it."""
    bits = 52 - count
    largest = max(abs(int(table.max())), abs(int(table.min())))
    sums = [[0] * (count + 1) for _ in range(count)]
    shift = 0
    piece = table
    while largest >> bits:
        low = piece & ((1 << bits) - 1)
        _add(sums, _exact_sums(low, count), shift)
        piece, shift, largest = piece >> bits, shift + bits, largest >> bits
    _add(sums, _exact_sums(piece, count), shift)
    return sums


def _add(sums: list[list[int]], more: NDArray[np.float64], shift: int) -> None:
    for row, extra in zip(sums, more.tolist(), strict=True):
        for size, value in enumerate(extra):
            row[size] += int(value) << shift


def _exact_sums(table: Worth, count: int) -> NDArray[np.float64]:
    """The same sums for worths whose total stays under 2^53 in absolute value."""
    low, high = count // 2, count - count // 2
    square = table.reshape(1 << high, 1 << low)
    low_size, low_member = _lattice(low)
    high_size, high_member = _lattice(high)
    by_low_size = np.empty((1 << high, low + 1))
    by_high_size = np.zeros((high + 1, 1 << low))
    step = max(1, _CACHED >> low)
    for start in range(0, 1 << high, step):
        block = square[start : start + step].astype(np.float64)
        np.matmul(block, low_size, out=by_low_size[start : start + step])
        by_high_size += high_size[start : start + step].T @ block
    sums = np.zeros((count, count + 1))
    for size in range(low + 1):
        # subgroups with `size` members in the lower half; those of the upper half are told apart by their number
        rows = by_low_size[:, size, None] * high_size
        sums[low:, size : size + high + 1] += high_member.T @ rows
    for size in range(high + 1):
        columns = by_high_size[size, :, None] * low_size
        sums[:low, size : size + low + 1] += low_member.T @ columns
    return sums


def _lattice(count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For every subset of `count` members: its size as a row of one 1, and its members as a row of 0 and 1."""
    members = (np.arange(1 << count)[:, None] >> np.arange(count) & 1).astype(np.float64)
    sizes = np.zeros((1 << count, count + 1))
    sizes[np.arange(1 << count), members.sum(axis=1).astype(np.intp)] = 1
    return sizes, members


def _reasons(game: Game, exact: dict[MemberId, Fraction]) -> dict[MemberId, tuple[Reason, ...]]:
    alone = game.alone()
    count = len(game.members)
    others = np.ones((count, count), dtype=bool) & ~np.eye(count, dtype=bool)
    without = game.worth_of(others)
    cost = "_cost" if game.kind == "cost" else "_benefit"
    return {
        member: (
            Reason("average" + cost, {"exact": exact[member], "count": count}),
            Reason("first_last" + cost, {"first": alone[member], "last": int(game.whole - without[i])}),
        )
        for i, member in enumerate(game.members)
    }
