"""Settle balances with the fewest transfers."""

from collections.abc import Mapping

from cordee.engines.sentences import Reason, reason
from cordee.engines.settlement.circles import circles
from cordee.engines.settlement.greedy import pay_in_turn
from cordee.engines.settlement.packing import packed
from cordee.engines.settlement.result import Settlement, Transfer
from cordee.engines.settlement.words import Unfit
from cordee.engines.units import Cents, MemberId

EXACT = 22  # up to here (once exact opposites have paid each other) the fewest transfers are always found
PACKED = 40  # up to here small circles are sought, and the answer is often proven


def settle(balances: Mapping[MemberId, Cents]) -> Settlement:
    """Settle everybody with the fewest transfers.

    Exact opposites pay each other at once: this never costs a transfer. What is left is parted into as many circles
    as possible: exactly up to 22 members, by packing small circles up to 40, as one circle above.

    Shape   balances: > 0 is to receive, < 0 is to pay (`net` and `PoolShares.balances` give them).
    Units   cents.
    Holds   balances settled to the cent; never more transfers than members who are not even, minus one; the sum that
            moves is the sum of the positive balances; the same answer whatever the order of the members.
    Errors  ValueError when the balances do not add up to zero.

    >>> answer = settle({"a": -500, "b": 300, "c": 200})
    >>> answer.optimal, answer.explain("en")[0]
    (True, 'a pays €3.00 to b')
    """
    remaining = sum(balances.values())
    if remaining:
        raise Unfit("untied", {"cents": remaining})
    open_ = {member: balances[member] for member in sorted(balances) if balances[member]}
    pairs, rest = _opposites(open_)
    members = list(rest)
    amounts = [int(rest[member]) for member in members]
    if len(members) <= EXACT:
        groups = circles(amounts)
        most = len(groups)
    elif len(members) <= PACKED:
        groups, most = packed(amounts)
    else:
        groups, most = [(1 << len(members)) - 1], len(members) // 3  # no pair is left: a circle has three or more
    transfers = [*pairs]
    for group in groups:
        transfers += pay_in_turn({member: rest[member] for i, member in enumerate(members) if group >> i & 1})
    transfers.sort(key=lambda one: (one.payer, one.payee))
    bound = len(pairs) + len(members) - most
    return Settlement(
        tuple(transfers), len(transfers) == bound, bound, _why(open_, transfers, len(pairs) + len(groups), bound)
    )


def _opposites(balances: Mapping[MemberId, Cents]) -> tuple[list[Transfer], dict[MemberId, Cents]]:
    """Pay exact opposites off against each other; give the transfers and the balances left."""
    waiting: dict[int, list[MemberId]] = {}
    pairs: list[Transfer] = []
    for member, balance in balances.items():
        others = waiting.get(-balance)
        if others:
            other = others.pop(0)
            payer, payee = (member, other) if balance < 0 else (other, member)
            pairs.append(Transfer(payer, payee, Cents(abs(balance))))
        else:
            waiting.setdefault(balance, []).append(member)
    left = {member for members in waiting.values() for member in members}
    return pairs, {member: balance for member, balance in balances.items() if member in left}


def _why(open_: Mapping[MemberId, Cents], transfers: list[Transfer], groups: int, bound: int) -> tuple[Reason, ...]:
    if not transfers:
        return (reason("nothing"),)
    moved = sum(one.cents for one in transfers)
    found = [reason("settled", members=len(open_), transfers=len(transfers), cents=moved)]
    if groups > 1:
        found.append(reason("groups", groups=groups))
    found.append(reason("fewest") if len(transfers) == bound else reason("at_least", bound=bound))
    return tuple(found)
