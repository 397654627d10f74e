"""A visitor's contact, as it is typed at the stand, as a device sends it, as it is followed."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.projects.acts import NewLead
from cordee.projects.models import Lead


class LeadForm(Form):
    """Ten seconds: who, how to call back, whom it concerns, may we share it."""

    key = forms.RegexField(r"^[0-9a-f]{16,32}$", widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nom"), max_length=120, required=False)
    reach = forms.CharField(label=_("Téléphone ou e-mail"), max_length=160, required=False)
    company = forms.CharField(label=_("Son entreprise"), max_length=120, required=False)
    about = forms.MultipleChoiceField(
        label=_("Cela concerne"),
        help_text=_("Rien de coché : tout le monde."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    heat = forms.TypedChoiceField(
        label=_("Où en est-il ?"), choices=Lead.Heat.choices, coerce=int, widget=forms.RadioSelect, initial=2
    )
    note = forms.CharField(label=_("Ce qu’il cherche"), max_length=500, required=False)
    shared = forms.BooleanField(
        label=_("Le visiteur accepte que les entreprises du stand le rappellent"),
        help_text=_("Sinon, son contact reste à votre seule entreprise."),
        required=False,
    )

    def __init__(self, *args: Any, seats: Iterable[Seat], key: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": key, "heat": 2}, **kwargs)
        self.fields["about"].choices = [(seat.public_id, str(seat)) for seat in seats]
        for name in ("name", "reach", "company", "note"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for field in self.fields.values():
            field.optional = False  # type: ignore[attr-defined]  # any one of them is enough: the form says which

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not any(str(found.get(name, "")).strip() for name in ("name", "reach", "company")):
            self.add_error("name", _("Écrivez au moins un nom, une entreprise ou un numéro."))
        return found

    def lead(self) -> NewLead:
        """The contact that was typed."""
        data = {**self.cleaned_data, "about": tuple(self.cleaned_data["about"])}
        return NewLead(**data)


def leads_in(sent: Any) -> list[NewLead]:
    """The contacts in what a device sent. ValueError when it is not a list of contacts."""
    if not isinstance(sent, list) or not all(isinstance(one, dict) for one in sent):
        raise ValueError("not a list of contacts")
    return [_lead_in(one) for one in sent]


def _lead_in(one: dict[str, Any]) -> NewLead:
    about = one.get("about", [])
    words = {name: str(one.get(name, "")).replace("\x00", "") for name in ("key", "name", "company", "reach", "note")}
    heat = str(one.get("heat", ""))
    return NewLead(
        **words,
        heat=int(heat) if heat in ("1", "2", "3") else 2,
        shared=one.get("shared") is True,
        about=tuple(str(each) for each in about) if isinstance(about, list) else (),
        noted_at=_moment(one.get("noted_at")),
    )


def _moment(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class FollowForm(VersionedForm):
    """What became of a contact."""

    state = forms.ChoiceField(label=_("Où en est-on ?"), choices=Lead.State.choices)
    next_on = forms.DateField(
        label=_("À faire le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    order_cents = CentsField(label=_("Montant de la commande, hors taxes"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        first = {name: getattr(lead, name) for name in ("state", "next_on", "note", "version")}
        super().__init__(*args, initial={**first, "order_cents": lead.order_cents or ""}, **kwargs)

    def clean_order_cents(self) -> int:
        return self.cleaned_data["order_cents"] or 0
