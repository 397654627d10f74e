"""Capacity and orders, as each may see them: one's own figures, the totals that are told; the neutral one, all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import F, IntegerField, Value
from django.utils.translation import gettext as _

from cordee.directory.models import Place
from cordee.engines.orders import Balance, Have, balances, say_part, widest
from cordee.engines.places import Point, distance_km, point_of_postcode
from cordee.engines.sentences import Reason
from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership
from cordee.projects import permissions
from cordee.projects.keys import open_capacity
from cordee.projects.models import (
    CapacityLine,
    CapacityPeriod,
    CapacityPool,
    ClientOrder,
    OrderPart,
    OrderRule,
    Project,
)
from cordee.projects.reads.projects import as_partner, partners_of, project_of
from cordee.projects.reads.votes import last_calls

AHEAD, SHOWN = 6, 20


def start_of(pool: CapacityPool, day: date) -> date:
    """The first day of the period in which a day lies."""
    return day.replace(day=1) if pool.period == CapacityPool.Period.MONTH else day - timedelta(days=day.weekday())


def next_starts(pool: CapacityPool, today: date) -> list[date]:
    """The first days of this period and of those that follow."""
    found = [start_of(pool, today)]
    while len(found) < AHEAD:
        found.append(start_of(pool, found[-1] + timedelta(days=32 if pool.period == CapacityPool.Period.MONTH else 7)))
    return found


def figures_in(pool: CapacityPool, start: date) -> dict[int, int]:
    """What each seat that takes part declared for a period. For acts and for the neutral person: never for a page."""
    here = pool.project.participants.filter(left_at=None).values("seat")
    rows = CapacityLine.objects.filter(pool=pool, start=start, seat__in=here)
    return {row.seat_id: open_capacity(pool.public_id, row.sealed) for row in rows}


def far_of(order: ClientOrder, seats: Sequence[Seat]) -> dict[int, int]:
    """Kilometres from the nearest place of each company to where an order goes, as the crow flies."""
    goal = point_of_postcode(order.postcode) if order.postcode else None
    if goal is None:
        return {}
    found: dict[int, int] = {}
    by_company = {seat.company_id: seat.pk for seat in seats}
    known = Place.objects.filter(company__in=by_company, lon__isnull=False, lat__isnull=False)
    for place in known:
        assert place.lon is not None
        assert place.lat is not None
        far = round(distance_km(Point(place.lon, place.lat), goal))
        seat = by_company[place.company_id]
        found[seat] = min(far, found.get(seat, far))
    return found


def haves(pool: CapacityPool, order: ClientOrder, seats: Sequence[Seat], far: Mapping[int, int]) -> list[Have]:
    """Each company when an order comes, as the engine reads it."""
    start = start_of(pool, order.on)
    capacity = figures_in(pool, start) if order.rule.rule == OrderRule.Rule.CAPACITY else {}
    had: dict[int, int] = defaultdict(int)
    taken: dict[int, int] = defaultdict(int)
    agreed: dict[int, Fraction] = defaultdict(Fraction)
    times: dict[int, set[int]] = defaultdict(set)
    for part in OrderPart.objects.filter(order__rule=order.rule).select_related("order"):
        had[part.seat_id] += part.quantity
        agreed[part.seat_id] += Fraction(part.agreed)
        if part.quantity:
            times[part.seat_id].add(part.order_id)
        if part.state in (OrderPart.State.OFFERED, OrderPart.State.ACCEPTED) and start_of(pool, part.order.on) == start:
            taken[part.seat_id] += part.quantity
    return [
        Have(
            seat.public_id, capacity.get(seat.pk, 0), taken[seat.pk], far.get(seat.pk), len(times[seat.pk]),
            had[seat.pk], agreed[seat.pk],
        )
        for seat in seats
    ]  # fmt: skip


# --- The page ---


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period: my own figure, whether it may change, the total where it was told; for the neutral one, all."""

    start: date
    mine: int | None
    frozen: bool
    total: int | None
    companies: int
    figures: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of an order that this reader may see."""

    part: OrderPart
    why: str
    mine: bool
    answers: bool


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order with the parts that this reader may see."""

    order: ClientOrder
    parts: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """One line of the balance: a company, or the others together. Percents of the whole."""

    name: str
    mine: bool
    agreed: Fraction
    offered: int
    accepted: int | None
    agreed_part: Fraction
    offered_part: Fraction


