"""The result of a ballot, with every figure one needs to say it aloud."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cordee.engines.sentences import Reason
from cordee.engines.voting.rules import Rule

Outcome = Literal["adopted", "rejected", "tie", "no_quorum", "elected"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came out.

    Shape   outcome: "adopted" or "rejected" (a resolution), "elected" (options), "tie" (somebody still has to decide,
            or several options share the last place), "no_quorum".
            in_favour, against, abstain: votes. cast: what the majority is counted on; needed: votes for it to pass.
            entitled, present, quorum_needed: votes of the members who may vote, who take part, who had to.
            level: for and against were equal. winners, ranking, scores: options, when there are some.
            tied: winners that share the last `left` seats; somebody still has to tell them apart.
            set_aside: votes and proxies not counted, and why. log: steps of the count, ties and tie-breaks included.
    """

    rule: Rule
    outcome: Outcome
    quorum_met: bool
    entitled: Fraction
    present: Fraction
    quorum_needed: Fraction
    in_favour: Fraction = Fraction(0)
    against: Fraction = Fraction(0)
    abstain: Fraction = Fraction(0)
    cast: Fraction = Fraction(0)
    needed: Fraction = Fraction(0)
    level: bool = False
    call: int = 1
    second_call: bool = False
    by_chair: bool = False
    members: int = 0
    withdrawn: tuple[str, ...] = ()
    represented: tuple[tuple[str, str], ...] = ()
    set_aside: tuple[Reason, ...] = ()
    winners: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    left: int = 0
    ranking: tuple[tuple[str, ...], ...] = ()
    scores: tuple[tuple[str, Fraction], ...] = ()
    log: tuple[Reason, ...] = ()
    objections: tuple[tuple[str, str], ...] = ()

    @property
    def adopted(self) -> bool:
        return self.outcome == "adopted"
