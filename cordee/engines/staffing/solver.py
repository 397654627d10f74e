"""HiGHS behind one door: patterns chosen among those given, one thread, an answer only when the solver says so."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from cordee.engines.staffing.patterns import Ints
from cordee.engines.staffing.rows import Floats, Program


@dataclass(frozen=True, slots=True)
class Aim:
    """What is made small: a cost per pattern and per extra, whole numbers both."""

    patterns: Ints
    extras: Ints

    def of(self, chosen: Ints, extras: Ints) -> int:
        """The exact cost of a choice."""
        return int(self.patterns[chosen].sum() + (self.extras * extras).sum())


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `chosen`: patterns, None when nothing was found in time; `bound`: no choice costs less."""

    chosen: Ints | None
    extras: Ints
    cost: int
    bound: float
    spent: float
    prices: Floats | None = None
    """Of the rows, when fractions were allowed first: what they prove is at most `bound`."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The problem with fractions allowed: its value, the price of every row, and how much of each pattern."""

    value: float
    prices: Floats
    amounts: Floats
    spent: float


class Solver:
    """One program and one aim, on a growing set of patterns. Extras come first, then the patterns in order of entry."""

    def __init__(self, program: Program, aim: Aim, kept: Ints) -> None:
        import highspy  # slow to import: only searches pay for it

        self._highspy: Any = highspy
        self.program, self.aim = program, aim
        self.kept = np.zeros(0, np.int64)
        self.row, self.col, self.value = program.coo()
        self.highs: Any = highspy.Highs()
        for key, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.99),
            ("mip_feasibility_tolerance", 1e-7),
        ):
            self.highs.setOptionValue(key, setting)
        lp: Any = highspy.HighsLp()
        inf = highspy.kHighsInf
        rows, extras = len(program.low), len(program.ceilings)
        row, col, value = (
            np.array(part, dtype=np.int64) for part in zip(*program.extra_entries, strict=True)
        )  # the worst shortfall is always there
        inside = self._inverse(kept)[self.col]
        mine = inside >= 0
        row = np.concatenate([row, self.row[mine]])
        col = np.concatenate([col, extras + inside[mine]])
        value = np.concatenate([value, self.value[mine]])
        order = np.argsort(col, kind="stable")
        lp.num_col_, lp.num_row_ = extras + len(kept), rows
        lp.col_cost_ = np.concatenate([aim.extras, aim.patterns[kept]]).astype(float)
        lp.col_lower_ = np.zeros(extras + len(kept))
        lp.col_upper_ = np.concatenate([program.ceilings, np.ones(len(kept))]).astype(float)
        lp.row_lower_ = np.array([-inf if one < -(1 << 39) else one for one in program.low], dtype=float)
        lp.row_upper_ = np.array([inf if one > 1 << 39 else one for one in program.high], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.searchsorted(col[order], np.arange(extras + len(kept) + 1)).astype(np.int32)
        lp.a_matrix_.index_ = row[order].astype(np.int32)
        lp.a_matrix_.value_ = value[order].astype(float)
        if self.highs.passModel(lp) == highspy.HighsStatus.kError:
            raise ValueError("the solver refuses this model")
        self.kept = kept

    def _inverse(self, kept: Ints) -> Ints:
        inverse = np.full(len(self.program.days), -1)
        inverse[kept] = np.arange(len(kept))
        return inverse

    def enter(self, more: Ints) -> None:
        """Let more patterns be chosen."""
        inside = self._inverse(more)[self.col]
        mine = np.flatnonzero(inside >= 0)
        order = mine[np.argsort(inside[mine], kind="stable")]
        starts = np.searchsorted(inside[order], np.arange(len(more))).astype(np.int32)
        self.highs.addCols(
            len(more),
            self.aim.patterns[more].astype(float),
            np.zeros(len(more)),
            np.ones(len(more)),
            len(order),
            starts,
            self.row[order].astype(np.int32),
            self.value[order].astype(float),
        )
        self.kept = np.concatenate([self.kept, more])

    def relax(self, seconds: float) -> Relaxed | None:
        """Solve with fractions; None when the time is out, or when nothing is possible."""
        status = self._run(seconds)
        if status != self._highspy.HighsModelStatus.kOptimal:
            return None
        found = self.highs.getSolution()
        amounts = np.array(found.col_value)[len(self.program.ceilings) :]
        return Relaxed(
            self.highs.getInfo().objective_function_value, np.array(found.row_dual), amounts, self.highs.getRunTime()
        )

    def reduced(self, prices: Floats) -> Floats:
        """What each pattern of the program would cost beyond the prices of the rows it enters."""
        paid = np.bincount(self.col, weights=self.value * prices[self.row], minlength=len(self.program.days))
        return np.asarray(self.aim.patterns - paid, dtype=np.float64)

    def whole(self, seconds: float, start: tuple[Ints, Ints] | None = None, gap: float = 0.0) -> Found:
        """Solve in whole numbers, from a first choice when there is one."""
        extras, size = len(self.program.ceilings), len(self.kept)
        kinds = np.full(extras + size, self._highspy.HighsVarType.kInteger)
        self.highs.changeColsIntegrality(extras + size, np.arange(extras + size, dtype=np.int32), kinds)
        if start is not None:
            told = self._highspy.HighsSolution()
            told.col_value = np.concatenate([start[1], np.isin(self.kept, start[0])]).astype(float).tolist()
            self.highs.setSolution(told)
        self.highs.setOptionValue("mip_rel_gap", gap)
        status = self._run(seconds)
        info, spent = self.highs.getInfo(), self.highs.getRunTime()
        if info.primal_solution_status != 2:
            return Found(None, np.zeros(extras, np.int64), 0, -np.inf, spent)
        values = np.round(np.array(self.highs.getSolution().col_value)).astype(np.int64)
        chosen = self.kept[values[extras:] == 1]
        cost = self.aim.of(chosen, values[:extras])
        done = status == self._highspy.HighsModelStatus.kOptimal
        bound = max(float(info.mip_dual_bound), cost - 0.99 if done and not gap else -np.inf)
        return Found(chosen, values[:extras], cost, bound, spent)

    def _run(self, seconds: float) -> Any:
        """Run, and read the status before anything else."""
        kind = self._highspy.HighsModelStatus
        self.highs.setOptionValue("time_limit", max(0.05, seconds) + self.highs.getRunTime())
        self.highs.run()
        status = self.highs.getModelStatus()
        known = (kind.kOptimal, kind.kTimeLimit, kind.kInfeasible, kind.kUnboundedOrInfeasible, kind.kSolutionLimit)
        if status not in known:
            raise ValueError(f"the solver gave no answer: {self.highs.modelStatusToString(status)}")
        return status
