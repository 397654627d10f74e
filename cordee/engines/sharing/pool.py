"""A pool of common costs: each line split by its key, and one account per company."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.amounts import Lang
from cordee.engines.sentences import Reason, reason
from cordee.engines.sharing.keys import Key
from cordee.engines.sharing.result import Share
from cordee.engines.sharing.split import split
from cordee.engines.sharing.words import Unfit, say
from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One common cost.

    Shape   key: the name of one of the pool's keys; paid_by: who advanced the money, one company or several with
            their amounts, or None while nobody has; among: the companies concerned, all of them when None.
    Units   cents; negative for a refund or a subsidy, which `paid_by` then received.
    """

    label: str
    cents: Cents
    key: str
    paid_by: MemberId | Mapping[MemberId, Cents] | None = None
    among: tuple[MemberId, ...] | None = None


@dataclass(frozen=True, slots=True)
class LineShare:
    """A line of the pool with its split."""

    line: PoolLine
    share: Share


@dataclass(frozen=True, slots=True)
class Account:
    """Where one company stands: what it paid, what it owes, and the balance (paid minus owes: > 0 is to receive)."""

    paid: Cents
    owes: Cents
    balance: Cents


@dataclass(frozen=True, slots=True)
class PoolShares:
    """A whole pool, split.

    Units   cents. unpaid: what nobody has advanced yet.
    Holds   sum(owes) == total; sum(paid) == total - unpaid; sum(balances) == -unpaid; each line adds up on its own.
    """

    total: Cents
    unpaid: Cents
    lines: tuple[LineShare, ...]
    accounts: Mapping[MemberId, Account]

    def reasons(self, member: MemberId) -> tuple[Reason, ...]:
        """Line by line, what this company owes and why, then what it paid and what is left."""
        found: list[Reason] = []
        for one in self.lines:
            line, share = one.line, one.share
            if member in share.shares:
                cents = share.shares[member]
                found.append(reason("line", label=line.label, total=line.cents, cents=cents))
                found.extend(share.reasons[member])
        account = self.accounts[member]
        if account.paid:
            found.append(reason("paid", cents=account.paid))
        code = "to_pay" if account.balance < 0 else "to_receive" if account.balance else "even"
        found.append(reason(code, cents=abs(account.balance)))
        return tuple(found)

    def explain(self, member: MemberId, lang: Lang = "fr") -> tuple[str, ...]:
        """« Pourquoi je dois cela ? », one sentence per reason."""
        return tuple(say(one, lang) for one in self.reasons(member))

    def balances(self) -> dict[MemberId, Cents]:
        """What `settle` takes, once everything has been paid by somebody."""
        return {member: account.balance for member, account in self.accounts.items()}


def split_pool(lines: Sequence[PoolLine], members: Sequence[MemberId], keys: Mapping[str, Key]) -> PoolShares:
    """Split every line of a pool by its key, and draw up each company's account.

    The cents left by the rounding of a line go first to those that earlier lines rounded down: over many lines
    nobody gathers them all. Adding a line at the end leaves the earlier ones as they were.

    Shape   members: distinct; every line's key is in `keys`; payers and companies concerned are members.
    Holds   see PoolShares.
    Errors  ValueError naming the line when its key, payer or companies do not fit.

    >>> from cordee.engines.sharing.keys import Equal
    >>> pool = split_pool([PoolLine("Stand", 10000, "égal", paid_by="a")], ["a", "b", "c"], {"égal": Equal()})
    >>> pool.balances()
    {'a': 6666, 'b': -3333, 'c': -3333}
    """
    if not members or len(set(members)) != len(members):
        raise Unfit("members")
    carried = dict.fromkeys(members, Fraction(0))
    paid = dict.fromkeys(members, 0)
    owes = dict.fromkeys(members, 0)
    done: list[LineShare] = []
    for line in lines:
        try:
            one = split(line.cents, line.among or members, _key(line, members, keys), carried)
            for member, cents in _payments(line, members).items():
                paid[member] += cents
        except Unfit as wrong:
            raise Unfit(wrong.code, wrong.values, where=line.label) from None
        for member, cents in one.shares.items():
            owes[member] += cents
            carried[member] += one.exact[member] - cents
        done.append(LineShare(line, one))
    accounts = {
        member: Account(Cents(paid[member]), Cents(owes[member]), Cents(paid[member] - owes[member]))
        for member in members
    }
    total = sum(line.cents for line in lines)
    return PoolShares(Cents(total), Cents(total - sum(paid.values())), tuple(done), accounts)


def _key(line: PoolLine, members: Sequence[MemberId], keys: Mapping[str, Key]) -> Key:
    if line.key not in keys:
        raise Unfit("no_key", {"key": line.key})
    for member in line.among or ():
        if member not in members:
            raise Unfit("stranger", {"member": member})
    return keys[line.key]


def _payments(line: PoolLine, members: Sequence[MemberId]) -> dict[MemberId, Cents]:
    if line.paid_by is None:
        return {}
    payments = {line.paid_by: line.cents} if isinstance(line.paid_by, str) else dict(line.paid_by)
    for member in payments:
        if member not in members:
            raise Unfit("stranger_paid", {"member": member})
    return payments
