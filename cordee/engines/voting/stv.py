"""Several seats by single transferable vote, the Scottish rule."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from cordee.engines.sentences import Reason, reason
from cordee.engines.voting.profile import Profile, Result, check_options
from cordee.engines.voting.runoff import pick_last, said_votes

_UNIT = 100_000


@dataclass(slots=True)
class _Paper:
    """Ballots of one ranking held by one option: how many, what each is worth now."""

    ranking: tuple[str, ...]
    copies: Fraction
    value: Fraction


@dataclass(slots=True)
class _Count:
    """The state of a count."""

    published: tuple[str, ...]
    left: list[str]
    piles: dict[str, list[_Paper]]
    elected: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    past: list[dict[str, Fraction]] = field(default_factory=list)
    log: list[Reason] = field(default_factory=list)

    def votes(self) -> dict[str, Fraction]:
        return {name: sum((p.copies * p.value for p in pile), Fraction(0)) for name, pile in self.piles.items()}

    def give(self, papers: list[_Paper]) -> None:
        for paper in papers:
            heir = next((name for name in paper.ranking if name in self.left), None)
            if heir is not None:
                self.piles[heir].append(paper)


def stv(profile: Profile, seats: int) -> Result:
    """Fill several seats in proportion: who passes the quota is elected, the surplus goes to the next names.

    Shape   every ballot ranks options without equals; it may leave some out.
    Units   values of ballots to five decimals, rounded down, as the rule says; kept exact.
    Holds   as many elected as seats (or all options, when fewer); a weight is so many copies of a ballot; with one
            seat and complete rankings it is instant run-off. Ties go by the latest earlier stage that tells them
            apart, else by the published order, instead of the lot of the rule.
    Errors  ValueError for equals in a ranking.
    Source  Scottish Local Government Elections Order 2007, rules 46 to 52 (weighted inclusive Gregory).

    >>> stv(Profile(("A", "B", "C"), [("A", "B")] * 4 + [("C",)] * 2), 2).winners
    ('A', 'C')
    """
    piles: dict[str, list[_Paper]] = {option: [] for option in profile.options}
    for ballot, weight in profile.weighted():
        if not all(isinstance(name, str) for name in ballot):
            raise ValueError("single transferable vote needs rankings without equals")
        check_options(list(ballot), profile.options)
        if ballot:
            piles[ballot[0]].append(_Paper(tuple(ballot), Fraction(weight), Fraction(1)))
    state = _Count(profile.options, list(profile.options), piles)
    total = sum(state.votes().values())
    quota = Fraction(floor(total / (seats + 1)) + 1)
    state.log.append(reason("quota", n=quota, total=Fraction(total), seats=seats))
    surplus: dict[str, Fraction] = {}
    while True:
        votes = state.votes()
        state.past.append(votes)
        state.log.append(reason("stage", n=len(state.past), votes=said_votes({o: votes[o] for o in state.left})))
        for name in sorted(state.left, key=lambda o: (-votes[o], profile.options.index(o))):
            if votes[name] >= quota and len(state.elected) < seats:
                _elect(state, name, "elected", votes[name])
                if votes[name] > quota:
                    surplus[name] = votes[name] - quota
        if len(state.elected) == seats or not state.left:
            break
        if len(state.left) <= seats - len(state.elected):
            for name in sorted(state.left, key=lambda o: (-votes[o], profile.options.index(o))):
                _elect(state, name, "elected_last", votes[name])
            break
        if surplus:
            _transfer(state, surplus, votes, quota)
        else:
            _exclude(state, votes)
    ranking = tuple((name,) for name in (*state.elected, *sorted(state.left, key=lambda o: -votes[o])))
    out = tuple((name,) for name in reversed(state.gone))
    final = tuple(votes.items())
    return Result(tuple(state.elected), (), 0, ranking + out, final, tuple(state.log))


def _elect(state: _Count, name: str, code: str, votes: Fraction) -> None:
    state.left.remove(name)
    state.elected.append(name)
    state.log.append(reason(code, a=name, n=votes))


def _transfer(state: _Count, surplus: dict[str, Fraction], votes: dict[str, Fraction], quota: Fraction) -> None:
    """Hand on the largest surplus: every ballot of the elected one goes on, at a reduced value."""
    most = max(surplus.values())
    equal = [name for name in surplus if surplus[name] == most]
    if len(equal) > 1:
        turned = [{name: -n for name, n in stage.items()} for stage in state.past]
        chosen = pick_last(equal, turned, tuple(reversed(state.published)), state.log)
    else:
        chosen = equal[0]
    extra = surplus.pop(chosen)
    papers = state.piles[chosen]
    for paper in papers:
        paper.value = Fraction(floor(extra * paper.value / votes[chosen] * _UNIT), _UNIT)
    state.log.append(reason("surplus", a=chosen, n=extra))
    # What the elected one keeps is the quota: the ballots that moved on are worth the surplus, no more.
    state.piles[chosen] = [_Paper((), quota, Fraction(1))]
    state.give(papers)


def _exclude(state: _Count, votes: dict[str, Fraction]) -> None:
    lowest = min(votes[name] for name in state.left)
    out = pick_last([name for name in state.left if votes[name] == lowest], state.past, state.published, state.log)
    state.log.append(reason("eliminated", a=out, n=votes[out]))
    state.left.remove(out)
    state.gone.append(out)
    papers, state.piles[out] = state.piles[out], []
    state.give(papers)
