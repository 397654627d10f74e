"""Counting 5,000 rankings of 20 options by Schulze from raw ballots, against pref_voting; the price of the import."""

import random
from statistics import median

from bench import Row, race
from bench.measure import measured
from bench.peers import ask, python_with
from bench.voting_agreement import PEER, agreement
from cordee.engines.voting import Profile
from cordee.engines.voting.ranked import schulze

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
start, used = time.perf_counter(), time.process_time()
import cordee.engines.voting
print(json.dumps([(time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000]))
"""


def schulze_race(full: bool) -> list[Row]:
    """From ballots as they come to the winner, on both sides: building the profile is counted."""
    names = tuple(f"option {n}" for n in range(OPTIONS))
    ours, theirs, memory, same = [], [], [0, 0], 0
    seeds = range(1, 11 if full else 6)
    for seed in seeds:
        election = _election(seed)
        ballots = [tuple(names[option] for option in row) for row in election]
        mine = measured(lambda given=ballots: schulze(Profile(names, given)), 3)  # type: ignore[misc]
        peer, heavy = ask(_PEER, [election], python_with("voting", PEER))
        ours.append(mine.ms)
        theirs.append(peer["times"][0])
        memory = [max(memory[0], mine.mb), max(memory[1], heavy)]
        same += sorted(names.index(name) for name in mine.answer.winners) == peer["winners"][0]
    row = race(
        ("voting", f"{BALLOTS} ballots × {OPTIONS} options, Schulze", f"pref_voting {peer['version']}"),
        ours,
        theirs,
        20,
        memory=(memory[0], memory[1]),
        agreed=same == len(seeds),
        note=f"same winners {same}/{len(seeds)}; building the profile included on both sides",
    )
    return [row]


def imported(_full: bool) -> list[Row]:
    """The price of the import, in fresh interpreters that have numpy already."""
    tries = [ask(_IMPORT, None) for _ in range(9)]
    spent, busy = zip(*(answer for answer, _ in tries), strict=True)
    middle, memory = median(spent), max(heavy for _, heavy in tries)
    row = Row(
        "voting",
        "import beyond numpy’s",
        "–",
        middle,
        max(spent),
        figure=f"{median(busy) / 1000:.3f} s",
        worst=f"{max(busy) / 1000:.3f} s",
        goal="< 0.1 s of processor",
        met=median(busy) < 100,
        ours_cpu_ms=median(busy),
        ours_mb=memory,
    )
    return [row]


def _election(seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    return [chance.sample(range(OPTIONS), OPTIONS) for _ in range(BALLOTS)]


PARTS = {"schulze": schulze_race, "import": imported, "agreement": agreement}
