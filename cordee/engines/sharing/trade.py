"""Ready-made cost games of the trade: what any subgroup would pay for the same thing on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.game import NOTHING, Game, Worth, from_rule
from cordee.engines.sharing.totals import from_totals
from cordee.engines.sharing.words import Unfit
from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class Tier:
    """From this quantity on, the unit price in cents of every unit bought."""

    from_quantity: Fraction
    unit_price: Cents


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a study, with its cost and the companies that use it."""

    label: str
    cents: Cents
    users: tuple[MemberId, ...]


def stand(
    surfaces: Mapping[MemberId, Fraction], price: Cents, fixed: Cents = NOTHING, minimum: Fraction = Fraction(0)
) -> Game:
    """A stand at a fair: a price per m², a fixed cost whatever the size, and a smallest surface that is let.

    >>> game = stand({"a": Fraction(4), "b": Fraction(12)}, price=Cents(30000), minimum=Fraction(9))
    >>> game.alone(), game.whole
    ({'a': 270000, 'b': 360000}, 480000)
    """
    return _by_quantity(surfaces, price, fixed, minimum)


def shared_employee(
    days: Mapping[MemberId, Fraction], daily: Cents, fixed: Cents = NOTHING, minimum: Fraction = Fraction(0)
) -> Game:
    """A shared employee: a cost per day worked, a fixed cost of hiring, and the fewest days one can hire for.

    >>> shared_employee({"a": Fraction(40), "b": Fraction(60)}, Cents(20000), minimum=Fraction(90)).whole
    2000000
    """
    return _by_quantity(days, daily, fixed, minimum)


def purchase(quantities: Mapping[MemberId, Fraction], tiers: Sequence[Tier], fixed: Cents = NOTHING) -> Game:
    """A pooled purchase with a unit price that falls by tiers, plus a fixed cost (delivery) per order.

    A buyer orders up to the next tier when that is cheaper.

    Shape   tiers in growing order, the first from 0.
    Errors  ValueError when the tiers are not in order.

    >>> purchase({"a": Fraction(60), "b": Fraction(50)}, [Tier(Fraction(0), Cents(100)), Tier(Fraction(100), Cents(80))]
    ...          ).alone()
    {'a': 6000, 'b': 5000}
    """
    starts = [tier.from_quantity for tier in tiers]
    if starts[:1] != [0] or starts != sorted(set(starts)):
        raise Unfit("tiers")

    def cost_of(units: NDArray[np.int64], per: int) -> Worth:
        prices = [
            _rounded(np.maximum(units, -int(-tier.from_quantity * per // 1)), tier.unit_price, per) for tier in tiers
        ]
        best: Worth = np.minimum.reduce(prices)
        return best + fixed

    return from_totals(quantities, cost_of)


def study(members: Sequence[MemberId], parts: Sequence[Part]) -> Game:
    """A study (or any works) made of parts of unequal use: a subgroup pays for every part that one of it uses.

    The Shapley value has a formula: each part is shared equally among those that use it.

    Errors  ValueError when a part has no user, or one that is not a member.
    """
    used = np.zeros((len(parts), len(members)), dtype=np.int64)
    for row, part in zip(used, parts, strict=True):
        if not part.users:
            raise Unfit("no_user", {"part": part.label})
        for user in part.users:
            if user not in members:
                raise Unfit("stranger_group", {"member": user})
            row[list(members).index(user)] = 1
    if sum(abs(part.cents) for part in parts) >= 1 << 53:
        raise Unfit("too_large")
    cents = np.array([part.cents for part in parts], dtype=np.int64)

    def worth_of(rows: NDArray[np.bool_]) -> Worth:
        needed: Worth = (rows.astype(np.int64) @ used.T > 0).astype(np.int64) @ cents
        return needed

    def closed() -> list[Fraction]:
        return [
            sum((Fraction(part.cents, len(set(part.users))) for part in parts if member in part.users), Fraction(0))
            for member in members
        ]

    return from_rule(members, worth_of, "cost", closed)


def airport(needs: Mapping[MemberId, Cents]) -> Game:
    """One facility built for the most demanding: a subgroup costs what its largest need costs.

    The Shapley value has a formula (Littlechild & Owen, 1973): each step of cost is shared equally among those that
    need at least that much.

    >>> from cordee.engines.sharing.shapley import shapley
    >>> dict(shapley(airport({"a": Cents(300), "b": Cents(900)})).shares)
    {'a': 150, 'b': 750}
    """
    members = tuple(needs)
    steps: list[Part] = []
    before = 0
    for need in sorted(set(needs.values())):
        if need < 0:
            raise Unfit("negative_weight")
        users = tuple(member for member in members if needs[member] >= need)
        steps.append(Part(str(need), Cents(need - before), users))
        before = need
    return study(members, steps)


def _by_quantity(quantities: Mapping[MemberId, Fraction], price: Cents, fixed: Cents, minimum: Fraction) -> Game:
    def cost_of(units: NDArray[np.int64], per: int) -> Worth:
        # the minimum may fall between two units: count finer
        fine = minimum.denominator
        return _rounded(np.maximum(units * fine, minimum.numerator * per), price, per * fine) + fixed

    return from_totals(quantities, cost_of)


def _rounded(units: NDArray[np.int64], price: int, per: int) -> Worth:
    """Units at a price each `per` of them, to the nearest cent, halves up."""
    if abs(price) * (int(units.max(initial=0)) + 1) >= 1 << 53:
        raise Unfit("too_large")
    rounded: Worth = (2 * units * price + per) // (2 * per)
    return rounded
