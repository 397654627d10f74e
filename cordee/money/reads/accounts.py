"""Where each member of a pool stands: every cost by its own key, VAT between members, advances, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F
from django.utils.translation import gettext as _

from cordee.engines import sharing
from cordee.engines.settlement import Debt, Settlement, settle, settle_along
from cordee.engines.units import Cents, MemberId
from cordee.groupings.models import Grouping, Seat
from cordee.money.models import CostPool, Nature, PoolLine, PoolShare
from cordee.money.reads.keys import Counter, Recipe


@dataclass(frozen=True, slots=True)
class LineAccount:
    """A cost, what each bears of it, and the VAT that its payer adds for the others."""

    line: PoolLine
    share: sharing.Share
    vat: Mapping[MemberId, int]


@dataclass(frozen=True, slots=True)
class Accounts:
    """A pool, line by line and member by member.

    Units   cents. `waiting` are costs that no key governs yet, `unpaid` what nobody has paid.
    Holds   the balances add up to minus `unpaid`.
    """

    lines: tuple[LineAccount, ...]
    waiting: tuple[PoolLine, ...]
    accounts: Mapping[MemberId, sharing.Account]
    unpaid: int

    def balances(self) -> dict[MemberId, Cents]:
        """By seat: above zero is to receive."""
        return {member: account.balance for member, account in self.accounts.items()}

    def debts(self) -> list[Debt]:
        """Who owes whom, cost by cost: the gross debts between two companies."""
        found = []
        for one in self.lines:
            payer = MemberId(one.line.paid_by.public_id) if one.line.paid_by else None
            for member, cents in one.share.shares.items():
                owed = cents + one.vat.get(member, 0)
                if payer and member != payer and owed:
                    debtor, creditor = (member, payer) if owed > 0 else (payer, member)
                    found.append(Debt(debtor, creditor, Cents(abs(owed))))
        return found


def lines_of(pool: CostPool) -> list[PoolLine]:
    """The lines that count, in the order in which they began to."""
    return list(
        pool.lines.filter(struck_at=None, state=PoolLine.State.POSTED)
        .select_related("paid_by__company", "receipt", "added_by__company", "key", "heading", "carried")
        .order_by(F("posted_at").asc(nulls_last=True), "id")
    )


def vat_of(cents: int, rate: int) -> int:
    """VAT on an amount without it, to the nearest cent, halves away from zero.

    >>> vat_of(12345, 2000), vat_of(-5, 1000)
    (2469, -1)
    """
    whole = (2 * abs(cents) * rate + 10_000) // 20_000
    return whole if cents >= 0 else -whole


def own_key(line: PoolLine) -> sharing.Key | None:
    """The split written on the cost itself, where there is one."""
    parts = {MemberId(seat): Fraction(value) for seat, value in line.parts.items()}
    match line.split:
        case PoolLine.Split.PERCENT:
            return sharing.Fixed({seat: part / 100 for seat, part in parts.items()})
        case PoolLine.Split.AMOUNT:
            return sharing.ProRata(parts, money=True)
        case PoolLine.Split.SHARES:
            return sharing.ProRata(parts)
    return None


def accounts_of(
    pool: CostPool, lines: Sequence[PoolLine] | None = None, seats: Sequence[str] | None = None
) -> Accounts:
    """Share out a pool: each cost by the key in force when it came, or by the split written on it.

    Whoever has read the lines or the members already hands them in.
    """
    known = pool.members.values_list("seat__public_id", flat=True) if seats is None else seats
    members = [MemberId(one) for one in known]
    counter = Counter()
    keyed: list[PoolLine] = []
    waiting: list[PoolLine] = []
    keys: dict[str, sharing.Key] = {}
    for line in lines_of(pool) if lines is None else lines:
        own = own_key(line)
        if own is None and line.key is not None:
            recipe = Recipe(line.key.kind, line.key.figures, line.key.settings)
            own = counter.key(str(line.key_id), recipe, line.cents)
        if own is None:
            waiting.append(line)
        else:
            keyed.append(line)
            keys[str(line.pk)] = own
    split = sharing.split_pool(
        [
            sharing.PoolLine(
                line.label,
                Cents(line.cents),
                str(line.pk),
                MemberId(line.paid_by.public_id) if line.paid_by else None,
                tuple(MemberId(seat) for seat in line.parts) if line.split != PoolLine.Split.KEY else None,
            )
            for line in keyed
        ],
        members,
        keys,
    )
    paid = {member: int(account.paid) for member, account in split.accounts.items()}
    owes = {member: int(account.owes) for member, account in split.accounts.items()}
    found = []
    for line, one in zip(keyed, split.lines, strict=True):
        vat: dict[MemberId, int] = {}
        payer = MemberId(line.paid_by.public_id) if line.paid_by else None
        if line.nature == Nature.REBILLED and payer:
            vat = {seat: vat_of(cents, line.vat_rate) for seat, cents in one.share.shares.items() if seat != payer}
            for seat, cents in vat.items():
                owes[seat] += cents
                paid[payer] += cents
        found.append(LineAccount(line, one.share, vat))
    accounts = {
        seat: sharing.Account(Cents(paid[seat]), Cents(owes[seat]), Cents(paid[seat] - owes[seat])) for seat in members
    }
    return Accounts(tuple(found), tuple(waiting), accounts, split.unpaid)


@dataclass(frozen=True, slots=True)
class PoolAccounts:
    """One pool among all of a grouping: its members, its accounts, and what may still move them, in words."""

    pool: CostPool
    members: tuple[Seat, ...]
    accounts: Accounts
    unsettled: tuple[str, ...]
    unposted: int


def accounts_in(grouping: Grouping, *, state: str = "") -> list[PoolAccounts]:
    """The accounts of every pool of a grouping; in three queries, however many pools there are."""
    rows = CostPool.objects.filter(grouping=grouping, **({"state": state} if state else {}))
    pools = list(rows.select_related("grouping").order_by("opened_at", "pk"))
    members: dict[int, list[Seat]] = {pool.pk: [] for pool in pools}
    for share in PoolShare.objects.filter(pool__in=pools).select_related("seat__company").order_by("id"):
        members[share.pool_id].append(share.seat)
    lines: dict[int, list[PoolLine]] = {pool.pk: [] for pool in pools}
    every = PoolLine.objects.filter(pool__in=pools, struck_at=None).select_related("paid_by", "key")
    for line in every.order_by(F("posted_at").asc(nulls_last=True), "id"):
        lines[line.pool_id].append(line)
    found = []
    for pool in pools:
        posted = [line for line in lines[pool.pk] if line.state == PoolLine.State.POSTED]
        accounts = accounts_of(pool, posted, [seat.public_id for seat in members[pool.pk]])
        said = []
        if len(posted) < len(lines[pool.pk]):
            said.append(_("« %(pool)s » : des dépenses attendent d’être approuvées.") % {"pool": pool.title})
        if accounts.waiting:
            said.append(_("« %(pool)s » : des dépenses n’ont pas de clé votée.") % {"pool": pool.title})
        if accounts.unpaid:
            said.append(_("« %(pool)s » : une dépense n’a pas de payeur.") % {"pool": pool.title})
        waiting = len(lines[pool.pk]) - len(posted)
        found.append(PoolAccounts(pool, tuple(members[pool.pk]), accounts, tuple(said), waiting))
    return found


def settlement_of(pool: CostPool, *, along: bool = False) -> Settlement:
    """The fewest transfers that settle a pool; `along`: only between companies that owe each other already."""
    accounts = accounts_of(pool)
    return settle_along(accounts.debts()) if along else settle(accounts.balances())
