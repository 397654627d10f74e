"""Measures of a stand and hours, as a person writes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from cordee.ground.kit import money
from cordee.projects.reads.sales import SalesLine

register = template.Library()
TONES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the picture, in hundredths of its width; `style` is the tone of its company."""

    x: str
    width: str
    style: int


@register.filter
def cut(lines: Sequence[SalesLine], name: str) -> list[Bar]:
    """One bar cut among companies by one of their figures: their time, or what they pay."""
    whole = sum(getattr(line, name) for line in lines)
    x, bars = 0, []
    for place, line in enumerate(lines):
        value = getattr(line, name)
        if value > 0:
            bars.append(Bar(_hundredths(x, whole), _hundredths(value, whole), min(place, TONES - 1) + 1))
        x += value
    return bars


def _hundredths(value: int, whole: int) -> str:
    return f"{value * 10_000 // whole / 100:.2f}"


@register.filter
def whole_percent(part: int) -> str:
    """1234 hundredths of a percent give « 12 »."""
    return str(round(part / 100))


@register.filter
def hundredths(value: int) -> str:
    """900 gives « 9 »."""
    return money.hundredths(value)


@register.filter
def tenths(value: int) -> str:
    """Decimetres as metres: 25 gives « 2,5 »."""
    return money.hundredths(value * 10)


@register.filter
def hours(minutes: int) -> str:
    """90 gives « 1 h 30 »."""
    sign = "−" if minutes < 0 else ""
    whole, rest = divmod(abs(minutes), 60)
    return f"{sign}{whole}\u202fh" + (f"\u202f{rest:02d}" if rest else "")


@register.filter
def half(number: int) -> str:
    """The half-day of an ordinary week: 3 is Tuesday afternoon."""
    days = [_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche")]
    day = days[(number // 2) % 7]
    return f"{day} {_('après-midi') if number % 2 else _('matin')}"
