"""The few words templates need: icons, monograms, amounts, dates."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, EmailField
from django.templatetags.static import static
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext

from cordee.ground.kit import forms, money

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An outline icon of the sprite, always beside a word."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#tabler-{}"/></svg>',
        css,
        static("cordee/icons.svg"),
        name,
    )


register.filter("first_errors", forms.first_errors)


@register.filter
def dressed(form: BaseForm) -> SafeString:
    """A form that another library made, in the looks and words of the house."""
    for name, field in form.fields.items():
        if isinstance(field, EmailField):
            form[name].label = field.label = gettext("Adresse e-mail")
    return forms.dress(form).render("kit/form.html")


@register.filter
def euros(cents: Any) -> str:
    """« 1 284,50 € »."""
    return "" if cents is None or cents == "" else money.euros(int(cents))


@register.filter
def signed_euros(cents: Any) -> str:
    """« +12,00 € » or « −12,00 € »."""
    return "" if cents is None or cents == "" else money.euros(int(cents), sign=True)


@register.filter
def letters(name: str) -> str:
    """The two letters of a monogram: « Menuiserie Fabrègues » gives MF."""
    words = [word for word in re.split(r"[\s’'\-]+", str(name)) if word[:1].isalnum()]
    long = [
        word for word in words if len(word) > 2 and word.lower() not in {"les", "des", "sarl", "sas", "eurl"}
    ] or words
    return (long[0][:1] + (long[1][:1] if len(long) > 1 else long[0][1:2])).upper() if long else "?"


@register.filter
def colour(key: Any) -> str:
    """The colour class of a company, fixed by its key."""
    return f"c{int(key or 0) % 7 + 1}"


@register.filter
def moment(value: datetime | None) -> str:
    """« mardi 17 mars, 18 h 30 », in Paris time."""
    if value is None:
        return ""
    local = localtime(value)
    if translation.get_language() == "en":
        return date_format(local, "l j F, H:i")
    hour = f"{local.hour} h" + (f" {local.minute:02d}" if local.minute else "")
    return f"{date_format(local, 'l j F')}, {hour}"


@register.filter
def day(value: date | datetime | None) -> str:
    """« 17 mars 2026 »."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = localtime(value)
    text = date_format(value, "j F Y")
    return text.replace("1 ", "1er ", 1) if text.startswith("1 ") and translation.get_language() == "fr" else text


@register.filter
def deadline(value: datetime | None, at: datetime) -> str:
    """« demain, 18 h » within two days, otherwise the full moment."""
    if value is None:
        return ""
    days = (localtime(value).date() - localtime(at).date()).days
    words = {0: gettext("aujourd’hui"), 1: gettext("demain")}
    return f"{words[days]}, {moment(value).rpartition(', ')[2]}" if days in words else moment(value)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Look a key up in a mapping; nothing when it is absent."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.filter
def dial(number: Any) -> str:
    """What a telephone dials: « 04 67 00 00 00 » gives +33467000000."""
    digits = "".join(sign for sign in str(number) if sign.isdigit() or sign == "+")
    return "+33" + digits[1:] if digits.startswith("0") and len(digits) == 10 else digits


@register.filter
def seal(text: Any) -> str:
    """The first eight characters of a seal, in two halves: « a41f 9c2e »."""
    short = str(text)[:8]
    return f"{short[:4]} {short[4:]}".strip()
