"""What is asked about a study: the call and its offers, promises, tranches, rights, newcomers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.projects.models import ProviderCall, ResultRule, StudyFund, UseRight


def day_box() -> forms.DateInput:
    """A box for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OneOfSeveral(Form):
    """A form that shares its page with others: its boxes have identifiers of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}_%s", **kwargs})


class CallForm(OneOfSeveral):
    """What is asked of providers, and until when."""

    brief = forms.CharField(
        label=_("Ce que vous demandez"),
        help_text=_("La question, ce qui existe déjà, ce qui doit être livré, dans quel délai."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    closes_on = forms.DateField(label=_("Réponses jusqu’au"), widget=day_box())
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, call: ProviderCall | None, brief: str = "", **kwargs: Any) -> None:
        first = {"brief": brief, "version": 0}
        if call is not None:
            first = {"brief": call.brief, "closes_on": call.closes_on, "version": call.version}
        super().__init__(*args, initial=first, **kwargs)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


class OfferForm(OneOfSeveral):
    """An offer that was received."""

    provider = forms.CharField(label=_("Prestataire"), max_length=120)
    cents = CentsField(label=_("Prix hors taxes"), min_cents=1)
    weeks = forms.IntegerField(label=_("Durée en semaines"), min_value=1, max_value=260)
    included = forms.CharField(
        label=_("Ce qui est compris"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    upload = forms.FileField(label=_("Son offre, en PDF"), required=False)


class FundForm(OneOfSeveral):
    """What has to be promised, by when, and who signs."""

    threshold_cents = CentsField(
        label=_("Seuil, hors taxes"), help_text=_("En dessous, personne n’est engagé."), min_cents=1
    )
    closes_on = forms.DateField(label=_("Promesses jusqu’au"), widget=day_box())
    buyer = forms.ChoiceField(
        label=_("Qui signe avec le prestataire et le paie"), help_text=_("Les autres lui doivent leur part.")
    )

    def __init__(
        self, *args: Any, seats: Iterable[Seat], fund: StudyFund | None, threshold: int = 0, **kwargs: Any
    ) -> None:
        first: dict[str, Any] = {"threshold_cents": threshold or ""}
        if fund is not None:
            first = {"threshold_cents": fund.threshold_cents, "closes_on": fund.closes_on}
            first["buyer"] = fund.buyer.public_id
        super().__init__(*args, initial=first, **kwargs)
        self.fields["buyer"].choices = [(seat.public_id, str(seat)) for seat in seats]  # type: ignore[attr-defined]


class PledgeForm(OneOfSeveral):
    """What my company promises."""

    cents = CentsField(label=_("Votre promesse, hors taxes"), help_text=_("0 pour la retirer."))
    note = forms.CharField(label=_("Un mot"), max_length=200, required=False)


class TrancheForm(OneOfSeveral):
    """A tranche to plan."""

    label = forms.CharField(label=_("Tranche"), max_length=120)
    cents = CentsField(label=_("Montant hors taxes"), min_cents=1)
    deliverable = forms.CharField(label=_("Ce qu’elle livre"), max_length=300)
    due_on = forms.DateField(label=_("Livré le"), widget=day_box())


class RightForm(OneOfSeveral):
    """A right to use the results."""

    seat = forms.ChoiceField(label=_("Entreprise"))
    use = forms.ChoiceField(label=_("Pour quoi faire"), choices=UseRight.Use.choices)
    scope = forms.CharField(
        label=_("Précision"), help_text=_("Le domaine, le pays, le produit."), max_length=300, required=False
    )
    until = forms.DateField(label=_("Jusqu’au"), help_text=_("Vide : sans fin."), widget=day_box(), required=False)

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [(seat.public_id, str(seat)) for seat in seats]  # type: ignore[attr-defined]


class RuleForm(OneOfSeveral):
    """How the study loses value with time."""

    yearly = forms.IntegerField(label=_("Perte de valeur par an, en %"), min_value=0, max_value=100)
    floor = forms.IntegerField(label=_("Jamais moins de, en %"), min_value=0, max_value=100)
    since = forms.DateField(label=_("Les années comptent depuis le"), widget=day_box())

    def __init__(self, *args: Any, rule: ResultRule | None, today: date, **kwargs: Any) -> None:
        first: dict[str, Any] = {"yearly": 20, "floor": 20, "since": today}
        if rule is not None:
            first = {name: getattr(rule, name) for name in ("yearly", "floor", "since")}
        super().__init__(*args, initial=first, **kwargs)
