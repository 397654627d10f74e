"""Settling several common accounts at once: each carries what is left to one, paid with the fewest payments."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.engines.settlement import settle
from cordee.ground.kit.refusals import NotAllowed
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.money import permissions
from cordee.money.acts.pools import NotSettleable
from cordee.money.models import CostPool, Nature, PoolLine, PoolShare, Transfer
from cordee.money.reads import ready_to_net

LEAST = 2


def net_pools(grouping: Grouping, *, pools: Collection[str], title: str, by: Actor, at: datetime) -> CostPool:
    """Settle several pools together: what is left of each is carried to a new one, paid with the fewest payments.

    Nothing is lost on the way: each pool says what it carried and where, the new one what it took over and from whom.

    Allowed       the treasurer or the coordinator.
    Refused when  fewer than two pools are open; a cost in one has no key, no payer, or waits; nothing is left to pay.
    Tells         money.pools.netted: the pools, the payments, in cents, by seat.
    """
    with act("money.pools.netted", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if not permissions.keeps_the_money(seat):
            raise NotAllowed(_("Seule la trésorerie, ou le mandataire, solde plusieurs comptes à la fois."))
        list(CostPool.objects.select_for_update().filter(grouping=grouping, public_id__in=list(pools)).order_by("pk"))
        found = ready_to_net(grouping, pools)
        if len(found) < LEAST:
            raise NotSettleable(_("Choisissez au moins deux comptes ouverts."))
        unsettled = [said for one in found for said in one.unsettled]
        if unsettled:
            raise NotSettleable(_("Ces comptes ne sont pas prêts."), why=" ".join(unsettled))
        seats = {member.public_id: member for one in found for member in one.members}
        into = CostPool.objects.create(
            grouping=grouping, title=title, opened_by=seat, opened_at=at, state=CostPool.State.SETTLED
        )
        PoolShare.objects.bulk_create([PoolShare(pool=into, seat=one) for one in seats.values()])
        total: dict[str, int] = {}
        for one in found:
            for member, cents in one.accounts.balances().items():
                total[member] = total.get(member, 0) + cents
            for debt in settle(one.accounts.balances()).transfers:
                _carry(one.pool, into, seats[debt.payer], seats[debt.payee], int(debt.cents), by=seat, at=at)
        CostPool.objects.filter(pk__in=[one.pool.pk for one in found]).update(state=CostPool.State.SETTLED)
        transfers = [
            Transfer.objects.create(
                pool=into, debtor=seats[one.payer], creditor=seats[one.payee], cents=one.cents, made_at=at
            )
            for one in settle(total).transfers  # type: ignore[arg-type]
        ]
        facts.on = address(into)
        facts["pools"] = [one.pool.public_id for one in found]
        facts["transfers"] = [
            {"from": one.debtor.public_id, "to": one.creditor.public_id, "cents": one.cents} for one in transfers
        ]
    return into


def _carry(pool: CostPool, into: CostPool, debtor: Seat, creditor: Seat, cents: int, *, by: Seat, at: datetime) -> None:
    """Move one debt from a pool to another: paid in the first, owed in the second."""
    same = {
        "cents": cents,
        "added_by": by,
        "added_at": at,
        "posted_at": at,
        "nature": Nature.CARRIED,
        "split": PoolLine.Split.AMOUNT,
    }
    words = {"from": pool.title, "to": into.title}
    PoolLine.objects.create(
        pool=pool,
        label=(_("Reste porté à « %(to)s »") % words)[:160],
        paid_by=debtor,
        parts={creditor.public_id: cents},
        carried=into,
        **same,
    )
    PoolLine.objects.create(
        pool=into,
        label=(_("Reste de « %(from)s »") % words)[:160],
        paid_by=creditor,
        parts={debtor.public_id: cents},
        carried=pool,
        **same,
    )
