"""What is known of a grouping when one asks what its next step needs."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Stage = Literal["exchange", "collective", "committed", "winding_up", "closed"]
Kind = Literal["partenariat", "groupement"]

STAGES: tuple[Stage, ...] = ("exchange", "collective", "committed", "winding_up", "closed")

CHECKLIST: tuple[str, ...] = (
    "contracts",
    "guarantees",
    "employees",
    "brand",
    "client_data",
    "receivables",
    "archive",
)
"""What a winding-up settles, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts that gates read.

    Shape   companies: have accepted; independent: of them, those that count as distinct (see `independence`).
            partnership: the members chose to go on as two. settled: items of CHECKLIST done, or with nothing to do.
            shared: costs are carried together. common_money: some of them are not settled or not paid.
            to_sign, signed: parties of the convention. open_papers: texts sent to be signed.
            statements_accepted: members who accepted their final statement.
            winding_up_voted, closing_voted, step_back_voted: adopted by the rule in force.
    Errors  ValueError for a negative number, more independent companies than companies, an unknown checklist item.
    """

    stage: Stage = "exchange"
    paused: bool = False
    companies: int = 0
    independent: int = 0
    partnership: bool = False
    purpose: bool = False
    end_condition: bool = False
    necessity: bool = False
    facilitator: bool = False
    lead_decided: bool = False
    rules_chosen: bool = False
    shared: bool = False
    sharing_key: bool = False
    to_sign: int = 0
    signed: int = 0
    winding_up_voted: bool = False
    winding_up_lead: bool = False
    settled: frozenset[str] = frozenset()
    statements_accepted: int = 0
    common_money: bool = False
    closing_voted: bool = False
    step_back_voted: bool = False
    open_ballots: int = 0
    open_papers: int = 0

    def __post_init__(self) -> None:
        numbers = (self.companies, self.independent, self.to_sign, self.signed, self.statements_accepted)
        if min(*numbers, self.open_ballots, self.open_papers) < 0:
            raise ValueError("a number of companies, signatures or ballots can't be negative")
        if self.independent > self.companies or self.signed > self.to_sign:
            raise ValueError("more independent companies than companies, or more signed than to sign")
        if self.settled - set(CHECKLIST):
            raise ValueError(f"no such item: {', '.join(sorted(self.settled - set(CHECKLIST)))}")

    @property
    def kind(self) -> Kind:
        """Two companies are a partenariat, three or more a groupement."""
        return "groupement" if self.independent >= MINIMUM else "partenariat"

    @property
    def minimum(self) -> int:
        return 2 if self.partnership else MINIMUM


MINIMUM = 3
"""A groupement has at least three independent companies: the house's own rule, stricter than the law."""

CURE_DAYS = 90
"""How long a groupement fallen under its minimum has to recruit, go on as two, or wind up."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """Whether enough companies are left, and until when the members may decide."""

    state: Literal["enough", "below_minimum", "overdue"]
    deadline: date | None = None
    days_left: int = 0
    ways: tuple[Literal["recruit", "partnership", "wind_up"], ...] = ()


def minimum(facts: Facts, since: date | None, today: date, cure_days: int = CURE_DAYS) -> Minimum:
    """Say whether a committed groupement still has enough companies.

    Shape   since: the day it fell under its minimum, None when it did not.
    Holds   informal stages never fall below; on the last day of the delay there is still time.

    >>> minimum(Facts("committed", companies=2, independent=2), date(2026, 1, 1), date(2026, 1, 31)).days_left
    60
    """
    if facts.stage != "committed" or facts.independent >= facts.minimum:
        return Minimum("enough")
    start = since or today
    deadline = date.fromordinal(start.toordinal() + cure_days)
    ways: tuple[Literal["recruit", "partnership", "wind_up"], ...] = ("recruit", "wind_up")
    if facts.independent >= 2 and not facts.partnership:
        ways = ("recruit", "partnership", "wind_up")
    left = (deadline - today).days
    return Minimum("below_minimum" if left >= 0 else "overdue", deadline, max(left, 0), ways)
