"""What one fills in: an exchange to open, a leader to invite, an answer, the purpose, a role."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.kit.forms import Form
from cordee.groupings.models import Motive

OTHER = "other"


def _text(label: str | Promise, most: int, *, required: bool = True, help: str | Promise = "", **attrs: str) -> Any:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=help, widget=forms.TextInput(attrs=attrs)
    )


def _long(label: str | Promise, *, required: bool = True, help: str | Promise = "", rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        help_text=help,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


class ExchangeForm(Form):
    """What to talk about, and with whom: three lines, or as many as asked for."""

    template_name = "groupings/_exchange_form.html"

    name = _text(_("De quoi voulez-vous parler ?"), 120, help=_("Par exemple : un stand commun au salon de Béziers."))
    purpose = _long(_("Ce que vous avez en tête"), required=False, help=_("Deux phrases que les invités liront."))
    motives = forms.MultipleChoiceField(
        label=_("Ce qui vous y pousse"),
        choices=Motive.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, companies: Iterable[Company], lines: int = 3, **kwargs: Any) -> None:
        self.companies = {company.public_id: company for company in companies}
        self.lines = lines
        super().__init__(*args, **kwargs)

    def __new__(cls, *args: Any, **kwargs: Any) -> "ExchangeForm":
        return super().__new__(cls)
