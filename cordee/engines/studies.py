"""What a study paid for together costs each: the tranches as they are released, and what a newcomer pays to come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cordee.engines.sentences import Fact, Lang, Reason, Table, reason, say
from cordee.engines.sharing.rounding import share
from cordee.engines.units import Cents, MemberId

SENTENCES: Table = {
    "paid": (
        "Payé jusqu’ici : {total:cents}, par {count} {count:entreprise|entreprises}.",
        "Paid so far: {total:cents}, by {count} {count:company|companies}.",
    ),
    "fresh": (
        "L’étude a moins d’un an : elle compte pour ce qu’elle a coûté.",
        "The study is less than a year old: it counts for what it cost.",
    ),
    "aged": (
        "Moins {yearly:figure} % par an depuis {years} {years:an|ans} : elle compte pour {kept:figure} %, "
        "soit {worth:cents}.",
        "Less {yearly:figure}% a year for {years} {years:year|years}: it counts for {kept:figure}%, "
        "which is {worth:cents}.",
    ),
    "floor": (
        "Depuis {years} {years:an|ans}, elle ne descend plus sous {kept:figure} %, soit {worth:cents}.",
        "After {years} {years:year|years} it stays at {kept:figure}%, which is {worth:cents}.",
    ),
    "part": (
        "Une part égale à celle de chacun, à {count} : {due:cents}.",
        "One equal part among {count}: {due:cents}.",
    ),
    "back": (
        "Cette somme revient à ceux qui ont payé, selon ce que chacun a payé, net de ce qui lui est déjà revenu.",
        "It goes back to those who paid, by what each paid, less what came back to it already.",
    ),
}


@dataclass(frozen=True, slots=True)
class BuyIn:
    """What a newcomer pays, to whom it goes back, and why.

    Units   cents without VAT; `worth` is what the study still counts for.
    Holds   `back` adds up to `due`; nobody gets back more than it paid.
    """

    due: Cents
    worth: Cents
    back: Mapping[MemberId, Cents]
    why: tuple[Reason, ...]

    def explain(self, lang: Lang = "fr") -> tuple[str, ...]:
        """The sentences, in order."""
        return tuple(say(one, SENTENCES, lang) for one in self.why)


def bear(pledges: Mapping[MemberId, Cents], already: Mapping[MemberId, Cents], tranche: Cents) -> dict[MemberId, Cents]:
    """What each bears of one more tranche, in proportion to what it promised.

    Shape   pledges: all >= 0, not all zero; already: what each bears of the tranches before.
    Holds   the parts add up to the tranche, none is below zero, and with the tranches before no company bears more
            than it promised; once the tranches come to all that was promised, each bears exactly its promise.
    Errors  ValueError when the tranches come to more than was promised, or for an amount below zero.

    >>> first = bear({"a": Cents(100), "b": Cents(200)}, {}, Cents(100))
    >>> first, bear({"a": Cents(100), "b": Cents(200)}, first, Cents(200))
    ({'a': 33, 'b': 67}, {'a': 67, 'b': 133})
    """
    before = {member: already.get(member, Cents(0)) for member in pledges}
    so_far = sum(before.values())
    if tranche < 0 or any(cents < 0 for cents in (*pledges.values(), *before.values())):
        raise ValueError("below zero")
    if so_far + tranche > sum(pledges.values()):
        raise ValueError("more than was promised")
    target = share(Cents(so_far + tranche), {member: Fraction(cents) for member, cents in pledges.items()})
    parts = {member: int(target[member]) - int(before[member]) for member in pledges}
    short = -sum(cents for cents in parts.values() if cents < 0)  # a cent given earlier to one whose share is tiny
    parts = {member: max(cents, 0) for member, cents in parts.items()}
    for member in sorted(parts, key=lambda each: (-parts[each], each)):
        taken = min(short, parts[member])
        parts[member], short = parts[member] - taken, short - taken
    return {member: Cents(cents) for member, cents in parts.items()}


def full_years(since: date, on: date) -> int:
    """How many whole years went by.

    >>> full_years(date(2024, 2, 29), date(2026, 2, 28)), full_years(date(2024, 3, 1), date(2026, 3, 1))
    (1, 2)
    """
    return max(0, on.year - since.year - ((on.month, on.day) < (since.month, since.day)))


def buy_in(paid: Mapping[MemberId, Cents], years: int, yearly: Fraction, floor: Fraction = Fraction(0)) -> BuyIn | None:
    """What a newcomer pays to use the results as the others do: an equal part of what the study still counts for.

    `paid` is net: what each paid, less what earlier newcomers gave back to it. Nothing where nobody paid.

    Shape   yearly: the part lost each year (1/5 for 20 %); floor: the part below which it never goes.
    Units   cents without VAT.
    Holds   what comes back adds up to what is due, to the cent; without loss of value, equal payers and the newcomer
            end up having paid the same, within one cent.
    Errors  ValueError for an amount or a number of years below zero, or parts outside 0 to 1.

    >>> found = buy_in({"a": Cents(90_000), "b": Cents(60_000)}, 2, Fraction(1, 5))
    >>> found.due, dict(found.back)
    (30000, {'a': 18000, 'b': 12000})
    """
    if years < 0 or any(cents < 0 for cents in paid.values()) or not (0 <= yearly <= 1 and 0 <= floor <= 1):
        raise ValueError("below zero, or a part above the whole")
    payers = {member: cents for member, cents in paid.items() if cents}
    if not payers:
        return None
    total, left = sum(payers.values()), 1 - yearly * years
    kept = max(left, floor)
    worth, count = Cents(round(total * kept)), len(payers) + 1
    due = Cents(round(Fraction(worth, count)))
    back = share(due, {member: Fraction(cents) for member, cents in payers.items()})
    facts: dict[str, Fact] = {"years": years, "kept": kept * 100, "worth": worth}
    if kept == 1:
        aged = reason("fresh") if years == 0 else reason("aged", yearly=yearly * 100, **facts)
    else:
        aged = reason("floor", **facts) if left < floor else reason("aged", yearly=yearly * 100, **facts)
    first = reason("paid", total=total, count=len(payers))
    return BuyIn(due, worth, back, (first, aged, reason("part", count=count, due=due), reason("back")))
