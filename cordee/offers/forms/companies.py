"""What one fills in about what one's company can show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.offers.models import Guarantee, Paper


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FigureForm(Form):
    """Turnover and staff of a year."""

    year = forms.IntegerField(label=_("Exercice"), min_value=1990, max_value=2100)
    turnover_cents = CentsField(label=_("Chiffre d’affaires HT (€)"), required=False)
    staff = forms.IntegerField(label=_("Effectif"), min_value=0, required=False)


class ReferenceForm(Form):
    """Work done for somebody."""

    what = forms.CharField(label=_("Travail"), max_length=200)
    client = forms.CharField(label=_("Client"), max_length=200)
    amount_cents = CentsField(label=_("Montant HT (€)"), required=False)
    start = forms.DateField(label=_("Début"), required=False, widget=_date())
    end = forms.DateField(label=_("Fin"), required=False, widget=_date())


class PaperForm(Form):
    """A paper with its end."""

    kind = forms.ChoiceField(label=_("Pièce"), choices=Paper.Kind.choices)
    label = forms.CharField(label=_("Précision (nom du certificat)"), max_length=160, required=False)
    amount_cents = CentsField(label=_("Montant couvert (€)"), required=False)
    issued = forms.DateField(label=_("Du"), required=False, widget=_date())
    valid_to = forms.DateField(label=_("Jusqu’au"), required=False, widget=_date())
    file = forms.FileField(label=_("Le fichier"), required=False)


class GuaranteeForm(Form):
    """A guarantee."""

    kind = forms.ChoiceField(label=_("Garantie"), choices=Guarantee.Kind.choices)
    insurer = forms.CharField(label=_("Assureur ou garant"), max_length=160, required=False)
    number = forms.CharField(label=_("Numéro de contrat"), max_length=80, required=False)
    scope = forms.CharField(label=_("Ce qui est couvert"), max_length=300, required=False)
    trade = forms.CharField(label=_("Métier couvert"), max_length=60, required=False)
    start = forms.DateField(label=_("Du"), required=False, widget=_date())
    end = forms.DateField(label=_("Jusqu’au"), required=False, widget=_date())
    proof = forms.FileField(label=_("Attestation"), required=False)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "proof"}
