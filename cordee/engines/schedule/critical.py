"""The critical path over lead times and dependencies, in working days."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PARTS = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Something to do: how many working days, and after which other parts."""

    id: str
    days: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """When a part is done, counted in working days from the start; `slack`: how much it may slip."""

    id: str
    start: int
    end: int
    slack: int

    @property
    def critical(self) -> bool:
        return self.slack == 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole: a slot per part, in the order of their start, and how long it all takes."""

    slots: tuple[Slot, ...]
    days: int

    @property
    def critical(self) -> tuple[str, ...]:
        """The parts that make the whole late as soon as they are late."""
        return tuple(slot.id for slot in self.slots if slot.critical)


class Loop(ValueError):
    """Parts that wait for each other; `ids` names them, in order."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(" → ".join(ids))
        self.ids = ids


def plan(parts: Sequence[Part]) -> Plan:
    """Set every part as early as what it waits for allows, and say what cannot slip.

    Shape   ids are unique; a part waits only for parts that are there.
    Units   working days, whole, >= 0.
    Holds   no part starts before the end of what it waits for; the longest chain of parts takes exactly `days`;
            a critical chain runs from the start to the end; slack >= 0.
    Errors  ValueError for an unknown or double part, a negative length; Loop when parts wait for each other.

    >>> plan([Part("walls", 10), Part("roof", 5, ("walls",)), Part("garden", 3)]).days
    15
    """
    known = {part.id: part for part in parts}
    if len(known) != len(parts):
        raise ValueError("two parts have the same id")
    if len(parts) > MOST_PARTS:
        raise ValueError("too many parts")
    for part in parts:
        if part.days < 0:
            raise ValueError(f"{part.id} takes a negative time")
        for before in part.after:
            if before not in known:
                raise ValueError(f"{part.id} waits for {before}, which is not there")
    order = _ordered(known)
    end: dict[str, int] = {}
    for name in order:
        start = max((end[before] for before in known[name].after), default=0)
        end[name] = start + known[name].days
    total = max(end.values(), default=0)
    latest = dict.fromkeys(known, total)
    for name in reversed(order):
        for before in known[name].after:
            latest[before] = min(latest[before], latest[name] - known[name].days)
    place = {part.id: number for number, part in enumerate(parts)}
    slots = [Slot(name, end[name] - known[name].days, end[name], latest[name] - end[name]) for name in known]
    return Plan(tuple(sorted(slots, key=lambda slot: (slot.start, place[slot.id]))), total)


def _ordered(known: dict[str, Part]) -> list[str]:
    """Parts after what they wait for (Kahn), in their own order where they are free."""
    waits = {name: len(set(part.after)) for name, part in known.items()}
    leads: dict[str, list[str]] = {name: [] for name in known}
    for name, part in known.items():
        for before in set(part.after):
            leads[before].append(name)
    free = [name for name, count in waits.items() if not count]
    order: list[str] = []
    while free:
        name = free.pop(0)
        order.append(name)
        for each in leads[name]:
            waits[each] -= 1
            if not waits[each]:
                free.append(each)
    if len(order) < len(known):
        raise Loop(_loop(known, set(known) - set(order)))
    return order


def _loop(known: dict[str, Part], left: set[str]) -> tuple[str, ...]:
    name, seen = min(left), list[str]()
    while name not in seen:
        seen.append(name)
        name = next(before for before in known[name].after if before in left)
    return (*seen[seen.index(name) :], name)
