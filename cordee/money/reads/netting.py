"""Several common accounts settled at once: what each company comes to over all of them, and who pays whom."""

from collections.abc import Collection
from dataclasses import dataclass

from cordee.engines.settlement import settle
from cordee.engines.units import Cents, MemberId
from cordee.groupings.models import Grouping, Seat
from cordee.money.models import CostPool
from cordee.money.permissions import keeps_the_money
from cordee.money.reads.accounts import PoolAccounts, accounts_in


@dataclass(frozen=True, slots=True)
class NettingRow:
    """One open pool: whether it is taken in, what I come to in it, what keeps it out."""

    pool: CostPool
    mine: int
    unsettled: tuple[str, ...]
    empty: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment that would settle all. Units: cents."""

    debtor: Seat
    creditor: Seat
    cents: int


@dataclass(frozen=True, slots=True)
class NettingPage:
    """The open pools of a grouping, and what settling the chosen ones together would give."""

    seat: Seat
    rows: tuple[NettingRow, ...]
    payments: tuple[Payment, ...]
    apart: int  # how many payments the same pools would take one by one
    may_net: bool

    @property
    def taken(self) -> int:
        """How many pools are taken in."""
        return sum(row.taken for row in self.rows)


def netting_page(seat: Seat, chosen: Collection[str] | None = None) -> NettingPage:
    """What settling several pools together gives; every pool that is ready, unless some are chosen."""
    found = accounts_in(seat.grouping, state=CostPool.State.OPEN)
    me = MemberId(seat.public_id)
    rows, taken = [], []
    for one in found:
        balances = one.accounts.balances()
        ready = not one.unsettled and bool(one.accounts.lines)
        inside = ready and (chosen is None or one.pool.public_id in chosen)
        rows.append(NettingRow(one.pool, int(balances.get(me, 0)), one.unsettled, not one.accounts.lines, inside))
        if inside:
            taken.append(one)
    seats = {member.public_id: member for one in taken for member in one.members}
    return NettingPage(
        seat=seat,
        rows=tuple(rows),
        payments=tuple(
            Payment(seats[one.payer], seats[one.payee], int(one.cents)) for one in settle(summed(taken)).transfers
        ),
        apart=sum(len(settle(one.accounts.balances()).transfers) for one in taken),
        may_net=keeps_the_money(seat),
    )


def summed(pools: Collection[PoolAccounts]) -> dict[MemberId, Cents]:
    """What each company comes to over several pools: above zero, it is to receive."""
    total: dict[MemberId, Cents] = {}
    for one in pools:
        for member, cents in one.accounts.balances().items():
            total[member] = Cents(total.get(member, 0) + cents)
    return total


def ready_to_net(grouping: Grouping, chosen: Collection[str]) -> list[PoolAccounts]:
    """The chosen pools of a grouping that are still open."""
    return [one for one in accounts_in(grouping, state=CostPool.State.OPEN) if one.pool.public_id in chosen]
