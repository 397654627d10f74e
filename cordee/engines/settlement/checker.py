"""Check a settlement again, in plain arithmetic: no arrays, no solver, nothing of the way it was found.

Two things are shown apart. That everybody is settled: the transfers are played on the balances. That no fewer would do:
members who pay one another form circles, each adding up to zero, and n members in k circles need n - k transfers at
least; so the most circles are counted anew, from all the smallest groups that add up to zero.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from cordee.engines.settlement.result import Transfer
from cordee.engines.units import Cents, MemberId

CHECKED = 22  # members counted again; above, only what every settlement needs is claimed
_GROUPS = 60_000  # groups that add up to zero looked at, at most


def settles(balances: Mapping[MemberId, Cents], transfers: Sequence[Transfer]) -> bool:
    """Whether these transfers leave everybody even, each one from somebody who owes to somebody who is owed.

    >>> settles({"a": -500, "b": 500}, [Transfer("a", "b", 500)])
    True
    """
    left: dict[MemberId, int] = dict(balances.items())
    for one in transfers:
        paying, paid = left.get(one.payer, 0), left.get(one.payee, 0)
        if one.cents <= 0 or paying + one.cents > 0 or paid - one.cents < 0:
            return False
        left[one.payer], left[one.payee] = paying + one.cents, paid - one.cents
    return not any(left.values())


def circles_of(transfers: Sequence[Transfer]) -> tuple[tuple[MemberId, ...], ...]:
    """The members who pay one another, directly or through others: the certificate of a settlement.

    >>> circles_of([Transfer("a", "b", 1), Transfer("c", "d", 2), Transfer("c", "e", 1)])
    (('a', 'b'), ('c', 'd', 'e'))
    """
    home: dict[MemberId, MemberId] = {}

    def root(member: MemberId) -> MemberId:
        while home.setdefault(member, member) != member:
            member = home[member]
        return member

    for one in transfers:
        home[root(one.payee)] = root(one.payer)
    groups: dict[MemberId, list[MemberId]] = {}
    for member in sorted(home):
        groups.setdefault(root(member), []).append(member)
    return tuple(sorted(tuple(group) for group in groups.values()))


def fewest(balances: Mapping[MemberId, Cents]) -> int | None:
    """The least number of transfers that any settlement of these balances needs, counted anew.

    Holds   equal to the transfers of an optimal settlement; nothing where it was not counted (more than 22 members
            once exact opposites have left, or too many groups that add up to zero).
    """
    open_ = sorted((int(balance) for balance in balances.values() if balance), key=abs)
    count, pairs, rest = len(open_), 0, list[int]()
    for balance in open_:  # a pair of opposites never has to be parted: exchanging it into one circle loses no circle
        if -balance in rest:
            rest.remove(-balance)
            pairs += 1
        else:
            rest.append(balance)
    if len(rest) > CHECKED:
        return None
    groups = _smallest(rest)
    if groups is None:
        return None

    @cache
    def most(members: int) -> int:
        """The most circles among these members, whose balances add up to zero."""
        if not members:
            return 0
        first = members & -members
        return 1 + max(most(members & ~group) for group in groups if group & first and group & ~members == 0)

    return count - pairs - most((1 << len(rest)) - 1)


def _smallest(balances: list[int]) -> list[int] | None:
    """Every group that adds up to zero and holds no smaller such group, as bit masks."""
    half = len(balances) // 2
    low, high = _sums(balances[:half]), _sums(balances[half:])
    opposite: dict[int, list[int]] = {}
    for mask, total in enumerate(low):
        opposite.setdefault(-total, []).append(mask)
    found = [
        mask | others << half for others, total in enumerate(high) for mask in opposite.get(total, ()) if mask | others
    ]
    if len(found) > _GROUPS:
        return None
    smallest: list[int] = []
    for group in sorted(found, key=int.bit_count):
        if all(one & ~group for one in smallest):
            smallest.append(group)
    return smallest


def _sums(balances: list[int]) -> list[int]:
    sums = [0]
    for balance in balances:
        sums += [total + balance for total in sums]
    return sums
