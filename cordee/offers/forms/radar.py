"""What one fills in about the radar."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.offers.models import RadarProfile
from cordee.offers.reads.lots import trade_choices


class ProfileForm(Form):
    """What one's company wants to hear of."""

    trades = forms.MultipleChoiceField(
        label=_("Métiers (vide : tous les vôtres)"), required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )
    departments = forms.CharField(
        label=_("Départements"), required=False, max_length=200, help_text=_("Par exemple 34, 30. Vide : le vôtre.")
    )
    least_cents = CentsField(label=_("Montant au moins (€)"), required=False)
    most_cents = CentsField(label=_("Montant au plus (€)"), required=False)
    partners = forms.MultipleChoiceField(
        label=_("Avec qui vous aimez travailler"), required=False, widget=forms.CheckboxSelectMultiple
    )
    by_mail = forms.BooleanField(label=_("Un mail quand il y a du nouveau"), required=False)
    active = forms.BooleanField(label=_("Le radar veille pour nous"), required=False)

    def __init__(
        self, *args: Any, profile: RadarProfile | None = None, partners: Sequence[Company] = (), **kwargs: Any
    ) -> None:
        if profile is not None:
            names = ("trades", "least_cents", "most_cents", "partners", "by_mail", "active")
            first = {name: getattr(profile, name) for name in names}
            kwargs.setdefault("initial", {**first, "departments": ", ".join(profile.departments)})
        else:
            kwargs.setdefault("initial", {"by_mail": True, "active": True})
        super().__init__(*args, **kwargs)
        self.fields["trades"].choices = trade_choices()  # type: ignore[attr-defined]
        self.fields["partners"].choices = [(each.public_id, str(each)) for each in partners]  # type: ignore[attr-defined]
        if not partners:
            del self.fields["partners"]

    def values(self) -> dict[str, Any]:
        words = self.cleaned_data["departments"].replace(";", ",").replace(" ", ",").split(",")
        return {**self.cleaned_data, "departments": [each.strip().upper()[:3] for each in words if each.strip()][:101]}
