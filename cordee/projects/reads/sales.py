"""A month of a shared sales person: time given against paid, what each owes and from what."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from cordee.engines.sales import Settlement, Terms, Used, settle
from cordee.engines.units import Cents, MemberId
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects import permissions
from cordee.projects.models import Opportunity, OpportunityPart, Project, SalesStatement, SalesTerms, SalesTime
from cordee.projects.reads.pipeline import file_counts, terms_of
from cordee.projects.reads.projects import partners_of


@dataclass(frozen=True, slots=True)
class SalesLine:
    """One company in a month. Units: minutes; cents without VAT; parts in hundredths of a percent."""

    seat: Seat
    minutes: int
    won: int
    equal: int
    time: int
    orders: int
    commission: int
    expenses: int
    time_part: int
    paid_part: int

    @property
    def total(self) -> int:
        return self.equal + self.time + self.orders + self.commission + self.expenses

    @property
    def gap(self) -> int:
        """More than it pays for when above zero, in whole percents."""
        return round(Fraction(self.time_part - self.paid_part, 100))

    def plain(self) -> dict[str, int]:
        """As it is kept in a closed statement."""
        names = ("minutes", "won", "equal", "time", "orders", "commission", "expenses")
        return {name: getattr(self, name) for name in names} | {"total": self.total}


@dataclass(frozen=True, slots=True)
class SalesMonth:
    """A month, being written or closed."""

    month: date
    cost: int
    lines: tuple[SalesLine, ...]
    notes: tuple[str, ...]
    statement: SalesStatement | None

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)


def sales_month(
    project: Project, month: date, terms: SalesTerms | None = None, times: list[SalesTime] | None = None
) -> SalesMonth:
    """A month as it stands: from what was noted, or from its statement once it is closed.

    `terms` and `times` are given by whoever has read them already.
    """
    first = month.replace(day=1)
    known = project.sales_statements.filter(month=first).select_related("payer__company").first()
    seats = {seat.public_id: seat for seat in partners_of(project)}
    if known is not None:
        every = Seat.objects.filter(public_id__in=known.rows).select_related("company")
        kept = {seat.public_id: seat for seat in every}
        places = {key: place for place, key in enumerate(seats)}  # a database may keep the rows in an order of its own
        keys = sorted(known.rows, key=lambda key: (places.get(key, len(places)), kept[key].pk))
        lines = tuple(_kept(kept[key], known.rows[key], known) for key in keys)
        return SalesMonth(first, known.cost_cents, lines, (), known)
    terms = terms or terms_of(project)
    used = _used(project, seats, first, times_of(project, first) if times is None else times)
    if terms is None or not used:
        return SalesMonth(first, 0, (), (), None)
    found = settle(Cents(terms.month_cents), used, _terms(terms))
    lines = tuple(_line(seats[str(key)], used, found, key) for key in used)
    return SalesMonth(first, terms.month_cents, lines, found.explain(language()), None)


def _terms(terms: SalesTerms) -> Terms:
    return Terms(
        Fraction(terms.by_equal, 100),
        Fraction(terms.by_time, 100),
        Fraction(terms.by_orders, 100),
        Fraction(terms.commission, 10_000),
    )


def times_of(project: Project, first: date) -> list[SalesTime]:
    """The time noted in a month, the last first."""
    noted = SalesTime.objects.filter(project=project, struck_at=None, on__gte=first, on__lt=_next(first))
    return list(noted.select_related("seat__company"))


def _used(project: Project, seats: Mapping[str, Seat], first: date, times: list[SalesTime]) -> dict[MemberId, Used]:
    """What each company had in a month."""
    after = _next(first)
    minutes, expenses = Counter[int](), Counter[int]()
    for one in times:
        minutes[one.seat_id] += one.minutes
        expenses[one.seat_id] += one.expenses_cents
    won = OpportunityPart.objects.filter(
        opportunity__project=project,
        opportunity__stage=Opportunity.Stage.WON,
        opportunity__won_on__gte=first,
        opportunity__won_on__lt=after,
    )
    orders = {row["seat"]: row["cents"] for row in won.values("seat").annotate(cents=Sum("cents")).order_by()}
    return {
        MemberId(key): Used(minutes[seat.pk], Cents(orders.get(seat.pk, 0)), Cents(expenses[seat.pk]))
        for key, seat in seats.items()
    }


def _line(seat: Seat, used: Mapping[MemberId, Used], found: Settlement, key: MemberId) -> SalesLine:
    row, one = found.rows[key], used[key]
    return SalesLine(
        seat,
        one.minutes,
        one.orders,
        row.equal,
        row.time,
        row.orders,
        row.commission,
        row.expenses,
        _part(one.minutes, sum(each.minutes for each in used.values())),
        _part(row.total, found.total),
    )


def _kept(seat: Seat, row: Mapping[str, int], statement: SalesStatement) -> SalesLine:
    minutes = sum(one["minutes"] for one in statement.rows.values())
    names = ("minutes", "won", "equal", "time", "orders", "commission", "expenses")
    return SalesLine(
        seat,
        **{name: row[name] for name in names},
        time_part=_part(row["minutes"], minutes),
        paid_part=_part(row["total"], statement.total_cents),
    )


def _part(one: int, whole: int) -> int:
    return one * 10_000 // whole if whole else 0


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class SalesPage:
    """The time, the month and the file of a shared sales person."""

    project: Project
    me: Membership
    terms: SalesTerms | None
    shown: SalesMonth
    times: tuple[SalesTime, ...]
    months: tuple[date, ...]
    partners: tuple[Seat, ...]
    file: tuple[tuple[Seat, int, int], ...]
    leads: bool
    today: date

    @property
    def for_all(self) -> bool:
        """Whether I note the time of all."""
        return bool(self.terms and self.terms.payer_id == self.me.seat.pk)

    @property
    def may_close(self) -> bool:
        over = self.shown.month < self.today.replace(day=1)
        return bool(
            over and self.terms and not self.shown.statement and self.shown.total and (self.leads or self.for_all)
        )

    @property
    def mine(self) -> SalesLine | None:
        return next((line for line in self.shown.lines if line.seat.pk == self.me.seat.pk), None)


def sales_page(project: Project, me: Membership, *, month: date, today: date) -> SalesPage:
    """One month, the time noted in it that I may see, and the months there are."""
    terms, first = terms_of(project), month.replace(day=1)
    times = times_of(project, first)
    for_all = bool(terms and terms.payer_id == me.seat.pk)
    opened = project.opened_at.date().replace(day=1)
    months: list[date] = []
    one = today.replace(day=1)
    while one >= opened and len(months) < 13:
        months.append(one)
        one = date(one.year - (one.month == 1), (one.month - 2) % 12 + 1, 1)
    return SalesPage(
        project,
        me,
        terms,
        sales_month(project, first, terms, times),
        tuple(one for one in times if for_all or one.seat_id == me.seat.pk),
        tuple(months),
        tuple(partners_of(project)),
        tuple(file_counts(project, terms.joint)) if terms else (),
        permissions.may_lead(project, me.seat),
        today,
    )


def sales_time_of(project: Project, public_id: str) -> SalesTime:
    """A line of time of this project. NotYours where there is none."""
    found = project.sales_times.select_related("project__grouping", "seat__company").filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    return found
