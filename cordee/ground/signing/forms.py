"""Signing, declining, handing over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.signing.reads import Power


def code_field() -> forms.CharField:
    """The box for the six digits."""
    return forms.CharField(
        label=_("Code reçu"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


FOR_A_COMPANY = _("J’ai lu ce document et je l’approuve au nom de mon entreprise.")
FOR_ONESELF = _("J’ai lu ce document et je l’approuve.")


class SignForm(Form):
    """The code received, and the consent in words: those of whoever commits a company, or signs beside them."""

    code = code_field()
    consent = forms.BooleanField(label=FOR_A_COMPANY)

    def __init__(self, *args: Any, outside: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outside:
            self.fields["consent"].label = FOR_ONESELF


class DeclineForm(Form):
    """Why one does not sign, and the code: nobody else refuses in one’s name."""

    prefix = "refus"
    reason = forms.CharField(
        label=_("Pourquoi ? Les autres liront votre réponse."), widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )
    code = code_field()


class ForwardForm(Form):
    """To whom the signature is handed over, among those who have the power."""

    to = forms.ChoiceField(label=_("À qui ?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, others: Iterable[Power], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(one.person.public_id, f"{one.person}, {one.capacity}") for one in others]
