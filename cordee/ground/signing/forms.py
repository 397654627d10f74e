"""Signing and declining."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form


class SignForm(Form):
    """The code received, and the consent in words."""

    code = forms.CharField(
        label=_("Code reçu par e-mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    consent = forms.BooleanField(label=_("J’ai lu ce document et je l’approuve au nom de mon entreprise."))


class DeclineForm(Form):
    """Why one does not sign."""

    reason = forms.CharField(
        label=_("Pourquoi ? Les autres liront votre réponse."), widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )
