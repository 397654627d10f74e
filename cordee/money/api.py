"""Common accounts, budgets and my own invoices over the HTTP API; amounts in euro cents."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import StrictInt

from cordee.directory.api import NO, Caller, Scope, Text, With
from cordee.engines.units import MemberId
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.api import seat_for
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for
from cordee.money.acts import add_line
from cordee.money.models import CostPool, Invoice, PoolLine
from cordee.money.reads import accounts_of, budget_page

router = Router(tags=["Money"])
LARGEST = 10**12
"""Ten thousand million euros: what no common cost reaches."""


class PoolLineOut(Schema):
    """One common cost."""

    id: str
    label: str
    cents: int
    paid_by: str
    added_at: datetime
    state: str
    nature: str


class Pool(Schema):
    """Common accounts."""

    id: str
    title: str
    state: str
    opened_at: datetime


class Balance(Schema):
    """Where one company stands: what it paid, what it bears; above zero, it is to receive."""

    seat: str
    company: str
    paid: int
    owes: int
    balance: int


class PoolDetail(Pool):
    """With every cost that counts, and where each stands."""

    lines: list[PoolLineOut]
    balances: list[Balance]


class BudgetRow(Schema):
    """A line of a budget: planned, ordered, spent, left."""

    label: str
    planned: int
    committed: int
    spent: int
    left: int


class NewLine(Schema):
    """A cost to add, paid by my company."""

    label: Text = Field(min_length=1, max_length=160, pattern=r"\S")
    cents: StrictInt = Field(ge=1, le=LARGEST)


class InvoiceLine(Schema):
    """An invoice that my company issued, or prepares."""

    id: str
    grouping: str
    number: str
    state: str
    kind: str
    issued_on: date | None
    due: date
    net_cents: int
    tax_cents: int
    gross_cents: int


def _pool(caller: Caller, pool: str) -> tuple[CostPool, Seat]:
    found = CostPool.objects.select_related("grouping").filter(public_id=pool).first()
    if found is None:
        raise NotYours
    return found, seat_for(caller, found.grouping.public_id)


def _line(line: PoolLine) -> dict[str, Any]:
    columns = ("label", "cents", "added_at", "state", "nature")
    paid_by = str(line.paid_by.company) if line.paid_by else ""
    return {"id": line.public_id, "paid_by": paid_by, **{name: getattr(line, name) for name in columns}}


def _short(pool: CostPool) -> dict[str, Any]:
    return {"id": pool.public_id, "title": pool.title, "state": pool.state, "opened_at": pool.opened_at}


@router.get(
    "/groupings/{grouping}/accounts",
    response={200: list[Pool], **NO},
    auth=With(Scope.MONEY),
    summary="The common accounts of a grouping",
)
def accounts(request: HttpRequest, grouping: str) -> list[dict[str, Any]]:
    seat = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    return [_short(pool) for pool in CostPool.objects.filter(grouping=seat.grouping).order_by("-opened_at", "-pk")]


@router.get("/accounts/{pool}", response={200: PoolDetail, **NO}, auth=With(Scope.MONEY), summary="Costs and balances")
def one_account(request: HttpRequest, pool: str) -> dict[str, Any]:
    found, _seat = _pool(request.auth, pool)  # type: ignore[attr-defined]
    lines = list(found.lines.filter(struck_at=None).select_related("paid_by__company"))
    names = {one.seat.public_id: str(one.seat.company) for one in found.members.select_related("seat__company")}
    standing = accounts_of(found).accounts
    balances = [
        {
            "seat": seat,
            "company": name,
            "paid": standing[MemberId(seat)].paid,
            "owes": standing[MemberId(seat)].owes,
            "balance": standing[MemberId(seat)].balance,
        }
        for seat, name in names.items()
    ]
    return {**_short(found), "lines": [_line(line) for line in lines], "balances": balances}


@router.get(
    "/accounts/{pool}/budget", response={200: list[BudgetRow], **NO}, auth=With(Scope.MONEY), summary="The budget"
)
def budget(request: HttpRequest, pool: str) -> list[dict[str, Any]]:
    found, seat = _pool(request.auth, pool)  # type: ignore[attr-defined]
    return [
        {
            "label": row.heading.label if row.heading else "",
            "planned": row.planned,
            "committed": row.committed,
            "spent": row.spent,
            "left": row.left,
        }
        for row in budget_page(found, seat).lines
    ]


@router.post(
    "/accounts/{pool}/lines", response={200: PoolLineOut, **NO}, auth=With(Scope.MONEY_WRITE), summary="Add a cost"
)
def new_line(request: HttpRequest, pool: str, given: NewLine) -> dict[str, Any]:
    found, seat = _pool(request.auth, pool)  # type: ignore[attr-defined]
    by = actor_for(request.auth.person, seat)  # type: ignore[attr-defined]
    at = request.at  # type: ignore[attr-defined]
    return _line(add_line(found, label=given.label.strip(), cents=given.cents, paid_by=seat, by=by, at=at))


@router.get(
    "/invoices", response={200: list[InvoiceLine], **NO}, auth=With(Scope.MONEY), summary="My company's own invoices"
)
def invoices(request: HttpRequest) -> list[dict[str, Any]]:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    found = Invoice.objects.filter(seller=caller.company).select_related("grouping").order_by("-pk")[:500]
    columns = ("number", "state", "kind", "issued_on", "due", "net_cents", "tax_cents", "gross_cents")
    return [
        {"id": each.public_id, "grouping": each.grouping.public_id, **{name: getattr(each, name) for name in columns}}
        for each in found
    ]
