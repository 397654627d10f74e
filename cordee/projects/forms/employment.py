"""What is asked about the cost of a shared person: its lines, a year, money taken from the reserve."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.projects.forms.sales import PercentField
from cordee.projects.models import EmploymentTerms, Project

NAMES = ("gross", "charges", "equipment", "management", "reserve", "hours", "floor", "version")


class EmploymentForm(VersionedForm):
    """The complete cost of a year, without VAT."""

    gross = CentsField(label=_("Salaire brut d’une année"))
    charges = CentsField(label=_("Charges de l’employeur, par an"))
    equipment = CentsField(label=_("Équipement, formation, déplacements, par an"))
    management = CentsField(label=_("Gestion, par an"))
    reserve = PercentField(
        label=_("Réserve, en % du brut"),
        help_text=_("Pour la fin du contrat ou un mois sans heures. Elle est tenue à part, et revient à la fin."),
    )
    hours = forms.IntegerField(label=_("Heures d’une année chez vous tous"), min_value=1, max_value=2400)
    floor = forms.IntegerField(
        label=_("Minimum payé, en % des heures convenues"), min_value=0, max_value=100,
        help_text=_("En fin d’année, chacun paie ses heures, et au moins cette part des siennes."),
    )  # fmt: skip
    payer = forms.ChoiceField(
        label=_("Qui emploie et paie"), help_text=_("Elle lit les heures et les montants de toutes, pour les facturer.")
    )

    def __init__(
        self, *args: Any, project: Project, seats: Iterable[Seat], terms: EmploymentTerms | None, **kwargs: Any
    ) -> None:
        first: dict[str, Any] = {"reserve": 200, "floor": 90, "management": 325_000, "version": 0}
        told = project.told
        if terms is not None:
            first = {name: getattr(terms, name) for name in NAMES} | {"payer": terms.payer.public_id}
        elif hasattr(told, "employer_rate"):
            first |= {"gross": told.gross * 100, "charges": told.gross * told.employer_rate}
            first |= {"equipment": told.other_costs * 100, "hours": told.billable_hours}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["payer"].choices = [(seat.public_id, str(seat)) for seat in seats]  # type: ignore[attr-defined]


class YearForm(Form):
    """What a year really cost."""

    year = forms.IntegerField(widget=forms.HiddenInput, min_value=2000, max_value=2200)
    actual = CentsField(label=_("Ce que l’année a vraiment coûté, hors taxes et sans la réserve"))


class ReserveForm(Form):
    """Money taken from the reserve."""

    cents = CentsField(label=_("Montant pris sur la réserve"))
    why = forms.CharField(label=_("Pour quoi"), max_length=200)
