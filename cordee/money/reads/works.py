"""Contracts in progress claims; what one may re-invoice to other members; the legal rates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from cordee.engines import invoicing
from cordee.engines.amounts import say_number
from cordee.engines.invoicing.totals import cents_of
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import my_seats
from cordee.money.models import (
    BillingIdentity,
    CostPool,
    Invoice,
    InvoiceLine,
    LegalRate,
    Nature,
    PoolLine,
    VatRate,
    Works,
    WorksPost,
)
from cordee.money.reads.accounts import accounts_of
from cordee.money.reads.invoices import works_of
from cordee.money.reads.paid import CREDITS


def claimed_so_far(works: Works) -> dict[int, int]:
    """What was claimed of each post, by its key, drafts too, credit notes taken away. Units: cents without tax."""
    rows = InvoiceLine.objects.filter(post__works=works).values_list("post", "invoice__kind", "quantity", "price")
    found: dict[int, int] = {}
    for post, kind, quantity, price in rows:
        cents = cents_of(Fraction(quantity, 1000) * Fraction(price, 10_000))
        found[post] = found.get(post, 0) + (-cents if kind in CREDITS else cents)
    return found


def totals_of_lines(lines: Iterable[tuple[int, int, str, int]]) -> invoicing.Totals:
    """What lines come to, rate by rate, as the engine adds them up.

    Units  of a line: quantity in thousandths, price in ten-thousandths of a euro, why VAT is due, hundredths of a %.
    """
    nobody = invoicing.Party("")
    written = tuple(
        invoicing.Line(
            "", Fraction(quantity, 1000), Fraction(price, 10_000), vat=invoicing.Vat(vat), rate=Fraction(rate, 100)
        )
        for quantity, price, vat, rate in lines
    )
    return invoicing.totals_of(invoicing.Invoice("", date.min, nobody, nobody, written, invoicing.Terms(due=date.max)))


@dataclass(frozen=True, slots=True)
class PostStanding:
    """One post: its price, what was claimed, how far that is, what is left. Units: cents, hundredths of a percent."""

    post: WorksPost
    claimed: int

    @property
    def left(self) -> int:
        return self.post.cents - self.claimed

    @property
    def done(self) -> int:
        return self.claimed * 10_000 // self.post.cents if self.post.cents else 0


@dataclass(frozen=True, slots=True)
class WorksPage:
    """A contract: its posts, its claims, what the client holds back."""

    works: Works
    seat: Seat
    posts: tuple[PostStanding, ...]
    claims: tuple[Invoice, ...]
    price: int
    claimed: int
    held: int

    @property
    def number(self) -> int:
        """Of the next claim."""
        return sum(not one.is_credit for one in self.claims) + 1


def works_page(person: Person, public_id: str, *, voice: str = "") -> WorksPage:
    """A contract, through a seat that invoices for it."""
    for seat in my_seats(person):
        if voice in ("", seat.public_id):
            found = works_of(seat).filter(public_id=public_id).first()
            if found is not None:
                break
    else:
        raise NotYours
    claimed = claimed_so_far(found)
    posts = tuple(PostStanding(post, claimed.get(post.pk, 0)) for post in found.posts.all())
    claims = tuple(found.claims.select_related("seller").order_by("id"))
    return WorksPage(
        works=found,
        seat=seat,
        posts=posts,
        claims=claims,
        price=sum(one.post.cents for one in posts),
        claimed=sum(one.claimed for one in posts),
        held=sum(one.retention_cents for one in claims if one.state == Invoice.State.ISSUED),
    )


@dataclass(frozen=True, slots=True)
class Rebilled:
    """One cost on the invoice of one member. Units: cents without tax, rate in hundredths of a percent."""

    line: PoolLine
    label: str
    cents: int
    vat: str
    rate: int
    detail: str


@dataclass(frozen=True, slots=True)
class ToRebill:
    """What one member is to be invoiced."""

    seat: Seat
    buyer: dict[str, Any]
    costs: tuple[Rebilled, ...]

    @property
    def net(self) -> int:
        return sum(one.cents for one in self.costs)


def to_rebill(pool: CostPool, seat: Seat) -> list[ToRebill]:
    """The parts of others in what this seat re-invoices or paid on their behalf, that are on no invoice yet."""
    members = {one.seat.public_id: one.seat for one in pool.members.select_related("seat__company")}
    lines = InvoiceLine.objects.filter(cost__pool=pool, invoice__seat=seat).exclude(invoice__kind__in=CREDITS)
    billed = {(cost, buyer.get("siren")) for cost, buyer in lines.values_list("cost", "invoice__buyer")}
    found: dict[str, list[Rebilled]] = {}
    for one in accounts_of(pool).lines:
        if one.line.paid_by_id != seat.pk or one.line.nature not in (Nature.REBILLED, Nature.PASS_THROUGH):
            continue
        taxed = one.line.nature == Nature.REBILLED and one.line.vat_rate
        vat = "S" if taxed else "disbursement" if one.line.nature == Nature.PASS_THROUGH else "franchise"
        for key, cents in one.share.shares.items():
            member = members.get(str(key))
            if member is None or member.pk == seat.pk or cents <= 0:
                continue
            if (one.line.pk, member.company.siren) in billed:
                continue
            rate = one.line.vat_rate if taxed else 0
            made = Rebilled(one.line, one.line.label, int(cents), vat, rate, pool.title)
            found.setdefault(str(key), []).append(made)
    return [ToRebill(members[key], buyer_of(members[key]), tuple(costs)) for key, costs in found.items()]


def buyer_of(seat: Seat) -> dict[str, str]:
    """A member as the client of an invoice: what it said figures on its own, else what the directory knows."""
    known = BillingIdentity.objects.filter(company=seat.company).first()
    place = known or seat.company.places.order_by("-is_head", "id").first()
    return {
        "name": seat.company.name,
        "siren": seat.company.siren or "",
        "street": place.street if place else "",
        "postcode": place.postcode if place else "",
        "city": place.city if place else "",
    }


def vat_rates(day: date) -> list[VatRate]:
    """The rates in force on a day, mainland first; those that the engine knows where none was noted."""
    rows = VatRate.objects.filter(since__lte=day).exclude(until__lt=day)
    found = sorted(rows, key=_in_order)
    return found or [
        VatRate(hundredths=int(rate * 100), where=VatRate.Where.MAINLAND, since=day) for rate in invoicing.RATES
    ]


def _in_order(one: VatRate) -> tuple[int, int, date]:
    """Mainland, then Corsica, then overseas; the higher rate first."""
    places = [VatRate.Where.MAINLAND, VatRate.Where.CORSICA, VatRate.Where.OVERSEAS]
    return places.index(VatRate.Where(one.where)), -one.hundredths, one.since


def rate_choices(day: date) -> list[tuple[str, str]]:
    """The rates to choose from on a form, each once: « 20 % », « 8,5 % (Guadeloupe, Martinique, La Réunion) »."""
    found: dict[int, str] = {}
    for one in vat_rates(day):
        where = "" if one.where == VatRate.Where.MAINLAND else f" ({one.get_where_display()})"
        found.setdefault(one.hundredths, f"{say_number(Fraction(one.hundredths, 100))}\u202f%{where}")
    return [(str(rate), label) for rate, label in found.items()]


@dataclass(frozen=True, slots=True)
class RatesPage:
    """The legal rates, as noted here, the latest first."""

    late: Sequence[LegalRate]
    vat: Sequence[VatRate]
    missing: bool  # no rate of penalties is noted for today's half-year
    may_note: bool


def rates_page(person: Person, day: date) -> RatesPage:
    """The legal rates with their source, for everybody who is signed in."""
    late = list(LegalRate.objects.order_by("-since"))
    half = date(day.year, 1 if day.month < 7 else 7, 1)
    return RatesPage(
        late,
        sorted(VatRate.objects.all(), key=_in_order),
        not any(one.since == half for one in late),
        person.is_operator,
    )
