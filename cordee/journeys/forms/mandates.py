"""A mandate to give, somebody to welcome, a question to prepare."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cordee.governance.models import DecisionType
from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Guest, Mandate


def _day(label: Any, *, required: bool = True, help: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, help_text=help, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"]
    )


class MandateForm(Form):
    """Who, to do what, within which limits, by which writing."""

    email = forms.EmailField(label=_("Adresse e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(
        label=_("Prénom et nom"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kind = forms.ChoiceField(
        label=_("Cette personne"),
        choices=[each for each in Mandate.Kind.choices if each[0] != Mandate.Kind.HOLDS],
        widget=forms.RadioSelect,
    )
    role = forms.CharField(
        label=_("Sa fonction"), max_length=60, required=False, help_text=_("Directrice technique, expert-comptable…")
    )
    outside = forms.BooleanField(label=_("Elle n’est pas de l’entreprise (comptable, avocat, conseil)"), required=False)
    types = forms.MultipleChoiceField(
        label=_("Pour ces décisions seulement"),
        choices=DecisionType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : toutes."),
    )
    limit = CentsField(
        label=_("Jusqu’à combien d’euros"), required=False, min_cents=1, help_text=_("Vide : sans limite de montant.")
    )
    since = _day(_("À partir du"))
    until = _day(_("Jusqu’au"), required=False, help=_("Vide : jusqu’à ce que vous y mettiez fin."))
    paper = forms.FileField(
        label=_("La délégation écrite, signée"),
        required=False,
        help_text=_("PDF ou photo. Nécessaire pour suppléer, sauf pour un représentant légal."),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "since": localtime(at).date(),
            "kind": Mandate.Kind.SUBSTITUTE,
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)

    def given(self) -> dict[str, Any]:
        """As the act takes it."""
        data = dict(self.cleaned_data)
        return {**{name: value for name, value in data.items() if name != "limit"}, "limit_cents": data["limit"]}


class WritingAskedForm(Form):
    """Who leads the company, where Cordée does not know it yet; what one does there."""

    name = forms.CharField(label=_("Son prénom et son nom"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Son adresse e-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.CharField(
        label=_("Votre fonction"), max_length=60, required=False, help_text=_("Directrice technique, associé…")
    )


class WritingForm(Form):
    """The limits of a written delegation, as the legal representative sets them."""

    until = _day(_("Jusqu’au"), required=False, help=_("Vide : jusqu’à ce que vous la retiriez."))
    limit = CentsField(
        label=_("Jusqu’à combien d’euros par décision"),
        required=False,
        min_cents=1,
        help_text=_("Vide : sans limite de montant."),
    )
    paper = forms.FileField(
        label=_("Votre propre délégation, signée"),
        required=False,
        help_text=_("PDF ou photo, si vous en avez une. Sinon, le texte ci-dessus est gardé en PDF."),
    )

    def given(self) -> dict[str, Any]:
        """As the act takes it."""
        data = self.cleaned_data
        return {"until": data["until"], "limit_cents": data["limit"], "paper": data["paper"]}


class GuestForm(Form):
    """Somebody to welcome without a seat."""

    email = forms.EmailField(label=_("Adresse e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(
        label=_("Prénom et nom"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kind = forms.ChoiceField(
        label=_("Cette personne"), choices=Guest.Kind.choices, widget=forms.RadioSelect, initial=Guest.Kind.FACILITATOR
    )
    role = forms.CharField(
        label=_("D’où elle vient"),
        max_length=80,
        required=False,
        help_text=_("Chambre de métiers, fédération, conseil…"),
    )
