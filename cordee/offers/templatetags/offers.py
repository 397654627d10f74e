"""The picture of a schedule, made on the server; numbers in hundredths."""

from dataclasses import dataclass

from django import template

from cordee.engines.procurement.winners import Winner
from cordee.ground.kit.money import hundredths as _hundredths
from cordee.offers.reads.offer import Bar, Schedule
from cordee.offers.reads.results import WinLine, WinPage

register = template.Library()


@register.filter
def hundredths(value: int) -> str:
    """« 12,5 » for 1250."""
    return _hundredths(value)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One part as a rectangle, in hundredths of the width."""

    bar: Bar
    x: str
    width: str
    style: int


@register.filter
def drawn(schedule: Schedule) -> list[Drawn]:
    """One rectangle per part: what cannot slip in the tone of the rope."""
    whole = max(schedule.days, 1)
    return [
        Drawn(
            bar,
            f"{bar.start * 100 / whole:.2f}",
            f"{max((bar.end - bar.start) * 100 / whole, 0.8):.2f}",
            1 if bar.critical else 3,
        )
        for bar in schedule.bars
    ]


@register.filter
def day_of(bar: Bar) -> int:
    """The working day on which a part begins, from 1."""
    return bar.start + 1


@register.filter
def won(winners: list[Winner]) -> list[tuple[Winner, str, str]]:
    """Each winner with two widths, alone then together, against the one who won most."""
    most = max((one.count for one in winners), default=1)
    return [(one, f"{one.alone * 100 / most:.2f}", f"{one.together * 100 / most:.2f}") for one in winners]


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a bar, in hundredths of the width of the longest."""

    x: str
    width: str
    style: int


@register.filter
def won_and_lost(line: WinLine, wins: WinPage) -> list[Piece]:
    """What was won and lost in a quarter, to the scale of the fullest one."""
    most = max((one.counts.decided for one in wins.quarters), default=0) or 1
    won, lost = line.counts.won, line.counts.lost
    pieces = [Piece("0", f"{won * 100 / most:.2f}", 1), Piece(f"{won * 100 / most:.2f}", f"{lost * 100 / most:.2f}", 2)]
    return [one for one in pieces if one.width != "0.00"]
