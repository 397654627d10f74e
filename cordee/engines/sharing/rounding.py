"""Split an amount in whole cents so that the sum is always right."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from cordee.engines.sharing.words import Unfit
from cordee.engines.units import Cents, MemberId


def share(total: Cents, weights: Mapping[MemberId, Fraction]) -> dict[MemberId, Cents]:
    """Split `total` in whole cents, in proportion to `weights`.

    Shape   weights: one entry per member, at least one, all >= 0, not all zero.
    Units   total and result in euro cents; weights without unit, exact fractions.
    Holds   sum(result.values()) == total; each share within one cent of the exact one.
    Errors  ValueError when weights are empty, negative or all zero.
    Source  largest remainder (Hamilton); Balinski & Young, Fair Representation.

    >>> share(100, {"a": Fraction(1), "b": Fraction(2)})
    {'a': 33, 'b': 67}
    """
    return whole_cents(proportional(Fraction(total), weights))


def proportional(total: Fraction, weights: Mapping[MemberId, Fraction]) -> dict[MemberId, Fraction]:
    """The exact parts of `total` in proportion to `weights`, before any rounding.

    Holds   sum(result.values()) == total.
    Errors  ValueError when weights are empty, negative or all zero.
    """
    whole = sum(weights.values(), Fraction(0))
    if any(weight < 0 for weight in weights.values()):
        raise Unfit("negative_weight")
    if whole == 0:
        raise Unfit("no_weight")
    return {member: total * weight / whole for member, weight in weights.items()}


def whole_cents(
    exact: Mapping[MemberId, Fraction], carried: Mapping[MemberId, Fraction] | None = None
) -> dict[MemberId, Cents]:
    """Round exact parts to whole cents without changing their sum.

    Each part goes to the cent below or above; the cents left go to the largest remainders, ties to the first in the
    order of member ids. `carried` is what earlier roundings still owe each member (exact minus rounded): it decides
    who gets the cents left, so that many small lines do not always favour the same company.

    Shape   exact: signed fractions of a cent whose sum is a whole number of cents.
    Holds   same sum; each part within one cent of the exact one; a part already whole is left alone.
    Errors  ValueError when the sum is not a whole number of cents.

    >>> whole_cents({"a": Fraction(50, 3), "b": Fraction(50, 3), "c": Fraction(50, 3)})
    {'a': 17, 'b': 17, 'c': 16}
    """
    total = sum(exact.values(), Fraction(0))
    if total.denominator != 1:
        raise Unfit("not_whole")
    below = {member: floor(part) for member, part in exact.items()}
    left = int(total) - sum(below.values())
    owed = carried or {}
    waiting = sorted(
        (member for member, part in exact.items() if part.denominator != 1),
        key=lambda member: (below[member] - exact[member] - owed.get(member, Fraction(0)), member),
    )
    above = set(waiting[:left])
    return {member: Cents(cents + (member in above)) for member, cents in below.items()}
