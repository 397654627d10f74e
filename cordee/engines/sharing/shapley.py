"""The Shapley value: what each brings on average, over every order in which the companies could have come."""

from fractions import Fraction
from functools import cache
from math import factorial
from operator import mul

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sentences import Reason, reason
from cordee.engines.sharing.game import Game, Worth
from cordee.engines.sharing.judge import judged
from cordee.engines.sharing.result import Certificate, Share
from cordee.engines.sharing.sampling import sampled
from cordee.engines.units import MemberId

_BLOCK = 1 << 15  # worths taken at a time: they stay in the cache, and the products stay small (see _product)
_SMALL = 1 << 18  # multiplications in one product


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
    reasons = _reasons(game, exact)
    if certificate.kind == "sampling":
        for member, cents in certificate.facts["within_cents"].items():
            said = {"orders": certificate.facts["orders"], "cents": cents}
            reasons[member] = (*reasons[member], reason("estimated", **said))
    return judged(game, exact, "shapley", certificate, reasons)


def shapley_values(table: Worth) -> list[Fraction]:
    """The exact Shapley value of a game given by the worths of all its subgroups, indexed by bit mask.

    A subgroup counts for its members with the weight with which its complement counts against them. So only the
    subgroups that hold the last member are looked at, each with its worth minus that of its complement, and all that
    is needed is the sum of these differences by size, over all and over those that hold each member.

    Shape   2^n integers under 2^61.
    Holds   sum(result) == table[-1] - table[0].
    """
    count = int(table.size).bit_length() - 1
    if count == 0:
        return []
    half = int(table.size) // 2
    by_size, by_member = _sums(table[half:], table[:half][::-1], count - 1)
    held = [factorial(size) * factorial(count - 1 - size) for size in range(count)]  # size: members but the last
    unheld = [*(factorial(size + 1) * factorial(count - 2 - size) for size in range(count - 1)), 0]
    either = [one + other for one, other in zip(held, unheld, strict=True)]
    outside = sum(map(mul, unheld, by_size))
    values = [sum(map(mul, either, inside)) - outside for inside in (*by_member, by_size)]
    return [Fraction(value, factorial(count)) for value in values]


def _sums(upper: Worth, lower: Worth, count: int) -> tuple[list[int], list[list[int]]]:
    """Exact sums of upper - lower over the subsets of `count` members: by size, and by size for each member.

    The products below are in floating point but exact: differences are cut into pieces small enough that no sum of
    them reaches 2^53.
    """
    found = _exact_sums(upper, lower, count)
    if found is not None:
        return found
    bits = 52 - count
    by_size, by_member = [0] * (count + 1), [[0] * (count + 1) for _ in range(count)]
    piece, shift, zero = upper - lower, 0, np.broadcast_to(np.int64(0), upper.shape)
    while True:
        found = _exact_sums(piece, zero, count)
        sizes, members = found or _exact_sums(piece & ((1 << bits) - 1), zero, count) or ([], [])
        for total, part in zip((by_size, *by_member), (sizes, *members), strict=True):
            for size, value in enumerate(part):
                total[size] += value << shift
        if found:
            return by_size, by_member
        piece, shift = piece >> bits, shift + bits


def _exact_sums(upper: Worth, lower: Worth, count: int) -> tuple[list[int], list[list[int]]] | None:
    """The sums, or None when one might go beyond 2^53.

    Seen as a rectangle, rows for the upper half of the members and columns for the lower half, they come from two
    thin matrix products: by size of the lower half, and by size of the upper half. No sum exceeds the square root of
    the number of differences times the sum of their squares (Cauchy and Schwarz), which one pass gives.
    """
    low, high = count // 2, count - count // 2
    above, below = upper.reshape(1 << high, 1 << low), lower.reshape(1 << high, 1 << low)
    by_low = np.empty((1 << high, low + 1))
    by_high = np.zeros((high + 1, 1 << low))
    most = 2.0 ** (105 - count)
    inner = min(high, max(0, _BLOCK.bit_length() - 1 - low))  # members of the upper half told apart within a block
    low_sizes, inner_sizes = _lattice(low)[: low + 1].T, _lattice(inner)[: inner + 1]
    step = 1 << max(0, (_SMALL // low_sizes.size).bit_length() - 1)  # rows in one product
    block = np.empty((1 << inner, 1 << low))
    squared = 0.0
    for start in range(0, 1 << high, 1 << inner):
        rows = slice(start, start + (1 << inner))
        np.subtract(above[rows], below[rows], out=block)
        squared += float(np.vecdot(block, block).sum())  # by rows: in one thread, as the products below (see _product)
        if squared > most:
            return None
        for at in range(0, 1 << inner, step):
            np.matmul(block[at : at + step], low_sizes, out=by_low[start + at : start + at + step])
        outer = start.bit_count()
        by_high[outer : outer + inner + 1] += inner_sizes @ block
    # rows: all, then each member of the upper half; then each member of the lower half
    above_held = _product(_lattice(high), by_low).reshape(high + 1, high + 1, low + 1)
    below_held = _product(_lattice(low)[low + 1 :], by_high.T).reshape(low, low + 1, high + 1).transpose(0, 2, 1)
    by_size, *by_member = _by_total(np.concatenate([above_held[:1], below_held, above_held[1:]]))
    return by_size, by_member


def _product(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """A matrix product in slices so small that the library does them in one thread.

    On a busy machine threads that wait for one another cost a hundred times more than they save here.
    """
    step = max(1, _SMALL // max(1, left.shape[0] * right.shape[1]))
    found = left[:, :step] @ right[:step]
    for start in range(step, left.shape[1], step):
        found += left[:, start : start + step] @ right[start : start + step]
    return found


def _by_total(squares: NDArray[np.float64]) -> list[list[int]]:
    """Sums by (size of the upper half, size of the lower half) gathered by size of the whole."""
    highs, lows = squares.shape[1:]
    sums = np.zeros((len(squares), highs + lows - 1))
    for high in range(highs):
        sums[:, high : high + lows] += squares[:, high]
    whole: list[list[int]] = sums.astype(np.int64).tolist()
    return whole


@cache
def _lattice(count: int) -> NDArray[np.float64]:
    """For the subsets of `count` members: one row of 0 and 1 per size; then, for each member, one row per size."""
    members = (np.arange(1 << count) >> np.arange(count)[:, None] & 1).astype(np.float64)
    sizes = (members.sum(axis=0) == np.arange(count + 1)[:, None]).astype(np.float64)
    return np.concatenate([sizes, (members[:, None, :] * sizes).reshape(count * (count + 1), 1 << count)])


def _reasons(game: Game, exact: dict[MemberId, Fraction]) -> dict[MemberId, tuple[Reason, ...]]:
    alone = game.alone()
    count = len(game.members)
    others = np.ones((count, count), dtype=bool) & ~np.eye(count, dtype=bool)
    without = game.worth_of(others)
    cost = "_cost" if game.kind == "cost" else "_benefit"
    return {
        member: (
            reason("average" + cost, exact=exact[member], count=count),
            reason("first_last" + cost, first=alone[member], last=int(game.whole - without[i])),
        )
        for i, member in enumerate(game.members)
    }
