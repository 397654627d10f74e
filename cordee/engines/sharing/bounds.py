"""Keep shares between a minimum and a maximum, the rest staying in proportion."""

from collections.abc import Mapping
from fractions import Fraction

from cordee.engines.sharing.words import Unfit
from cordee.engines.units import MemberId


def between(
    total: Fraction, base: Mapping[MemberId, Fraction], low: Fraction, high: Fraction | None
) -> dict[MemberId, Fraction]:
    """Share `total` in proportion to `base`, but nobody under `low` nor over `high`.

    There is one factor f such that the parts min(high, max(low, f * base)) add up to the total; it is found exactly,
    by walking through the factors at which somebody reaches a bound.

    Shape   base: one entry per member, all >= 0, not all zero; 0 <= low <= high.
    Holds   the parts add up to `total`, all within the bounds.
    Errors  ValueError when the bounds leave no such parts.

    >>> [int(part) for part in between(Fraction(100), {"a": Fraction(90), "b": Fraction(5), "c": Fraction(5)},
    ...                                Fraction(10), Fraction(60)).values()]
    [60, 20, 20]
    """
    count = len(base)
    if high is not None and low > high:
        raise Unfit("bounds_crossed")
    if low * count > total:
        raise Unfit("floor_too_high")
    if high is not None and high * count < total:
        raise Unfit("cap_too_low")

    def parts(factor: Fraction) -> dict[MemberId, Fraction]:
        raised = {member: max(low, factor * weight) for member, weight in base.items()}
        return raised if high is None else {member: min(high, part) for member, part in raised.items()}

    positive = sorted({weight for weight in base.values() if weight > 0})
    bounds = [low] if high is None else [low, high]
    steps = sorted({bound / weight for weight in positive for bound in bounds})
    # between two steps the sum grows in a straight line: the first step that reaches the total ends the right segment
    before, reached = Fraction(0), sum(parts(Fraction(0)).values(), Fraction(0))
    for step in steps:
        here = sum(parts(step).values(), Fraction(0))
        if here >= total:
            if here == reached:
                return parts(before)
            return parts(before + (step - before) * (total - reached) / (here - reached))
        before, reached = step, here
    if reached == total:
        return parts(before)
    if high is not None:
        raise Unfit("bounds_zero")
    return parts(before + (total - reached) / sum(base.values(), Fraction(0)))
