"""The fewest transfers: the exact count at n = 20, greedy beside it, and a program with one yes or no per transfer."""

import random
import time
from statistics import median
from typing import Any

import highspy
import numpy as np

from bench import Row
from cordee.engines.settlement import settle
from cordee.engines.settlement.circles import circles
from cordee.engines.settlement.greedy import pay_in_turn

_PATIENCE = 10.0  # seconds given to the program of transfers


def rows(full: bool = False) -> list[Row]:
    """Medians over fixed seeds, the worst in the note."""
    seeds = range(1, 11 if full else 4)
    return [*(_exact(kind, seeds) for kind in ("planted circles", "round amounts", "random cents")), _program(seeds)]


def _exact(kind: str, seeds: range) -> Row:
    ours, theirs, more = [], [], []
    for seed in seeds:
        amounts = _amounts(kind, 20, seed)
        balances = {f"m{i:02}": amount for i, amount in enumerate(amounts)}
        ours.append(min(_milliseconds(lambda given=amounts: circles(given))[0] for _ in range(3)))
        _, answer = _milliseconds(lambda given=balances: settle(given))
        theirs_ms, greedy = _milliseconds(lambda given=balances: pay_in_turn(given))
        theirs.append(theirs_ms)
        more.append(len(greedy) / len(answer.transfers) - 1)
        if not answer.optimal or len(answer.transfers) > len(greedy):
            raise AssertionError("more transfers than greedy, or not proven")
    note = f"worst {max(ours):.0f} ms; greedy makes {min(more):.0%} to {max(more):.0%} more transfers"
    return Row("settlement", f"n = 20, {kind}", "greedy", median(ours), median(theirs), None, note)


def _program(seeds: range) -> Row:
    ours, theirs, proven, same = [], [], 0, 0
    for seed in list(seeds)[:3]:
        amounts = _amounts("random cents", 14, seed)
        balances = {f"m{i:02}": amount for i, amount in enumerate(amounts)}
        ours.append(min(_milliseconds(lambda given=balances: settle(given))[0] for _ in range(5)))
        needed = len(settle(balances).transfers)
        milliseconds, (done, transfers) = _milliseconds(lambda given=amounts: _transfers(given))
        theirs.append(milliseconds)
        proven += done
        same += transfers == needed
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    note = (
        f"stopped after {_PATIENCE:.0f} s, it proves {proven}/{len(ratios)} and finds as few {same}/{len(ratios)};"
        f" ratios from {min(ratios):.0f}"
    )
    against = f"edge MIP, HiGHS {highspy.Highs().version()}"
    return Row("settlement", "n = 14, random cents", against, median(ours), median(theirs), median(ratios), note)


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


def _milliseconds(work: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = work()
    return (time.perf_counter() - start) * 1000, answer


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
