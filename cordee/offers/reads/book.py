"""The price book as one company sees it: its own lines in clear, of the others what they do, packages as sold."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Prefetch

from cordee.engines.competition import may_be_shown
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.reads import Membership
from cordee.offers.keys import open_price, open_text
from cordee.offers.models import Bid, BidPart, BookLine, Package, PackageLine, PackagePrice
from cordee.offers.reads.sums import WHOLE
from cordee.projects.models import Project


def room_of(project: Project) -> str:
    """The name under which the prices of a book are encrypted."""
    return f"book {project.public_id}"


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line of one's own, in clear."""

    line: BookLine
    cents: int


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package: what is in it, how many companies, the price at which it is sold where this reader may know it."""

    package: Package
    lines: tuple[PackageLine, ...]
    companies: int
    sold: PackagePrice | None
    shown: bool

    @property
    def may_be_sold(self) -> bool:
        return self.companies >= LEAST


LEAST = 3
"""With two companies, the price of the whole would tell each the price of the other."""


@dataclass(frozen=True, slots=True)
class BookPage:
    """The price book, for one participant."""

    project: Project
    me: Membership
    mine: tuple[OwnLine, ...]
    others: tuple[BookLine, ...]
    packages: tuple[PackageRow, ...]
    parts: tuple[BidPart, ...]

    @property
    def open(self) -> bool:
        return self.project.ended_at is None and "price_book" in self.project.tools

    @property
    def lines(self) -> tuple[BookLine, ...]:
        """All the lines, one's own first."""
        return (*(one.line for one in self.mine), *self.others)


def book_page(project: Project, me: Membership) -> BookPage:
    """The page of the price book: five queries."""
    lines = list(BookLine.objects.filter(project=project, dropped_at=None).select_related("seat__company"))
    room = room_of(project)
    own = tuple(OwnLine(one, open_price(room, one.sealed)) for one in lines if one.seat_id == me.seat.pk)
    known = Package.objects.filter(project=project).exclude(state=Package.State.WITHDRAWN)
    inside = Prefetch("lines", PackageLine.objects.select_related("line__seat__company"))
    packages = list(known.prefetch_related(inside))
    prices = list(PackagePrice.objects.filter(package__project=project).select_related("package"))
    shown = _shown(project, prices, me.seat.pk)
    parts = BidPart.objects.filter(seat=me.seat, bid__within__project=project, bid__state=Bid.State.PREPARING)
    return BookPage(
        project,
        me,
        own,
        tuple(one for one in lines if one.seat_id != me.seat.pk),
        tuple(_row(one, prices, shown) for one in packages),
        tuple(parts.select_related("bid")),
    )


def _row(package: Package, prices: Sequence[PackagePrice], shown: set[int]) -> PackageRow:
    lines = tuple(package.lines.all())
    last = next((one for one in reversed(prices) if one.package_id == package.pk), None)
    sold = last if package.state == Package.State.SOLD else None
    seats = {one.line.seat_id for one in lines}
    return PackageRow(package, lines, len(seats), sold, sold is not None and sold.pk in shown)


def _shown(project: Project, prices: Sequence[PackagePrice], viewer: int) -> set[int]:
    """The prices on sale, past ones too, that this seat may know: none from which another's own price would follow.

    Holds   a line that was priced again counts as another price; without and with tax are two sums.
    """
    owner: dict[str, str] = {}
    asked: list[tuple[int, dict[str, int]]] = []
    for one in prices:
        net: dict[str, int] = {}
        gross: dict[str, int] = {}
        share = 10_000 + one.package.coordination
        for line, seat, cents, quantity, rate in json.loads(open_text(room_of(project), one.sealed)):
            name = f"{line} {cents}"
            owner[name] = str(seat)
            net[name] = WHOLE * share * quantity
            gross[name] = (WHOLE + rate) * share * quantity
        asked += [(one.pk, net), (one.pk, gross)]
    answers = may_be_shown([sums for _pk, sums in asked], owner, str(viewer))
    quiet: dict[int, bool] = {}
    for (pk, _sums), good in zip(asked, answers, strict=True):
        quiet[pk] = quiet.get(pk, True) and good
    return {pk for pk, good in quiet.items() if good}


def price_now(package: Package, lines: Sequence[PackageLine]) -> tuple[int, int, str]:
    """Without tax, with tax, and what it is made of, as text: each rate rounds once. For acts, never for a page."""
    room = room_of(package.project)
    made = []
    bases: dict[int, Fraction] = {}
    for one in lines:
        cents = open_price(room, one.line.sealed)
        made.append([one.line.public_id, one.line.seat_id, cents, one.quantity, one.line.vat])
        bases[one.line.vat] = bases.get(one.line.vat, Fraction(0)) + Fraction(cents * one.quantity, 100)
    share = Fraction(10_000 + package.coordination, 10_000)
    nets = {rate: round(base * share) for rate, base in bases.items()}
    net = sum(nets.values())
    tax = sum((base * rate + 5000) // 10_000 for rate, base in nets.items())
    return net, net + tax, json.dumps(made)


def line_of(project: Project, me: Membership, public_id: str) -> BookLine:
    """A line of one's own; another's is not there."""
    found = BookLine.objects.filter(project=project, seat=me.seat, public_id=public_id, dropped_at=None)
    row = found.select_related("project__grouping").first()
    if row is None:
        raise NotYours
    return row


def package_of(project: Project, public_id: str) -> Package:
    """A package of this very project."""
    row = Package.objects.filter(project=project, public_id=public_id).select_related("project__grouping").first()
    if row is None:
        raise NotYours
    return row
