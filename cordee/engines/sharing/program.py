"""The linear programs of the nucleolus, kept warm in one HiGHS model from one stage to the next."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


class Program:
    """Minimise the level e such that every subgroup entered gets at least its worth minus e, all getting the whole.

    Columns are the members' parts, none below its floor, and e. A subgroup is entered once; later it may be fixed
    (its part is decided) or dropped (its part follows from the decided ones).
    """

    def __init__(self, count: int, whole: float, floors: list[float] | None) -> None:
        import highspy  # here, so that those who only split by a key do not wait for the solver to load

        self._inf = highspy.kHighsInf
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._count = count
        solver: Any = highspy.Highs
        self._highs = solver()
        for option, value in (
            ("output_flag", False),
            ("presolve", "off"),
            ("solver", "simplex"),
            ("parallel", "off"),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
        ):
            self._highs.setOptionValue(option, value)
        for column in range(count):
            self._highs.addCol(0.0, -self._inf if floors is None else floors[column], self._inf, 0, [], [])
        self._highs.addCol(1.0, -self._inf, self._inf, 0, [], [])
        self._masks = [(1 << count) - 1]
        self._row = {self._masks[0]: 0}
        self._settled = {self._masks[0]}
        self._highs.addRow(whole, whole, count, np.arange(count, dtype=np.int32), np.ones(count))

    def enter(self, masks: list[int], worths: list[float]) -> None:
        """Enter subgroups."""
        for mask, worth in zip(masks, worths, strict=True):
            if mask in self._row:
                continue
            columns = [i for i in range(self._count) if mask >> i & 1] + [self._count]
            self._row[mask] = len(self._masks)
            self._masks.append(mask)
            entries = np.array(columns, dtype=np.int32)
            self._highs.addRow(worth, self._inf, len(columns), entries, np.ones(len(columns)))

    def entered(self) -> list[int]:
        """The subgroups entered so far (all together first)."""
        return self._masks

    def undecided(self) -> list[int]:
        """The subgroups entered, but neither fixed nor dropped."""
        return [mask for mask in self._masks if mask not in self._settled]

    def fix(self, mask: int, part: float) -> None:
        """Decide the part of a subgroup."""
        row = self._row[mask]
        self._settled.add(mask)
        self._highs.changeCoeff(row, self._count, 0.0)
        self._highs.changeRowBounds(row, part, part)

    def drop(self, mask: int) -> None:
        """Forget a subgroup whose part follows from the decided ones."""
        self._settled.add(mask)
        self._highs.changeRowBounds(self._row[mask], -self._inf, self._inf)

    def free(self, member: int) -> None:
        """Forget the floor of a member whose part is decided."""
        self._highs.changeColBounds(member, -self._inf, self._inf)

    def solve(self) -> tuple[Vector, float, Vector, Vector]:
        """The parts, the level, and the weight (dual value) of each subgroup entered and of each member's floor."""
        self._highs.run()
        if self._highs.getModelStatus() != self._optimal:
            raise ArithmeticError(
                f"the solver stopped: {self._highs.modelStatusToString(self._highs.getModelStatus())}"
            )
        found = self._highs.getSolution()
        values = np.array(found.col_value)
        floors = np.array(found.col_dual)[: self._count]
        return values[: self._count], float(values[self._count]), np.array(found.row_dual), floors