@dataclass(frozen=True, slots=True)
class CapacityPage:
    """Capacity and orders of a project, for one reader; `me` is nobody for the neutral person."""

    project: Project
    me: Membership | None
    pool: CapacityPool | None
    neutral: bool
    leads: bool
    seats: tuple[Seat, ...]
    periods: tuple[PeriodLine, ...]
    rule: OrderRule | None
    proposed: OrderRule | None
    ballot: Ballot | None
    orders: tuple[OrderLine, ...]
    shares: tuple[Share, ...]
    veiled: bool
    gap: Fraction

    @property
    def voice(self) -> str:
        return self.me.voice if self.me else ""

    @property
    def asked(self) -> tuple[tuple[ClientOrder, PartLine], ...]:
        """What waits for my answer."""
        return tuple((line.order, part) for line in self.orders for part in line.parts if part.answers)

    @property
    def enters(self) -> bool:
        return (self.neutral or self.leads) and self.rule is not None and self.project.ended_at is None


def pool_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Project, Membership | None]:
    """A project, through a seat that takes part in it, or as its neutral person; a stranger finds nothing."""
    known = Project.objects.select_related("grouping", "capacity_pool__assembler")
    project = known.filter(public_id=public_id).first()
    if project is None:
        raise NotYours
    try:
        return project, as_partner(project, person, voice=voice)
    except NotYours:
        pool = _pool_in(project)
        if pool is None or not permissions.is_neutral(pool, person):
            raise
        return project, None


def _pool_in(project: Project) -> CapacityPool | None:
    """The pool of a project, where it has one."""
    return getattr(project, "capacity_pool", None)


def capacity_page(person: Person, project: Project, me: Membership | None, *, today: date) -> CapacityPage:
    """The page of capacity and orders."""
    pool = _pool_in(project)
    neutral = me is None or (pool is not None and permissions.is_neutral(pool, person))  # no seat: it was checked
    seats = tuple(partners_of(project))
    rules = {each.state: each for each in project.order_rules.all()}
    rule, proposed = rules.get(OrderRule.State.IN_FORCE), rules.get(OrderRule.State.VOTING)
    own = me.seat.pk if me else 0
    veiled = not neutral and rule is not None and rule.rule == OrderRule.Rule.CAPACITY
    orders, parts = _orders(project, own, neutral)
    found, gap = _shares(parts, rule, seats, own, veiled, neutral)
    return CapacityPage(
        project=project,
        me=me,
        pool=pool,
        neutral=neutral,
        leads=bool(me) and permissions.may_lead(project, me.seat) if me else False,
        seats=seats,
        periods=_periods(pool, seats, own, neutral, today) if pool else (),
        rule=rule,
        proposed=proposed,
        ballot=last_calls([proposed.ballot]).get(proposed.ballot) if proposed else None,
        orders=orders,
        shares=found,
        veiled=veiled,
        gap=gap,
    )


ROW = ("start", "whose", "words", "total", "companies")


def _periods(pool: CapacityPool, seats: Sequence[Seat], own: int, neutral: bool, today: date) -> tuple[PeriodLine, ...]:
    """One's own figures, all of them to the neutral one; nothing is opened once the project is over."""
    since = today - timedelta(days=70)
    told_rows = CapacityPeriod.objects.filter(pool=pool).order_by().annotate(whose=Value(0), words=Value(""))
    lines = CapacityLine.objects.filter(pool=pool, start__gte=since).order_by()
    if not neutral:
        lines = lines.filter(seat=own)
    lines = lines.annotate(whose=F("seat_id"), words=F("sealed"), total=Value(None, IntegerField()), companies=Value(0))
    both = [told_rows.values_list(*ROW), lines.values_list(*ROW)]
    rows = list(both[0].union(both[1], all=True))
    told = {start: (total, companies) for start, whose, _words, total, companies in rows if not whose}
    starts = sorted({*next_starts(pool, today), *(day for day in told if day >= since)})
    over = pool.project.ended_at is not None
    known = {
        (whose, start): open_capacity(pool.public_id, words)
        for start, whose, words, _total, _companies in rows
        if whose and start in starts and not over
    }
    this = start_of(pool, today)
    return tuple(
        PeriodLine(
            start,
            known.get((own, start)),
            start in told or start < this,
            *told.get(start, (None, 0)),
            tuple(known.get((seat.pk, start)) for seat in seats) if neutral else (),
        )
        for start in starts
    )


