"""Measures of a stand, hours, parts of a whole, as a person reads them; the picture of a balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django import template
from django.forms import BoundField, Form
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.ground.kit import money
from cordee.projects.reads import CapacityPage
from cordee.projects.reads.sales import SalesLine

register = template.Library()
MOST = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a picture, in hundredths of its width; `style` is the tone of its company."""

    x: str
    width: str
    style: int


@register.filter
def cut(lines: Sequence[SalesLine], name: str) -> list[Bar]:
    """One bar cut among companies by one of their figures: their time, or what they pay."""
    figures = [max(0, getattr(line, name)) for line in lines]
    total = sum(figures)
    return _bars([Fraction(100 * figure, total) for figure in figures]) if total else []


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


@register.filter
def clock(minutes: int) -> str:
    """Minutes since midnight: 540 gives « 9:00 »."""
    return f"{minutes // 60}:{minutes % 60:02d}"


@register.filter
def percent(part: str) -> str:
    """An exact part of the points as a percent: « 7/8 » gives « 87,5 % »."""
    return f"{money.hundredths(round(Fraction(part or 0) * 10_000))}\u202f%"


@register.filter
def whole(value: Fraction) -> int:
    """A percent without decimals."""
    return round(value)


@register.filter
def points(gap: Fraction) -> str:
    """A part of the whole as whole points of percent."""
    found = round(100 * gap)
    return ngettext("%(number)s point", "%(number)s points", found) % {"number": found}


@register.filter
def own_box(form: Form, start: date) -> BoundField | None:
    """The box of one period, where it may still change."""
    name = f"q_{start.isoformat()}"
    return form[name] if name in form.fields else None


@register.filter
def share_names(page: CapacityPage) -> list[str]:
    """The legend of the balance: three names, the others together."""
    names = [share.name for share in page.shares]
    return names if len(names) <= MOST else [*names[: MOST - 1], _("les autres")]


@register.filter
def share_bars(page: CapacityPage) -> list[tuple[str, list[Bar]]]:
    """Two stacked bars: what the rule gives, what was offered."""
    agreed, offered = [one.agreed_part for one in page.shares], [one.offered_part for one in page.shares]
    return [(_("Part convenue"), _bars(agreed)), (_("Part proposée"), _bars(offered))]


def _bars(parts: list[Fraction]) -> list[Bar]:
    found, x = [], Fraction(0)
    for place, part in enumerate(parts):
        if part:
            found.append(Bar(f"{float(x):.2f}", f"{float(part):.2f}", min(place, MOST - 1) + 1))
        x += part
    return found
