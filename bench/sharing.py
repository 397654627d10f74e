"""The Shapley value and the nucleolus, against compiled, plain and full-row peers, on the same games."""

import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from bench import Row
from bench.peers import ask, python_with
from cordee.engines.sharing import shapley_values
from cordee.engines.sharing.checker import is_nucleolus
from cordee.engines.sharing.levels import nucleolus_of

PEERS = ("coopgame-py==0.3.0", "coopgt==0.0.3", "numpy==2.4.*")

Table = NDArray[np.int64]

_COMPILED = """
import json, sys, time
import coopgame, numpy as np
given = json.load(sys.stdin)
times, values = [], []
for path in given["games"]:
    game = coopgame.Game(np.load(path)[1:].astype(float).tolist())  # building it is not timed
    ours = []
    for _ in range(given["repeat"]):
        start = time.perf_counter()
        found = getattr(coopgame, given["method"])(game)
        ours.append((time.perf_counter() - start) * 1000)
    times.append(min(ours))
    values.append(list(found["allocation"] if isinstance(found, dict) else found))
print(json.dumps({"times": times, "values": values}))
"""

_PUBLISHED = """
import json, sys
import coopgame, numpy as np
given = json.load(sys.stdin)
for kind, seed, path in given["games"]:
    np.save(path, np.array([0.0, *coopgame.Game.bnf(kind, given["count"], seed).values()]).astype(np.int64))
print(json.dumps(True))
"""

_PLAIN = """
import itertools, json, sys, time
import numpy as np
from coopgt.shapley_value import calculate
given = json.load(sys.stdin)
table = np.load(given["game"])
count = len(table).bit_length() - 1
groups = (group for size in range(count + 1) for group in itertools.combinations(range(1, count + 1), size))
worth = {group: int(table[sum(1 << (i - 1) for i in group)]) for group in groups}
start = time.perf_counter()
values = calculate(worth)
print(json.dumps({"time": (time.perf_counter() - start) * 1000, "values": [float(value) for value in values]}))
"""


