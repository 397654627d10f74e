"""What is asked about a shared sales person: an opportunity in seconds, the terms, time, territories."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cordee.engines.prospects import Field
from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField, hundredths
from cordee.groupings.models import Seat
from cordee.projects.acts import NewOpportunity
from cordee.projects.forms.study import day_box
from cordee.projects.models import Opportunity, SalesTerms, SalesTime

ORDERS = (
    ("first zone trade turn", _("Premier contact, puis territoire, puis métier, puis à tour de rôle")),
    ("zone first trade turn", _("Territoire, puis premier contact, puis métier, puis à tour de rôle")),
    ("zone trade turn", _("Territoire, puis métier, puis à tour de rôle")),
    ("trade zone turn", _("Métier, puis territoire, puis à tour de rôle")),
    ("first turn", _("Premier contact, puis à tour de rôle")),
    ("turn", _("À tour de rôle")),
)


class PercentField(forms.Field):
    """A percentage with two decimals at most; its value is in hundredths of a percent."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("« %(value)s » n’est pas un pourcentage. Écrivez par exemple 2,5.")}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        found = re.fullmatch(r"(\d{1,2}|100)(?:[.,](\d{1,2}))?\s*%?", str(value).strip())
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        return hundredths(value) if isinstance(value, int) else value


