"""What is asked about capacity and orders."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.projects.models import CapacityPool, OrderRule
from cordee.projects.reads.orders import PeriodLine


class PoolForm(Form):
    """What is counted."""

    unit = forms.CharField(label=_("Unité"), help_text=_("Palettes, heures, m²."), max_length=40)
    period = forms.ChoiceField(label=_("Chacun déclare"), choices=CapacityPool.Period.choices)


class NeutralForm(Form):
    """Who alone reads what each declared."""

    email = forms.EmailField(
        label=_("E-mail du tiers neutre"), help_text=_("Par exemple votre expert-comptable ; personne d’un membre.")
    )
    name = forms.CharField(label=_("Son nom"), max_length=120, required=False)


class CapacityForm(Form):
    """One's own figures, one box a period; a period that no longer changes has no box."""

    def __init__(self, *args: Any, periods: Sequence[PeriodLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days: dict[str, date] = {}
        for line in periods:
            if not line.frozen:
                name = f"q_{line.start.isoformat()}"
                self.days[name] = line.start
                box = forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control"})
                field = forms.IntegerField(
                    min_value=0, max_value=10_000_000, required=False, initial=line.mine, widget=box
                )
                self.fields[name] = field

    def figures(self) -> dict[date, int | None]:
        """What was written, by the first day of each period."""
        return {day: self.cleaned_data[name] for name, day in self.days.items()}


class OrderRuleForm(Form):
    """To whom an order goes."""

    rule = forms.ChoiceField(label=_("À qui va une commande"), choices=OrderRule.Rule.choices, widget=forms.RadioSelect)
    hours = forms.IntegerField(label=_("Heures pour accepter"), min_value=1, max_value=720, initial=48)


class OrderForm(Form):
    """An order of the client."""

    title = forms.CharField(label=_("Commande"), max_length=120)
    quantity = forms.IntegerField(label=_("Quantité"), min_value=1, max_value=10_000_000)
    on = forms.DateField(label=_("À faire le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    postcode = forms.RegexField(
        r"^\d{5}$", label=_("Code postal de la livraison"), required=False, help_text=_("Pour la règle de proximité.")
    )
