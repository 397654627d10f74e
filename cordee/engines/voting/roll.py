"""Who votes, with how many votes: seats, weights, proxies, withdrawals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from cordee.engines.sentences import Reason, reason
from cordee.engines.voting.rules import Rule

Weight = int | Fraction
Choice = str | int | tuple[str | tuple[str, ...], ...] | frozenset[str] | Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Vote:
    """What one seat chose. `by` is the seat that cast it under a proxy, empty when the seat voted itself.

    Shape   choice: "for", "against", "abstain" (majority); "consent", "object", "abstain" (consent); an approved set;
            a ranking, best first, equals in an inner tuple; scores or grades by option. `why` words an objection.
    """

    seat: str
    choice: Choice
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A written power: `giver` lets `holder` vote for it. An empty scope covers every subject."""

    giver: str
    holder: str
    scope: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Votes:
    """Everything a ballot received.

    Shape   seats: all seats of the body. weights: missing ones are 1, read only by a weighted rule.
            withdrawn: left for a conflict of interest. suspended: may not vote. Both leave the quorum's count.
            present: attend without having voted. proxies: in the order received.
            subject: what the ballot is about, compared with the scope of proxies.
            call: 1, or 2 for a second call. chair: the seat that decides at a tie, `casting` what it decides.
            options: what can be chosen, for methods other than for/against and consent.
            rounds, proposed: election without candidates: the rounds of naming, then whom the facilitator proposes
            (empty: the most named one); `cast` is then the round of consent.
    Errors  ValueError for a vote, proxy, withdrawal or weight of no known seat, a seat twice, a seat that votes twice.
    """

    seats: tuple[str, ...]
    cast: tuple[Vote, ...] = ()
    weights: Mapping[str, Weight] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    suspended: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    proxies: tuple[Proxy, ...] = ()
    subject: str = ""
    call: int = 1
    chair: str = ""
    casting: str = ""
    options: tuple[str, ...] = ()
    rounds: tuple[tuple[Vote, ...], ...] = ()
    proposed: str = ""

    def __post_init__(self) -> None:
        known = set(self.seats)
        if len(known) != len(self.seats):
            raise ValueError("a seat is listed twice")
        if len(set(self.options)) != len(self.options):
            raise ValueError("an option is listed twice")
        named = {vote.seat for vote in self.cast} | {vote.by for vote in self.cast if vote.by}
        named |= {vote.seat for named_then in self.rounds for vote in named_then}
        named |= {name for proxy in self.proxies for name in (proxy.giver, proxy.holder)}
        named |= set(self.weights) | self.withdrawn | self.suspended | self.present | ({self.chair} - {""})
        if named - known:
            raise ValueError(f"no such seat: {', '.join(sorted(named - known))}")
        bad = [seat for seat, weight in self.weights.items() if isinstance(weight, float) or weight < 0]
        if bad:
            raise ValueError(f"the weight of {bad[0]} must be an exact number, at least 0")
        pairs = [(vote.seat, vote.by or vote.seat) for vote in self.cast]
        if len(set(pairs)) != len(pairs):
            twice = next(seat for seat, by in pairs if pairs.count((seat, by)) > 1)
            raise ValueError(f"{twice} voted twice")
        if self.casting not in ("", "for", "against"):
            raise ValueError("the chair decides for or against")
        if self.call not in (1, 2):
            raise ValueError("a ballot has a first call and at most a second one")


@dataclass(frozen=True, slots=True)
class Roll:
    """Who may vote and what counts, once proxies and withdrawals are applied.

    Shape   entitled: seats that may vote, with their number of votes. counted: one effective vote per seat.
            there: entitled seats present or represented. set_aside: what was not counted, and why.
    """

    entitled: Mapping[str, Fraction]
    counted: tuple[Vote, ...]
    there: frozenset[str]
    represented: Mapping[str, str]
    set_aside: tuple[Reason, ...]

    def weigh(self, seats: frozenset[str] | tuple[str, ...]) -> Fraction:
        return sum((self.entitled[seat] for seat in seats), Fraction(0))


def call_roll(votes: Votes, rule: Rule) -> Roll:
    """Apply withdrawals, weights and proxies.

    Holds   a proxy counts as its holder voting twice; a seat's own vote goes before its proxy; a withdrawn or suspended
            seat neither votes, nor is counted in the quorum, nor carries a proxy.
    """
    notes: list[Reason] = []
    out = votes.withdrawn | votes.suspended
    entitled = {
        seat: Fraction(votes.weights.get(seat, 1)) if rule.weighted else Fraction(1)
        for seat in votes.seats
        if seat not in out
    }
    own = {vote.seat: vote for vote in votes.cast if vote.by in ("", vote.seat)}
    lent = {(vote.seat, vote.by): vote for vote in votes.cast if vote.by not in ("", vote.seat)}
    for seat in sorted(set(own) & out):
        notes.append(reason("vote_of_excluded", seat=seat))
    there = {seat for seat in entitled if seat in own or seat in votes.present}
    counted = [own[seat] for seat in votes.seats if seat in own and seat in entitled]
    represented = _represented(votes, rule, frozenset(there), entitled, notes)
    for giver, holder in represented.items():
        there.add(giver)
        if (giver, holder) in lent:
            counted.append(lent[giver, holder])
        elif holder in own:
            chosen = own[holder]
            counted.append(Vote(giver, chosen.choice, holder, chosen.why))
    for giver, holder in sorted(set(lent)):
        if represented.get(giver) != holder:
            notes.append(reason("vote_without_proxy", seat=giver, holder=holder))
    return Roll(entitled, tuple(counted), frozenset(there), represented, tuple(notes))


def _represented(
    votes: Votes, rule: Rule, there: frozenset[str], entitled: Mapping[str, Fraction], notes: list[Reason]
) -> dict[str, str]:
    """Keep the proxies that hold, in the order received, at most `rule.proxies` for each holder."""
    carried: dict[str, int] = {}
    kept: dict[str, str] = {}
    voting_for = {vote.by for vote in votes.cast if vote.by}
    for proxy in votes.proxies:
        giver, holder = proxy.giver, proxy.holder
        code = ""
        if giver == holder:
            code = "proxy_to_itself"
        elif giver not in entitled:
            code = "proxy_from_excluded"
        elif holder not in entitled:
            code = "proxy_to_excluded"
        elif proxy.scope and votes.subject not in proxy.scope:
            code = "proxy_out_of_scope"
        elif giver in there:
            code = "proxy_lapsed"
        elif giver in kept:
            code = "proxy_second"
        elif holder not in there and holder not in voting_for:
            code = "proxy_holder_absent"
        elif carried.get(holder, 0) >= rule.proxies:
            code = "proxy_over_limit"
        if code:
            notes.append(reason(code, seat=giver, holder=holder, limit=rule.proxies))
            continue
        kept[giver] = holder
        carried[holder] = carried.get(holder, 0) + 1
    return kept
