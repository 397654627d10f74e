"""Whether the orders went where the rule says: the agreed share of each beside what it was offered and took."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Balance:
    """One company over many orders: by the rule, offered, accepted; and each as a part of the whole."""

    key: str
    agreed: Fraction
    offered: int
    accepted: int
    agreed_part: Fraction
    offered_part: Fraction

    @property
    def gap(self) -> Fraction:
        """Offered less agreed, as a part of the whole."""
        return self.offered_part - self.agreed_part


def balances(rows: Iterable[tuple[str, Fraction, int, int]]) -> tuple[Balance, ...]:
    """Add up, for each company, what the rule gave it, what it was offered and what it accepted.

    Shape   rows: key, agreed, offered, accepted; companies in the order in which they first come.
    Holds   parts of the whole add up to one as soon as anything was shared; a gap of zero is perfect.

    >>> [(one.key, one.gap) for one in balances([("A", Fraction(5), 6, 6), ("B", Fraction(5), 4, 0)])]
    [('A', Fraction(1, 10)), ('B', Fraction(-1, 10))]
    """
    agreed: dict[str, Fraction] = {}
    offered: dict[str, int] = {}
    accepted: dict[str, int] = {}
    for key, exact, given, taken in rows:
        agreed[key] = agreed.get(key, Fraction(0)) + exact
        offered[key] = offered.get(key, 0) + given
        accepted[key] = accepted.get(key, 0) + taken
    whole, shared = sum(agreed.values(), Fraction(0)), sum(offered.values())
    return tuple(
        Balance(
            key,
            agreed[key],
            offered[key],
            accepted[key],
            agreed[key] / whole if whole else Fraction(0),
            Fraction(offered[key], shared) if shared else Fraction(0),
        )
        for key in agreed
    )


def widest(found: Iterable[Balance]) -> Fraction:
    """The widest gap of all, without its sign: what everybody may know without learning anybody's share.

    >>> widest(balances([("A", Fraction(5), 6, 6), ("B", Fraction(5), 4, 0)]))
    Fraction(1, 10)
    """
    return max((abs(one.gap) for one in found), default=Fraction(0))
