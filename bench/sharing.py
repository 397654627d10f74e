"""The Shapley value and the nucleolus, against compiled, plain and full-row peers, on the same games."""

import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from bench import Row, race
from bench.measure import measured
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


def shapley(full: bool) -> list[Row]:
    """Random games of 20 members, the values exact fractions on our side."""
    return _against_compiled("Shapley", "n = 20, exact", "shapley", 20, range(1, 11 if full else 6))


def shapley_plain(full: bool) -> list[Row]:
    """One random game of 10 members: the peer goes through all 3,628,800 orders, which takes it a minute or more."""
    with tempfile.TemporaryDirectory() as folder:
        path, table = _random(10, 1, Path(folder))
        ours = measured(lambda: shapley_values(table), 20)
        peer, memory = ask(_PLAIN, {"game": str(path)}, python_with("sharing", *PEERS))
    same = _agree([ours.answer], [peer["values"]])
    row = race(
        ("Shapley", "n = 10, exact", _name("coopgt")),
        [ours.ms],
        [peer["time"]],
        1e5,
        memory=(ours.mb, memory),
        agreed=same == 1,
        note=f"same values {same}/1",
    )
    return [row]


def nucleolus(full: bool) -> list[Row]:
    """The five kinds of published games of 20 members; every answer is checked apart from the solver."""
    return _against_compiled("nucleolus", "n = 20, certified", "nucleolus", 20, range(1, 4 if full else 2))


def nucleolus_full(full: bool) -> list[Row]:
    """The same kinds at 15 members, against the textbook sequence of programs with a row for every subgroup."""
    ours, theirs, memory, same, sound = [], [], [0, 0], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        games = [table for _, table in _published(Path(folder), 15, range(1, 4 if full else 2))]
    for table in games:
        mine = measured(lambda given=table: nucleolus_of(given), 3)  # type: ignore[misc]
        peer = measured(lambda given=table: _full_rows(given))  # type: ignore[misc]
        ours.append(mine.ms)
        theirs.append(peer.ms)
        memory = [max(memory[0], mine.mb), max(memory[1], peer.mb)]
        same += _agree([mine.answer[0]], [peer.answer])
        sound += _certified(table, mine.answer)[0]
    row = race(
        ("nucleolus", "n = 15, certified", f"full-row LPs, HiGHS {highspy.Highs().version()}"),
        ours,
        theirs,
        20,
        memory=(memory[0], memory[1]),
        agreed=same == sound == len(games),
        note=f"same values {same}/{len(games)}; certificates {sound}/{len(games)}",
    )
    return [row]


PARTS = {
    "shapley": shapley,
    "shapley_plain": shapley_plain,
    "nucleolus": nucleolus,
    "nucleolus_full": nucleolus_full,
}


def _against_compiled(engine: str, size: str, method: str, count: int, seeds: range) -> list[Row]:
    """Ours and the compiled peer's, game by game in turn; building its game is not timed."""
    ours, theirs, memory, same, sound, slowest = [], [], [0, 0], 0, 0, 0.0
    repeat = 10 if method == "shapley" else 2
    solve: Callable[[Table], Any] = shapley_values if method == "shapley" else nucleolus_of
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if method == "shapley":
            games = [_random(count, seed, place) for seed in seeds]
        else:
            games = _published(place, count, seeds)
        for path, table in games:
            mine = measured(lambda given=table: solve(given), repeat)  # type: ignore[misc]
            given = {"games": [str(path)], "repeat": min(repeat, 5), "method": method}
            if method == "nucleolus":
                given["repeat"] = 1
            peer, heavy = ask(_COMPILED, given, python_with("sharing", *PEERS))
            ours.append(mine.ms)
            theirs.append(peer["times"][0])
            memory = [max(memory[0], mine.mb), max(memory[1], heavy)]
            if method == "nucleolus":
                good, spent = _certified(table, mine.answer)
                sound, slowest = sound + good, max(slowest, spent)
            same += _agree([mine.answer if method == "shapley" else mine.answer[0]], peer["values"])
    certified = f"; certificates {sound}/{len(games)}, the slowest checked in {slowest:.0f} ms"
    row = race(
        (engine, size, _name("coopgame-py")),
        ours,
        theirs,
        20 if method == "shapley" else 5,
        memory=(memory[0], memory[1]),
        agreed=same == len(games) and (method == "shapley" or sound == len(games)),
        note=f"same values {same}/{len(games)}" + (certified if method == "nucleolus" else ""),
    )
    return [row]


def _name(package: str) -> str:
    return next(one for one in PEERS if one.startswith(f"{package}=")).replace("==", " ")


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


def _agree(values: list[list[Fraction]], theirs: list[list[float]]) -> int:
    return sum(
        all(abs(float(a) - b) < 1e-6 * (1 + abs(b)) for a, b in zip(ours, other, strict=True))
        for ours, other in zip(values, theirs, strict=True)
    )


def _certified(table: Table, found: Any) -> tuple[bool, float]:
    """Whether the checker accepts the certificate, and its milliseconds."""
    parts, stages = found
    start = time.perf_counter()
    good = is_nucleolus(table, parts, [(stage.level, stage.weights, stage.floors) for stage in stages])
    return good, (time.perf_counter() - start) * 1000


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
