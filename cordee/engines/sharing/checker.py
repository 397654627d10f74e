"""Check a share again from the game alone, by other roads than those that found it.

Everything here is exact: whole numbers and fractions; floating point only sorts out subgroups that are far from
mattering, with room for its error. No solver, and nothing of the modules that compute shares.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.game import Game
from cordee.engines.sharing.result import Share

Proof: TypeAlias = tuple[Fraction, Sequence[tuple[int, int]], Sequence[tuple[int, int]]]
"""A level, the (mask, weight) of the subgroups at that level, and those of members who get what they get alone."""

_ENOUGH = 1 << 20  # ties examined one by one in exact numbers, at a time


def check(share: Share, game: Game | None = None) -> tuple[str, ...]:
    """What is wrong with a share: nothing when the tuple is empty.

    Always: the sums, and each share within a cent. With its game: a Shapley value by Harsanyi's dividends, a
    nucleolus by Kohlberg's criterion, a core (or its emptiness) by every subgroup (or a balanced family).
    """
    wrong = []
    if sum(share.shares.values()) != share.total or sum(share.exact.values()) != share.total:
        wrong.append("the shares do not add up to the total")
    if any(abs(share.exact[member] - cents) >= 1 for member, cents in share.shares.items()):
        wrong.append("a share is a cent or more away from the exact one")
    kind, facts = share.certificate.kind, share.certificate.facts
    if kind in ("sums", "sampling") or game is None:
        return tuple(wrong)
    if share.total != game.whole or set(share.exact) != set(game.members):
        return (*wrong, "the share is not of this game")
    if game.table is None:
        return (*wrong, "the game is too large to be checked")
    sign = 1 if game.kind == "benefit" else -1
    gains = sign * game.table
    parts = [sign * share.exact[member] for member in game.members]
    if kind == "shapley" and not is_shapley(gains, parts):
        wrong.append("it is not the Shapley value")
    stages = [_stage(one, game.members) for one in facts.get("stages", ())]
    if kind in ("nucleolus", "core", "no_core") and not is_nucleolus(gains, parts, stages):
        wrong.append("it is not the nucleolus")
    if kind == "no_core" and not outbids(gains, [*stages[0][1], *stages[0][2]]):
        wrong.append("the balanced family does not prove the core empty")
    if kind == "core" and not is_stable(gains, parts):
        wrong.append("a subgroup would do better apart")
    return tuple(wrong)


def is_shapley(gains: NDArray[np.int64], parts: Sequence[Fraction]) -> bool:
    """Whether `parts` is the Shapley value, by Harsanyi's dividends: each subgroup's surplus over those inside it is
    shared equally among its members. Worths are cut in pieces, so that arithmetic modulo 2^64 leaves no doubt."""
    count = len(parts)
    common = lcm(*range(1, count + 1))
    bits = 61 - common.bit_length()
    found = [0] * count
    piece, shift = gains.astype(np.int64), 0
    sizes = _sizes(count)
    order = np.argsort(sizes, kind="stable")
    starts = np.searchsorted(sizes[order], np.arange(1, count + 1))
    while True:
        last = max(abs(int(piece.max())), abs(int(piece.min()))) >> bits == 0
        dividends = piece.copy() if last else piece & ((1 << bits) - 1)
        for i in range(count):
            pairs = dividends.reshape(-1, 2, 1 << i)
            pairs[:, 1] -= pairs[:, 0]
        for i in range(count):
            held = np.where(order >> i & 1, dividends[order], 0)
            by_size = np.add.reduceat(held, starts).tolist()
            value = sum(common // (size + 1) * int(one) for size, one in enumerate(by_size))
            found[i] += ((value + 2**63) % 2**64 - 2**63) << shift
        if last:
            return [part * common for part in parts] == found
        piece, shift = piece >> bits, shift + bits


def is_stable(gains: NDArray[np.int64], parts: Sequence[Fraction]) -> bool:
    """Whether no subgroup would gain anything apart."""
    return sum(parts) == int(gains[-1]) and not _above(gains, parts, Fraction(0)).size


def outbids(gains: NDArray[np.int64], family: Sequence[tuple[int, int]]) -> bool:
    """Whether a balanced family of subgroups is worth more than all together, so that no share can satisfy it."""
    count = int(gains.size).bit_length() - 1
    covers = {sum(weight for mask, weight in family if mask >> i & 1) for i in range(count)}
    if len(covers) != 1 or any(weight <= 0 for _, weight in family):
        return False
    return sum(weight * int(gains[mask]) for mask, weight in family) > covers.pop() * int(gains[-1])


def is_nucleolus(gains: NDArray[np.int64], parts: Sequence[Fraction], stages: Sequence[Proof]) -> bool:
    """Whether `parts` is the nucleolus, by Kohlberg's criterion with the proof in `stages`.

    Take a move that harms none of the subgroups of a stage, nor takes anybody below what it gets alone. When a
    positive combination of these subgroups (and of members at that floor) is a combination of those decided before
    (all together first), the move leaves each of them as it is. At each level, every subgroup that would gain more
    must be a combination of those decided so far; after the last stage, every subgroup is one.
    """
    count = len(parts)
    alone = [int(gains[1 << i]) for i in range(count)]
    floored = sum(alone) <= int(gains[-1])
    if sum(parts) != int(gains[-1]) or (floored and any(p < a for p, a in zip(parts, alone, strict=True))):
        return False
    decided = [[1] * count]
    for level, weights, floors in stages:
        if np.any(_outside(_above(gains, parts, level), decided, count)):
            return False
        combined = [0] * count
        for mask, weight in (*weights, *floors):
            excess = int(gains[mask]) - sum(part for i, part in enumerate(parts) if mask >> i & 1)
            at_floor = (mask, weight) in floors and floored and mask.bit_count() == 1 and excess == 0
            if weight <= 0 or not (at_floor or ((mask, weight) in weights and excess == level)):
                return False
            combined = [a + weight * (mask >> i & 1) for i, a in enumerate(combined)]
        if _rank([*decided, combined]) != _rank(decided):
            return False
        decided += [[mask >> i & 1 for i in range(count)] for mask, _ in (*weights, *floors)]
        decided = _basis(decided)
    return _rank(decided) == count


def _stage(facts: Any, members: Sequence[str]) -> Proof:
    place = {member: 1 << i for i, member in enumerate(members)}

    def weighted(name: str) -> list[tuple[int, int]]:
        return [(sum(place[member] for member in one["members"]), int(one["weight"])) for one in facts[name]]

    return Fraction(facts["level"]), weighted("held_by"), weighted("floors")


def _above(gains: NDArray[np.int64], parts: Sequence[Fraction], level: Fraction) -> NDArray[np.int64]:
    """The subgroups (neither empty nor whole) that would gain strictly more than `level` apart, exactly."""
    count = len(parts)
    excess = gains.astype(np.float64)
    for i, part in enumerate(parts):
        excess.reshape(-1, 2, 1 << i)[:, 1] -= float(part)
    size = float(max(1, np.abs(gains).max())) + sum(abs(float(part)) for part in parts) + abs(float(level))
    near = np.flatnonzero(excess > float(level) - size * count * 2.0**-48)
    near = near[(near > 0) & (near < gains.size - 1)]
    scale = lcm(level.denominator, *(part.denominator for part in parts))
    exact = [int(part * scale) for part in parts]
    number: Any = np.int64 if size * scale < 2.0**61 else object
    found = [np.empty(0, dtype=np.int64)]
    for start in range(0, near.size, _ENOUGH):
        masks = near[start : start + _ENOUGH]
        left = gains[masks].astype(number) * scale
        for i, share in enumerate(exact):
            left = left - (masks >> i & 1).astype(number) * share
        found.append(masks[left > int(level * scale)])
    return np.concatenate(found)


def _outside(masks: NDArray[np.int64], decided: list[list[int]], count: int) -> NDArray[np.bool_]:
    """Which subgroups are not a combination of those decided: not at right angles to all that is at theirs."""
    outside = np.zeros(masks.size, dtype=bool)
    for across in _null_space(decided, count):
        kind: Any = np.int64 if sum(map(abs, across)) < 2**62 else object
        total = np.zeros(masks.size, dtype=kind)
        for i, part in enumerate(across):
            total += (masks >> i & 1).astype(kind) * part
        outside |= (total != 0).astype(bool)
    return outside


def _null_space(rows: list[list[int]], count: int) -> list[list[int]]:
    """Whole vectors that span what is at right angles to all rows."""
    reduced, pivots = _eliminate(rows)
    vectors = []
    for free in (i for i in range(count) if i not in pivots):
        vector = [Fraction(int(i == free)) for i in range(count)]
        for pivot, row in zip(pivots, reduced, strict=True):
            vector[pivot] = -row[free]
        scale = lcm(*(part.denominator for part in vector))
        vectors.append([int(part * scale) for part in vector])
    return vectors


def _eliminate(rows: list[list[int]]) -> tuple[list[list[Fraction]], list[int]]:
    """Gauss and Jordan: reduced rows and their pivots."""
    left = [[Fraction(a) for a in row] for row in rows]
    reduced: list[list[Fraction]] = []
    pivots: list[int] = []
    for row in left:
        for pivot, known in zip(pivots, reduced, strict=True):
            if row[pivot]:
                factor = row[pivot]
                row = [a - factor * b for a, b in zip(row, known, strict=True)]
        new = next((i for i, a in enumerate(row) if a), None)
        if new is None:
            continue
        row = [a / row[new] for a in row]
        reduced = [[a - known[new] * b for a, b in zip(known, row, strict=True)] for known in reduced]
        reduced.append(row)
        pivots.append(new)
    return reduced, pivots


def _rank(rows: list[list[int]]) -> int:
    return len(_eliminate(rows)[1])


def _basis(rows: list[list[int]]) -> list[list[int]]:
    """Rows that span the same, as few as possible, in whole numbers."""
    basis = []
    for row in _eliminate(rows)[0]:
        scale = lcm(*(a.denominator for a in row))
        basis.append([int(a * scale) for a in row])
    return basis


def _sizes(count: int) -> NDArray[np.int64]:
    sizes = np.zeros(1, dtype=np.int64)
    for _ in range(count):
        sizes = np.concatenate((sizes, sizes + 1))
    return sizes
