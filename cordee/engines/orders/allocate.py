"""To whom an order goes, by the agreed rule: pro rata of capacity, each in turn, the nearest, the first to accept."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cordee.engines.sentences import Reason, reason

Rule = Literal["capacity", "turns", "nearest", "first"]


@dataclass(frozen=True, slots=True)
class Have:
    """A company when an order comes: what it can do, what of it is taken, how far it is, what it had before.

    Units   capacity, taken, had: units of the pool; far: kilometres; agreed: what the rule would have given so far.
    """

    key: str
    capacity: int = 0
    taken: int = 0
    far: int | None = None
    times: int = 0
    had: int = 0
    agreed: Fraction = Fraction(0)

    @property
    def room(self) -> int:
        """What it can still take."""
        return max(0, self.capacity - self.taken)


@dataclass(frozen=True, slots=True)
class Part:
    """What one company is offered of an order, what the rule would give it exactly, and why."""

    key: str
    quantity: int
    agreed: Fraction
    why: Reason


@dataclass(frozen=True, slots=True)
class Given:
    """An order shared: the parts, and what nobody can take."""

    parts: tuple[Part, ...]
    left: int

    def of(self, key: str) -> int:
        """What one company is offered."""
        return sum(part.quantity for part in self.parts if part.key == key)


def allocate(quantity: int, companies: Sequence[Have], rule: Rule) -> Given:
    """Share one order between the companies by the rule.

    "capacity": to each by what it declared, within what it has left; what rounding gave too much or too little before
    is evened out now. "turns": the whole to whoever was offered the fewest orders. "nearest": the whole to the
    nearest. "first": offered whole to all, whoever accepts first has it; nothing is left for the others.

    Shape   companies: in the order that settles ties, each once.
    Holds   parts and what is left make the order, save under "first"; by capacity nobody is offered more than it has
            left, and nothing is left while somebody has room; the same question has the same answer.
    Errors  ValueError for an order under one unit, without companies, or by distance where none is known.

    >>> found = allocate(10, [Have("A", 50), Have("B", 30), Have("C", 20)], "capacity")
    >>> [(part.key, part.quantity) for part in found.parts]
    [('A', 5), ('B', 3), ('C', 2)]
    """
    if quantity < 1 or not companies:
        raise ValueError("an order is at least one unit, for at least one company")
    if rule == "capacity":
        return _by_capacity(quantity, companies)
    if rule == "first":
        even = Fraction(quantity, len(companies))
        return Given(tuple(Part(one.key, quantity, even, reason("first")) for one in companies), 0)
    if rule == "nearest":
        known = [one for one in companies if one.far is not None]
        if not known:
            raise ValueError("no distance is known")
        best = min(known, key=lambda one: one.far or 0)
        why = reason("nearest", km=best.far or 0)
        return Given((Part(best.key, quantity, Fraction(quantity), why),), 0)
    best = min(companies, key=lambda one: one.times)
    even = Fraction(quantity, len(companies))
    rows = [
        Part(one.key, quantity if one is best else 0, even, reason("turn" if one is best else "not_yet", had=one.times))
        for one in companies
    ]
    return Given(tuple(rows), 0)


def _by_capacity(quantity: int, companies: Sequence[Have]) -> Given:
    served = min(quantity, sum(one.room for one in companies))
    fair = _level([Fraction(0)] * len(companies), [Fraction(one.capacity) for one in companies], companies, served)
    owed = [one.agreed - one.had + mine for one, mine in zip(companies, fair, strict=True)]
    exact = _level(owed, [Fraction(1)] * len(companies), companies, served)
    whole = [min(int(part), one.room) for part, one in zip(exact, companies, strict=True)]
    order = sorted(range(len(companies)), key=lambda place: (whole[place] - exact[place], place))
    for place in order:
        if sum(whole) < served and whole[place] < companies[place].room:
            whole[place] += 1
    rows = [
        Part(one.key, whole[place], fair[place], _why(one, whole[place], fair[place]))
        for place, one in enumerate(companies)
        if one.capacity
    ]
    return Given(tuple(rows), quantity - served)


def _level(start: list[Fraction], slope: list[Fraction], companies: Sequence[Have], wanted: int) -> list[Fraction]:
    """Raise every start by the same level times its slope, each kept between nothing and its room, to the sum wanted.

    The sum grows with the level, in straight pieces that end where one more company is full or begins: found exactly.
    """

    def at(level: Fraction) -> list[Fraction]:
        return [
            min(max(low + level * step, Fraction(0)), Fraction(one.room))
            for low, step, one in zip(start, slope, companies, strict=True)
        ]

    marks = {Fraction(0)}
    for low, step, one in zip(start, slope, companies, strict=True):
        if step:
            marks |= {-low / step, (one.room - low) / step}
    below: Fraction | None = None
    for mark in sorted(marks):
        total = sum(at(mark))
        if total == wanted:
            return at(mark)
        if total > wanted:
            if below is None:
                return at(mark)
            first = sum(at(below))
            return at(below + (mark - below) * (wanted - first) / (total - first))
        below = mark
    return at(max(marks))


def _why(one: Have, quantity: int, fair: Fraction) -> Reason:
    if quantity == one.room and quantity < fair:
        return reason("full", room=one.room)
    return reason("capacity" if quantity == fair else "evened", quantity=quantity, fair=fair)
