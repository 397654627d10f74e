"""Measures of a stand and hours, as a person writes them."""

from django import template

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
