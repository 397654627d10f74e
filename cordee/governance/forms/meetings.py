"""A meeting to plan, a point to add, a decision to enter, who does what by when."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cordee.governance.models import AgendaItem, DecisionType
from cordee.ground.kit.forms import Form
from cordee.groupings.models import Seat

_MOMENT = {"input_formats": ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"]}


def _moment(label: Any, *, required: bool = False) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=required, widget=widget, **_MOMENT)  # type: ignore[arg-type]


class MeetingForm(Form):
    """A subject, a place, and up to three dates: the others say which suit."""

    title = forms.CharField(label=_("Sujet de la réunion"), max_length=160)
    date1 = _moment(_("Première date"), required=True)
    date2 = _moment(_("Deuxième date"))
    date3 = _moment(_("Troisième date"))
    place = forms.CharField(label=_("Lieu"), required=False, max_length=200)
    link = forms.URLField(label=_("Lien de visioconférence"), required=False, assume_scheme="https")
    length = forms.TypedChoiceField(
        label=_("Durée"),
        coerce=int,
        choices=[(60, _("1 heure")), (90, _("1 h 30")), (120, _("2 heures")), (180, _("3 heures"))],
        initial=90,
    )
    agenda = forms.CharField(
        label=_("Ordre du jour"),
        help_text=_("Un point par ligne. Vous pourrez dire ensuite lesquels sont à décider."),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, at: datetime, days: int = 15, **kwargs: Any) -> None:
        evening = (localtime(at) + timedelta(days=days + 2)).replace(hour=18, minute=30, second=0, microsecond=0)
        kwargs["initial"] = {"date1": evening, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def dates(self) -> list[datetime]:
        """The dates given."""
        return [each for each in (self.cleaned_data.get(f"date{n}") for n in (1, 2, 3)) if each]

    def points(self) -> list[str]:
        """The points of the agenda, one a line."""
        return [line.strip() for line in self.cleaned_data.get("agenda", "").splitlines() if line.strip()][:30]


class ItemForm(Form):
    """One point of the agenda."""

    title = forms.CharField(label=_("Point à ajouter"), max_length=160)
    kind = forms.ChoiceField(label=_("Pour"), choices=AgendaItem.Kind.choices, initial=AgendaItem.Kind.DISCUSS)
    decision_type = forms.ChoiceField(
        label=_("Si c’est une décision, de quel type ?"), choices=DecisionType.choices, required=False
    )
    text = forms.CharField(
        label=_("Texte soumis au vote"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RoomForm(Form):
    """A decision taken around a table, in one sentence."""

    sentence = forms.CharField(
        label=_("Ce qui a été décidé, en une phrase"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Qui fait quoi, pour combien, à partir de quand."),
    )  # fmt: skip
    decision_type = forms.ChoiceField(label=_("Type de décision"), choices=DecisionType.choices)
    present = forms.MultipleChoiceField(label=_("Qui était là ?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["present"].choices = [(key, str(seat.company)) for key, seat in self.seats.items()]

    def there(self) -> list[Seat]:
        """Those who were there."""
        return [self.seats[key] for key in self.cleaned_data["present"]]


class FollowForm(Form):
    """Who carries a decision out, by when, and when one looks at it again."""

    owner = forms.ChoiceField(label=_("Qui s’en charge ?"))
    due_on = forms.DateField(
        label=_("Pour le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    review_on = forms.DateField(
        label=_("À revoir le"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["owner"].choices = [(key, str(seat.company)) for key, seat in self.seats.items()]
