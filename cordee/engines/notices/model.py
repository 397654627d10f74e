"""What a tender notice says, whatever the format it came in.

What a notice does not say is `None`, an empty tuple or "unknown": never zero, never guessed.
"""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

Kind = Literal["planning", "competition", "result", "direct-award", "change", "registration", "unknown"]
"""What the notice is for: announcing, calling for tenders, telling who won, warning of an award without competition,
changing a contract, registering a company."""

Said = Literal["yes", "no", "unknown"]
Form = Literal["conjoint", "solidaire", "either", "none", "unknown"]
Reserve = Literal["sheltered-workshop", "sheltered-program", "public-service-mission", "profession"]
DeadlineFor = Literal["tenders", "requests", "interest"]
CriterionKind = Literal["price", "cost", "quality", "unknown"]
Area = Literal["suitability", "economic", "technical", "other"]
Topic = Literal[
    "turnover",
    "bank",
    "insurance",
    "references",
    "staff",
    "equipment",
    "certificates",
    "registration",
    "subcontracting",
]
LeadBasis = Literal["alone", "stated", "named", "order"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in hundredths of its currency: 610 000 € is Money(61000000, "EUR")."""

    cents: int
    currency: str | None

    @property
    def decimal(self) -> str:
        """The amount with two decimals.

        >>> Money(61000005, "EUR").decimal
        '610000.05'
        """
        return f"{self.cents // 100}.{self.cents % 100:02d}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A limit date on the buyer's clock; the hour and the offset from UTC (in minutes) only where they are stated."""

    day: date
    clock: time | None = None
    offset: int | None = None

    @property
    def iso(self) -> str:
        """Day and hour as the buyer's clock shows them, without offset.

        >>> Moment(date(2021, 4, 22), time(15, 0), 60).iso
        '2021-04-22T15:00:00'
        """
        return self.day.isoformat() + (f"T{self.clock.isoformat('seconds')}" if self.clock else "")

    @property
    def offset_iso(self) -> str | None:
        if self.offset is None:
            return None
        return f"{'-' if self.offset < 0 else '+'}{abs(self.offset) // 60:02d}:{abs(self.offset) % 60:02d}"


@dataclass(frozen=True, slots=True)
class Duration:
    """How long the contract lasts: a number of months, or of days, or dates. Years count in months, weeks in days."""

    months: int | None = None
    days: int | None = None
    start: date | None = None
    end: date | None = None
    unlimited: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """One award criterion. `weight` is the stated number ("40"); where it is not one, the words of the notice."""

    kind: CriterionKind
    name: str | None
    weight: str | None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a candidate must be, have or show. `minimum` is true when the notice gives it as a minimum level."""

    area: Area
    text: str
    minimum: bool = False
    code: str | None = None
    topics: tuple[Topic, ...] = ()
    certificates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """A buyer or a company as the notice names it; `siren` only where the stated number gives one that holds."""

    name: str
    national_id: str | None = None
    siren: str | None = None
    postcode: str | None = None
    town: str | None = None
    nuts: str | None = None
    country: str | None = None
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Groupings:
    """Whether companies may answer together, and which form the winning grouping must take after the award.

    `form_required`  yes when the buyer asks for a form after the award; `form` says which.
    `lead_liable`    yes when the lead of a conjoint grouping answers for all the others.
    `several`        whether one may answer both alone and in a grouping, or in several groupings.
    `text`           the sentences of the notice all this was read in.
    """

    allowed: Said = "unknown"
    form_required: Said = "unknown"
    form: Form = "unknown"
    lead_liable: Said = "unknown"
    several: Said = "unknown"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot; a procurement that is not divided has one, whose id is LOT-0000.

    Holds   ids are unique within a notice; `cpv` has the main code first, each code once.
    `number`         the lot's number without its dressing: "1" for LOT-0001, 01 or 1; None when not divided.
    `cpv_inherited`  the first code is that of the whole procurement, because the lot states no main code of its own.
    `value`          the estimated value; `maximum` that of a framework agreement.
    """

    id: str
    number: str | None = None
    title: str | None = None
    description: str | None = None
    cpv: tuple[str, ...] = ()
    cpv_inherited: bool = False
    nature: str | None = None
    nuts: tuple[str, ...] = ()
    place: str | None = None
    value: Money | None = None
    maximum: Money | None = None
    duration: Duration | None = None
    deadline: Moment | None = None
    criteria: tuple[Criterion, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    reserved: tuple[Reserve, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One company of the winner."""

    company: Organisation
    lead: bool


@dataclass(frozen=True, slots=True)
class Award:
    """Who won a lot: one company, or the members of a grouping.

    Holds   exactly one member leads. `lead_basis` says how it is known: "stated" by the notice, "named" mandataire
            in the company's name, "order": the first in the list, as is the custom, or "alone".
    """

    lot: str | None
    members: tuple[Member, ...]
    grouping: bool
    lead_basis: LeadBasis
    value: Money | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A whole notice. `id` is the number under which it was published, else the one it was given by its author.

    `value` is estimated before the contract, `maximum` that of a framework agreement, `awarded` the total awarded.
    `parts`  of a planning notice in eForms: what may become lots, or procurements of their own.
    """

    source: Literal["eforms", "ted", "boamp", "ocds"]
    id: str | None
    kind: Kind
    form: str | None = None
    version: str | None = None
    language: str | None = None
    reference: str | None = None
    published: date | None = None
    buyers: tuple[Organisation, ...] = ()
    title: str | None = None
    description: str | None = None
    nature: str | None = None
    procedure: str | None = None
    cpv: tuple[str, ...] = ()
    nuts: tuple[str, ...] = ()
    value: Money | None = None
    maximum: Money | None = None
    awarded: Money | None = None
    lots: tuple[Lot, ...] = ()
    parts: tuple[Lot, ...] = ()
    deadline: Moment | None = None
    deadline_for: DeadlineFor | None = None
    max_lots: int | None = None
    groupings: Groupings = field(default_factory=Groupings)
    awards: tuple[Award, ...] = ()
    not_awarded: tuple[str, ...] = ()
    documents: str | None = None

    @property
    def divided(self) -> bool:
        """Is the procurement divided into lots?"""
        return len(self.lots) > 1 or any(lot.number is not None for lot in self.lots)
