"""Count a ballot under its rule."""

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from cordee.engines.voting.consent import consent, gradients, nominated
from cordee.engines.voting.graded import approval, majority_judgment, score
from cordee.engines.voting.profile import Profile, Result
from cordee.engines.voting.ranked import condorcet, schulze
from cordee.engines.voting.roll import Roll, Votes, call_roll
from cordee.engines.voting.rules import Rule
from cordee.engines.voting.runoff import irv
from cordee.engines.voting.stv import stv
from cordee.engines.voting.tally import Outcome, Tally


def count(votes: Votes, rule: Rule) -> Tally:
    """Say what the members decided, and by which figures.

    Units   votes are exact: whole numbers, or fractions when the rule weighs them.
    Holds   quorum = members present or represented, over members who may vote; who withdrew is in neither.
            Changing a vote to "for" never turns an adopted resolution down. A member more who comes never loses
            the quorum. Copies of a ballot and weights give the same result.
    Errors  ValueError for a choice that the method does not know.

    >>> from cordee.engines.voting.roll import Vote
    >>> cast = (Vote("A", "for"), Vote("B", "for"), Vote("C", "against"))
    >>> count(Votes(("A", "B", "C", "D"), cast), Rule(quorum=Fraction(1, 2))).outcome
    'adopted'
    """
    roll = call_roll(votes, rule)
    tally = _quorum(votes, rule, roll)
    if rule.method == "majority":
        tally = _majority(votes, rule, roll, tally)
    elif rule.method in ("consent", "gradients"):
        tally = _agreement(rule, roll, tally)
    elif rule.method == "sociocratic":
        tally = _sociocratic(votes, roll, tally)
    else:
        tally = _options(votes, rule, roll, tally)
    if tally.quorum_met:
        return tally
    return replace(tally, outcome="no_quorum", winners=(), tied=(), left=0, by_chair=False)


def choose(profile: Profile, rule: Rule) -> Result:
    """Apply the method of a rule to ballots on options.

    Errors  ValueError for a method that does not choose among options, or for several seats with one that has one.
    """
    if rule.method in ("irv", "condorcet") and rule.seats > 1:
        raise ValueError(f"{rule.method} fills one seat")
    if rule.method == "score":
        return score(profile, rule.seats, rule.top)
    if rule.method == "majority_judgment":
        return majority_judgment(profile, rule.seats, rule.grades)
    if rule.method == "irv":
        return irv(profile)
    by_seats = {"approval": approval, "schulze": schulze, "condorcet": condorcet, "stv": stv}
    if rule.method not in by_seats:
        raise ValueError(f"{rule.method} does not choose among options")
    return by_seats[rule.method](profile, rule.seats)


def _quorum(votes: Votes, rule: Rule, roll: Roll) -> Tally:
    entitled = roll.weigh(tuple(roll.entitled))
    present = roll.weigh(roll.there)
    share = rule.quorum
    if votes.call == 2:
        share = rule.quorum if rule.second_quorum is None else rule.second_quorum
    needed = share * entitled
    if entitled.denominator == 1 and not _split(roll):
        needed = Fraction(ceil(needed))
    # With nobody left to vote (all withdrew) there is no decision to take, whatever the quorum.
    met = present >= needed and entitled > 0
    return Tally(
        rule=rule,
        outcome="rejected",
        quorum_met=met,
        entitled=entitled,
        present=present,
        quorum_needed=needed,
        call=votes.call,
        second_call=not met and votes.call == 1 and rule.second_quorum is not None and entitled > 0,
        members=len(roll.entitled),
        withdrawn=tuple(seat for seat in votes.seats if seat in votes.withdrawn),
        represented=tuple(roll.represented.items()),
        set_aside=roll.set_aside,
    )


