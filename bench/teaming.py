"""Teaming against HiGHS on the eligible companies, against a plain model over all of them, and against itself.

Peers get the same model (the one docs/teaming.md gives), the same solver version, one thread; only what the engine adds
(ruling companies out, rows that whole teams respect anyway, starting points, settings) is left out.
Seeds are fixed: directories 1, needs 0, 1, 2, ...
"""

import statistics
from collections.abc import Callable
from dataclasses import replace

import highspy
import numpy as np

from bench import Row, race
from bench.measure import apart, free_mb, measured
from bench.teaming_world import RADIUS_KM, columns, directory, need
from cordee.engines.teaming import Index, Need, Options, find_teams
from cordee.engines.teaming.lanes import Lanes, find_lanes
from cordee.engines.teaming.model_of import write
from cordee.engines.teaming.picks import read
from cordee.engines.teaming.solver import Solved, solve

ONE = Options(count=1, seconds=60, explain=False)
FIVE = Options(count=5, seconds=55, explain=False)
LIMIT = 120.0


def index(_full: bool) -> list[Row]:
    """What the index weighs, how long it takes to build, and what a query costs as companies grow in number."""
    found = []
    for size in (10**4, 10**5, 10**6):
        drawn = columns(size, 1)
        built = measured(lambda given=drawn: Index.from_columns(**given))  # type: ignore[misc]
        known = built.answer
        weight = known.nbytes / size
        found.append(
            Row(
                "teaming",
                f"index of 10^{len(str(size)) - 1} companies, built",
                "–",
                built.ms,
                figure=f"{weight:.0f} bytes",
                goal="≤ 400 bytes a company",
                met=weight <= 400,
                ours_mb=built.mb,
                note="memory with the columns it is built from",
            )
        )
        found.append(_query(size, known, 6))
    # The same number of candidates, whatever the number of companies: the radius shrinks as companies crowd.
    steady = [_query(size, directory(size, 1), 6, of=10**4) for size in (10**4, 10**5, 10**6)]
    growth = steady[-1].ours_ms / steady[0].ours_ms
    last = replace(steady[-1], figure=f"{growth:.1f}×", goal="grows with candidates only (≤ 2×)", met=growth <= 2)
    return [*found, *steady[:-1], last]


def _query(size: int, known: Index, lots: int, of: int | None = None) -> Row:
    """Finding the candidates of seven needs; `of`: with the radius at which as many come as from `of` companies."""
    needs = [need(lots, seed) for seed in range(7)]
    if of is not None:
        radius = max(1, round(RADIUS_KM * (of / size) ** 0.5))
        needs = [Need(tuple(replace(lot, radius_km=radius) for lot in one.lots)) for one in needs]
    asked = [measured(lambda given=one: find_lanes(given, known, ONE), 3) for one in needs]  # type: ignore[misc]
    spent = [one.ms for one in asked]
    many = sorted(one.answer.size for one in asked)
    told = "query, as many candidates" if of else "query"
    note = f"{many[0]} to {many[-1]} candidates, {statistics.median(many)} in the middle"
    exponent = len(str(size)) - 1
    return Row(
        "teaming",
        f"{told}, 10^{exponent} companies, {lots} lots",
        "–",
        statistics.median(spent),
        max(spent),
        ours_mb=max(one.mb for one in asked),
        note=note,
    )


def eligible(full: bool) -> list[Row]:
    """6 lots among a million companies, against HiGHS on the companies that may answer a lot."""
    known = directory(10**6, 1)
    return [_race("10^6 companies, 6 lots", "HiGHS, eligible set", 6, range(9 if full else 5), _eligible, 4, known)]


def everybody(full: bool) -> list[Row]:
    """3 lots against HiGHS on the plain model over all companies: a hundred thousand, then a million."""
    return [_all(5, None, 1_500, 600.0 if full else 120.0), _all(6, 500, 15_000, 1800.0 if full else 120.0)]


