"""Opening the shared costs of a building site."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.money.reads import SITE_COSTS


class SiteForm(Form):
    """The lot of each company, then what the site shares and what is planned for it."""

    ROWS = 8
    title = forms.CharField(label=_("Nom de ces comptes"), max_length=120)

    def __init__(self, *args: Any, lots: Sequence[tuple[Seat, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = [seat for seat, _cents in lots]
        for seat, cents in lots:
            self._box(f"lot_{seat.public_id}", CentsField(label=str(seat), required=False, initial=cents or None))
        for n in range(self.ROWS):
            usual = SITE_COSTS[n] if n < len(SITE_COSTS) else ""
            self._box(
                f"cost_label_{n}", forms.CharField(label=_("Dépense"), max_length=120, required=False, initial=usual)
            )
            self._box(f"cost_cents_{n}", CentsField(label=_("Prévu, hors taxes"), required=False))

    def _box(self, name: str, field: forms.Field) -> None:
        field.widget.attrs["class"] = "form-control"
        self.fields[name] = field

    def lot_rows(self) -> list[tuple[Seat, forms.BoundField]]:
        """Each company with its box."""
        return [(seat, self[f"lot_{seat.public_id}"]) for seat in self.seats]

    def cost_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two boxes of each cost."""
        return [(self[f"cost_label_{n}"], self[f"cost_cents_{n}"]) for n in range(self.ROWS)]

    def clean(self) -> dict[str, Any]:
        """An amount says what it is for."""
        data = super().clean() or {}
        for n in range(self.ROWS):
            if data.get(f"cost_cents_{n}") and not data.get(f"cost_label_{n}"):
                self.add_error(f"cost_label_{n}", _("Dites à quoi sert cette somme."))
        return data

    def facts(self) -> dict[str, Any]:
        """What the act takes; a cost without an amount is left out."""
        data = self.cleaned_data
        costs = [(data[f"cost_label_{n}"], data[f"cost_cents_{n}"]) for n in range(self.ROWS)]
        return {
            "title": data["title"],
            "lots": {seat: data[f"lot_{seat.public_id}"] or 0 for seat in self.seats},
            "costs": [(label, cents) for label, cents in costs if cents],
        }
