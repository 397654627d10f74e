"""Pooling volumes: what each commits to, which price tier all unlock together, when the whole can be delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cordee.engines.units import Cents


@dataclass(frozen=True, slots=True)
class Tier:
    """From this quantity on, this price for each unit."""

    quantity: int
    unit_price: Cents


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The tier that all reach, what lacks to the next, what is saved against buying alone, the days it takes.

    `left`: what the supplier can still deliver; below zero when more is committed than it can; None when not known.
    """

    total: int
    tier: Tier | None
    next: Tier | None
    lacking: int
    cost: Mapping[str, int]
    alone: Mapping[str, int]
    days: int | None
    left: int | None = None

    @property
    def saved(self) -> int:
        return sum(self.alone.values()) - sum(self.cost.values())


def unlocked(
    tiers: Sequence[Tier],
    pledged: Mapping[str, int],
    *,
    per_day: int | None = None,
    lead: int = 0,
    most: int | None = None,
) -> Unlocked:
    """Find the tier that the quantities of all unlock.

    Shape   tiers: at least one, quantities distinct and >= 0, prices that do not rise; pledged: whole, >= 0.
    Holds   each pays its own quantity at the common price, so the costs sum to total x price; nobody pays more than
            alone; days: the lead time, then the whole at the capacity of each day, rounded up; left: what remains of
            the supplier's whole capacity.
    Errors  ValueError for tiers that rise, double or negative quantities.

    >>> unlocked([Tier(1, Cents(100)), Tier(10, Cents(80))], {"a": 6, "b": 4}).saved
    200
    >>> unlocked([Tier(1, Cents(100))], {"a": 25}, per_day=10, lead=15, most=20).days
    18
    """
    steps = sorted(tiers, key=lambda tier: tier.quantity)
    if not steps or len({tier.quantity for tier in steps}) != len(steps) or steps[0].quantity < 0:
        raise ValueError("tiers have distinct quantities")
    if any(low.unit_price < high.unit_price for low, high in pairwise(steps)):
        raise ValueError("a larger quantity costs more for each unit")
    if any(value < 0 for value in pledged.values()) or (per_day is not None and per_day < 1) or lead < 0:
        raise ValueError("quantities are not negative")
    total = sum(pledged.values())
    tier = _tier(steps, total)
    following = next((each for each in steps if each.quantity > total), None)
    price = (tier or steps[0]).unit_price
    return Unlocked(
        total=total,
        tier=tier,
        next=following,
        lacking=following.quantity - total if following else 0,
        cost={who: value * price for who, value in pledged.items()},
        alone={who: value * (_tier(steps, value) or steps[0]).unit_price for who, value in pledged.items()},
        days=None if per_day is None else lead + -(-total // per_day),
        left=None if most is None else most - total,
    )


def _tier(steps: Sequence[Tier], quantity: int) -> Tier | None:
    reached = [tier for tier in steps if tier.quantity <= quantity]
    return reached[-1] if reached else None
