"""Check turns against the rules, one by one, also those changed by hand; written apart from the planner."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from cordee.engines.rota.model import Rota, Slot, Turn
from cordee.engines.sentences import Reason, reason


def broken(rota: Rota, turns: Iterable[Turn]) -> tuple[Reason, ...]:
    """Every rule that turns break, person by person, then the slots that lack or exceed people.

    Holds   without the slots that lack people, empty exactly when nobody is away, twice at once, too long without a
            break or in a day, and no slot has more people than asked.
    Errors  ValueError for an unknown slot or person.
    """
    slots, hands = {one.key: one for one in rota.slots}, {one.key: one for one in rota.hands}
    held: dict[str, list[Slot]] = defaultdict(list)
    there: dict[str, int] = defaultdict(int)
    for turn in turns:
        if turn.slot not in slots or turn.hand not in hands:
            raise ValueError(f"unknown slot or person: {turn}")
        held[turn.hand].append(slots[turn.slot])
        there[turn.slot] += 1
    found: list[Reason] = []
    for key, hand in hands.items():
        mine = sorted(held[key], key=lambda one: (one.day, one.start, one.end))
        found += [reason("away", name=hand.name, slot=one.key) for one in mine if one.key in hand.away]
        found += _days(rota, hand.name, mine)
    for slot in rota.slots:
        if there[slot.key] < slot.need:
            found.append(reason("missing", slot=slot.key, n=slot.need - there[slot.key]))
        elif there[slot.key] > slot.need:
            found.append(reason("crowd", slot=slot.key, n=there[slot.key] - slot.need))
    return tuple(found)


def _days(rota: Rota, name: str, mine: list[Slot]) -> list[Reason]:
    found: list[Reason] = []
    days: dict[date, list[Slot]] = defaultdict(list)
    for one in mine:
        days[one.day].append(one)
    for day, today in days.items():
        total = sum(one.length for one in today)
        if total > rota.day_most:
            found.append(reason("day", name=name, day=day.isoformat(), hours=total, limit=rota.day_most))
        begin, end, last = today[0].start, today[0].end, today[0]
        for one in today[1:]:
            if one.start < end:
                found.append(reason("twice", name=name, slot=one.key))
            if one.start > end:
                found += _row(rota, name, begin, end, last)
                begin = one.start
            end, last = max(end, one.end), one
        found += _row(rota, name, begin, end, last)
    return found


def _row(rota: Rota, name: str, begin: int, end: int, last: Slot) -> list[Reason]:
    """A run too long without a break; a single slot that is too long by itself is the slot's own choice."""
    if end - begin <= rota.in_row or last.start == begin:
        return []
    return [reason("row", name=name, slot=last.key, hours=end - begin, limit=rota.in_row)]
