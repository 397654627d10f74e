"""Hours worked: as the person says them, as a company corrects them, and where the link goes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.groupings.models import Seat
from cordee.projects.forms.stand import ClockField
from cordee.projects.models import WorkEntry

HOURS = ("starts", "ends", "pause", "road")


def _minutes(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=0, max_value=600, initial=0, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class HoursForm(Form):
    """From when to when, where, with which pause."""

    day = forms.DateField(label=_("Jour"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    seat = forms.ChoiceField(label=_("Entreprise"))
    starts = ClockField(label=_("Début"), initial=540)
    ends = ClockField(label=_("Fin"), initial=1020)
    pause = _minutes(_("Pause, en minutes"))
    road = _minutes(_("Trajet, en minutes"), _("Depuis une autre entreprise le même jour : c’est du temps de travail."))

    def __init__(self, *args: Any, seats: Iterable[Seat], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": today, "pause": 60}, auto_id="hours_%s", **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["seat"].choices = [(key, str(seat)) for key, seat in self.seats.items()]

    def values(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        whole = {name: data[name] or 0 for name in ("pause", "road")}
        return {"day": data["day"], "seat": self.seats[data["seat"]], **{n: data[n] for n in HOURS[:2]}, **whole}


class CorrectForm(VersionedForm):
    """What a company keeps of its own hours, and why."""

    starts = ClockField(label=_("Début"))
    ends = ClockField(label=_("Fin"))
    pause = _minutes(_("Pause, en minutes"))
    road = _minutes(_("Trajet, en minutes"))
    why = forms.CharField(
        label=_("Pourquoi vous corrigez"), max_length=200, help_text=_("La personne le lit, et peut répondre.")
    )

    def __init__(self, *args: Any, entry: WorkEntry, **kwargs: Any) -> None:
        first = {**entry.hours, "why": entry.reason, "version": entry.version}
        super().__init__(*args, initial=first, **kwargs)

    def values(self) -> dict[str, Any]:
        """What the act takes."""
        return {**self.cleaned_data, **{name: self.cleaned_data[name] or 0 for name in ("pause", "road")}}


class SheetLinkForm(Form):
    """The address to which the link of a time sheet goes."""

    email = forms.EmailField(label=_("Son adresse e-mail"))
