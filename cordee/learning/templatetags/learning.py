"""The pictures of the dashboard, made on the server: quarters side by side, what each gives and bears."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from cordee.ground.kit.words import language
from cordee.learning.reads import Dashboard

register = template.Library()


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, in hundredths of the width and points of height."""

    x: str
    y: str
    width: str
    height: str
    style: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a picture."""

    label: str
    bars: tuple[Bar, ...]
    style: int = 1


HEIGHT = 18


@register.filter
def trend_rows(board: Dashboard) -> list[Row]:
    """One small column chart for each thing that is followed, on its own scale."""
    series = (
        (_("Participation aux votes"), [one.part or 0 for one in board.quarters], 2),
        (_("Décisions prises"), [one.decisions for one in board.quarters], 1),
        (_("Dépenses communes"), [one.cents for one in board.quarters], 3),
    )
    several = [row for row in series if sum(1 for value in row[1] if value) > 1]  # one column shows no trend
    return [Row(label, _columns(values), style) for label, values, style in several]


def _columns(values: list[int]) -> tuple[Bar, ...]:
    most, wide = max(values) or 1, 100 / len(values)
    return tuple(
        Bar(
            f"{place * wide + wide * 0.15:.2f}",
            f"{HEIGHT - HEIGHT * value / most:.2f}",
            f"{wide * 0.7:.2f}",
            f"{HEIGHT * value / most:.2f}",
        )
        for place, value in enumerate(values)
        if value
    )


@register.filter
def given_rows(board: Dashboard) -> list[Row]:
    """What each advanced and what each bears, on one scale."""
    most = max((max(one.paid, one.owes) for one in board.given), default=0) or 1
    return [
        Row(
            str(one.seat),
            tuple(
                Bar("0", y, f"{max(100 * cents / most, 0):.2f}", "2.2", style)
                for cents, y, style in ((one.paid, "0", 1), (one.owes, "2.8", 2))
                if cents > 0
            ),
        )
        for one in board.given
        if one.paid > 0 or one.owes > 0
    ]


def _decimal(tenths: int) -> str:
    whole, rest = divmod(tenths, 10)
    return f"{whole}{'.' if language() == 'en' else ','}{rest}"


@register.filter
def half(value: int) -> str:
    """« 3,5 » for seven halves."""
    return _decimal(value * 5)


@register.filter
def tenth(value: int) -> str:
    """« 3,8 » for thirty-eight tenths."""
    return _decimal(value)
