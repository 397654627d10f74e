"""The rule by which one decision is taken."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Method = Literal[
    "majority",
    "consent",
    "gradients",
    "approval",
    "schulze",
    "irv",
    "condorcet",
    "score",
    "majority_judgment",
    "stv",
    "sociocratic",
]
Majority = Literal["simple", "absolute", "two_thirds", "three_quarters", "unanimity", "fraction"]

_SHARES: dict[str, Fraction] = {
    "simple": Fraction(1, 2),
    "absolute": Fraction(1, 2),
    "two_thirds": Fraction(2, 3),
    "three_quarters": Fraction(3, 4),
    "unanimity": Fraction(1),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one type of decision is taken, as the members signed it.

    Shape   quorum and threshold between 0 and 1; threshold is given with majority="fraction", and only then.
            simple: more than half of the votes cast. absolute: more than half of all voting members, present or not.
            two_thirds, three_quarters, fraction: at least that share. unanimity: every vote.
            of_all: the majority is counted on all voting members instead of the votes cast.
            abstentions_count: an abstention is a vote cast (otherwise it is not).
            tie: "rejected", or "chair" when the chair's vote decides.
            second_quorum: the quorum of the second call, None when there is no second call.
            weighted: votes have the weights of the roll; otherwise one company has one vote, whatever the roll says.
            proxies: how many proxies one holder may carry.
            delay_days: how long a vote outside a meeting stays open at least.
            seats: to fill in an election; grades: of majority judgment; top: highest score.
    Errors  ValueError when a share is out of bounds or a number makes no sense.
    """

    method: Method = "majority"
    quorum: Fraction = Fraction(0)
    majority: Majority = "simple"
    threshold: Fraction | None = None
    of_all: bool = False
    abstentions_count: bool = False
    tie: Literal["rejected", "chair"] = "rejected"
    second_quorum: Fraction | None = Fraction(0)
    second_call_days: int = 8
    notice_days: int = 15
    urgent_notice_days: int = 8
    secret: bool = False
    hidden_until_closed: bool = False
    weighted: bool = False
    proxies: int = 1
    each_signs: bool = False
    seats: int = 1
    top: int = 10
    grades: int = 6
    delay_days: int = 0

    def __post_init__(self) -> None:
        for name, share in (("quorum", self.quorum), ("second_quorum", self.second_quorum)):
            if share is not None and not 0 <= share <= 1:
                raise ValueError(f"{name} must be between 0 and 1, not {share}")
        if (self.threshold is not None) != (self.majority == "fraction"):
            raise ValueError("threshold goes with majority='fraction', and only with it")
        if self.threshold is not None and not 0 < self.threshold <= 1:
            raise ValueError(f"threshold must be over 0 and at most 1, not {self.threshold}")
        if self.proxies < 0 or self.seats < 1 or self.top < 1 or self.grades < 2:
            raise ValueError("proxies, seats, top or grades make no sense")
        if min(self.notice_days, self.urgent_notice_days, self.second_call_days, self.delay_days) < 0:
            raise ValueError("a number of days can't be negative")

    @property
    def share(self) -> Fraction:
        """The share of votes to reach (or, when `strict`, to pass)."""
        return self.threshold if self.threshold is not None else _SHARES[self.majority]

    @property
    def strict(self) -> bool:
        """Whether reaching the share exactly is not enough (« plus de la moitié »)."""
        return self.majority in ("simple", "absolute")

    @property
    def counts_all(self) -> bool:
        """Whether the majority is counted on all voting members."""
        return self.of_all or self.majority == "absolute"
