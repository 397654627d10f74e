"""The fewest transfers: the exact count at n = 20, greedy beside it, and a program with one yes or no per transfer."""

import random
from statistics import median
from typing import Any

import highspy
import numpy as np

from bench import Row, race
from bench.measure import measured
from cordee.engines.settlement import settle
from cordee.engines.settlement.greedy import pay_in_turn

KINDS = ("planted circles", "round amounts", "random cents")
_PATIENCE = 10.0  # seconds given to the program of transfers


def exact(full: bool) -> list[Row]:
    """The whole answer at 20 members: netted, proven, and paid; greedy beside it."""
    return [_exact(kind, range(1, 31 if full else 11)) for kind in KINDS]


def _exact(kind: str, seeds: range) -> Row:
    ours, theirs, more, memory = [], [], [], 0
    sound = True
    for seed in seeds:
        balances = {f"m{i:02}": amount for i, amount in enumerate(_amounts(kind, 20, seed))}
        mine = measured(lambda given=balances: settle(given), 3)  # type: ignore[misc]
        peer = measured(lambda given=balances: pay_in_turn(given), 3)  # type: ignore[misc]
        ours.append(mine.ms)
        theirs.append(peer.ms)
        memory = max(memory, mine.mb)
        more.append(len(peer.answer) / len(mine.answer.transfers) - 1)
        sound = sound and mine.answer.optimal and more[-1] >= 0
    return Row(
        "settlement",
        f"n = 20, {kind}",
        "greedy",
        median(ours),
        max(ours),
        median(theirs),
        figure=f"{median(ours):.0f} ms",
        worst=f"{max(ours):.0f} ms",
        goal="≤ 150 ms, proven, never more transfers",
        met=max(ours) <= 150 and sound,
        ours_mb=memory,
        note=f"greedy makes {min(more):.0%} to {max(more):.0%} more transfers",
    )


def program(full: bool) -> list[Row]:
    """Random cents at 14 members against a program with a yes or no for every transfer, stopped after a while."""
    ours, theirs, memory, proven, same = [], [], [0, 0], 0, 0
    seeds = range(1, 6 if full else 4)
    for seed in seeds:
        amounts = _amounts("random cents", 14, seed)
        balances = {f"m{i:02}": amount for i, amount in enumerate(amounts)}
        mine = measured(lambda given=balances: settle(given), 5)  # type: ignore[misc]
        peer = measured(lambda given=amounts: _transfers(given))  # type: ignore[misc]
        done, transfers = peer.answer
        ours.append(mine.ms)
        theirs.append(peer.ms)
        memory = [max(memory[0], mine.mb), max(memory[1], peer.mb)]
        proven += done
        same += transfers >= len(mine.answer.transfers) and mine.answer.optimal
    count = len(seeds)
    return [
        race(
            ("settlement", "n = 14, random cents", f"edge MIP, HiGHS {highspy.Highs().version()}"),
            ours,
            theirs,
            1000,
            memory=(memory[0], memory[1]),
            agreed=same == count,
            note=f"ours proven and never more transfers {same}/{count}; the peer, stopped after {_PATIENCE:.0f} s,"
            f" proves {proven}/{count}",
        )
    ]


PARTS = {"exact": exact, "program": program}


def _amounts(kind: str, count: int, seed: int) -> list[int]:
    """Balances that add up to zero, none of them zero."""
    chance = random.Random(seed)
    while True:
        if kind == "planted circles":
            some = [chance.randint(1, 1000) for _ in range(2 * 6)]
            amounts = [a for x, y in zip(some[::2], some[1::2], strict=True) for a in (x, y, -x - y)]
            amounts.append(chance.randint(1, 500))
        elif kind == "round amounts":
            amounts = [1000 * chance.choice([x for x in range(-40, 41) if x]) for _ in range(count - 1)]
        else:
            amounts = [chance.randint(-1_000_000, 1_000_000) for _ in range(count - 1)]
        amounts.append(-sum(amounts))
        if len(amounts) == count and all(amounts):
            return amounts


def _transfers(amounts: list[int]) -> tuple[bool, int]:
    """The plain formulation: an amount and a yes or no for every debtor and creditor."""
    debtors = [i for i, amount in enumerate(amounts) if amount < 0]
    creditors = [i for i, amount in enumerate(amounts) if amount > 0]
    arcs = [(i, j) for i in debtors for j in creditors]
    solver: Any = highspy.Highs
    highs = solver()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", _PATIENCE)
    for i, j in arcs:
        highs.addCol(0.0, 0.0, float(min(-amounts[i], amounts[j])), 0, [], [])
    for _ in arcs:
        highs.addCol(1.0, 0.0, 1.0, 0, [], [])
    whole = np.arange(len(arcs), 2 * len(arcs), dtype=np.int32)
    highs.changeColsIntegrality(len(arcs), whole, np.array([highspy.HighsVarType.kInteger] * len(arcs)))
    for k, (i, j) in enumerate(arcs):
        most = float(min(-amounts[i], amounts[j]))
        highs.addRow(-highspy.kHighsInf, 0.0, 2, np.array([k, len(arcs) + k]), np.array([1.0, -most]))
    for member, amount in enumerate(amounts):
        near = np.array([k for k, arc in enumerate(arcs) if member in arc], dtype=np.int32)
        highs.addRow(float(abs(amount)), float(abs(amount)), len(near), near, np.ones(len(near)))
    highs.run()
    done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return done, round(highs.getInfo().objective_function_value)
