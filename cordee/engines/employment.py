"""A shared employee in money: each company’s month at complete cost, the year rebalanced, the reserve given back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cordee.engines.posts import Used, hourly_cost, month_of
from cordee.engines.sentences import Lang, Table, number, reason, say
from cordee.engines.sharing.rounding import share
from cordee.engines.units import Cents, MemberId

NOTHING = Cents(0)


@dataclass(frozen=True, slots=True)
class Bill:
    """What one company owes for a month.

    Units   cents without VAT. wages: its hours at the complete cost; lines: the same, by heading of the cost.
    Holds   the lines add up to the wages.
    """

    wages: Cents
    lines: Mapping[str, Cents]
    expenses: Cents = NOTHING

    @property
    def total(self) -> Cents:
        """Hours and direct expenses."""
        return Cents(self.wages + self.expenses)


def bills_of(
    costs: Mapping[str, Cents],
    billable: Fraction,
    minutes: Mapping[MemberId, int],
    expenses: Mapping[MemberId, Cents] | None = None,
) -> dict[MemberId, Bill]:
    """The month of a shared employee: each company's validated minutes at the complete cost, heading by heading.

    Shape   costs: a year, by heading; billable: hours a year that companies use; minutes: of the month, by company.
    Holds   the wages of all add up to all minutes at the exact hourly cost, to the nearest cent; no margin.
    Errors  ValueError without hours in the year, or for anything below zero.

    >>> month = bills_of({"gross": Cents(4_200_000), "reserve": Cents(84_000)}, Fraction(1600), {"a": 600, "b": 330})
    >>> {who: (one.wages, dict(one.lines)) for who, one in month.items()}
    {'a': (26775, {'gross': 26250, 'reserve': 525}), 'b': (14726, {'gross': 14437, 'reserve': 289})}
    """
    spent = expenses or {}
    every = {**dict.fromkeys(spent, 0), **minutes}
    used = {who: Used(Fraction(many, 60), expenses=spent.get(who, NOTHING)) for who, many in every.items()}
    month = month_of(hourly_cost(costs, billable), used)
    weights = {MemberId(name): Fraction(cents) for name, cents in costs.items()}
    return {
        who: Bill(wages, {str(name): cents for name, cents in share(wages, weights).items()}, spent.get(who, NOTHING))
        if any(weights.values())
        else Bill(wages, {}, spent.get(who, NOTHING))
        for who, wages in month.wages.items()
    }


@dataclass(frozen=True, slots=True)
class Turn:
    """One company at the end of the year.

    Units   hours agreed, taken and counted; cents billed during the year, due in the end; correction: still to pay, or
            to get back below zero.
    """

    agreed: Fraction
    taken: Fraction
    counted: Fraction
    billed: Cents
    due: Cents

    @property
    def correction(self) -> Cents:
        """What is still to pay; below zero, what comes back."""
        return Cents(self.due - self.billed)


def rebalance(
    actual: Cents,
    agreed: Mapping[MemberId, Fraction],
    taken: Mapping[MemberId, Fraction],
    billed: Mapping[MemberId, Cents],
    floor: Fraction = Fraction(9, 10),
) -> dict[MemberId, Turn]:
    """Share what a year really cost: each pays the hours it took, and at least `floor` of those it had reserved.

    Shape   hours and cents by company; floor: a part of the hours agreed, between 0 and 1.
    Holds   what is due adds up to what the year cost, and the corrections to that less what was billed; who took at
            least its floor counts exactly the hours it took.
    Errors  ValueError when nothing counts, for amounts below zero, or for a floor outside 0 to 1.

    >>> year = rebalance(Cents(100_000), {"a": Fraction(30), "b": Fraction(20)}, {"a": Fraction(30), "b": Fraction(8)},
    ...                  {"a": Cents(76_000), "b": Cents(20_000)})
    >>> {who: (int(one.counted), one.correction) for who, one in year.items()}
    {'a': (30, -13500), 'b': (18, 17500)}
    """
    amounts = (Fraction(actual), *agreed.values(), *taken.values(), *map(Fraction, billed.values()))
    if not 0 <= floor <= 1 or min(amounts) < 0:
        raise ValueError("below zero")
    every = sorted({*agreed, *taken, *billed})
    zero = Fraction(0)
    counted = {who: max(taken.get(who, zero), floor * agreed.get(who, zero)) for who in every}
    due = share(actual, counted)
    return {
        who: Turn(agreed.get(who, zero), taken.get(who, zero), counted[who], billed.get(who, NOTHING), due[who])
        for who in every
    }


def given_back(balance: Cents, put_in: Mapping[MemberId, Cents]) -> dict[MemberId, Cents]:
    """What is left of the reserve, given back to each as it put in.

    Holds   the parts add up to the balance.
    Errors  ValueError for amounts below zero, or when nobody put anything in.

    >>> given_back(Cents(900), {"a": Cents(1000), "b": Cents(500)})
    {'a': 600, 'b': 300}
    """
    if balance < 0 or min(put_in.values(), default=0) < 0:
        raise ValueError("below zero")
    return share(balance, {who: Fraction(cents) for who, cents in put_in.items()})


@dataclass(frozen=True, slots=True)
class ReserveRule:
    """How much may be set aside free of tax: a part of gross wages (hundredths of a percent), or a sum, in a year.

    Source  CGI 214, 1, 8°, as read in 2026, to be checked with an accountant: 2 % of gross wages or 10 000 € a year;
            what is not used after five years is added back to the profit.
    """

    since: date = date(2026, 1, 1)
    rate: int = 200
    cap: int = 1_000_000
    years: int = 5


RESERVE_RULES: tuple[ReserveRule, ...] = (ReserveRule(),)


def reserve_rule(day: date, known: tuple[ReserveRule, ...] = RESERVE_RULES) -> ReserveRule:
    """The rule in force on a day; before the first that is known, that one."""
    return max([one for one in known if one.since <= day] or known[:1], key=lambda one: one.since)


WORDS: Table = {
    "took": (
        "{agreed} h réservées, {taken} h prises : elles comptent telles quelles.",
        "{agreed} h reserved, {taken} h taken: they count as they are.",
    ),
    "floor": (
        "{agreed} h réservées, {taken} h prises : {counted} h comptent, le minimum convenu de {floor} %.",
        "{agreed} h reserved, {taken} h taken: {counted} h count, the agreed minimum of {floor}%.",
    ),
    "pays": (
        "{due:cents} dus, {billed:cents} déjà facturés : il reste {left:cents} à payer.",
        "{due:cents} due, {billed:cents} billed already: {left:cents} is still to pay.",
    ),
    "gets": (
        "{due:cents} dus, {billed:cents} déjà facturés : {left:cents} reviennent à l’entreprise.",
        "{due:cents} due, {billed:cents} billed already: {left:cents} comes back to the company.",
    ),
    "even": (
        "{due:cents} dus, {billed:cents} déjà facturés : rien à corriger.",
        "{due:cents} due, {billed:cents} billed already: nothing to correct.",
    ),
}


def say_turn(turn: Turn, floor: Fraction = Fraction(9, 10), lang: Lang = "fr") -> tuple[str, str]:
    """Why a company pays or gets something back at the end of the year: its hours, then its money.

    >>> say_turn(Turn(Fraction(20), Fraction(8), Fraction(18), Cents(20_000), Cents(37_500)))[0]
    '20 h réservées, 8 h prises\\xa0: 18 h comptent, le minimum convenu de 90\\u202f%.'
    """
    hours = {name: _hours(getattr(turn, name), lang) for name in ("agreed", "taken", "counted")}
    why = reason("took", **hours)
    if turn.counted > turn.taken:
        why = reason("floor", **hours, floor=number(100 * floor, lang))
    code = "pays" if turn.correction > 0 else "gets" if turn.correction < 0 else "even"
    money = reason(code, due=int(turn.due), billed=int(turn.billed), left=abs(int(turn.correction)))
    return say(why, WORDS, lang), say(money, WORDS, lang)


def _hours(value: Fraction, lang: Lang) -> str:
    """Hours to the hundredth, for reading."""
    return number(Fraction(round(value * 100), 100), lang)
