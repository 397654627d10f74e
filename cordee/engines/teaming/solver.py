"""HiGHS, behind one door: rows added in blocks, one thread, and an answer only when the solver says so."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
INF = math.inf


@dataclass(slots=True)
class Model:
    """Minimise cost over bounded columns and rows; `whole` columns take whole values."""

    cost: Array
    low: Array
    high: Array
    whole: Array
    rows: list[tuple[Array, Array, Array]] = field(default_factory=list)
    row_low: list[Array] = field(default_factory=list)
    row_high: list[Array] = field(default_factory=list)
    count: int = 0

    def block(self, row: Any, col: Any, value: Any, low: Any, high: Any, size: int) -> int:
        """Add `size` rows at once: entries (row within the block, column, value). Gives the first row's number."""
        start = self.count
        row, col = np.asarray(row, dtype=np.int64), np.asarray(col, dtype=np.int64)
        self.rows.append((row + start, col, np.broadcast_to(np.asarray(value, dtype=np.float64), row.shape)))
        self.row_low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), (size,)))
        self.row_high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), (size,)))
        self.count += size
        return start


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver found. `proven`: best possible. `values` None: nothing allowed was found."""

    values: Array | None
    cost: float
    bound: float
    proven: bool
    infeasible: bool
    seconds: float = 0.0
    duals: Array | None = None


def solve(
    model: Model,
    *,
    seconds: float,
    linear: bool = False,
    start: Array | None = None,
    gap: float = 0.0,
    usual: bool = False,
) -> Solved:
    """Minimise; `linear` forgets wholeness and gives the duals; `gap`: stop when this near the best.

    `usual` leaves the solver its own way of searching.

    The model status is always read before the values.
    """
    import highspy  # slow to import: only searches pay for it

    highs: Any = highspy.Highs()
    settings: tuple[tuple[str, Any], ...] = (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 0.99),
        ("mip_feasibility_tolerance", 1e-7),
        # Searches within the search: on these models they take most of the time and find nothing branching does not.
        ("mip_heuristic_run_rens", usual),
        ("mip_heuristic_run_rins", usual),
        ("mip_heuristic_run_root_reduced_cost", usual),
        ("time_limit", max(0.01, float(seconds))),
    )
    for key, setting in settings:
        highs.setOptionValue(key, setting)
    lp: Any = highspy.HighsLp()
    size = len(model.cost)
    lp.num_col_, lp.num_row_ = size, model.count
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.low, model.high
    lp.row_lower_ = np.concatenate(model.row_low) if model.row_low else np.empty(0)
    lp.row_upper_ = np.concatenate(model.row_high) if model.row_high else np.empty(0)
    row, col, value = (
        (np.concatenate(part) for part in zip(*model.rows, strict=True))
        if model.rows
        else (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    )
    order = np.argsort(row, kind="stable")
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.searchsorted(row[order], np.arange(model.count + 1)).astype(np.int32)
    lp.a_matrix_.index_ = col[order].astype(np.int32)
    lp.a_matrix_.value_ = value[order]
    if not linear and model.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(one)] for one in model.whole]
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise ValueError("the solver refuses this model")
    if start is not None and not linear:
        told = highspy.HighsSolution()
        told.col_value = [float(one) for one in start]
        highs.setSolution(told)
    highs.run()
    status, spent = highs.getModelStatus(), highs.getRunTime()
    kind = highspy.HighsModelStatus
    info = highs.getInfo()
    if status in (kind.kInfeasible, kind.kUnboundedOrInfeasible):
        return Solved(None, INF, INF, True, True, spent)
    if status not in (kind.kOptimal, kind.kTimeLimit, kind.kIterationLimit, kind.kSolutionLimit, kind.kInterrupt):
        raise ValueError(f"the solver gave no answer: {highs.modelStatusToString(status)}")
    done = status == kind.kOptimal
    usable = info.primal_solution_status == 2
    found: Any = highs.getSolution()
    values = np.array(found.col_value) if usable else None
    duals = np.array(found.row_dual) if linear and done else None
    cost = float(info.objective_function_value) if usable else INF
    if linear:
        return Solved(values, cost, cost if done else -INF, done, False, spent, duals)
    bound = float(info.mip_dual_bound)
    done = done and cost - bound < 1
    return Solved(values, cost, bound if math.isfinite(bound) else -INF, done, False, spent)