def _all(exponent: int, at_least: float | None, needed_mb: int, patience: float) -> Row:
    """The plain model takes gigabytes, and is given up after a while: it has a process of its own.

    Giving up counts as that long; the optimum is compared with HiGHS on the companies that may answer a lot.
    """
    known, asked = directory(10**exponent, 1), need(3, 0)
    what = ("teaming", f"10^{exponent} companies, 3 lots", f"HiGHS, all companies ({highspy.Highs().version()})")
    mine = measured(lambda: find_teams(asked, known, ONE), 3)
    team = mine.answer.teams[0]
    if free_mb() < needed_mb:
        note = f"the peer not run: it takes {needed_mb} MB, {free_mb()} are free"
        return Row(*what, mine.ms, goal=f"{at_least}× faster" if at_least else "", ours_mb=mine.mb, note=note)
    spent, memory, answer = apart(lambda: _plain(asked, known), patience)
    other = _eligible(asked, known)
    same = team.proven and other.proven and round(other.cost) == team.cost
    if answer is not None and answer.proven:
        note = "the peer proves it"
        same = same and round(answer.cost) == team.cost
    else:
        note = f"the peer given up after {spent / 1000:.0f} s without a proof: the ratio is at least that"
    note += f"; same optimum as HiGHS on the eligible set: {'yes' if same else 'NO'}"
    return race(what, [mine.ms], [spent], at_least, memory=(mine.mb, memory), agreed=same, note=note)


def _eligible(asked: Need, index: Index) -> Solved:
    model, _ = write(find_lanes(asked, index, ONE), ONE, plain=True)
    return solve(model, seconds=LIMIT, usual=True)


def _plain(asked: Need, index: Index) -> Solved:
    model, _ = write(every_lane(asked, index), ONE, plain=True)
    return solve(model, seconds=LIMIT, usual=True)


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


def _race(
    size: str,
    against: str,
    lots: int,
    seeds: range,
    peer: Callable[[Need, Index], Solved],
    at_least: float | None,
    known: Index,
) -> Row:
    """One need after the other: ours, then the peer’s; the optimum must be the same wherever both are proven."""
    ours, theirs, memory, wrong, unproven, stopped = [], [], [0, 0], 0, 0, 0
    for seed in seeds:
        asked = need(lots, seed)
        mine = measured(lambda given=asked: find_teams(given, known, ONE))  # type: ignore[misc]
        his = measured(lambda given=asked: peer(given, known))  # type: ignore[misc]
        team = mine.answer.teams[0] if mine.answer.teams else None
        ours.append(mine.ms)
        theirs.append(his.ms)
        memory = [max(memory[0], mine.mb), max(memory[1], his.mb)]
        stopped += not his.answer.proven
        unproven += team is None or not team.proven
        # A peer that was stopped has found nothing cheaper, and its bound does not pass our cost.
        if team is not None and team.proven and not his.answer.proven:
            wrong += his.answer.cost < team.cost - 0.5 or his.answer.bound > team.cost + 0.5
        elif team is not None and team.proven:
            wrong += round(his.answer.cost) != team.cost
    note = f"different optimum {wrong}; ours unproven {unproven}; peer stopped unproven {stopped} of {len(seeds)}"
    what = ("teaming", size, f"{against} ({highspy.Highs().version()})")
    pair = (memory[0], memory[1])
    return race(what, ours, theirs, at_least, memory=pair, agreed=not wrong and not unproven, note=note)


def large(full: bool) -> list[Row]:
    """12 lots among a million companies: what one second gives, the proof, and five teams that really differ."""
    known = directory(10**6, 1)
    seeds = range(9 if full else 5)
    quick, proofs, five, gaps, memory = [], [], [], [], [0, 0, 0]
    busy: list[list[float]] = [[], [], []]
    unproven = open_five = stated = 0
    for seed in seeds:
        asked = need(12, seed)
        first = measured(lambda given=asked: find_teams(given, known, replace(ONE, seconds=0.9)))  # type: ignore[misc]
        team = first.answer.teams[0]
        quick.append(first.ms)
        gaps.append((team.cost - team.bound) / team.cost)
        proof = measured(lambda given=asked: find_teams(given, known, ONE))  # type: ignore[misc]
        proofs.append(proof.ms)
        unproven += not proof.answer.teams[0].proven
        more = measured(lambda given=asked: find_teams(given, known, FIVE))  # type: ignore[misc]
        five.append(more.ms)
        open_five += not all(one.proven for one in more.answer.teams) or len(more.answer.teams) < FIVE.count
        stated = max([stated, *(1 - one.bound / one.cost for one in more.answer.teams)])
        for spent, one in zip(busy, (first, proof, more), strict=True):
            spent.append(one.cpu_ms)
        memory = [max(a, b.mb) for a, b in zip(memory, (first, proof, more), strict=True)]
    cpu = [statistics.median(spent) for spent in busy]
    count, size = len(seeds), "10^6 companies, 12 lots"
    gap = statistics.median(gaps)
    return [
        replace(
            _itself(f"{size}, one second", quick, 1.2, cpu[0], memory[0], f"gap {gap:.2%}"),
            worst=f"{max(gaps):.2%}",
            goal="gap ≤ 1 % in 1 s (median)",
            met=gap <= 0.01 and statistics.median(quick) <= 1200,
        ),
        _itself(f"{size}, proof", proofs, 10, cpu[1], memory[1], note=f"unproven {unproven} of {count}"),
        _itself(
            f"{size}, 5 teams",
            five,
            10,
            cpu[2],
            memory[2],
            note=f"not all proven {open_five} of {count}; largest gap stated {stated:.2%}; each team leaves out two"
            " members of each other and has two others",
        ),
    ]


