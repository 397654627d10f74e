"""Opening a pool, writing a cost, noting who uses what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField, hundredths, read_cents
from cordee.money.models import PoolShare


class PoolForm(Form):
    """What is shared, and in what its use is counted."""

    title = forms.CharField(
        label=_("Que partagez-vous ?"),
        max_length=120,
        help_text=_("Par exemple : stand du salon, réponse à l’appel d’offres."),
    )
    unit = forms.CharField(
        label=_("En quoi se compte l’usage ?"), max_length=30, required=False, help_text=_("m², jours, heures, lots…")
    )


class LineForm(Form):
    """A cost, who paid it, its receipt."""

    label = forms.CharField(label=_("Dépense"), max_length=160)
    cents = CentsField(label=_("Montant hors taxes"), min_cents=1)
    paid_by = forms.ChoiceField(label=_("Payée par"), required=False)
    receipt = forms.FileField(label=_("Justificatif, photo ou PDF"), required=False)

    def __init__(self, *args: Any, members: tuple[PoolShare, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {member.seat.public_id: member.seat for member in members}
        self.fields["paid_by"].choices = [
            ("", _("Personne encore")),
            *((key, str(seat)) for key, seat in self.seats.items()),
        ]


class UseForm(VersionedForm):
    """For each member: its use, and what it would pay on its own."""

    def __init__(self, *args: Any, members: tuple[PoolShare, ...], unit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        for member in members:
            key, name = member.seat.public_id, str(member.seat)
            self.fields[f"use_{key}"] = forms.CharField(
                label=_("%(company)s : usage (%(unit)s)") % {"company": name, "unit": unit or _("unités")},
                required=False,
                initial=hundredths(member.use) if member.use is not None else "",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control"}),
            )
            self.fields[f"alone_{key}"] = CentsField(
                label=_("%(company)s : coût si elle était seule") % {"company": name},
                required=False,
                initial=member.alone_cents,
            )
            self.fields[f"alone_{key}"].widget.attrs.setdefault("class", "form-control")

    def clean(self) -> dict[str, Any]:
        """Read every use as hundredths of the unit; an empty box is « à confirmer », not zero."""
        cleaned = super().clean() or {}
        for member in self.members:
            name = f"use_{member.seat.public_id}"
            text = cleaned.get(name, "")
            try:
                value = read_cents(text) if text else None
                if value is not None and value < 0:
                    raise ValueError(text)
                cleaned[name] = value
            except ValueError:
                self.add_error(
                    name, _("« %(value)s » n’est pas un nombre. Écrivez par exemple 12,5.") % {"value": text}
                )
        return cleaned

    def rows(self) -> dict[str, tuple[int | None, int | None]]:
        """By seat: hundredths of the unit, cents."""
        keys = [member.seat.public_id for member in self.members]
        return {key: (self.cleaned_data[f"use_{key}"], self.cleaned_data[f"alone_{key}"]) for key in keys}

    def pairs(self) -> list[tuple[PoolShare, Any, Any]]:
        """Each member with its two fields, for the table."""
        return [
            (member, self[f"use_{member.seat.public_id}"], self[f"alone_{member.seat.public_id}"])
            for member in self.members
        ]
