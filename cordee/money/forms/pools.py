"""Opening a pool, writing a cost, noting who uses what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.clock import now
from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField, hundredths, read_cents
from cordee.money.forms.keys import CountField
from cordee.money.models import Heading, Nature, PoolLine, PoolShare
from cordee.money.reads import rate_choices

REVIEW_DAYS = 7
NO_VAT = (0, _("Sans TVA (franchise)"))


def vat_choices() -> list[tuple[int, Any]]:
    """The rates of VAT in force today, as noted on the page of the rates; and none."""
    return [*((int(rate), label) for rate, label in rate_choices(localtime(now()).date())), NO_VAT]


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
    review = forms.BooleanField(
        label=_("Chaque dépense est approuvée par une autre entreprise avant de compter"),
        required=False,
        help_text=_("Sans contestation au bout de sept jours, elle compte aussi."),
    )

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        return {"title": data["title"], "unit": data["unit"], "review_days": REVIEW_DAYS if data["review"] else 0}


class LineForm(Form):
    """A cost, who paid it, its receipt; then, if one wants: its budget line, its VAT, another split."""

    label = forms.CharField(label=_("Dépense"), max_length=160)
    cents = CentsField(label=_("Montant hors taxes"), min_cents=1)
    paid_by = forms.ChoiceField(label=_("Payée par"), required=False)
    receipt = forms.FileField(
        label=_("Justificatif, photo ou PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    heading = forms.ChoiceField(label=_("Poste du budget"), required=False)
    nature = forms.ChoiceField(
        label=_("Entre membres, c’est"),
        required=False,
        choices=[(one.value, one.label) for one in (Nature.PLAIN, Nature.REBILLED, Nature.PASS_THROUGH)],
        help_text=_(
            "Un débours se note toutes taxes comprises, facture au nom de qui la supporte."
            " Une dépense refacturée porte la TVA."
        ),
    )
    vat_rate = forms.TypedChoiceField(
        label=_("TVA de la refacturation"), required=False, choices=vat_choices, coerce=int, empty_value=0
    )
    split = forms.ChoiceField(
        label=_("Comment la partager"), required=False, choices=PoolLine.Split.choices, initial=PoolLine.Split.KEY
    )

    def __init__(
        self, *args: Any, members: Sequence[PoolShare], headings: Sequence[Heading] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {member.seat.public_id: member.seat for member in members}
        self.headings = {heading.public_id: heading for heading in headings}
        self.commitments = {
            each.public_id: each for heading in headings for each in heading.commitments.all() if each.closed_at is None
        }
        self.fields["paid_by"].choices = [
            ("", _("Personne encore")),
            *((key, str(seat)) for key, seat in self.seats.items()),
        ]
        self.fields["heading"].choices = [
            ("", _("Aucun")),
            *((key, heading.label) for key, heading in self.headings.items()),
            *((key, f"{each.heading} – {each.label}") for key, each in self.commitments.items()),
        ]
        for key, seat in self.seats.items():
            self.fields[f"part_{key}"] = CountField(label=str(seat), required=False)
            self.fields[f"part_{key}"].widget.attrs.setdefault("class", "form-control")

    def first(self) -> list[Any]:
        """What everybody fills."""
        return [self[name] for name in ("label", "cents", "paid_by", "receipt")]

    def more(self) -> list[Any]:
        """What one may say beside."""
        names = ["nature", "vat_rate", "split", *(f"part_{key}" for key in self.seats)]
        return [self[name] for name in (["heading", *names] if self.headings else names)]

    def asks_more(self) -> bool:
        """Whether an error is among what is folded."""
        return any(field.errors for field in self.more())

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        split = data["split"] or PoolLine.Split.KEY
        scale = 100 if split == PoolLine.Split.SHARES else 1
        return {
            "label": data["label"],
            "cents": data["cents"],
            "receipt": data["receipt"],
            "paid_by": self.seats.get(data["paid_by"]),
            "heading": self.headings.get(data["heading"]),
            "commitment": self.commitments.get(data["heading"]),
            "nature": data["nature"] or Nature.PLAIN,
            "vat_rate": data["vat_rate"] or 0,
            "split": split,
            "parts": {key: (data[f"part_{key}"] or 0) // scale for key in self.seats},
        }


class ReceivedForm(Form):
    """An electronic invoice that becomes a cost."""

    file = forms.FileField(
        label=_("Facture électronique, PDF ou XML"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,text/xml,application/xml,.pdf,.xml"}),
    )
    payer = forms.ChoiceField(label=_("Entreprise qui l’a payée"), required=False)
    with_tax = forms.BooleanField(
        label=_("Compter le montant TVA comprise"), required=False, help_text=_("Sinon, le montant hors taxes.")
    )

    def __init__(self, *args: Any, members: Sequence[PoolShare], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {member.seat.public_id: member.seat for member in members}
        self.fields["payer"].choices = [("", "–"), *((key, str(seat)) for key, seat in self.seats.items())]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        return {"file": data["file"], "paid_by": self.seats.get(data["payer"]), "with_tax": data["with_tax"]}


class NettingForm(Form):
    """Which accounts are settled together, and what the result is called."""

    title = forms.CharField(label=_("Nom du solde commun"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = _("Solde commun")


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
