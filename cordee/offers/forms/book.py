"""The lines of one's own price book, a package made of the lines of several, quantities for a part."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.offers.forms.bids import VAT
from cordee.offers.models import BidPart, BookLine


class LineForm(Form):
    """One line of one's own."""

    title = forms.CharField(label=_("Ce que vous vendez"), max_length=160)
    unit = forms.CharField(label=_("Unité"), help_text=_("m², jour, forfait…"), max_length=20, required=False)
    cents = CentsField(label=_("Votre prix unitaire hors taxes"))
    vat = forms.TypedChoiceField(label=_("TVA"), choices=VAT, coerce=int, initial=2000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Quantities(Form):
    """One box for each line: empty, the line is left out."""

    def __init__(self, *args: Any, lines: Sequence[BookLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {f"q_{line.public_id}": line for line in lines}
        for name, line in self.lines.items():
            label = f"{line.title} – {line.seat.company}" + (f" ({line.unit})" if line.unit else "")
            self.fields[name] = CentsField(label=label, required=False)

    def quantities(self) -> Mapping[str, int]:
        """In hundredths, by line."""
        data = self.cleaned_data
        return {line.public_id: data[name] for name, line in self.lines.items() if data.get(name)}


class PackageForm(Quantities):
    """A package: its name, its promise, what coordinating adds, how much of each line."""

    title = forms.CharField(label=_("Nom du lot"), max_length=120)
    promise = forms.CharField(label=_("Ce que le client y gagne"), max_length=300, required=False)
    coordination = CentsField(
        label=_("Coordination, en pour cent"), help_text=_("1 à 5 % d’ordinaire, ajoutés au total."), required=False
    )


class UseForm(Quantities):
    """Which of one's own parts is priced, with how much of each line."""

    part = forms.ChoiceField(label=_("Votre part"))

    def __init__(self, *args: Any, parts: Sequence[BidPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(part.public_id, f"{part.title} – {part.bid.title}") for part in parts]
        self.fields["part"].choices = choices  # type: ignore[attr-defined]


class InProjectForm(Form):
    """A new offer to a private client, made within a project."""

    title = forms.CharField(label=_("Ce que vous proposez"), max_length=200)
    client = forms.CharField(label=_("Client"), max_length=200, required=False)
