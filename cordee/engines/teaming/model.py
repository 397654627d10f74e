"""What a team search is asked and what it answers: needs, companies, options, teams. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cordee.engines.sentences import Fact, Reason, reason

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""

Value = Fact
TieRule = Literal["ignore", "wish", "must"]


@dataclass(frozen=True, slots=True)
class LotNeed:
    """One lot: the work to be done, where, how much, and what is asked of those who do it.

    Shape   trades: accepted trade -> how well it answers (1 to 100). volume: whole units, None when not stated.
    Units   volume in units of the lot (`unit` names them); radius in km; turnover in cents, pooled on the lot.
    """

    id: str
    title: str = ""
    trades: Mapping[str, int] = field(default_factory=dict)
    volume: int | None = None
    unit: str = ""
    place: Point | None = None
    radius_km: int | None = None
    certificates: tuple[str, ...] = ()
    deadline: date | None = None
    turnover: int | None = None
    essential: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """What a client asks for: one or several lots."""

    lots: tuple[LotNeed, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """One company, with what is known of it. None always means « not known », never zero.

    Shape   trades: trade -> how surely it practises it (100 declared, less when only deduced).
            capacity: over all its trades; capacities: for one trade. ties: other company -> trust, 1 to 100.
            price: 100 is the usual price. certificates: None when not known, empty when known to have none.
            group: the capital group; two companies of one group are not independent.
    """

    id: str
    name: str = ""
    trades: Mapping[str, int] = field(default_factory=dict)
    capacity: int | None = None
    capacities: Mapping[str, int] = field(default_factory=dict)
    minimum: int = 0
    places: tuple[Point, ...] = ()
    certificates: frozenset[str] | None = None
    turnover: int | None = None
    headcount: int | None = None
    ties: Mapping[str, int] = field(default_factory=dict)
    price: int | None = None
    group: str | None = None
    available_from: date | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How the team is to be: its size, who must and must not be in it, how many answers.

    Shape   seconds: what the whole search may take; when it runs out the answer carries its gap.
            explain: also say what the best team would lose without each member (a few more searches).
    """

    min_members: int = 3
    max_members: int = 12
    around: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_pairs: tuple[tuple[str, str], ...] = ()
    one_per_group: bool = True
    competitors: bool = True
    ties: TieRule = "wish"
    max_km: int | None = None
    count: int = 5
    seconds: float = 2.0
    explain: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """One company of a team: its role, its part of each lot (None where the lot has no volume), and why it is there."""

    company_id: str
    role: str
    reasons: tuple[Reason, ...]
    parts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Gap:
    """What a team lacks on one lot. `volume` None: the whole lot, without stated volume. `share` in percent."""

    lot_id: str
    volume: int | None
    share: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pool:
    """What the team can do together on one lot, against what is asked."""

    lot_id: str
    asked: int | None
    known: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What lets anyone check the bound: prices, what they prove, and who was not ruled out (see checker.py).

    Shape   prices: of a unit of each lot; turnover_prices: of a ten-thousandth of its turnover;
            covers: lots (by rank), step in units, price of a step (see covers.py).
    Holds   bound <= cost of every allowed team; companies outside `left` are in no team cheaper than `below`.
    """

    prices: tuple[float, ...]
    turnover_prices: tuple[float, ...]
    covers: tuple[tuple[tuple[int, ...], int, float], ...]
    bound: int
    below: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """One suggested team. Cost in points, less is better; no such team costs less than `bound`."""

    members: tuple[Member, ...]
    coverage: Mapping[str, tuple[str, ...]]
    pools: tuple[Pool, ...]
    gaps: tuple[Gap, ...]
    to_confirm: tuple[Reason, ...]
    cost: int
    bound: int
    proven: bool
    certificate: Certificate | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The members, in order."""
        return tuple(member.company_id for member in self.members)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would have to change.

    Shape   kind: "volume" (somebody new for `amount` units of a lot), "certificate" (`company` obtains `what`),
            "distance" (`company` accepted at `amount` km), "members" (`amount` more companies), "seats" (up to
            `amount` members), "turnover" (somebody new with `amount` cents), "option" (a wish to drop).
    """

    kind: Literal["volume", "certificate", "distance", "members", "seats", "turnover", "option"]
    lot_id: str | None = None
    company_id: str | None = None
    amount: int | None = None
    what: tuple[str, ...] = ()
    reason: Reason = field(default_factory=lambda: reason(""))


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why no team does it all, and the smallest change after which one does."""

    changes: tuple[Change, ...]
    cost: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The teams found, best first; what is missing when none does it all; and what the reader should know."""

    teams: tuple[Team, ...]
    infeasible: Shortage | None
    notes: tuple[Reason, ...]
    candidates: Mapping[str, int]
