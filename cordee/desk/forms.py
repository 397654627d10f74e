"""What one opens to programs, and the words that confirm an erasure."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.people.models import AccessKey

LIVES = (("90", _("Trois mois")), ("365", _("Un an")), ("", _("Jusqu’à ce que je la retire")))
ABOUT = (
    ("groupings.", _("La vie du groupement : entrées, départs, étapes")),
    ("governance.", _("Les décisions et les réunions")),
    ("agreements.", _("Les documents")),
    ("money.", _("L’argent commun")),
    ("projects.", _("Les projets")),
    ("offers.", _("Les offres")),
)


class KeyForm(Form):
    """A key for a program."""

    name = forms.CharField(label=_("Pour quel logiciel ?"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("Ce qu’il pourra faire"),
        choices=[choice for choice in AccessKey.Scope.choices if choice[0] != AccessKey.Scope.CALENDAR],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(label=_("Jusqu’à quand ?"), choices=LIVES, required=False)

    def life(self) -> timedelta | None:
        days = self.cleaned_data["days"]
        return timedelta(days=int(days)) if days else None


class HookForm(Form):
    """An address outside that is told."""

    address = forms.CharField(
        label=_("Adresse à prévenir"), max_length=300, help_text=_("Elle commence par https:// et est publique.")
    )
    acts = forms.MultipleChoiceField(
        label=_("De quoi ? Rien de coché : de tout"),
        choices=ABOUT,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class EraseForm(Form):
    """The word that one writes by hand before what cannot be undone."""

    word = forms.CharField(label=_("Pour confirmer, écrivez EFFACER"), max_length=20)

    def clean_word(self) -> Any:
        if self.cleaned_data["word"].strip().upper() != "EFFACER":
            raise forms.ValidationError(_("Écrivez EFFACER, en toutes lettres."))
        return self.cleaned_data["word"]
