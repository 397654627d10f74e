"""The monthly statement of a shared post: hours at complete cost, expenses, commissions, and what was billed."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cordee.engines.posts import Used, hourly_cost, month_of
from cordee.engines.units import Cents, MemberId
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import my_seats
from cordee.money.models import CostPool, PoolLine, SharedPost
from cordee.money.reads.accounts import vat_of

COSTS: dict[str, str | Promise] = {
    "gross": gettext_lazy("Salaire brut de l’année"),
    "contributions": gettext_lazy("Cotisations de l’employeur"),
    "leave": gettext_lazy("Congés, 13e mois, primes"),
    "training": gettext_lazy("Santé, assurance, formation"),
    "travel": gettext_lazy("Déplacements entre entreprises"),
    "equipment": gettext_lazy("Équipement"),
    "payroll": gettext_lazy("Paie et gestion"),
    "reserve": gettext_lazy("Réserve pour risques"),
}
"""What a post costs in a year. There is no line for a margin: lending staff at a profit is unlawful."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """What one company used and owes. Units: cents without VAT but `vat`; hours in hundredths."""

    seat: Seat
    hours: int
    wages: int
    expenses: int
    orders: int
    commission: int
    total: int
    vat: int


@dataclass(frozen=True, slots=True)
class MonthStatement:
    """One month of a post."""

    post: SharedPost
    month: date
    hourly: int  # cents, rounded for showing; the statement is computed with the exact one
    rows: tuple[PostRow, ...]
    line: PoolLine | None  # where it is in the accounts

    @property
    def total(self) -> int:
        """All of it, without VAT."""
        return sum(row.total for row in self.rows)


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post: its cost, and one month of it."""

    post: SharedPost
    seat: Seat
    costs: tuple[tuple[str, int], ...]
    yearly: int
    months: tuple[date, ...]
    statement: MonthStatement
    members: tuple[Seat, ...]
    pools: tuple[CostPool, ...]
    alert: Seat | None  # one company uses more than four fifths of it: pooling is then contested


def month_statement(post: SharedPost, month: date) -> MonthStatement:
    """What each company owes for a month, computed from what was noted."""
    found = list(post.months.filter(month=month).select_related("seat__company", "line__pool"))
    exact = hourly_cost({name: Cents(cents) for name, cents in post.costs.items()}, Fraction(post.billable, 100))
    used = {
        MemberId(row.seat.public_id): Used(Fraction(row.hours, 100), Cents(row.expenses_cents), Cents(row.orders_cents))
        for row in found
    }
    answer = month_of(exact, used, Fraction(post.commission_rate, 10_000))
    rows = []
    for row in found:
        key = MemberId(row.seat.public_id)
        total = int(answer.total[key])
        rate = post.vat_rate if row.seat_id != post.employer_id else 0  # one does not invoice oneself
        rows.append(
            PostRow(
                row.seat,
                row.hours,
                int(answer.wages[key]),
                row.expenses_cents,
                row.orders_cents,
                int(answer.commission[key]),
                total,
                vat_of(total, rate),
            )
        )
    line = next((row.line for row in found if row.line), None)
    return MonthStatement(post, month, round(exact), tuple(rows), line)


@dataclass(frozen=True, slots=True)
class YearRow:
    """What one company used and was billed in a year. Units: hours in hundredths, cents without VAT."""

    seat: Seat
    hours: int
    wages: int
    expenses: int
    orders: int
    commission: int

    @property
    def total(self) -> int:
        return self.wages + self.expenses + self.commission


def year_statement(post: SharedPost, year: int) -> list[YearRow]:
    """A year of a post, company by company: the months that are in the accounts, commissions among them."""
    months = sorted(set(post.months.filter(month__year=year, line__isnull=False).values_list("month", flat=True)))
    found: dict[int, list[PostRow]] = {}
    for month in months:
        for row in month_statement(post, month).rows:
            found.setdefault(row.seat.pk, []).append(row)
    return [
        YearRow(
            rows[0].seat,
            sum(row.hours for row in rows),
            sum(row.wages for row in rows),
            sum(row.expenses for row in rows),
            sum(row.orders for row in rows),
            sum(row.commission for row in rows),
        )
        for rows in found.values()
    ]


def my_posts(person: Person) -> QuerySet[SharedPost]:
    """The shared posts of this person's groupings."""
    mine = my_seats(person).values("grouping")
    return SharedPost.objects.filter(grouping__in=mine).select_related("grouping", "employer__company")


def post_of(person: Person, public_id: str, *, voice: str = "") -> tuple[SharedPost, Seat]:
    """A post, reached through a seat of its grouping; a stranger finds nothing."""
    post = my_posts(person).filter(public_id=public_id).first()
    if post is None:
        raise NotYours
    seats = [one for one in my_seats(person).filter(grouping=post.grouping_id) if voice in ("", one.public_id)]
    if not seats:
        raise NotYours
    return post, seats[0]


def post_page(post: SharedPost, seat: Seat, month: date) -> PostPage:
    """One post, one month of it."""
    every = list(post.months.all())
    hours: dict[int, int] = {}
    for row in every:
        hours[row.seat_id] = hours.get(row.seat_id, 0) + row.hours
    members = tuple(Seat.objects.filter(grouping=post.grouping_id, state="member").select_related("company"))
    most = max(hours, key=lambda one: hours[one], default=None)
    alone = most is not None and hours[most] * 5 > sum(hours.values()) * 4
    return PostPage(
        post=post,
        seat=seat,
        costs=tuple((str(label), post.costs[name]) for name, label in COSTS.items() if name in post.costs),
        yearly=sum(post.costs.values()),
        months=tuple(sorted({row.month for row in every}, reverse=True)[:24]),
        statement=month_statement(post, month.replace(day=1)),
        members=members,
        pools=tuple(CostPool.objects.filter(grouping=post.grouping_id, state=CostPool.State.OPEN)),
        alert=next((one for one in members if one.pk == most), None) if alone else None,
    )
