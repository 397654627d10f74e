"""What a shared post costs each company in a month: the complete yearly cost by the hour, and not one cent more."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.sharing.rounding import share
from cordee.engines.units import Cents, MemberId

NOTHING = Cents(0)


@dataclass(frozen=True, slots=True)
class Used:
    """What one company used in a month: hours, what was spent for it alone, orders obtained for it.

    Units   hours as an exact number; expenses and orders in cents, without VAT.
    """

    hours: Fraction
    expenses: Cents = NOTHING
    orders: Cents = NOTHING


@dataclass(frozen=True, slots=True)
class Month:
    """The statement of one month.

    Units   cents, without VAT. wages: hours at cost; commission: on the orders; total: with the direct expenses.
    Holds   the wages of all add up to the hours of all at the hourly cost, to the nearest cent; no margin.
    """

    hourly: Fraction
    wages: Mapping[MemberId, Cents]
    commission: Mapping[MemberId, Cents]
    total: Mapping[MemberId, Cents]


def hourly_cost(costs: Mapping[str, Cents], billable: Fraction) -> Fraction:
    """The exact cost of an hour, in cents: all that the post costs in a year over the hours that members use.

    Shape   costs: one amount a heading (gross pay, contributions, leave, training, equipment, payroll…), none below 0.
    Errors  ValueError without hours, or for a cost below zero.

    >>> round(hourly_cost({"gross": Cents(4_200_000), "contributions": Cents(1_764_000), "other": Cents(430_000)},
    ...                   Fraction(1527)))
    4187
    """
    if billable <= 0:
        raise ValueError("no hours")
    if any(cents < 0 for cents in costs.values()):
        raise ValueError("a cost below zero")
    return Fraction(sum(costs.values())) / billable


def month_of(hourly: Fraction, used: Mapping[MemberId, Used], commission_rate: Fraction = Fraction(0)) -> Month:
    """Share a month of a post among those that used it.

    Shape   commission_rate: a part of the orders (1/20 for 5 %).
    Errors  ValueError for hours, expenses or orders below zero.

    >>> month = month_of(Fraction(4187), {"a": Used(Fraction(10)), "b": Used(Fraction(5, 2), expenses=Cents(1200))})
    >>> dict(month.total)
    {'a': 41870, 'b': 11668}
    """
    if any(one.hours < 0 or one.expenses < 0 or one.orders < 0 for one in used.values()):
        raise ValueError("below zero")
    if not used:
        return Month(hourly, {}, {}, {})
    hours = {member: one.hours for member, one in used.items()}
    whole = Cents(round(hourly * sum(hours.values())))
    wages = share(whole, hours) if any(hours.values()) else dict.fromkeys(used, Cents(0))
    commission = {member: Cents(round(commission_rate * one.orders)) for member, one in used.items()}
    total = {member: Cents(wages[member] + commission[member] + one.expenses) for member, one in used.items()}
    return Month(hourly, wages, commission, total)


def year_end(actual: Cents, billed: Cents, hours: Mapping[MemberId, Fraction]) -> dict[MemberId, Cents]:
    """What each is still asked for a year of a post, or gets back when below zero: the gap, by hours; no profit stays.

    Holds   the parts add up to what it really cost, minus what was billed for hours.
    Errors  ValueError when nobody used an hour, or for hours or amounts below zero.

    >>> year_end(Cents(100_000), Cents(103_000), {"a": Fraction(20), "b": Fraction(10)})
    {'a': -2000, 'b': -1000}
    """
    if actual < 0 or billed < 0 or any(one < 0 for one in hours.values()):
        raise ValueError("below zero")
    gap = actual - billed
    sign = 1 if gap >= 0 else -1
    return {who: Cents(sign * cents) for who, cents in share(Cents(abs(gap)), hours).items()}
