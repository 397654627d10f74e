"""What one company's answer is made of. What is not known stays None or empty: the question is then left out."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cordee.engines.units import Cents

Role = Literal["sole-tenderer", "group-lead", "group-mem"]
Size = Literal["micro", "small", "medium", "large"]
Nature = Literal["works", "supplies", "services"]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, and the file of the consultation as the buyer numbers it."""

    name: str
    reference: str
    title: str
    country: str = "FRA"


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One figure of one financial year."""

    year: int
    value: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Work of the same kind, done for somebody."""

    what: str
    client: str
    amount: Cents | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """One company, as it describes itself.

    Units  turnover in cents, per financial year; staff in persons, per year.
    """

    name: str
    siren: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FRA"
    contact: str = ""
    email: str = ""
    phone: str = ""
    turnover: tuple[YearFigure, ...] = ()
    staff: tuple[YearFigure, ...] = ()
    references: tuple[Reference, ...] = ()
    insured: Cents | None = None
    certificates: tuple[str, ...] = ()
    representative: str = ""

    @property
    def size(self) -> Size:
        """The European size, from the last known staff and turnover; micro where nothing is known.

        Source  recommendation 2003/361/CE.
        """
        staff = self.staff[-1].value if self.staff else 0
        cents = self.turnover[-1].value if self.turnover else 0
        for size, people, money in (("micro", 10, 2), ("small", 50, 10), ("medium", 250, 50)):
            if staff < people and cents <= money * 10**8:
                return size  # type: ignore[return-value]
        return "large"


@dataclass(frozen=True, slots=True)
class Response:
    """The answer of one company for one lot.

    `others`     the other members, as the lead (or this member) names them.
    `declared`   the company has stated that no ground for exclusion applies to it: nobody can say it in its place.
    """

    buyer: Buyer
    operator: Operator
    role: Role
    lot: str
    issued: date
    group: str = ""
    others: tuple[str, ...] = ()
    subcontractors: tuple[tuple[str, str], ...] = ()
    nature: Nature = "works"
    declared: bool = False
