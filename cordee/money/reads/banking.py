"""What a company has to pay and to receive, on which accounts; its payment file; the movements it recognised."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from cordee.engines.payments import Account, Expected, Order, pain001
from cordee.engines.units import Cents
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.groupings.permissions import may_bind
from cordee.money.models import BankAccount, BankRow, Invoice, Transfer
from cordee.money.reads.paid import CREDITS, Standing, standing_of


@dataclass(frozen=True, slots=True)
class ToPay:
    """A payment to make, with the account of the other side where it gave one."""

    transfer: Transfer
    account: BankAccount | None
    contested: bool


@dataclass(frozen=True, slots=True)
class BankPage:
    """The bank matters of one company in one grouping; nobody else's."""

    seat: Seat
    account: BankAccount | None
    to_pay: tuple[ToPay, ...]
    to_receive: tuple[Transfer, ...]
    invoices: tuple[tuple[Invoice, Standing], ...]
    rows: tuple[BankRow, ...]
    may_bind: bool

    @property
    def payable(self) -> tuple[ToPay, ...]:
        """What the payment file can carry."""
        return tuple(one for one in self.to_pay if one.account and not one.contested)


def bank_page(seat: Seat, person: Person) -> BankPage:
    """What this person sees of the bank matters of a seat: for whoever may bind the company only."""
    if not may_bind(person, seat):
        raise NotYours
    owed = list(_of(seat).filter(debtor=seat, paid_at=None))
    companies = {one.creditor.company_id for one in owed} | {seat.company_id}
    accounts = {one.company_id: one for one in BankAccount.objects.filter(company__in=companies)}
    return BankPage(
        seat=seat,
        account=accounts.get(seat.company_id),
        to_pay=tuple(
            ToPay(one, accounts.get(one.creditor.company_id), any(each.outcome == "" for each in one.disputes.all()))
            for one in owed
        ),
        to_receive=tuple(_of(seat).filter(creditor=seat, received_at=None)),
        invoices=tuple(unpaid_invoices(seat)),
        rows=tuple(
            BankRow.objects.filter(statement__seat=seat)
            .select_related("proposed__debtor__company", "proposed__creditor__company", "statement", "invoice")
            .order_by("-statement__brought_at", "booked_on")[:100]
        ),
        may_bind=True,
    )


def _of(seat: Seat) -> QuerySet[Transfer]:
    rows = Transfer.objects.filter(pool__grouping=seat.grouping_id)
    return rows.select_related("debtor__company", "creditor__company", "pool").prefetch_related("disputes")


def payment_file(page: BankPage, *, at: datetime, on: date) -> bytes:
    """The transfers of a company for its own bank. ValueError (Unreadable) when there is nothing to pay."""
    mine = page.account
    payer = Account(mine.holder, mine.iban, mine.bic) if mine else Account(str(page.seat.company), "", "")
    orders = [
        Order(
            Account(one.account.holder, one.account.iban, one.account.bic),
            Cents(one.transfer.cents),
            one.transfer.public_id,
            f"{one.transfer.pool.title} {one.transfer.public_id}",
        )
        for one in page.payable
        if one.account
    ]
    return pain001(payer, orders, at=at, on=on, number=f"{page.seat.public_id}-{at:%Y%m%d%H%M%S}")


def unpaid_invoices(seat: Seat) -> list[tuple[Invoice, Standing]]:
    """The invoices that this company issued here, and waits for, the oldest due date first."""
    rows = Invoice.objects.filter(seat=seat, state=Invoice.State.ISSUED).exclude(kind__in=CREDITS)
    found = [(one, standing_of(one)) for one in rows.prefetch_related("payments", "later").order_by("due", "pk")]
    return [(one, standing) for one, standing in found if standing.left]


def awaited_payments(seat: Seat) -> tuple[list[Expected], dict[str, Transfer | Invoice]]:
    """What a statement of this company may show: what it is to pay, what it is to receive, its own invoices."""
    rows = [one for one in _of(seat).filter(debtor=seat, received_at=None) if one.paid_at is None]
    rows += list(_of(seat).filter(creditor=seat, received_at=None))
    accounts = {one.company_id: one.iban for one in BankAccount.objects.filter(company__in=_others(rows, seat))}
    expected = []
    for one in rows:
        out = one.debtor_id == seat.pk
        other = one.creditor if out else one.debtor
        cents = Cents(-one.cents if out else one.cents)
        # the account of who pays us is not ours to read, but the bank shows it: only ours to pay is compared
        iban = accounts.get(other.company_id, "") if out else ""
        expected.append(Expected(one.public_id, cents, str(other.company), one.public_id, iban))
    awaited: dict[str, Transfer | Invoice] = {one.public_id: one for one in rows}
    for invoice, standing in unpaid_invoices(seat):
        cents = Cents(standing.due or standing.left)
        expected.append(Expected(invoice.public_id, cents, invoice.buyer_name, invoice.number, in_parts=True))
        awaited[invoice.public_id] = invoice
    return expected, awaited


def _others(rows: list[Transfer], seat: Seat) -> set[int]:
    return {one.creditor.company_id for one in rows if one.debtor_id == seat.pk}