def _itself(
    size: str, spent: list[float], seconds: float, cpu: float, memory: int, figure: str = "", note: str = ""
) -> Row:
    middle, worst = statistics.median(spent), max(spent)
    return Row(
        "teaming",
        size,
        "itself",
        middle,
        worst,
        figure=figure or f"{middle / 1000:.1f} s",
        worst=f"{worst / 1000:.1f} s",
        goal=f"within {seconds:.0f} s (median), none over 60 s",
        met=middle <= 1000 * seconds and worst <= 60_000,
        ours_cpu_ms=cpu,
        ours_mb=memory,
        note=note,
    )


def small(full: bool) -> list[Row]:
    """Thousands of small needs with every kind of fact and option, against the model without ruling out."""
    return [_agreement(4000 if full else 1000), _agreement_large(2000 if full else 200)]


def _agreement(many: int) -> Row:
    """The engine against the unpruned model, on needs with every kind of fact and option."""
    from tests.engines.teaming.small import draw

    ours, theirs, wrong = [], [], 0
    for seed in range(many):
        asked, companies, options = draw(seed, companies=30, lots=3)
        if options.ties == "must":
            options = replace(options, ties="wish")
        known = Index.build(companies)
        mine = measured(lambda a=asked, i=known, o=options: find_teams(a, i, o))  # type: ignore[misc]
        lanes = find_lanes(asked, known, options)
        model, shape = write(lanes, options, plain=True)
        his = measured(lambda m=model: solve(m, seconds=LIMIT, usual=True))  # type: ignore[misc]
        ours.append(mine.ms)
        theirs.append(his.ms)
        values = his.answer.values
        best = None if values is None else read(values, shape, lanes).cost
        teams = mine.answer.teams
        wrong += (teams[0].cost if teams else None) != best
    return _same(f"{many} needs of every kind, 30 companies", ours, theirs, wrong, 0)


def _agreement_large(many: int) -> Row:
    """The same on needs with large volumes, where companies are ruled out and covers count."""
    directories = [directory(6000, 1 + k) for k in range(3)]
    ours, theirs, wrong, unproven = [], [], 0, 0
    for seed in range(many):
        asked, known = need(2 + seed % 4, seed), directories[seed % 3]
        mine = measured(lambda a=asked, i=known: find_teams(a, i, ONE))  # type: ignore[misc]
        his = measured(lambda a=asked, i=known: _eligible(a, i))  # type: ignore[misc]
        team = mine.answer.teams[0] if mine.answer.teams else None
        ours.append(mine.ms)
        theirs.append(his.ms)
        best = None if his.answer.values is None else round(his.answer.cost)
        settled = his.answer.proven and (team is None or team.proven)
        unproven += not settled
        wrong += settled and (team.cost if team else None) != best
    return _same(f"{many} needs, 2 to 5 lots, 6 000 companies", ours, theirs, wrong, unproven)


def _same(size: str, ours: list[float], theirs: list[float], wrong: int, unproven: int) -> Row:
    return Row(
        "teaming",
        size,
        f"unpruned model, HiGHS {highspy.Highs().version()}",
        statistics.median(ours),
        max(ours),
        statistics.median(theirs),
        figure=f"{wrong} differ",
        goal="same optimum every time",
        met=wrong == 0,
        note=f"unproven {unproven}; seeds 0 to {len(ours) - 1}",
    )


PARTS = {"index": index, "eligible": eligible, "all": everybody, "twelve": large, "plain": small}
