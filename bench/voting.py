"""Counting 5,000 rankings of 20 options by Schulze from raw ballots, against pref_voting; the price of the import."""

import random
import time
from statistics import median

from bench import Row
from bench.peers import ask, python_with
from cordee.engines.voting import Profile
from cordee.engines.voting.ranked import schulze

PEER = "pref_voting==1.18.2"
BALLOTS, OPTIONS = 5_000, 20

_PEER = """
import json, sys, time
from importlib.metadata import version
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles import Profile
elections = json.load(sys.stdin)
beat_path(Profile(elections[0][:50]))  # compiled beforehand: only counting is timed
times, winners = [], []
for rows in elections:
    ours = []
    for _ in range(3):
        start = time.perf_counter()
        found = beat_path(Profile(rows))
        ours.append((time.perf_counter() - start) * 1000)
    times.append(min(ours))
    winners.append(sorted(map(int, found)))
print(json.dumps({"times": times, "winners": winners, "version": version("pref_voting")}))
"""

_IMPORT = """
import json, sys, time
import numpy
start = time.perf_counter()
import cordee.engines.voting
print(json.dumps((time.perf_counter() - start) * 1000))
"""


def rows(full: bool = False) -> list[Row]:
    """Time both on the same elections: the best of three runs each, the median over fixed seeds, the worst shown."""
    seeds = range(1, 11 if full else 4)
    elections = [_election(seed) for seed in seeds]
    names = tuple(f"option {n}" for n in range(OPTIONS))
    times, winners = [], []
    for election in elections:
        ballots = [tuple(names[option] for option in row) for row in election]
        ours = []
        for _ in range(3):
            start = time.perf_counter()
            found = schulze(Profile(names, ballots))
            ours.append((time.perf_counter() - start) * 1000)
        times.append(min(ours))
        winners.append(sorted(names.index(name) for name in found.winners))
    peer = ask(_PEER, elections, python_with("voting", PEER))
    same = sum(mine == theirs for mine, theirs in zip(winners, peer["winners"], strict=True))
    worst = min(theirs / mine for mine, theirs in zip(times, peer["times"], strict=True))
    mine, theirs = median(times), median(peer["times"])
    note = f"same winners {same}/{len(winners)}, worst ratio {worst:.1f}, profile building included on both sides"
    size = f"{BALLOTS} ballots × {OPTIONS} options"
    imported = min(ask(_IMPORT, None) for _ in range(5))
    return [
        Row("voting", f"{size}, Schulze", f"pref_voting {peer['version']}", mine, theirs, theirs / mine, note),
        Row("voting", "import beyond numpy’s", "–", imported, note="best of 5"),
    ]


def _election(seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    return [chance.sample(range(OPTIONS), OPTIONS) for _ in range(BALLOTS)]