def _majority(votes: Votes, rule: Rule, roll: Roll, tally: Tally) -> Tally:
    sides = {"for": Fraction(0), "against": Fraction(0), "abstain": Fraction(0)}
    for vote in roll.counted:
        if not isinstance(vote.choice, str) or vote.choice not in sides:
            raise ValueError(f"{vote.seat} must vote for, against or abstain")
        sides[vote.choice] += roll.entitled[vote.seat]
    cast = sides["for"] + sides["against"] + (sides["abstain"] if rule.abstentions_count else 0)
    base = tally.entitled if rule.counts_all else cast
    bar = rule.share * base
    whole = not _split(roll)
    needed = _next(bar, rule.strict, whole)
    passed = sides["for"] > 0 and (sides["for"] > bar if rule.strict else sides["for"] >= bar)
    level = sides["for"] == sides["against"] > 0 and not passed and sides["for"] == bar
    outcome: Outcome = "adopted" if passed else "rejected"
    by_chair = False
    if level and rule.tie == "chair":
        side = _chair(votes, rule, roll)
        by_chair = bool(side)
        outcome = {"": "tie", "for": "adopted", "against": "rejected"}[side]  # type: ignore[assignment]
    return replace(
        tally,
        outcome=outcome,
        in_favour=sides["for"],
        against=sides["against"],
        abstain=sides["abstain"],
        cast=base,
        needed=needed,
        level=level,
        by_chair=by_chair,
    )


def _agreement(rule: Rule, roll: Roll, tally: Tally) -> Tally:
    weighted = [(vote, roll.entitled[vote.seat]) for vote in roll.counted]
    found = consent(weighted) if rule.method == "consent" else gradients(weighted, rule)
    return replace(
        tally,
        outcome="adopted" if found.adopted else "rejected",
        in_favour=found.in_favour,
        against=found.against,
        abstain=found.abstain,
        cast=found.cast,
        needed=_next(rule.share * found.cast, rule.strict, not _split(roll)),
        log=found.log,
        objections=found.objections,
    )


def _sociocratic(votes: Votes, roll: Roll, tally: Tally) -> Tally:
    rounds = [[(v, roll.entitled[v.seat]) for v in naming if v.seat in roll.entitled] for naming in votes.rounds]
    proposed, level, log = nominated(rounds, votes.proposed, votes.options)
    if not proposed:
        outcome: Outcome = "tie" if level else "rejected"
        return replace(tally, outcome=outcome, winners=level, tied=level, left=int(bool(level)), log=tuple(log))
    found = consent([(vote, roll.entitled[vote.seat]) for vote in roll.counted])
    return replace(
        tally,
        outcome="elected" if found.adopted else "rejected",
        winners=(proposed,) if found.adopted else (),
        in_favour=found.in_favour,
        against=found.against,
        abstain=found.abstain,
        cast=found.cast,
        log=(*log, *found.log),
        objections=found.objections,
    )


def _options(votes: Votes, rule: Rule, roll: Roll, tally: Tally) -> Tally:
    """An abstention takes part in the quorum, and in nothing else."""
    said = [vote for vote in roll.counted if vote.choice != "abstain"]
    abstain = roll.weigh(tuple(vote.seat for vote in roll.counted if vote.choice == "abstain"))
    cast = roll.weigh(tuple(vote.seat for vote in said))
    tally = replace(tally, cast=cast, abstain=abstain)
    if not cast:
        return tally
    if any(isinstance(vote.choice, (str, int)) for vote in said):
        raise ValueError(f"a vote by {rule.method} names options, in order, as a set or with grades")
    profile = Profile(votes.options, [vote.choice for vote in said], [roll.entitled[vote.seat] for vote in said])
    found = choose(profile, rule)
    return replace(
        tally,
        outcome="tie" if found.tied else "elected",
        winners=found.winners,
        tied=found.tied,
        left=found.left,
        ranking=found.ranking,
        scores=found.scores,
        log=found.log,
    )


def _chair(votes: Votes, rule: Rule, roll: Roll) -> str:
    """Which way the chair tips a tie; empty when that is still to be said (a secret vote is not read for it)."""
    if votes.chair not in roll.entitled:
        return ""
    if votes.casting:
        return votes.casting
    own = [vote.choice for vote in roll.counted if vote.seat == votes.chair and not vote.by]
    return own[0] if not rule.secret and own and own[0] in ("for", "against") else ""


def _split(roll: Roll) -> bool:
    """Whether some member has a fraction of a vote: then figures are not rounded up to whole votes."""
    return any(weight.denominator > 1 for weight in roll.entitled.values())


def _next(bar: Fraction, strict: bool, whole: bool) -> Fraction:
    """The smallest number of votes that passes; with fractions of a vote, the bar itself."""
    if not whole:
        return bar
    return Fraction(floor(bar) + 1) if strict else Fraction(max(ceil(bar), 1))
