"""Prices, on the right side of the wall: one's own lines; for the assembler all of them; for everybody the sum."""

from dataclasses import dataclass

from cordee.ground.people.models import Person
from cordee.offers.keys import open_price
from cordee.offers.models import Bid, BidPart, PriceLine
from cordee.offers.permissions import may_read_prices


@dataclass(frozen=True, slots=True)
class Line:
    """One priced line, in clear."""

    label: str
    unit: str
    quantity: int
    unit_cents: int

    @property
    def cents(self) -> int:
        return (self.unit_cents * self.quantity + 50) // 100


@dataclass(frozen=True, slots=True)
class PricedPart:
    """One part with its lines and its sum."""

    part: BidPart
    lines: tuple[Line, ...]

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)


def _lines(part: BidPart, rows: list[PriceLine]) -> tuple[Line, ...]:
    room = part.bid.public_id
    return tuple(Line(row.label, row.unit, row.quantity, open_price(room, row.sealed)) for row in rows)


def priced_parts(bid: Bid) -> list[PricedPart]:
    """Every part in clear, for sums and for the assembler's papers: never handed to a page of a member as it is."""
    parts = bid.parts.select_related("bid", "seat__company", "lot").prefetch_related("lines").order_by("id")
    return [PricedPart(part, _lines(part, list(part.lines.all()))) for part in parts]


def readable_parts(bid: Bid, person: Person) -> list[PricedPart]:
    """The parts whose prices this person may read: their own company's, or all for the assembler; none once sealed."""
    parts = bid.parts.select_related("bid", "seat__company", "lot").prefetch_related("lines").order_by("id")
    return [PricedPart(part, _lines(part, list(part.lines.all()))) for part in parts if may_read_prices(person, part)]


def total_of(bid: Bid, chosen: set[str] | None = None) -> int | None:
    """The sum before tax of what is in: all but the options, or those chosen; None when one lacks its price."""
    found = [
        one for one in priced_parts(bid) if (not one.part.optional if chosen is None else one.part.public_id in chosen)
    ]
    if not found or any(not one.lines for one in found):
        return None
    return sum(one.cents for one in found)
