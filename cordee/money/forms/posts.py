"""A shared post, and what each used of it in a month."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat
from cordee.money.forms.keys import CountField
from cordee.money.forms.pools import vat_choices
from cordee.money.models import CostPool, PostMonth, SharedPost
from cordee.money.reads import COSTS


class PostForm(Form):
    """The complete yearly cost of a post, and the hours that members use. No margin."""

    kind = forms.ChoiceField(label=_("Qui partagez-vous ?"), choices=SharedPost.Kind.choices)
    title = forms.CharField(label=_("Nom du poste"), max_length=120, help_text=_("Par exemple : qualiticienne."))
    employer = forms.ChoiceField(label=_("Entreprise qui emploie"))
    billable = CountField(
        label=_("Heures utilisées dans l’année, toutes entreprises"),
        help_text=_("Heures payées, moins congés, fériés, formation et trajets non comptés."),
    )
    vat_rate = forms.TypedChoiceField(label=_("TVA de la mise à disposition"), choices=vat_choices, coerce=int)
    commission_rate = CountField(
        label=_("Commission sur les commandes, en %"), required=False, help_text=_("Pour un poste commercial.")
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["employer"].choices = [(key, str(seat)) for key, seat in self.seats.items()]
        for name, label in COSTS.items():
            self.fields[f"cost_{name}"] = CentsField(label=label, required=name == "gross")
            self.fields[f"cost_{name}"].widget.attrs.setdefault("class", "form-control")

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("kind", "title", "billable", "vat_rate")}
        return {
            **plain,
            "employer": self.seats[data["employer"]],
            "commission_rate": data["commission_rate"] or 0,
            "costs": {name: data[f"cost_{name}"] or 0 for name in COSTS},
        }


class MonthForm(Form):
    """Hours, expenses and orders of one month; the employer for all, another for itself."""

    month = forms.DateField(
        label=_("Mois"), input_formats=["%Y-%m"], widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    )

    def __init__(
        self, *args: Any, post: SharedPost, seats: Sequence[Seat], known: Sequence[PostMonth] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        rows = {row.seat_id: row for row in known}
        for seat in seats:
            row, words = rows.get(seat.pk), {"company": str(seat)}
            self.fields[f"hours_{seat.public_id}"] = CountField(
                label=_("%(company)s : heures") % words, required=False, initial=row.hours if row else None
            )
            self.fields[f"expenses_{seat.public_id}"] = CentsField(
                label=_("%(company)s : frais directs") % words,
                required=False,
                initial=row.expenses_cents if row else None,
            )
            if post.kind == SharedPost.Kind.SALES:
                self.fields[f"orders_{seat.public_id}"] = CentsField(
                    label=_("%(company)s : commandes obtenues") % words,
                    required=False,
                    initial=row.orders_cents if row else None,
                )
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control")

    def rows(self) -> dict[str, tuple[int, int, int]]:
        """By seat: hours in hundredths, expenses and orders in cents."""
        data = self.cleaned_data
        return {
            seat.public_id: (
                data.get(f"hours_{seat.public_id}") or 0,
                data.get(f"expenses_{seat.public_id}") or 0,
                data.get(f"orders_{seat.public_id}") or 0,
            )
            for seat in self.seats
        }

    def chosen(self) -> date:
        """The first day of the month."""
        day: date = self.cleaned_data["month"]
        return day.replace(day=1)


class BillForm(Form):
    """In which accounts a month is entered."""

    pool = forms.ChoiceField(label=_("Dans quels comptes ?"))

    def __init__(self, *args: Any, pools: Sequence[CostPool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pools = {pool.public_id: pool for pool in pools}
        self.fields["pool"].choices = [(key, pool.title) for key, pool in self.pools.items()]


class YearForm(BillForm):
    """What a year really cost, and where the gap goes."""

    actual = CentsField(
        label=_("Coût réel de l’année, hors frais directs et commissions"),
        min_cents=1,
        help_text=_("D’après la paie et vos factures."),
    )