class OpportunityForm(Form):
    """Seconds: the client and what it may bring; the rest when there is time."""

    key = forms.RegexField(r"^[0-9a-f]{16,32}$", widget=forms.HiddenInput)
    client = forms.CharField(label=_("Client"), max_length=120)
    cents = CentsField(label=_("Montant espéré, hors taxes"), required=False)
    postcode = forms.RegexField(
        r"^\d{5}$",
        label=_("Code postal"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Un code postal a cinq chiffres.")},
    )
    trade = forms.CharField(label=_("Métier ou produit"), max_length=60, required=False)
    reach = forms.CharField(label=_("Téléphone ou e-mail"), max_length=160, required=False)
    person = forms.CharField(label=_("Personne"), max_length=120, required=False)
    step = forms.CharField(label=_("Et ensuite ?"), max_length=160, required=False)
    step_on = forms.DateField(label=_("Le"), widget=day_box(), required=False)
    about = forms.MultipleChoiceField(
        label=_("Pour qui"),
        help_text=_("Rien de coché : vos règles décident."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    together = forms.BooleanField(label=_("Menée ensemble par celles qui sont cochées"), required=False)

    def __init__(self, *args: Any, seats: Iterable[Seat], key: str, trades: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": key}, **kwargs)
        self.fields["about"].choices = [(seat.public_id, str(seat)) for seat in seats]  # type: ignore[attr-defined]
        self.trades = sorted(set(trades))
        if self.trades:
            self.fields["trade"].widget.attrs["list"] = "trades"
        for name in ("client", "reach", "person", "step"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("together") and len(found.get("about", [])) < 2:
            self.add_error("about", _("Cochez au moins deux entreprises."))
        return found

    def row(self) -> NewOpportunity:
        """The opportunity that was typed."""
        data = {**self.cleaned_data, "about": tuple(self.cleaned_data["about"])}
        return NewOpportunity(**{**data, "cents": data["cents"] or 0})


class MoveForm(VersionedForm):
    """Where an opportunity stands."""

    stage = forms.ChoiceField(label=_("Étape"), choices=Opportunity.Stage.choices)
    step = forms.CharField(label=_("Et ensuite ?"), max_length=160, required=False)
    step_on = forms.DateField(label=_("Le"), widget=day_box(), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, opportunity: Opportunity, **kwargs: Any) -> None:
        names = ("stage", "step", "step_on", "note", "version")
        super().__init__(*args, initial={name: getattr(opportunity, name) for name in names}, **kwargs)
        self.parts = list(opportunity.parts.all())
        for part in self.parts:
            label = _("Montant pour %(company)s, hors taxes") % {"company": part.seat}
            self.fields[f"part_{part.seat.public_id}"] = CentsField(label=label, required=False, initial=part.cents)
        order = ["stage", *(f"part_{part.seat.public_id}" for part in self.parts), "step", "step_on", "note", "version"]
        self.order_fields(order)
        for part in self.parts:
            self.fields[f"part_{part.seat.public_id}"].widget.attrs["class"] = "form-control"

    def values(self) -> dict[str, Any]:
        """What the act is told."""
        names = ("stage", "step", "step_on", "note", "version")
        cents = {part.seat.public_id: self.cleaned_data[f"part_{part.seat.public_id}"] or 0 for part in self.parts}
        return {name: self.cleaned_data[name] for name in names} | {"cents": cents}


class TermsForm(VersionedForm):
    """What the companies agreed."""

    order = forms.ChoiceField(label=_("À qui va une affaire"), choices=ORDERS, widget=forms.RadioSelect)
    sight = forms.ChoiceField(
        label=_("Qui voit quoi"),
        choices=SalesTerms.Sight.choices,
        widget=forms.RadioSelect,
        help_text=_("Entre concurrents, gardez la première : aucun client ni prix de l’un n’est connu d’un autre."),
    )
    month_cents = CentsField(
        label=_("Coût d’un mois, hors taxes"), help_text=_("Salaire fixe, charges, véhicule, outils : un douzième.")
    )
    payer = forms.ChoiceField(label=_("Qui emploie et paie"))
    by_equal = forms.IntegerField(label=_("À parts égales, en %"), min_value=0, max_value=100)
    by_time = forms.IntegerField(label=_("Au temps passé, en %"), min_value=0, max_value=100)
    by_orders = forms.IntegerField(label=_("Aux commandes, en %"), min_value=0, max_value=100)
    commission = PercentField(label=_("Commission sur les commandes, en %"))
    joint = forms.ChoiceField(label=_("À la fin"), choices=SalesTerms.Joint.choices, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, seats: Iterable[Seat], terms: SalesTerms | None, month: int = 0, **kwargs: Any
    ) -> None:
        first: dict[str, Any] = {
            "by_equal": 50, "by_time": 0, "by_orders": 50, "commission": 300, "month_cents": month or "", "version": 0,
        }  # fmt: skip
        if terms is not None:
            first = {name: getattr(terms, name) for name in (*first, "sight", "joint")}
            first |= {"order": " ".join(terms.order), "payer": terms.payer.public_id}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["payer"].choices = [(seat.public_id, str(seat)) for seat in seats]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        parts = [found.get(name) for name in ("by_equal", "by_time", "by_orders")]
        whole = [part for part in parts if part is not None]
        if len(whole) == 3 and sum(whole) != 100:
            self.add_error("by_orders", _("Les trois parts font %(sum)s %%, pas 100 %%.") % {"sum": sum(whole)})
        return found

    def values(self) -> dict[str, Any]:
        """What the act is told, but who pays."""
        return {**self.cleaned_data, "order": self.cleaned_data["order"].split()}


class FieldForm(Form):
    """What my company covers."""

    zones = forms.CharField(
        label=_("Débuts de codes postaux"), help_text=_("Par exemple 34, 30. Vide : partout."), required=False
    )
    trades = forms.CharField(
        label=_("Métiers ou produits"), help_text=_("Séparés par des virgules. Vide : tous."), required=False
    )

    def __init__(self, *args: Any, field: Field | None, **kwargs: Any) -> None:
        known = field or Field()
        first = {"zones": ", ".join(known.zones), "trades": ", ".join(known.trades)}
        super().__init__(*args, initial=first, **kwargs)

    def values(self) -> dict[str, list[str]]:
        """Both lists."""
        return {
            name: [part.strip() for part in re.split(r"[,;\n]", self.cleaned_data[name]) if part.strip()]
            for name in ("zones", "trades")
        }


class TimeForm(Form):
    """Time given to a company."""

    seat = forms.ChoiceField(label=_("Pour quelle entreprise"))
    minutes = forms.TypedChoiceField(
        label=_("Combien de temps"),
        choices=[
            (0, _("Seulement des frais")), (30, "30 min"), (60, "1 h"), (90, "1 h 30"), (120, "2 h"), (180, "3 h"),
            (240, _("Une demi-journée (4 h)")), (480, _("Une journée (8 h)")),
        ],
        coerce=int,
        initial=60,
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("À faire quoi"), choices=SalesTime.Kind.choices)
    on = forms.DateField(label=_("Le"), widget=day_box())
    expenses_cents = CentsField(label=_("Frais pour elle seule, hors taxes"), required=False)

    def __init__(self, *args: Any, seats: Iterable[Seat], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "minutes": 60}, **kwargs)
        self.fields["seat"].choices = [(seat.public_id, str(seat)) for seat in seats]  # type: ignore[attr-defined]

    def clean_expenses_cents(self) -> int:
        return self.cleaned_data["expenses_cents"] or 0
