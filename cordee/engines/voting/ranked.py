"""Methods that compare options two by two: Schulze, and the smallest set that beats all the others."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from cordee.engines.sentences import Reason, reason
from cordee.engines.voting.profile import Matrix, Profile, Result, fill, pairwise


def schulze(profile: Profile, seats: int = 1) -> Result:
    """Rank options by their strongest chains of duels won.

    Holds   an option that wins all its duels is elected; clones of an option change nothing for the others; names and
            the order of ballots do not matter; a weight is so many copies of a ballot. Ties are declared, not broken.
    Source  M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
            election method", Social Choice and Welfare 36 (2011); links counted by winning votes.

    >>> schulze(Profile(("A", "B", "C"), [("A", "B", "C"), ("A", "C", "B"), ("B", "C", "A")])).ranking
    (('A',), ('B',), ('C',))
    """
    wins = pairwise(profile)
    paths = strongest_paths(wins)
    n = len(wins)
    left = list(range(n))
    ranking: list[tuple[int, ...]] = []
    while left:
        best = tuple(i for i in left if not any(paths[j][i] > paths[i][j] for j in left))
        ranking.append(best)
        left = [i for i in left if i not in best]
    names = profile.options
    shown = tuple(tuple(names[i] for i in group) for group in ranking)
    winners, tied, free = fill(shown, seats)
    log = _duels(names, wins, paths, [names.index(name) for name in winners])
    return Result(winners, tied, free, shown, (), tuple(log))


def strongest_paths(wins: Matrix) -> list[list[Any]]:
    """Find for each pair the chain of won duels whose weakest link is strongest (Floyd and Warshall)."""
    n = len(wins)
    paths: list[list[Any]] = [[wins[i][j] if wins[i][j] > wins[j][i] else 0 for j in range(n)] for i in range(n)]
    for k in range(n):
        through = paths[k]
        for i in range(n):
            first = paths[i][k]
            if first and i != k:
                paths[i] = [
                    own if own >= first or own >= link else min(first, link)
                    for own, link in zip(paths[i], through, strict=True)
                ]
                paths[i][i] = 0
    return paths


def condorcet(profile: Profile, seats: int = 1) -> Result:
    """Find the smallest group whose options win every duel against the others (the Smith set).

    Holds   never empty; a single option when one wins all its duels; whoever is in it is tied with the rest of it.
    Source  J. H. Smith (1973).

    >>> condorcet(Profile(("A", "B", "C"), [("A", "B", "C"), ("B", "C", "A"), ("C", "A", "B")])).winners
    ('A', 'B', 'C')
    """
    wins = pairwise(profile)
    left, ranking = set(range(len(wins))), []
    while left:
        group = _smith(wins, sorted(left))
        ranking.append(tuple(profile.options[i] for i in sorted(group)))
        left -= group
    winners, tied, free = fill(ranking, seats)
    inside = [profile.options.index(name) for name in ranking[0]]
    log = _duels(profile.options, wins, strongest_paths(wins), inside) if len(inside) == 1 else []
    if len(inside) > 1:
        log = [reason("no_condorcet", names=", ".join(ranking[0]))]
    return Result(winners, tied, free, tuple(ranking), (), tuple(log))


def _smith(wins: Matrix, among: Sequence[int]) -> set[int]:
    points = {
        i: sum((wins[i][j] > wins[j][i]) * 2 + (wins[i][j] == wins[j][i]) for j in among if j != i) for i in among
    }
    group = {i for i in among if points[i] == max(points.values())}
    while True:
        more = {j for j in among if j not in group and any(wins[j][i] >= wins[i][j] for i in group)}
        if not more:
            return group
        group |= more


def _duels(names: Sequence[str], wins: Matrix, paths: Sequence[Sequence[Any]], best: Sequence[int]) -> list[Reason]:
    """Say each duel of the winner, and the chain that answers a duel lost."""
    log = []
    for i in best[:1]:
        for j in range(len(names)):
            mine, theirs = Fraction(wins[i][j]), Fraction(wins[j][i])
            if j == i:
                continue
            code = "duel_won" if mine > theirs else "duel_even" if mine == theirs else "duel_lost"
            log.append(reason(code, a=names[i], b=names[j], mine=mine, theirs=theirs))
            if mine <= theirs and paths[i][j] > paths[j][i]:
                strong, weak = Fraction(paths[i][j]), Fraction(paths[j][i])
                log.append(reason("path", a=names[i], b=names[j], mine=strong, theirs=weak))
    return log
