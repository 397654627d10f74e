"""What is planned, committed, recurring, called, contributed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.money.forms.keys import CountField
from cordee.money.models import Heading, PoolShare, Rate

RHYTHMS = ((1, _("Chaque mois")), (3, _("Chaque trimestre")), (6, _("Chaque semestre")), (12, _("Chaque année")))


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, with the calendar of the telephone."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}), **kwargs)


class ChoosesSeat(Form):
    """A form in which a member of the pool is chosen."""

    seat_field = "paid_by"

    def __init__(self, *args: Any, members: Sequence[PoolShare], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {member.seat.public_id: member.seat for member in members}
        self.fields[self.seat_field].choices = [(key, str(seat)) for key, seat in self.seats.items()]

    def chosen(self) -> Seat:
        """The seat that was chosen."""
        return self.seats[self.cleaned_data[self.seat_field]]


class HeadingForm(Form):
    """A line of the budget."""

    label = forms.CharField(
        label=_("Poste"), max_length=120, help_text=_("Par exemple : emplacement, impression, repas.")
    )
    planned_cents = CentsField(label=_("Montant prévu"), min_cents=1)


class CommitmentForm(Form):
    """An order given or a quote signed."""

    heading = forms.ChoiceField(label=_("Sur quel poste ?"))
    label = forms.CharField(label=_("Commande ou devis signé"), max_length=160)
    cents = CentsField(label=_("Montant engagé"), min_cents=1)
    paper = forms.FileField(label=_("Devis, photo ou PDF"), required=False)

    def __init__(self, *args: Any, headings: Sequence[Heading], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = {heading.public_id: heading for heading in headings}
        self.fields["heading"].choices = [(key, heading.label) for key, heading in self.headings.items()]


class RecurringForm(ChoosesSeat):
    """A cost that comes back."""

    label = forms.CharField(label=_("Dépense qui revient"), max_length=140, help_text=_("Loyer, abonnement, domaine…"))
    cents = CentsField(label=_("Montant, chaque fois"), min_cents=1)
    paid_by = forms.ChoiceField(label=_("Payée par"))
    every_months = forms.TypedChoiceField(label=_("Rythme"), choices=RHYTHMS, coerce=int)
    first_on = day_field(label=_("Première fois"))
    until = day_field(label=_("Jusqu’au"), required=False)


class RateForm(Form):
    """What an hour or a day is worth among the members."""

    label = forms.CharField(label=_("Quel apport ?"), max_length=120, help_text=_("Montage du stand, prêt du camion…"))
    unit = forms.CharField(label=_("Compté en"), max_length=20, help_text=_("Heures, jours, kilomètres…"))
    unit_cents = CentsField(label=_("Valeur d’une unité"), min_cents=1)


class ContributionForm(Form):
    """Time or things that one brings."""

    rate = forms.ChoiceField(label=_("Apport"))
    quantity = CountField(label=_("Combien ?"))
    what = forms.CharField(label=_("Précision"), max_length=160, required=False)

    def __init__(self, *args: Any, rates: Sequence[Rate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rates = {rate.public_id: rate for rate in rates if rate.adopted_at}
        self.fields["rate"].choices = [(key, f"{rate.label} ({rate.unit})") for key, rate in self.rates.items()]


class AdvanceForm(ChoosesSeat):
    """Money handed to another member before the accounts are settled."""

    seat_field = "to"
    label = forms.CharField(label=_("Pour quoi ?"), max_length=160)
    cents = CentsField(label=_("Montant avancé"), min_cents=1)
    to = forms.ChoiceField(label=_("À quelle entreprise ?"))


class CallForm(ChoosesSeat):
    """Money asked from all in advance."""

    seat_field = "held_by"
    title = forms.CharField(label=_("Pour quoi ?"), max_length=120)
    cents = CentsField(label=_("Montant appelé, en tout"), min_cents=1)
    due_on = day_field(label=_("À verser avant le"))
    held_by = forms.ChoiceField(label=_("Qui reçoit et garde l’argent ?"))
