"""Ways of agreeing without a majority: consent, gradients of agreement, election without candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.sentences import Reason, reason
from cordee.engines.voting.roll import Vote
from cordee.engines.voting.rules import Rule

GRADIENTS: tuple[str, ...] = (
    "endorse",
    "minor",
    "reservations",
    "abstain",
    "discuss",
    "disagree_support",
    "serious",
    "block",
)
"""The eight gradients, from whole-hearted to veto (S. Kaner, Facilitator's Guide to Participatory Decision-Making)."""

SUPPORT = frozenset({"endorse", "minor", "reservations", "disagree_support"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures of a resolution taken otherwise than by majority."""

    adopted: bool
    in_favour: Fraction
    against: Fraction
    abstain: Fraction
    cast: Fraction
    log: tuple[Reason, ...]
    objections: tuple[tuple[str, str], ...] = ()


Weighted = Sequence[tuple[Vote, Fraction]]


def consent(votes: Weighted) -> Agreement:
    """Adopt when nobody has a reasoned objection, and somebody consents.

    Holds   one reasoned objection is enough, whoever raises it; an objection without a reason is named, not counted.
    """
    sides = {"consent": Fraction(0), "object": Fraction(0), "abstain": Fraction(0)}
    objections, log = [], []
    for vote, weight in votes:
        if not isinstance(vote.choice, str) or vote.choice not in sides:
            raise ValueError(f"{vote.seat} must consent, object or abstain")
        if vote.choice == "object" and not vote.why.strip():
            log.append(reason("objection_unreasoned", seat=vote.seat))
            sides["abstain"] += weight
            continue
        sides[vote.choice] += weight
        if vote.choice == "object":
            objections.append((vote.seat, vote.why))
            log.append(reason("objection", seat=vote.seat, why=vote.why))
    adopted = not objections and sides["consent"] > 0
    cast = sides["consent"] + sides["object"]
    return Agreement(adopted, sides["consent"], sides["object"], sides["abstain"], cast, tuple(log), tuple(objections))


def gradients(votes: Weighted, rule: Rule) -> Agreement:
    """Adopt when nobody blocks and enough of those who take a side support it, whole-heartedly or not.

    Holds   one veto is enough to refuse; "needs more discussion" is not support; who abstains is in no share.
    """
    counts = dict.fromkeys(GRADIENTS, Fraction(0))
    for vote, weight in votes:
        if not isinstance(vote.choice, str) or vote.choice not in counts:
            raise ValueError(f"{vote.seat} must choose one of: {', '.join(GRADIENTS)}")
        counts[vote.choice] += weight
    support = sum((counts[name] for name in SUPPORT), Fraction(0))
    cast = sum(counts.values(), Fraction(0)) - counts["abstain"]
    bar = rule.share * cast
    enough = support > 0 and (support > bar if rule.strict else support >= bar)
    log = [reason(f"gradient_{name}", n=counts[name]) for name in GRADIENTS if counts[name]]
    if counts["block"]:
        log.append(reason("blocked", n=counts["block"]))
    adopted = enough and not counts["block"]
    return Agreement(adopted, support, cast - support, counts["abstain"], cast, tuple(log))


def nominated(
    rounds: Sequence[Weighted], proposed: str, options: Sequence[str]
) -> tuple[str, tuple[str, ...], list[Reason]]:
    """Find who is proposed after the rounds of an election without candidates.

    Shape   rounds: each seat names a person, then may change its mind in the next ones; a seat silent in a round keeps
            its last name. proposed: the one the facilitator proposes, empty for the most named one.
            Gives the person proposed (empty when several are level), those level, and what happened.
    """
    latest: dict[str, tuple[str, Fraction]] = {}
    log: list[Reason] = []
    counts: dict[str, Fraction] = {}
    for number, named in enumerate(rounds, 1):
        for vote, weight in named:
            if not isinstance(vote.choice, str) or (options and vote.choice not in options):
                raise ValueError(f"{vote.seat} must name one of the persons who may be chosen")
            latest[vote.seat] = (vote.choice, weight)
        counts = {}
        for name, weight in latest.values():
            counts[name] = counts.get(name, Fraction(0)) + weight
        said = ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        log.append(reason("nominations", n=number, votes=said))
    if proposed:
        if options and proposed not in options:
            raise ValueError(f"no such option: {proposed}")
        log.append(reason("proposed", a=proposed))
        return proposed, (), log
    most = max(counts.values(), default=Fraction(0))
    first = tuple(sorted(name for name, n in counts.items() if n == most))
    if len(first) == 1:
        log.append(reason("proposed_most", a=first[0], n=most))
        return first[0], (), log
    return "", first, log
