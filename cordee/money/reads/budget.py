"""The budget of a pool: planned, committed, spent, left; what recurs; calls for funds; contributions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cordee.governance.models import Ballot
from cordee.governance.reads import announced
from cordee.groupings.models import Seat
from cordee.money.models import (
    MOVES,
    Commitment,
    CostPool,
    FundCall,
    FundPart,
    Heading,
    Nature,
    PoolLine,
    PoolShare,
    Rate,
    Recurring,
    SharingKey,
)


def months_after(day: date, months: int) -> date:
    """The same day some months later, the last of the month where there is none.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))


def due_on(recurring: Recurring) -> date | None:
    """The day on which it is written next; None once it ended."""
    day = months_after(recurring.first_on, recurring.written * recurring.every_months)
    ended = recurring.stopped_at is not None or (recurring.until is not None and day > recurring.until)
    return None if ended else day


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget. Units: cents. `heading` is None for what is in no line."""

    heading: Heading | None
    planned: int
    committed: int  # ordered, not yet billed
    spent: int
    left: int
    commitments: tuple[Commitment, ...]
    key: SharingKey | None
    late: bool  # added after the vote

    @property
    def is_over(self) -> bool:
        """More is spent or committed than was planned."""
        return self.left < 0


@dataclass(frozen=True, slots=True)
class BudgetPage:
    """The whole budget, and what feeds it."""

    pool: CostPool
    seat: Seat
    members: tuple[PoolShare, ...]
    lines: tuple[BudgetLine, ...]
    planned: int
    committed: int
    spent: int
    left: int
    ballot: Ballot | None
    announced: str
    recurrings: tuple[tuple[Recurring, date | None], ...]
    rates: tuple[Rate, ...]
    contributions: tuple[PoolLine, ...]
    calls: tuple[FundCall, ...]


def budget_page(pool: CostPool, seat: Seat) -> BudgetPage:
    """The budget of a pool, as one seat sees it."""
    headings = list(pool.headings.prefetch_related("commitments__paper"))
    lines = list(pool.lines.filter(struck_at=None).select_related("paid_by__company", "rate"))
    costs = [line for line in lines if line.nature not in MOVES]
    ballot = None
    if pool.budget_ballot:
        ballot = Ballot.objects.filter(public_id=pool.budget_ballot).select_related("resolution").first()
    keys = {key.heading_id: key for key in pool.keys.filter(adopted_at__isnull=False).order_by("adopted_at", "pk")}
    since = ballot.opened_at if ballot else None
    rows = [
        _line(heading, costs, keys.get(heading.pk) or keys.get(None), late=bool(since and heading.added_at > since))
        for heading in headings
    ]
    loose = sum(line.cents for line in costs if line.heading_id is None)
    if loose:
        rows.append(BudgetLine(None, 0, 0, loose, -loose, (), keys.get(None), late=False))
    return BudgetPage(
        pool=pool,
        seat=seat,
        members=tuple(pool.members.select_related("seat__company")),
        lines=tuple(rows),
        planned=sum(row.planned for row in rows),
        committed=sum(row.committed for row in rows),
        spent=sum(row.spent for row in rows),
        left=sum(row.left for row in rows),
        ballot=ballot,
        announced=announced(ballot) if ballot and ballot.closed_at else "",
        recurrings=tuple((each, due_on(each)) for each in pool.recurrings.select_related("paid_by__company")),
        rates=tuple(pool.rates.all()),
        contributions=tuple(line for line in costs if line.nature == Nature.IN_KIND),
        calls=tuple(pool.calls.select_related("held_by__company", "key").prefetch_related("parts__seat__company")),
    )


def _line(heading: Heading, costs: Sequence[PoolLine], key: SharingKey | None, *, late: bool) -> BudgetLine:
    mine = [line for line in costs if line.heading_id == heading.pk]
    spent = sum(line.cents for line in mine)
    commitments = tuple(heading.commitments.all())
    committed = 0
    for each in commitments:
        if each.closed_at is None:
            billed = sum(line.cents for line in mine if line.commitment_id == each.pk)
            committed += max(0, each.cents - billed)
    left = heading.planned_cents - committed - spent
    return BudgetLine(heading, heading.planned_cents, committed, spent, left, commitments, key, late)


def part_of(call: FundCall, seat: Seat) -> FundPart | None:
    """What this company is asked for by a call."""
    return next((part for part in call.parts.all() if part.seat_id == seat.pk), None)
