"""What a settlement is made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from cordee.engines.amounts import Lang
from cordee.engines.sentences import Reason, reason
from cordee.engines.settlement.words import Unfit, say
from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class Debt:
    """Somebody owes somebody an amount, in cents."""

    debtor: MemberId
    creditor: MemberId
    cents: Cents


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment to make."""

    payer: MemberId
    payee: MemberId
    cents: Cents


@dataclass(frozen=True, slots=True)
class Settlement:
    """The payments that settle everybody.

    Shape   bound: a proven least number of transfers; optimal when there are exactly that many.
    Holds   what each receives minus what it pays is its balance, to the cent; len(transfers) >= bound.
    """

    transfers: tuple[Transfer, ...]
    optimal: bool
    bound: int
    explanation: tuple[Reason, ...]

    def explain(self, lang: Lang = "fr") -> tuple[str, ...]:
        """The settlement in sentences, one per transfer and one per reason."""
        payments = (reason("transfer", payer=one.payer, payee=one.payee, cents=one.cents) for one in self.transfers)
        return tuple(say(one, lang) for one in (*payments, *self.explanation))


def net(debts: Iterable[Debt]) -> dict[MemberId, Cents]:
    """The balance of each: what it is owed minus what it owes; > 0 is to receive.

    Holds   sum(result.values()) == 0; members in the order of their ids.
    Errors  ValueError for a negative amount, or a debt to oneself.

    >>> net([Debt("a", "b", 500), Debt("b", "c", 200)])
    {'a': -500, 'b': 300, 'c': 200}
    """
    balances: dict[MemberId, int] = {}
    for debt in debts:
        if debt.cents < 0:
            raise Unfit("negative_debt", {"debtor": debt.debtor, "creditor": debt.creditor})
        if debt.debtor == debt.creditor:
            raise Unfit("self_debt", {"debtor": debt.debtor})
        balances[debt.debtor] = balances.get(debt.debtor, 0) - debt.cents
        balances[debt.creditor] = balances.get(debt.creditor, 0) + debt.cents
    return {member: Cents(balances[member]) for member in sorted(balances)}
