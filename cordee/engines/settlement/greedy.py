"""Settle one circle: the largest debtor pays the largest creditor, and so on, n - 1 transfers at most."""

from collections.abc import Mapping

from cordee.engines.settlement.result import Transfer
from cordee.engines.units import Cents, MemberId


def pay_in_turn(balances: Mapping[MemberId, Cents]) -> list[Transfer]:
    """Settle balances that add up to zero by matching the largest debtor with the largest creditor.

    Holds   balances become zero; every transfer settles one of the two for good, so at most n - 1 transfers;
            what moves in all is the sum of the positive balances.

    >>> [(t.payer, t.payee, t.cents) for t in pay_in_turn({"a": -500, "b": 300, "c": 200})]
    [('a', 'b', 300), ('a', 'c', 200)]
    """
    left = {member: int(balance) for member, balance in balances.items() if balance}
    done: list[Transfer] = []
    while left:
        payer = min(left, key=lambda member: (left[member], member))
        payee = min(left, key=lambda member: (-left[member], member))
        cents = min(-left[payer], left[payee])
        done.append(Transfer(payer, payee, Cents(cents)))
        for member, change in ((payer, cents), (payee, -cents)):
            left[member] += change
            if not left[member]:
                del left[member]
    return done
