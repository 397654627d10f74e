"""Amounts: integer cents inside, « 1 284,50 € » or €1,284.50 on the page, and generous reading of what people type."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.words import language

_THIN, _HARD = "\u202f", "\u00a0"


def euros(cents: int, *, sign: bool = False) -> str:
    """Write cents as the reader’s language does.

    >>> euros(128450)
    '1\u202f284,50\xa0€'
    >>> euros(-5, sign=True)
    '−0,05\xa0€'
    """
    whole, rest = divmod(abs(cents), 100)
    head = "−" if cents < 0 else "+" if sign and cents > 0 else ""
    if language() == "en":
        return f"{head}€{whole:,}.{rest:02d}"
    return f"{head}{whole:,}".replace(",", _THIN) + f",{rest:02d}{_HARD}€"


def hundredths(value: int) -> str:
    """Write hundredths as a plain number, such as a box of a form shows it.

    >>> hundredths(1250), hundredths(4000)
    ('12,5', '40')
    """
    whole, rest = divmod(value, 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return text if language() == "en" else text.replace(".", ",")


def figure(value: int) -> str:
    """Write hundredths as a page shows them, thousands apart; `hundredths` is for the boxes of forms.

    >>> figure(3150050), figure(4000)
    ('31\u202f500,5', '40')
    """
    whole, rest = divmod(abs(value), 100)
    text = f"{whole:,}.{rest:02d}".rstrip("0").rstrip(".")
    head = "−" if value < 0 else ""
    return head + (text if language() == "en" else text.replace(".", ";").replace(",", _THIN).replace(";", ","))


def read_cents(text: str) -> int:
    """Read « 1284,5 », « 1 284,50 € » or « 1284.50 » as cents; ValueError when it is none of them."""
    clean = re.sub(r"[\s\u00a0\u202f€]", "", text)
    if not re.fullmatch(r"[-−]?\d{1,12}([.,]\d{1,2})?", clean):
        raise ValueError(text)
    negative = clean[0] in "-−"
    whole, _sep, rest = clean.lstrip("-−").replace(".", ",").partition(",")
    cents = int(whole) * 100 + int((rest + "00")[:2])
    return -cents if negative else cents


class CentsField(forms.Field):
    """A form field for an amount; its value is integer cents."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("« %(value)s » n’est pas un montant. Écrivez par exemple 1 284,50."),
        "min": _("Le montant doit être d’au moins %(min)s."),
    }

    def __init__(self, *, min_cents: int | None = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_cents = min_cents

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            cents = read_cents(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value}) from None
        if self.min_cents is not None and cents < self.min_cents:
            raise ValidationError(self.error_messages["min"], code="min", params={"min": euros(self.min_cents)})
        return cents

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        shown = euros(value)
        return shown.replace("€", "").replace(",", "") if language() == "en" else shown.removesuffix(f"{_HARD}€")
