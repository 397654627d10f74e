"""Shared employees: who, what is needed, what is wished, which weeks."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.groupings.models import Seat
from cordee.projects.models import SharedPerson, TimeShare, TimeWish

DAYS = (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"))


def halves() -> list[tuple[int, str]]:
    """The half-days of a week from Monday to Saturday, in the reader's language."""
    words = (_("matin"), _("après-midi"))
    return [(2 * day + half, f"{word} {said}") for day, word in enumerate(DAYS) for half, said in enumerate(words)]


def halves_field(label: Any, **words: Any) -> forms.TypedMultipleChoiceField:
    """Half-days of an ordinary week."""
    return forms.TypedMultipleChoiceField(
        label=label, coerce=int, choices=halves, widget=forms.CheckboxSelectMultiple, initial=range(10), **words
    )


class PersonForm(Form):
    """Somebody shared."""

    name = forms.CharField(label=_("Prénom et nom"), max_length=80)
    hours = forms.IntegerField(label=_("Heures par semaine au contrat"), min_value=1, max_value=48, initial=35)
    overtime = forms.IntegerField(
        label=_("Heures supplémentaires acceptées"), min_value=0, max_value=13, initial=0, required=False
    )
    available = halves_field(_("Demi-journées possibles"))


class LeaveForm(Form):
    """Days away."""

    person = forms.ChoiceField(label=_("Qui"))
    first = forms.DateField(label=_("Du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Au"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, people: Iterable[SharedPerson], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="leave_%s", **kwargs)
        self.fields["person"].choices = [(each.public_id, each.name) for each in people]


class ShareForm(Form):
    """What one's company needs."""

    halves = forms.IntegerField(
        label=_("Demi-journées par semaine"), help_text=_("0 : rien pour l’instant."), min_value=0, max_value=60
    )
    open_on = halves_field(_("Quand vous recevez quelqu’un"))

    def __init__(self, *args: Any, share: TimeShare | None, **kwargs: Any) -> None:
        first = {"halves": share.halves, "open_on": share.open} if share else {"halves": 3}
        super().__init__(*args, initial=first, auto_id="share_%s", **kwargs)


class TimeWishForm(Form):
    """Something asked of the timetable."""

    kind = forms.ChoiceField(label=_("Ce qui est demandé"), choices=TimeWish.Kind.choices)
    person = forms.ChoiceField(label=_("Qui"), required=False)
    seat = forms.ChoiceField(label=_("Entreprise"), required=False)
    half = forms.TypedChoiceField(label=_("Demi-journée"), coerce=int, choices=halves)
    on = forms.DateField(
        label=_("Ce jour-là seulement"),
        help_text=_("Vide : chaque semaine."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    firm = forms.BooleanField(label=_("C’est ferme"), help_text=_("Sinon, si c’est possible."), required=False)

    def __init__(self, *args: Any, people: Iterable[SharedPerson], seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="wish_%s", **kwargs)
        self.people = {each.public_id: each for each in people}
        self.seats = {each.public_id: each for each in seats}
        self.fields["person"].choices = [("", "–"), *((key, each.name) for key, each in self.people.items())]
        self.fields["seat"].choices = [("", "–"), *((key, str(each)) for key, each in self.seats.items())]

    def values(self) -> dict[str, Any]:
        """What was asked, with who and where."""
        data = self.cleaned_data
        return {**data, "person": self.people.get(data["person"]), "seat": self.seats.get(data["seat"])}


class AskForm(Form):
    """Which weeks."""

    start = forms.DateField(label=_("Premier lundi"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    weeks = forms.IntegerField(label=_("Nombre de semaines"), min_value=1, max_value=13, initial=4)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        monday = today + timedelta(days=7 - today.weekday())
        super().__init__(*args, initial={"start": monday, "weeks": 4}, auto_id="ask_%s", **kwargs)
