"""What is asked about the cost of a shared person: its lines, a year, money taken from the reserve."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.projects.forms.sales import PercentField
from cordee.projects.models import HEADINGS, EmploymentTerms, Project

NAMES = (*HEADINGS, "reserve", "hours", "floor", "version")


class EmploymentForm(VersionedForm):
    """The complete cost of a year, without VAT."""

    gross = CentsField(label=_("Salaire brut d’une année, congés payés compris"))
    charges = CentsField(
        label=_("Charges de l’employeur, par an"), help_text=_("Souvent autour de 42 % du brut, à vérifier en paie.")
    )
    leave = CentsField(
        label=_("13e mois, primes, congés en plus, par an"), required=False,
        help_text=_("Seulement ce que le brut ne comprend pas déjà."),
    )  # fmt: skip
    travel = CentsField(label=_("Déplacements entre entreprises, par an"), required=False)
    equipment = CentsField(label=_("Santé, formation, équipement, par an"), required=False)
    management = CentsField(
        label=_("Paie et gestion, par an"), required=False,
        help_text=_("Ce qu’elles coûtent vraiment : prêter quelqu’un avec un bénéfice est interdit."),
    )  # fmt: skip
    reserve = PercentField(
        label=_("Réserve, en % du brut"),
        help_text=_("Pour la fin du contrat ou un mois sans heures. Elle est tenue à part, et revient à la fin."),
    )
    hours = forms.IntegerField(
        label=_("Heures d’une année chez vous tous"), min_value=1, max_value=2400,
        help_text=_("Sans les congés ni les jours fériés : environ 1 527 pour un temps plein."),
    )  # fmt: skip
    floor = forms.IntegerField(
        label=_("Minimum payé, en % des heures convenues"), min_value=0, max_value=100,
        help_text=_("En fin d’année, chacun paie ses heures, et au moins cette part des siennes. L’usage : 90 %."),
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

    def values(self) -> dict[str, Any]:
        """What the act takes, but who employs."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "payer"}
        costs = {name: data.pop(name) or 0 for name in HEADINGS}
        return {**data, "costs": costs}


class YearForm(Form):
    """What a year really cost."""

    year = forms.IntegerField(widget=forms.HiddenInput, min_value=2000, max_value=2200)
    actual = CentsField(label=_("Ce que l’année a vraiment coûté, hors taxes et sans la réserve"))


class ReserveForm(Form):
    """Money taken from the reserve."""

    cents = CentsField(label=_("Montant pris sur la réserve"))
    why = forms.CharField(label=_("Pour quoi"), max_length=200)
