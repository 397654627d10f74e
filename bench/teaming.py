"""Teaming against HiGHS on the eligible companies, against a plain model over all of them, and against itself.

Peers get the same model (the one docs/teaming.md gives), the same solver version, one thread; only what the engine adds
(ruling companies out, rows that whole teams respect anyway, starting points, settings) is left out.
Seeds are fixed: directories 1, needs 0, 1, 2, ...
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from bench import Row
from bench.teaming_world import columns, directory, need
from cordee.engines.teaming import Index, Need, Options, find_teams
from cordee.engines.teaming.lanes import Lanes, find_lanes
from cordee.engines.teaming.model_of import write
from cordee.engines.teaming.picks import read
from cordee.engines.teaming.solver import Solved, solve

ONE = Options(count=1, seconds=60, explain=False)
LIMIT = 120.0


def rows(full: bool) -> list[Row]:
    """The table: a few minutes; with `full`, more needs and the plain model at a million companies (some gigabytes)."""
    found = [_index(size) for size in (10**4, 10**5, 10**6)]
    million = directory(10**6, 1)
    seeds = range(9 if full else 5)
    found.append(_race("eligible companies, 6 lots, 10^6", million, 6, seeds, _eligible))
    few = million if full else directory(10**5, 1)
    size = "10^6" if full else "10^5"
    found.append(_race(f"all companies, 3 lots, {size}", few, 3, range(3 if full else 2), _plain))
    found += _twelve(million, seeds)
    found.append(_agreement(3000 if full else 300))
    found.append(_agreement_large(1500 if full else 150))
    return found


def _timed(run: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    answer = run()
    return 1000 * (time.perf_counter() - start), answer


def _index(size: int) -> Row:
    drawn = columns(size, 1)
    build, index = _timed(lambda: Index.from_columns(**drawn))
    assert isinstance(index, Index)
    asked = [_timed(lambda s=seed: find_lanes(need(6, s), index, ONE)) for seed in range(7)]  # type: ignore[misc]
    many = [lanes.size for _, lanes in asked if isinstance(lanes, Lanes)]
    note = f"building {build:.0f} ms; {index.nbytes / size:.0f} bytes a company; {sorted(many)} candidates"
    return Row("teaming", f"index, {size} companies, query", "-", statistics.median(t for t, _ in asked), note=note)


def _eligible(asked: Need, index: Index) -> Solved:
    model, _ = write(find_lanes(asked, index, ONE), ONE, plain=True)
    return solve(model, seconds=LIMIT, usual=True)


def _plain(asked: Need, index: Index) -> Solved:
    model, _ = write(every_lane(asked, index), ONE, plain=True)
    return solve(model, seconds=10 * LIMIT, usual=True)


def every_lane(asked: Need, index: Index) -> Lanes:
    """Every company on every lot; what is not allowed has room for nothing."""
    some = find_lanes(asked, index, ONE)
    size, lots = len(index), len(asked.lots)
    who, lot = np.repeat(np.arange(size), lots), np.tile(np.arange(lots), size)
    at = some.row[some.who] * lots + some.lot
    blank = np.zeros(size * lots, dtype=np.int64)

    def spread(values: np.ndarray, rest: int = 0) -> np.ndarray:
        full = blank + rest
        full[at] = values
        return full

    c = index.columns
    return replace(
        some, row=np.arange(size), fee=np.full(size, int(some.fee[0])), capacity=c["capacity"].astype(np.int64),
        minimum=c["minimum"].astype(np.int64), given=np.zeros(size, dtype=bool), group=c["group"].astype(np.int64),
        who=who, lot=lot, trade=spread(some.trade), fixed=spread(some.fixed), unit=spread(some.unit),
        most=spread(some.most), own=spread(some.own, -1), loose=spread(some.loose).astype(bool),
        turn=spread(some.turn), km=spread(some.km, -1), lacks=blank, over=blank,
        tie_a=some.row[some.tie_a], tie_b=some.row[some.tie_b],
    )  # fmt: skip


def _race(label: str, index: Index, lots: int, seeds: range, peer: Callable[[Need, Index], Solved]) -> Row:
    ours, theirs, wrong, unproven = [], [], 0, 0
    for seed in seeds:
        asked = need(lots, seed)
        mine, answer = _timed(lambda a=asked: find_teams(a, index, ONE))  # type: ignore[misc]
        took, solved = _timed(lambda a=asked: peer(a, index))  # type: ignore[misc]
        team = answer.teams[0] if answer.teams else None  # type: ignore[attr-defined]
        ours.append(mine)
        theirs.append(took)
        assert isinstance(solved, Solved)
        unproven += not solved.proven or team is None or not team.proven
        wrong += solved.proven and (team is None or (team.proven and round(solved.cost) != team.cost))
    ratios = sorted(b / a for a, b in zip(ours, theirs, strict=True))
    note = f"ratios {', '.join(f'{r:.1f}' for r in ratios)}; different optimum {wrong}; unproven {unproven}"
    middle = statistics.median(ours), statistics.median(theirs)
    return Row("teaming", label, "HiGHS, same model", *middle, statistics.median(ratios), note)


def _twelve(index: Index, seeds: range) -> list[Row]:
    gaps, proofs, five, open_five = [], [], [], 0
    for seed in seeds:
        asked = need(12, seed)
        quick = find_teams(asked, index, replace(ONE, seconds=1.0))
        gaps.append(100 * (quick.teams[0].cost - quick.teams[0].bound) / quick.teams[0].cost if quick.teams else 100.0)
        took, _ = _timed(lambda a=asked: find_teams(a, index, ONE))  # type: ignore[misc]
        proofs.append(took)
        took, many = _timed(lambda a=asked: find_teams(a, index, replace(ONE, count=5, seconds=50)))  # type: ignore[misc]
        five.append(took)
        open_five += not all(team.proven for team in many.teams)  # type: ignore[attr-defined]
    gap = f"gap after 1 s: {', '.join(f'{g:.1f} %' for g in sorted(gaps))}"
    return [
        _itself("12 lots, 10^6, proof", proofs, gap),
        _itself("12 lots, 10^6, 5 teams", five, f"not all proven in {open_five} of {len(seeds)}"),
    ]


def _itself(size: str, times: list[float], note: str) -> Row:
    return Row("teaming", size, "itself", statistics.median(times), note=f"worst {max(times):.0f}; {note}")


def _agreement(many: int) -> Row:
    """The engine against the unpruned model, on needs with every kind of fact and option."""
    from tests.engines.teaming.small import draw

    ours, theirs, wrong = [], [], 0
    for seed in range(many):
        asked, companies, options = draw(seed, companies=30, lots=3)
        if options.ties == "must":
            options = replace(options, ties="wish")
        index = Index.build(companies)
        mine, answer = _timed(lambda a=asked, i=index, o=options: find_teams(a, i, o))  # type: ignore[misc]
        lanes = find_lanes(asked, index, options)
        model, shape = write(lanes, options, plain=True)
        took, solved = _timed(lambda m=model: solve(m, seconds=LIMIT, usual=True))  # type: ignore[misc]
        assert isinstance(solved, Solved)
        ours.append(mine)
        theirs.append(took)
        best = None if solved.values is None else read(solved.values, shape, lanes).cost
        team = answer.teams[0] if answer.teams else None  # type: ignore[attr-defined]
        wrong += (team.cost if team else None) != best
    middle = statistics.median(ours), statistics.median(theirs)
    return Row("teaming", f"{many} needs, 30 companies", "unpruned model", *middle, note=f"different optimum {wrong}")


def _agreement_large(many: int) -> Row:
    """The same on needs with large volumes, where companies are ruled out and covers count."""
    directories = [directory(6000, 1 + k) for k in range(3)]
    ours, theirs, wrong, unproven = [], [], 0, 0
    for seed in range(many):
        asked, index = need(2 + seed % 4, seed), directories[seed % 3]
        mine, answer = _timed(lambda a=asked, i=index: find_teams(a, i, ONE))  # type: ignore[misc]
        took, solved = _timed(lambda a=asked, i=index: _eligible(a, i))  # type: ignore[misc]
        assert isinstance(solved, Solved)
        team = answer.teams[0] if answer.teams else None  # type: ignore[attr-defined]
        ours.append(mine)
        theirs.append(took)
        best = None if solved.values is None else round(solved.cost)
        settled = solved.proven and (team is None or team.proven)
        unproven += not settled
        wrong += settled and (team.cost if team else None) != best
    note = f"different optimum {wrong}; unproven {unproven}"
    middle = statistics.median(ours), statistics.median(theirs)
    return Row("teaming", f"{many} needs, 6000 companies", "unpruned model", *middle, note=note)


if __name__ == "__main__":
    for row in rows(full=False):
        print(row)
