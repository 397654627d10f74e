"""Opening the books of an entity, writing an entry, closing a period, taking over a balance."""

from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.money.models import Ledger

LINES = 6
"""The lines that the form of an entry offers."""

CELLS = ("account", "debit", "credit", "member")


class DayInput(forms.DateInput):
    """A day, as browsers pick it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class LedgerForm(Form):
    """What the entity is: only a registered legal person keeps books."""

    form = forms.ChoiceField(label=_("Forme de la personne morale"), choices=Ledger.Form.choices)
    name = forms.CharField(label=_("Son nom"), max_length=160)
    siren = forms.CharField(label=_("Son SIREN"), max_length=14, help_text=_("Neuf chiffres, sur son avis Sirene."))
    closing_month = forms.TypedChoiceField(
        label=_("L’exercice se termine à la fin de"), coerce=int, choices=list(dates.MONTHS.items()), initial=12
    )

    def clean_siren(self) -> str:
        value: str = self.cleaned_data["siren"]
        if not siren.is_valid(value):
            raise forms.ValidationError(_("« %(value)s » n’est pas un SIREN : neuf chiffres."), params={"value": value})
        return str(siren.compact(value))


class EntryForm(Form):
    """An entry: its day, its piece, what it is, and its lines."""

    journal = forms.ChoiceField(label=_("Journal"))
    day = forms.DateField(label=_("Date"), widget=DayInput())
    piece = forms.CharField(label=_("Pièce"), max_length=60, help_text=_("Le numéro de la facture, du reçu…"))
    label = forms.CharField(label=_("Libellé"), max_length=160)
    receipt = forms.FileField(label=_("Justificatif, photo ou PDF"), required=False)

    def __init__(
        self,
        *args: Any,
        journals: list[tuple[str, str]],
        accounts: list[tuple[str, str]],
        seats: list[Seat],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journal"].choices = journals  # type: ignore[attr-defined]
        members = [("", "–"), *((seat.public_id, str(seat)) for seat in seats)]
        for number in range(LINES):
            needed = number < 2
            self.fields[f"account_{number}"] = forms.ChoiceField(
                label=_("Compte"), choices=[("", "–"), *accounts], required=needed
            )
            self.fields[f"debit_{number}"] = CentsField(label=_("Débit"), required=False)
            self.fields[f"credit_{number}"] = CentsField(label=_("Crédit"), required=False)
            self.fields[f"member_{number}"] = forms.ChoiceField(label=_("Membre"), choices=members, required=False)
            for name in CELLS:
                look = "form-select" if name in ("account", "member") else "form-control"
                self.fields[f"{name}_{number}"].widget.attrs.setdefault("class", look)

    def head(self) -> list[forms.BoundField]:
        """The fields of the entry itself."""
        return [self[name] for name in ("journal", "day", "piece", "label", "receipt")]

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each line."""
        return [tuple(self[f"{name}_{number}"] for name in CELLS) for number in range(LINES)]

    def lines(self) -> list[tuple[str, int, str]]:
        """What was written: account, signed cents, member."""
        told = []
        for number in range(LINES):
            data = {name: self.cleaned_data.get(f"{name}_{number}") for name in CELLS}
            cents = (data["debit"] or 0) - (data["credit"] or 0)
            if data["account"] or cents:
                told.append((data["account"] or "", cents, data["member"] or ""))
        return told


class PeriodForm(Form):
    """Up to which day the books are closed."""

    until = forms.DateField(label=_("Clore jusqu’au"), widget=DayInput())


class BalanceForm(Form):
    """The balance of another tool."""

    file = forms.FileField(
        label=_("Balance, en CSV"), help_text=_("Une colonne « compte », et « débit » et « crédit », ou « solde ».")
    )
    day = forms.DateField(label=_("À la date du"), widget=DayInput())


class ReverseForm(Form):
    """When and why an entry is undone."""

    day = forms.DateField(label=_("Date de la contre-passation"), widget=DayInput())
    why = forms.CharField(label=_("Pourquoi ?"), max_length=100)
