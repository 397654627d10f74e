"""Measures of a stand and hours, as a person writes them."""

from django import template
from django.utils.translation import gettext as _

from cordee.ground.kit import money

register = template.Library()


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
