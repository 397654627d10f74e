"""What can still change: whether a result is certain before everybody has voted, and what its numbers would reveal."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import lcm

from cordee.engines.sentences import Lang, Reason, Table, reason, say
from cordee.engines.voting.counting import count
from cordee.engines.voting.roll import Vote as _Vote
from cordee.engines.voting.roll import Votes, call_roll
from cordee.engines.voting.rules import Rule
from cordee.engines.voting.tally import Outcome

_FEW = 24

_EXTREMES: dict[str, tuple[str, ...]] = {
    "majority": ("for", "against", "abstain"),
    "consent": ("consent", "object", "abstain"),
    "gradients": ("endorse", "block", "discuss", "abstain"),
}


def decided_already(votes: Votes, rule: Rule, missing: Iterable[str] | None = None) -> Outcome | None:
    """Give the outcome when the votes still missing can't change it, None while they can.

    Shape   missing: seats that may still vote; by default those that may and have no vote yet.
    Holds   whatever the missing seats do, count() gives the outcome announced. For rankings and grades it waits
            for the last vote; for approvals and scores it compares the lead with what is left to give.
    """
    roll = call_roll(votes, rule)
    waiting = set(roll.entitled) - {vote.seat for vote in roll.counted} if missing is None else set(missing)
    waiting &= set(roll.entitled)
    now = count(votes, rule)
    if not waiting:
        return now.outcome
    if rule.method in _EXTREMES:
        ends = {now.outcome}
        for choice in _EXTREMES[rule.method]:
            ends.add(count(_filled(votes, waiting, choice), rule).outcome)
        # More votes for never hurt, more against never help: what all the extremes give, everything between gives.
        return now.outcome if len(ends) == 1 else None
    if rule.method in ("approval", "score") and now.quorum_met and now.outcome == "elected":
        most = roll.weigh(tuple(waiting)) * (rule.top if rule.method == "score" else 1)
        inside = [points for name, points in now.scores if name in now.winners]
        outside = [points for name, points in now.scores if name not in now.winners]
        if not outside or min(inside) - max(outside) > most:
            return "elected"
    return None


def _filled(votes: Votes, seats: Iterable[str], choice: str) -> Votes:
    own = tuple(vote for vote in votes.cast if not (vote.seat in seats and vote.by in ("", vote.seat)))
    return replace(votes, cast=own + tuple(_Vote(seat, choice, "", "…") for seat in sorted(seats)))


def privacy_warnings(votes: Votes, rule: Rule) -> tuple[Reason, ...]:
    """Say what the numbers of a secret ballot would reveal if they were shown.

    Shape   codes: "few" (two voters or fewer), "all_same" (everybody chose the same), "lone" (one voter alone against
            all the others learns every vote), "weight" (a seat whose number of votes gives it away).
            Weights are looked at up to 24 voters; beyond, totals hardly ever single one out.
    Holds   an empty answer for an open ballot; for equal votes, "all_same" exactly when each vote can be deduced by
            somebody who did not vote.
    """
    if not rule.secret:
        return ()
    roll = call_roll(votes, rule)
    cast = [(vote.seat, repr(vote.choice), roll.entitled[vote.seat]) for vote in roll.counted]
    found: list[Reason] = []
    if not cast:
        return ()
    voters = {vote.by or vote.seat for vote in roll.counted}
    if len(voters) <= 2:
        found.append(reason("few", n=len(voters)))
    counts: dict[str, int] = {}
    for _, choice, _ in cast:
        counts[choice] = counts.get(choice, 0) + 1
    if len(counts) == 1:
        found.append(reason("all_same"))
    elif len(counts) == 2 and 1 in counts.values() and len(cast) > 2:
        found.append(reason("lone"))
    if len(counts) > 1 and len(cast) <= _FEW and len({weight for _, _, weight in cast}) > 1:
        found += [reason("weight", seat=seat) for seat in _given_away(cast)]
    return tuple(found)


def _given_away(cast: list[tuple[str, str, Fraction]]) -> list[str]:
    """Find the seats whose choice follows from the totals and the weights alone."""
    sides = sorted({choice for _, choice, _ in cast})
    scale = lcm(*(weight.denominator for _, _, weight in cast))
    weights = [int(weight * scale) for _, _, weight in cast]
    totals = tuple(sum(w for w, (_, c, _) in zip(weights, cast, strict=True) if c == side) for side in sides)
    sure: dict[int, bool] = {}  # seats with as many votes are in the same case
    for weight in set(weights):
        others = list(weights)
        others.remove(weight)
        ways = sum(
            _can_make(others, (*totals[:place], total - weight, *totals[place + 1 :]))
            for place, total in enumerate(totals)
        )
        sure[weight] = ways == 1
    return [seat for weight, (seat, _, _) in zip(weights, cast, strict=True) if sure[weight]]


def _can_make(weights: list[int], totals: tuple[int, ...]) -> bool:
    """Say whether weights can be dealt out so that every side gets exactly its total."""
    if min(totals) < 0:
        return False
    states = {totals}
    for weight in sorted(weights, reverse=True):
        following = set()
        for state in states:
            for place, free in enumerate(state):
                if free >= weight:
                    following.add((*state[:place], free - weight, *state[place + 1 :]))
        states = following
        # With that many ways to go on, one of them all but surely ends well: take it as a yes rather than try them all.
        if len(states) > 2_000:
            return True
    return bool(states)


_WARNINGS: Table = {
    "few": (
        "{n} {n:votant seulement|votants seulement} : chacun connaîtra le vote de l’autre.",
        "Only {n} {n:voter|voters}: each will know the other’s vote.",
    ),
    "all_same": (
        "Tous ont voté de la même façon : montrer les chiffres montre chaque vote.",
        "Everybody voted alike: showing the numbers shows every vote.",
    ),
    "lone": (
        "Un seul a voté autrement que les autres : les chiffres lui apprennent le vote de chacun.",
        "One alone voted otherwise: the numbers tell that voter everybody’s vote.",
    ),
    "weight": (
        "Le nombre de voix de {seat} révèle son vote.",
        "The number of votes of {seat} gives its vote away.",
    ),
}


def say_warning(warning: Reason, lang: Lang = "fr") -> str:
    """Say one privacy warning."""
    return say(warning, _WARNINGS, lang)