def rows(full: bool = False) -> list[Row]:
    """Best of several runs each; the median over fixed seeds, the worst ratio in the note; answers are compared."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return [
            _shapley_compiled(place, range(1, 11 if full else 4)),
            _shapley_plain(place, 10 if full else 9),
            _nucleolus_compiled(place, range(1, 4 if full else 2)),
            _nucleolus_full(place, range(1, 4 if full else 2)),
        ]


def _shapley_compiled(folder: Path, seeds: range) -> Row:
    games = [_random(20, seed, folder) for seed in seeds]
    given = {"games": [str(path) for path, _ in games], "repeat": 10, "method": "shapley"}
    peer = ask(_COMPILED, given, python_with("sharing", *PEERS))
    ours, values = _timed(shapley_values, [table for _, table in games], 10)
    same = _agree(values, peer["values"])
    return _row("Shapley", "n = 20, exact", PEERS[0], ours, peer["times"], f"{same}; ours in exact fractions")


def _shapley_plain(folder: Path, count: int) -> Row:
    path, table = _random(count, 1, folder)
    peer = ask(_PLAIN, {"game": str(path)}, python_with("sharing", *PEERS))
    ours, values = _timed(shapley_values, [table], 20)
    return _row("Shapley", f"n = {count}", PEERS[1], ours, [peer["time"]], _agree(values, [peer["values"]]))


def _nucleolus_compiled(folder: Path, seeds: range) -> Row:
    games = _published(folder, 20, seeds)
    given = {"games": [str(path) for path, _ in games], "repeat": 1, "method": "nucleolus"}
    peer = ask(_COMPILED, given, python_with("sharing", *PEERS))
    tables = [table for _, table in games]
    ours, found = _timed(nucleolus_of, tables, 3)
    note = f"{_agree([parts for parts, _ in found], peer['values'])}; {_certified(tables, found)}"
    return _row("nucleolus", "n = 20, certified", PEERS[0], ours, peer["times"], note)


def _nucleolus_full(folder: Path, seeds: range) -> Row:
    tables = [table for _, table in _published(folder, 15, seeds)]
    theirs, values = _timed(_full_rows, tables, 1)
    ours, found = _timed(nucleolus_of, tables, 3)
    note = f"{_agree([parts for parts, _ in found], values)}; {_certified(tables, found)}"
    return _row("nucleolus", "n = 15", f"full-row LPs, HiGHS {highspy.Highs().version()}", ours, theirs, note)


def _random(count: int, seed: int, folder: Path) -> tuple[Path, Table]:
    table = np.random.default_rng(seed).integers(0, 10_000_000, 1 << count)
    table[0] = 0
    path = folder / f"random-{count}-{seed}.npy"
    np.save(path, table)
    return path, table


def _published(folder: Path, count: int, seeds: range) -> list[tuple[Path, Table]]:
    """The five kinds of random games of Benedek, Fliege & Nguyen (2021), as the peer draws them."""
    games = [(kind, seed, str(folder / f"game-{count}-{kind}-{seed}.npy")) for kind in range(1, 6) for seed in seeds]
    ask(_PUBLISHED, {"games": games, "count": count}, python_with("sharing", *PEERS))
    return [(Path(path), np.load(path)) for _, _, path in games]


def _timed(solve: Callable[[Table], Any], tables: list[Table], repeat: int) -> tuple[list[float], list[Any]]:
    times, answers = [], []
    for table in tables:
        ours = []
        for _ in range(repeat):
            start = time.perf_counter()
            answer = solve(table)
            ours.append((time.perf_counter() - start) * 1000)
        times.append(min(ours))
        answers.append(answer)
    return times, answers


def _agree(values: list[list[Fraction]], theirs: list[list[float]]) -> str:
    same = sum(
        all(abs(float(a) - b) < 1e-6 * (1 + abs(b)) for a, b in zip(ours, other, strict=True))
        for ours, other in zip(values, theirs, strict=True)
    )
    return f"same values {same}/{len(values)}"


def _certified(tables: list[Table], found: list[Any]) -> str:
    sound = 0
    slowest = 0.0
    for table, (parts, stages) in zip(tables, found, strict=True):
        start = time.perf_counter()
        sound += is_nucleolus(table, parts, [(stage.level, stage.weights, stage.floors) for stage in stages])
        slowest = max(slowest, (time.perf_counter() - start) * 1000)
    return f"certificates {sound}/{len(tables)}, the slowest checked in {slowest:.0f} ms"


def _row(engine: str, size: str, against: str, ours: list[float], theirs: list[float], note: str) -> Row:
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    said = f"{note}; ratios {min(ratios):.1f} to {max(ratios):.1f} on {len(ratios)} games"
    return Row(engine, size, against, median(ours), median(theirs), median(ratios), said)


def _full_rows(gains: Table) -> list[float]:
    """The nucleolus by the textbook: at each stage one program with a row for every subgroup still open."""
    count = int(gains.size).bit_length() - 1
    masks = np.arange(1, gains.size - 1)
    members = (masks[:, None] >> np.arange(count) & 1).astype(float)
    fixed: dict[int, float] = {}
    while True:
        matrix = np.hstack([members, np.ones((masks.size, 1))])
        matrix[[mask - 1 for mask in fixed], count] = 0
        low = gains[1:-1].astype(float)
        high = np.full(masks.size, highspy.kHighsInf)
        decided = np.vstack([np.ones(count), *[members[mask - 1] for mask in fixed]])
        span = np.linalg.svd(decided)[2][np.linalg.matrix_rank(decided) :]
        inside = np.abs(members @ span.T).max(axis=1, initial=0) < 1e-9
        for mask, part in fixed.items():
            low[mask - 1] = high[mask - 1] = part
        keep = ~inside | np.isin(masks, list(fixed))
        program: Any = highspy.Highs
        highs = program()
        highs.setOptionValue("output_flag", False)
        lp: Any = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count + 1, int(keep.sum()) + 1
        lp.col_cost_ = np.array([0.0] * count + [1.0])
        lp.col_lower_ = np.array([*(float(gains[1 << i]) for i in range(count)), -highspy.kHighsInf])
        lp.col_upper_ = np.full(count + 1, highspy.kHighsInf)
        lp.row_lower_ = np.append(low[keep], float(gains[-1]))
        lp.row_upper_ = np.append(high[keep], float(gains[-1]))
        rows = np.vstack([matrix[keep], [1.0] * count + [0.0]])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum((rows != 0).sum(axis=1)))).astype(np.int32)
        lp.a_matrix_.index_ = np.nonzero(rows)[1].astype(np.int32)
        lp.a_matrix_.value_ = rows[rows != 0]
        highs.passModel(lp)
        highs.run()
        found = highs.getSolution()
        parts, level = found.col_value[:count], found.col_value[count]
        if inside.all():
            return list(parts)
        duals = np.array(found.row_dual)[:-1]
        for mask in masks[keep][duals > 1e-7]:
            if int(mask) not in fixed:
                fixed[int(mask)] = float(gains[mask]) - level
        for i, dual in enumerate(found.col_dual[:count]):
            if dual > 1e-7:
                fixed[1 << i] = float(gains[1 << i])
