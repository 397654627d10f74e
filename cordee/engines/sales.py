"""What a shared sales person costs each in a month: one cost shared three ways, commissions, expenses."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.sentences import Lang, Reason, Table, reason, say
from cordee.engines.sharing.rounding import share, whole_cents
from cordee.engines.units import Cents, MemberId

NOTHING = Cents(0)
SENTENCES: Table = {
    "no_time": (
        "Aucune heure notée : la part au temps passé est partagée à égalité.",
        "No hour was noted: the part by time is shared equally.",
    ),
    "no_orders": (
        "Aucune commande : la part aux commandes est partagée à égalité.",
        "No order: the part by orders is shared equally.",
    ),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How the cost of the month is shared, and what is paid on orders.

    Shape   by_equal + by_time + by_orders = 1; commission: a part of the orders (3/100 for 3 %).
    """

    by_equal: Fraction
    by_time: Fraction
    by_orders: Fraction
    commission: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Used:
    """What one company had in the month: time given to it, orders won for it, expenses made for it alone."""

    minutes: int = 0
    orders: Cents = NOTHING
    expenses: Cents = NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    """What one company owes, and from what."""

    equal: Cents
    time: Cents
    orders: Cents
    commission: Cents
    expenses: Cents

    @property
    def total(self) -> Cents:
        return Cents(self.equal + self.time + self.orders + self.commission + self.expenses)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A month: what each owes, and what had to be shared otherwise."""

    rows: Mapping[MemberId, Row]
    notes: tuple[Reason, ...]

    @property
    def total(self) -> Cents:
        return Cents(sum(row.total for row in self.rows.values()))

    def explain(self, lang: Lang = "fr") -> tuple[str, ...]:
        """What had to be shared otherwise, in sentences."""
        return tuple(say(one, SENTENCES, lang) for one in self.notes)


def settle(cost: Cents, used: Mapping[MemberId, Used], terms: Terms) -> Settlement:
    """Share a month of a sales person: equally, by the time given to each, by the orders won for each.

    Units   cents without VAT.
    Holds   the three shared parts of all add up to `cost`; the order of members changes nothing; a company's
            commission depends on its own orders alone.
    Errors  ValueError without companies, when the parts do not make a whole, or for an amount below zero.

    >>> terms = Terms(Fraction(1, 2), Fraction(0), Fraction(1, 2), Fraction(3, 100))
    >>> found = settle(Cents(100_000), {"a": Used(orders=Cents(30_000)), "b": Used(orders=Cents(10_000))}, terms)
    >>> [row.total for row in found.rows.values()], found.total
    ([63400, 37800], 101200)
    """
    parts = (terms.by_equal, terms.by_time, terms.by_orders)
    if not used or cost < 0 or any(one.minutes < 0 or one.orders < 0 or one.expenses < 0 for one in used.values()):
        raise ValueError("nobody, or below zero")
    if any(part < 0 for part in parts) or sum(parts) != 1 or terms.commission < 0:
        raise ValueError("the parts do not make a whole")
    cut = whole_cents({MemberId(name): cost * part for name, part in zip(("1", "2", "3"), parts, strict=True)})
    same = dict.fromkeys(used, Fraction(1))
    notes = []
    time = {member: Fraction(one.minutes) for member, one in used.items()}
    if not any(time.values()):
        time = same
        notes += [reason("no_time")] if terms.by_time else []
    orders = {member: Fraction(one.orders) for member, one in used.items()}
    if not any(orders.values()):
        orders = same
        notes += [reason("no_orders")] if terms.by_orders else []
    equal, timed, won = (
        share(cut[MemberId(name)], weights) for name, weights in (("1", same), ("2", time), ("3", orders))
    )
    rows = {
        member: Row(
            equal[member],
            timed[member],
            won[member],
            Cents(round(terms.commission * one.orders)),
            one.expenses,
        )
        for member, one in used.items()
    }
    return Settlement(rows, tuple(notes))
