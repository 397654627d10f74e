"""The nucleolus of a game: the share that serves the worst served subgroup best, then the next, and so on.

Each stage lowers the level that bounds what any undecided subgroup could gain apart, until it cannot go lower; the
subgroups that hold it up there are then decided. Subgroups enter the program only when they bind: at each round all
2^n are looked at in one array, and those that would gain most are entered. What is decided is kept as exact
equations, so the answer comes out in fractions and the proof in whole numbers; floating point only chooses.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.exact import Echelon
from cordee.engines.sharing.program import Program

_PRIME = (1 << 57) - 13  # of the order of the largest such that 24 residues add up within 64 bits
_ZERO = 1e-9
_FEW = 3  # subgroups entered at a round, times the number of members


@dataclass(frozen=True, slots=True)
class Stage:
    """One level, and what holds it, with whole weights that balance it against all that was decided before.

    Shape   weights: (mask, weight) of subgroups at this level; floors: the same of single members who get exactly
            what they would get alone, and so cannot get less.
    Units   level: what each of these subgroups would gain apart, exact, in cents (< 0 when staying is better).
    """

    level: Fraction
    weights: tuple[tuple[int, int], ...]
    floors: tuple[tuple[int, int], ...] = ()


def nucleolus_of(gains: NDArray[np.int64], spread: float = 1e5) -> tuple[list[Fraction], tuple[Stage, ...]]:
    """The nucleolus of a table of gains and the stages that prove it.

    Nobody gets less than alone, unless that is impossible for all at once: then it is the prenucleolus.

    Shape   2^n integers indexed by bit mask, n >= 1. spread: the largest number given to the solver, whose tolerances
            are absolute; what they blur is for the checker to see, and for another spread to settle.
    Source  sequence of linear programs, after Maschler, Peleg & Shapley (1979); Kohlberg (1971).
    """
    count = int(gains.size).bit_length() - 1
    search = _Search(gains, count, spread)
    done: list[Stage] = []
    while search.known.rank < count:
        done.append(search.stage())
    return search.known.solve(count), tuple(done)


class _Search:
    """The state between stages: the program, the exact equations decided, the subgroups still open."""

    def __init__(self, gains: NDArray[np.int64], count: int, spread: float) -> None:
        self.count = count
        self.gains = gains
        self.scale = float(max(1, int(np.abs(gains).max()))) / spread
        self.low = count // 2
        self.open = (gains / self.scale).reshape(-1, 1 << self.low)
        whole = (1 << count) - 1
        self.known = Echelon(count)
        # columns after the n members: right-hand side, unknown level
        self.known.add([1] * count + [int(gains[whole]), 0])
        alone = [int(gains[1 << i]) for i in range(count)]
        floors = [worth / self.scale for worth in alone] if sum(alone) <= int(gains[whole]) else None
        self.floored = set(range(count)) if floors else set()
        self.program = Program(count, float(gains[whole]) / self.scale, floors)
        self.chance = np.random.default_rng(count)
        self.close()
        single = [1 << i for i in range(count)]
        self.enter([mask for mask in {*single, *(whole - mask for mask in single)} if 0 < mask < whole])

    def enter(self, masks: list[int]) -> None:
        self.program.enter(masks, [float(self.gains[mask]) / self.scale for mask in masks])

    def stage(self) -> Stage:
        """Lower the level as far as it goes; decide the subgroups that hold it."""
        while True:
            parts, level, duals, floor_duals = self.program.solve()
            masks = self.above(parts, level)
            if not masks:
                break
            self.enter(masks)
        entered = self.program.entered()
        held = [(-duals[row], entered[row], -1) for row in np.flatnonzero(duals > _ZERO) if self.is_open(entered[row])]
        held += [(-floor_duals[i], 1 << i, 0) for i in self.floored if floor_duals[i] > _ZERO]
        return self.decide([(mask, slope) for _, mask, slope in sorted(held)])

    def is_open(self, mask: int) -> bool:
        return bool(np.isfinite(self.open.flat[mask]))

    def above(self, parts: NDArray[np.float64], level: float) -> list[int]:
        """The undecided subgroups that would gain more than the level, the largest gains first."""
        rows = _sums(parts[self.low :])
        best = np.empty(len(rows))
        where = np.empty(len(rows), dtype=np.int64)
        columns = _sums(parts[: self.low])
        step = max(1, (1 << 16) >> self.low)
        for start in range(0, len(rows), step):
            block = self.open[start : start + step] - columns
            place = block.argmax(axis=1)
            where[start : start + step] = place
            best[start : start + step] = block[np.arange(len(place)), place]
        best -= rows
        found = np.flatnonzero(best > level + 1e-8)
        chosen = found[np.argsort(-best[found], kind="stable")[: _FEW * self.count]]
        entered = set(self.program.entered())
        masks = [int(row << self.low | where[row]) for row in chosen]
        return [mask for mask in masks if mask not in entered]

    def decide(self, held: list[tuple[int, int]]) -> Stage:
        """Work out the level exactly from what holds it, and make these parts equations.

        Each part is its worth plus `slope` times the level: -1 for a subgroup, 0 for a floor.
        """
        count, tags = self.count, len(held)
        fresh = Echelon(count)
        fresh.rows = {pivot: [*row, *([0] * tags)] for pivot, row in self.known.rows.items()}
        for i, (mask, slope) in enumerate(held):
            members = [mask >> j & 1 for j in range(count)]
            tag = [int(i == j) for j in range(tags)]
            row = fresh.reduce([*members, int(self.gains[mask]), slope, *tag])
            if any(row[:count]):
                fresh.add(row)
                continue
            weights = row[count + 2 :]
            if max(weights) <= 0:
                weights = [-a for a in weights]
            if min(weights) < 0 or not row[count + 1]:
                continue  # not a proof: rounding in the solver kept one subgroup too many
            level = Fraction(-row[count], row[count + 1])
            return self.settle(level, [(*one, weight) for one, weight in zip(held, weights, strict=True) if weight])
        raise ArithmeticError("no subgroups hold the level")

    def settle(self, level: Fraction, held: list[tuple[int, int, int]]) -> Stage:
        for mask, slope, _ in held:
            part = int(self.gains[mask]) + slope * level
            members = [(mask >> j & 1) * part.denominator for j in range(self.count)]
            row = self.known.reduce([*members, part.numerator, 0])
            if any(row[: self.count]):
                self.known.add(row)
            self.program.fix(mask, float(part) / self.scale)
        self.close()
        for mask in self.program.undecided():
            if not self.is_open(mask):
                self.program.drop(mask)
        for member in [member for member in self.floored if not self.is_open(1 << member)]:
            self.floored.discard(member)
            self.program.free(member)
        return Stage(
            level,
            tuple((mask, weight) for mask, slope, weight in held if slope),
            tuple((mask, weight) for mask, slope, weight in held if not slope),
        )

    def close(self) -> None:
        """Close the subgroups whose part follows from the decided ones.

        A random vector at right angles to all decided subgroups, in residues, is at right angles to what they span
        and, but for one chance in a billion, to nothing else (and the proof is checked without it).
        """
        across = self.across()
        rows, columns = _residues(across[self.low :]), _residues(across[: self.low])
        against = (_PRIME - rows) % _PRIME
        step = max(1, (1 << 16) >> self.low)
        for start in range(0, len(rows), step):
            closed = against[start : start + step, None] == columns
            self.open[start : start + step][closed] = -np.inf

    def across(self) -> list[int]:
        free = [i for i in range(self.count) if i not in self.known.rows]
        vector = [0] * self.count
        for i in free:
            vector[i] = int(self.chance.integers(1, _PRIME))
        for pivot in reversed(self.known.rows):
            row = self.known.rows[pivot]
            rest = sum(row[i] * vector[i] for i in range(self.count) if i != pivot)
            vector[pivot] = -rest * pow(row[pivot], -1, _PRIME) % _PRIME
        return vector


def _sums(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of every subset of `parts`."""
    sums = np.zeros(1 << len(parts))
    for i, part in enumerate(parts):
        sums[1 << i : 2 << i] = sums[: 1 << i] + part
    return sums


def _residues(parts: list[int]) -> NDArray[np.int64]:
    """The sum of every subset of `parts`, modulo the prime."""
    sums = np.zeros(1 << len(parts), dtype=np.int64)
    for i, part in enumerate(parts):
        sums[1 << i : 2 << i] = (sums[: 1 << i] + part) % _PRIME
    return sums
