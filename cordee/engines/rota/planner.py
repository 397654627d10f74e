"""Plan the turns: everybody asked for first, then the fair part of each company, then the wishes. A small exact search.

Level by level, each one held for the ones after it (lexicographic); HiGHS, one thread, whole numbers.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import ceil, lcm
from typing import Any

from cordee.engines.rota.model import Level, LevelName, Rota, Turn, Turns

TINY = 1e-6


class _Program:
    """Whole columns, rows between two numbers, one aim at a time."""

    def __init__(self) -> None:
        import highspy  # loaded late: it is heavy, and few pages plan

        self._kinds = highspy
        self.highs: Any = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("random_seed", 0)
        self.highs.setOptionValue("mip_rel_gap", 0.0)
        self.count = 0

    def column(self, high: float) -> int:
        """A whole number from 0 to `high`."""
        self.highs.addCol(0.0, 0.0, float(high), 0, [], [])
        self.highs.changeColIntegrality(self.count, self._kinds.HighsVarType.kInteger)
        self.count += 1
        return self.count - 1

    def row(self, low: float, high: float, terms: Iterable[tuple[int, float]]) -> None:
        """low <= the sum <= high."""
        told = list(terms)
        self.highs.addRow(low, high, len(told), [place for place, _ in told], [float(value) for _, value in told])

    def least(self, terms: list[tuple[int, float]], seconds: float) -> tuple[list[int], float]:
        """The smallest sum: the columns, and a bound below which no sum lies."""
        for place in range(self.count):
            self.highs.changeColCost(place, 0.0)
        for place, value in terms:
            self.highs.changeColCost(place, float(value))
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + seconds)
        self.highs.run()
        info = self.highs.getInfo()
        if info.primal_solution_status != 2:
            raise ValueError("no turns were found in the time given")
        return [round(value) for value in self.highs.getSolution().col_value], float(info.mip_dual_bound)


def plan_turns(rota: Rota, *, seconds: float = 10.0) -> Turns:
    """Say who holds the stand when: nobody missing if it can be, companies by their parts, then the wishes.

    Holds   `broken` finds nothing but slots that lack people; levels are the smallest there are, in their order, when
            proven. The same question gives the same turns.
    Errors  ValueError when no answer was found in time.
    """
    program = _Program()
    inf = float("inf")
    turns = {
        (slot.key, hand.key): program.column(1)
        for slot in rota.slots
        for hand in rota.hands
        if slot.key not in hand.away and slot.length <= rota.day_most
    }
    missing = {slot.key: program.column(slot.need) for slot in rota.slots}
    for slot in rota.slots:
        there = [(turns[slot.key, hand.key], 1.0) for hand in rota.hands if (slot.key, hand.key) in turns]
        program.row(slot.need, slot.need, [*there, (missing[slot.key], 1.0)])
    _keep_the_rules(program, rota, turns)
    fair = rota.fair()
    unit = lcm(*(part.denominator for part in fair.values()))
    whole = sum(slot.length * slot.need for slot in rota.slots)
    uneven = program.column(max(1, whole))  # minutes, rounded up
    for member, part in fair.items():
        mine = [
            (turns[slot.key, hand.key], float(slot.length))
            for slot in rota.slots
            for hand in rota.hands
            if hand.member == member and (slot.key, hand.key) in turns
        ]
        target = float(part * unit) / unit
        program.row(target - TINY, inf, [*mine, (uneven, 1.0)])
        program.row(-inf, target + TINY, [*mine, (uneven, -1.0)])
    unwished = [
        (turns[slot, hand.key], 1.0)
        for hand in rota.hands
        for slot in sorted(hand.rather_not)
        if (slot, hand.key) in turns
    ]
    aims: list[tuple[LevelName, list[tuple[int, float]]]] = [
        ("missing", [(place, 1.0) for place in missing.values()]),
        ("uneven", [(uneven, 1.0)]),
        ("unwished", unwished),
    ]
    levels, values = [], [0] * program.count
    for name, aim in aims:
        values, bound = program.least(aim, seconds / len(aims))
        value = sum(values[place] for place, _ in aim)
        levels.append(Level(name, value, min(value, max(0, ceil(bound - 0.001)))))
        program.row(-inf, value, aim)
    chosen = tuple(Turn(slot, hand) for (slot, hand), place in turns.items() if values[place])
    return Turns(chosen, tuple(levels), minutes_of(rota, chosen))


def _keep_the_rules(program: _Program, rota: Rota, turns: dict[tuple[str, str], int]) -> None:
    """Nobody twice at once, too long without a break, or too long in a day."""
    days = defaultdict(list)
    for slot in rota.slots:
        days[slot.day].append(slot)
    runs = [(pair, 1) for pair in rota.clashing()] + [(run, len(run) - 1) for run in rota.too_long()]
    for hand in rota.hands:
        for keys, most in runs:
            mine = [(turns[key, hand.key], 1.0) for key in keys if (key, hand.key) in turns]
            if len(mine) > most:
                program.row(0, most, mine)
        for today in days.values():
            held = [(turns[s.key, hand.key], float(s.length)) for s in today if (s.key, hand.key) in turns]
            if sum(length for _, length in held) > rota.day_most:
                program.row(0, rota.day_most, held)


def minutes_of(rota: Rota, turns: Iterable[Turn]) -> dict[str, int]:
    """Minutes that each company holds."""
    slots, hands = {one.key: one for one in rota.slots}, {one.key: one for one in rota.hands}
    found = dict.fromkeys(rota.weights, 0)
    for turn in turns:
        found[hands[turn.hand].member] += slots[turn.slot].length
    return found