def _orders(project: Project, own: int, neutral: bool) -> tuple[tuple[OrderLine, ...], list[OrderPart]]:
    """The orders; under capacity, only one's own parts are seen, for they tell what others declared."""
    rows = list(project.orders.select_related("rule")[:SHOWN])
    every = list(OrderPart.objects.filter(order__project=project).select_related("seat__company", "order__rule"))
    by_order: dict[int, list[OrderPart]] = defaultdict(list)
    for part in every:
        by_order[part.order_id].append(part)
    over = project.ended_at is not None
    lines = []
    for order in rows:
        open_to_all = order.rule.rule != OrderRule.Rule.CAPACITY
        seen = [
            _part(part, own, over)
            for part in by_order[order.pk]
            if part.quantity and (part.seat_id == own or neutral or (open_to_all and part.state in SEEN_BY_ALL))
        ]
        lines.append(OrderLine(order, tuple(seen)))
    return tuple(lines), every


SEEN_BY_ALL = (OrderPart.State.OFFERED, OrderPart.State.ACCEPTED)
"""A part that was declined says what a company lacks: nobody else reads it."""


def _part(part: OrderPart, own: int, over: bool) -> PartLine:
    facts = tuple((name, Fraction(value)) for name, value in part.why.get("facts", {}).items())
    mine = part.seat_id == own
    return PartLine(
        part,
        say_part(Reason(part.why["code"], facts), language()),
        mine,
        mine and part.state == OrderPart.State.OFFERED and not over,
    )


def _shares(
    parts: Sequence[OrderPart], rule: OrderRule | None, seats: Sequence[Seat], own: int, veiled: bool, neutral: bool
) -> tuple[tuple[Share, ...], Fraction]:
    """The balance under the rule in force: the widest gap is told to all, names only where they give nothing away."""
    if rule is None:
        return (), Fraction(0)
    names = {str(seat.pk): str(seat) for seat in seats}
    rows = [
        (
            str(part.seat_id),
            Fraction(part.agreed),
            part.quantity if part.state != OrderPart.State.TAKEN else 0,
            part.quantity if part.state == OrderPart.State.ACCEPTED else 0,
        )
        for part in sorted(parts, key=lambda one: (one.seat_id != own, one.seat_id))
        if part.order.rule_id == rule.pk
    ]
    found = balances(rows)
    shown = [_share(one, names.get(one.key, _("Partie depuis")), one.key == str(own), neutral) for one in found]
    if veiled:
        rest = [one for one in found if one.key != str(own)]
        shown = [one for one in shown if one.mine]
        if len(rest) > 1:
            shown.append(_together(rest))
    return tuple(shown), widest(found)


def _share(one: Balance, name: str, mine: bool, neutral: bool) -> Share:
    accepted = one.accepted if mine or neutral else None
    return Share(name, mine, one.agreed, one.offered, accepted, 100 * one.agreed_part, 100 * one.offered_part)


def _together(rest: Sequence[Balance]) -> Share:
    return Share(
        _("Les autres ensemble"),
        False,
        sum((one.agreed for one in rest), Fraction(0)),
        sum(one.offered for one in rest),
        None,
        100 * sum((one.agreed_part for one in rest), Fraction(0)),
        100 * sum((one.offered_part for one in rest), Fraction(0)),
    )


def part_of(person: Person, public_id: str, *, voice: str = "") -> tuple[OrderPart, Membership]:
    """A part that one's own company is offered."""
    known = OrderPart.objects.select_related("order__project__grouping", "order__rule", "seat")
    part = known.filter(public_id=public_id).first()
    if part is None:
        raise NotYours
    _project, me = project_of(person, part.order.project.public_id, voice=voice)
    mine = [seat for seat in me.seats if seat.pk == part.seat_id]
    if not mine:
        raise NotYours
    return part, me if me.seat.pk == part.seat_id else project_of(
        person, part.order.project.public_id, voice=mine[0].public_id
    )[1]
