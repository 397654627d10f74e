"""Instant run-off: the last one goes, round after round, until somebody has more than half."""

from fractions import Fraction

from cordee.engines.sentences import Reason, reason
from cordee.engines.voting.profile import Profile, Result, levels

_MANY = 6
"""With more options that level, every order of leaving would take too long to try."""


def irv(profile: Profile) -> Result:
    """Elect one option by successive rounds: the option with fewest first places leaves, its ballots go on.

    Holds   an option with more than half of the first places wins at once; a weight is so many copies of a ballot.
            Equals in a ranking share the vote. A ballot whose options have all left no longer counts.
            Several options last: the one that had fewest votes in the latest round that tells them apart leaves;
            if none does, the one published last. The log says so. When all who remain have the same votes
            in every round, those who win for some order of leaving are declared tied.

    >>> irv(Profile(("A", "B", "C"), [("A",), ("A",), ("B",), ("B",), ("C", "B")])).winners
    ('B',)
    """
    ballots = [(_named(ballot, profile.options), Fraction(weight)) for ballot, weight in profile.weighted()]
    left = list(profile.options)
    gone: list[tuple[str, ...]] = []
    past: list[dict[str, Fraction]] = []
    log: list[Reason] = []
    while True:
        votes = first_places(ballots, left)
        past.append(votes)
        live = sum(votes.values())
        best = max(votes.values())
        log.append(reason("round", n=len(past), votes=said_votes(votes), live=live))
        if best * 2 > live or len(left) == 1:
            winner = max(left, key=votes.__getitem__)
            if best * 2 > live:
                log.append(reason("round_won", a=winner, n=best, live=live))
            order = sorted({votes[option] for option in left if option != winner}, reverse=True)
            rest = [tuple(o for o in left if o != winner and votes[o] == value) for value in order]
            return Result((winner,), (), 0, ((winner,), *rest, *reversed(gone)), tuple(votes.items()), tuple(log))
        if all(earlier[option] == earlier[left[0]] for earlier in past for option in left):
            able = tuple(sorted(_able(ballots, frozenset(left)), key=left.index))
            log.append(reason("all_level", names=", ".join(left), able=", ".join(able)))
            rest = [tuple(option for option in left if option not in able)]
            order_found = tuple(group for group in (able, *rest, *reversed(gone)) if group)
            if len(able) == 1:
                return Result(able, (), 0, order_found, tuple(votes.items()), tuple(log))
            return Result(able, able, 1, order_found, tuple(votes.items()), tuple(log))
        last = [option for option in left if votes[option] == min(votes.values())]
        out = pick_last(last, past, profile.options, log)
        log.append(reason("eliminated", a=out, n=votes[out]))
        left.remove(out)
        gone.append((out,))


def _able(ballots: list[tuple[list[tuple[str, ...]], Fraction]], left: frozenset[str]) -> frozenset[str]:
    """Find who wins for some order of leaving among equals; beyond a few options, anybody."""
    if len(left) > _MANY:
        return left
    votes = first_places(ballots, sorted(left))
    best, live = max(votes.values()), sum(votes.values())
    if best * 2 > live or len(left) == 1:
        return frozenset(name for name in left if votes[name] == best)
    last = [name for name in left if votes[name] == min(votes.values())]
    return frozenset().union(*(_able(ballots, left - {name}) for name in last))


def first_places(ballots: list[tuple[list[tuple[str, ...]], Fraction]], left: list[str]) -> dict[str, Fraction]:
    """Count who comes first among those left; equals share the vote."""
    votes = dict.fromkeys(left, Fraction(0))
    for ranking, weight in ballots:
        for level in ranking:
            here = [option for option in level if option in votes]
            if here:
                for option in here:
                    votes[option] += weight / len(here)
                break
    return votes


def pick_last(last: list[str], past: list[dict[str, Fraction]], published: tuple[str, ...], log: list[Reason]) -> str:
    """Choose who leaves among equals: latest earlier round that tells them apart, then the published order."""
    tied = list(last)
    for back, votes in reversed(list(enumerate(past[:-1], 1))):
        if len(tied) == 1:
            break
        lowest = min(votes[option] for option in tied)
        kept = [option for option in tied if votes[option] == lowest]
        if len(kept) < len(tied):
            log.append(reason("broken_by_round", names=", ".join(tied), n=back, left=", ".join(kept)))
            tied = kept
    if len(tied) > 1:
        chosen = max(tied, key=published.index)
        log.append(reason("broken_by_order", names=", ".join(tied), a=chosen))
        return chosen
    return tied[0]


def said_votes(votes: dict[str, Fraction]) -> str:
    """List options with their votes, most first.

    >>> said_votes({"A": Fraction(1), "B": Fraction(5, 2)})
    'B 5/2, A 1'
    """
    return ", ".join(f"{name} {n}" for name, n in sorted(votes.items(), key=lambda item: (-item[1], item[0])))


def _named(ballot: object, options: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Keep what the voter really ranked: options left out get nothing."""
    found = levels(ballot, options)  # type: ignore[arg-type]
    named = {name for level in ballot for name in ([level] if isinstance(level, str) else level)}  # type: ignore[attr-defined]
    return [level for level in found if set(level) <= named]
