"""The same winners as pref_voting on thousands of small elections: Schulze, Smith set, run-off, Scottish STV."""

import random
import time
from typing import Any

from bench import Row
from bench.peers import ask, python_with
from cordee.engines.voting import Profile, Result
from cordee.engines.voting.ranked import condorcet, schulze
from cordee.engines.voting.runoff import irv
from cordee.engines.voting.stv import stv

PEER = "pref_voting==1.18.2"

_PEER = """
import json, sys
from importlib.metadata import version
from pref_voting.c1_methods import top_cycle
from pref_voting.iterative_methods import instant_runoff_put
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish
answers = []
for options, rows, weights, seats in json.load(sys.stdin):
    profile = Profile(rows, rcounts=weights)
    ranked = [{option: place for place, option in enumerate(row, 1)} for row in rows]
    scottish = ProfileWithTies(ranked, rcounts=weights, candidates=list(range(options)))
    answers.append([
        sorted(map(int, found))
        for found in (
            beat_path(profile), top_cycle(profile), instant_runoff_put(profile), stv_scottish(scottish, num_seats=seats)
        )
    ])
print(json.dumps({"answers": answers, "version": version("pref_voting")}))
"""


def agreement(full: bool = False) -> list[Row]:
    """Compare winners; elections whose run-off or STV was settled by a tie-break of ours are counted apart."""
    elections = [_election(seed) for seed in range(5_000 if full else 400)]
    peer, memory = ask(_PEER, elections, python_with("voting", PEER))
    start = time.perf_counter()
    same = {"Schulze": 0, "Smith": 0, "run-off": 0, "STV": 0}
    broken = {"run-off": 0, "STV": 0}
    for (options, ballots, weights, seats), theirs in zip(elections, peer["answers"], strict=True):
        names = tuple(map(str, range(options)))
        profile = Profile(names, [tuple(map(str, row)) for row in ballots], weights)
        ours = (schulze(profile), condorcet(profile), irv(profile), stv(profile, seats))
        for method, mine, answer in zip(same, ours, theirs, strict=True):
            if method in broken and any(step.code.startswith("broken") for step in mine.log):
                broken[method] += 1
            else:
                same[method] += _winners(mine) == answer
    spent = (time.perf_counter() - start) * 1000
    asked = {name: len(elections) - broken.get(name, 0) for name in same}
    alike = all(same[name] == count for name, count in asked.items())
    note = ", ".join(f"{name} {same[name]}/{count}" for name, count in asked.items())
    row = Row(
        "voting",
        f"{len(elections)} small elections",
        f"pref_voting {peer['version']}",
        spent,
        figure="same" if alike else "differs",
        goal="same winners",
        met=alike,
        peer_mb=memory,
        note=note,
    )
    return [row]


def _winners(found: Result) -> list[int]:
    return sorted(int(name) for name in found.winners)


def _election(seed: int) -> tuple[int, list[list[int]], list[int], Any]:
    chance = random.Random(seed)
    options = chance.randint(2, 6)
    ballots = [chance.sample(range(options), options) for _ in range(chance.choice([3, 5, 8, 15]))]
    return options, ballots, [chance.randint(1, 4) for _ in ballots], chance.randint(1, max(1, options - 1))
