"""How a document is sent: in which order, until when, who signs for whom, who only receives a copy; or on paper."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from cordee.agreements.acts import TIME_TO_SIGN, Outsider, Sending
from cordee.agreements.reads import SignsToo
from cordee.ground.kit.forms import Form
from cordee.ground.signing.reads import Power, Provider
from cordee.groupings.models import Seat

COPIES = 3
LONGEST = timedelta(days=180)


def day_field(**kwargs: Any) -> forms.DateField:
    """A box for a day."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def end_of(day: date) -> datetime:
    """The last minute of a day, in Paris: « jusqu’au 3 » includes the third."""
    return make_aware(datetime.combine(day, time(23, 59)))


class SendForm(Form):
    """A line for each company: who signs, in which turn, until when; then who only receives the signed copy."""

    in_order = forms.ChoiceField(
        label=_("Dans quel ordre ?"),
        choices=(("no", _("Tous en même temps")), ("yes", _("L’un après l’autre, selon les numéros ci-dessous"))),
        widget=forms.RadioSelect,
        initial="no",
    )

    def __init__(
        self,
        *args: Any,
        seats: Sequence[Seat],
        powers: dict[int, list[Power]],
        at: datetime,
        outside: Provider | None,
        also: Sequence[SignsToo] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats, self.at, self.also = seats, at, also
        if outside:
            by_them = format_lazy(_("Par {name} ({level})"), name=outside.name, level=outside.level)
            self.fields["outside"] = forms.ChoiceField(
                label=_("Par qui ?"),
                choices=(("no", _("Par Cordée : signature simple")), ("yes", by_them)),
                widget=forms.RadioSelect,
                initial="no",
            )
        last = localtime(at + TIME_TO_SIGN).date()
        for place, seat in enumerate(seats, 1):
            able, name = powers[seat.pk], {"company": seat.company.name}
            key = seat.public_id
            self.fields[f"who-{key}"] = forms.ChoiceField(
                label=format_lazy(_("{company} : qui signe"), **name),
                choices=[(one.person.public_id, f"{one.person}, {one.capacity}") for one in able],
            )
            self.fields[f"rank-{key}"] = forms.IntegerField(
                label=format_lazy(_("{company} : numéro d’ordre"), **name), min_value=1, max_value=99, initial=place
            )
            self.fields[f"until-{key}"] = day_field(label=format_lazy(_("{company} : jusqu’au"), **name), initial=last)
        for place, one in enumerate(also, len(seats) + 1):
            self._ask_outsider(one, place, last)
        for number in range(1, COPIES + 1):
            words = {"number": number}
            self.fields[f"email-{number}"] = forms.EmailField(
                label=format_lazy(_("Copie {number} : adresse e-mail"), **words), required=False
            )
            self.fields[f"why-{number}"] = forms.CharField(
                label=format_lazy(_("Copie {number} : qui est-ce"), **words), max_length=80, required=False
            )
        self.__dress()

    def _ask_outsider(self, one: SignsToo, place: int, last: date) -> None:
        """How to reach somebody who signs beside the companies, and who signs for them."""
        name, key = {"who": one.name, "called": one.label.lower()}, one.key
        self.fields[f"to-{key}"] = forms.EmailField(
            label=format_lazy(_("{who} ({called}) : adresse e-mail"), **name),
            initial=one.email,
            help_text=_("Le lien pour signer y part ; un code confirme que c’est bien cette personne."),
        )
        self.fields[f"name-{key}"] = forms.CharField(
            label=format_lazy(_("{who} : qui signe"), **name), initial=one.representative or one.name, max_length=120
        )
        self.fields[f"as-{key}"] = forms.CharField(
            label=format_lazy(_("{who} : en quelle qualité"), **name),
            initial=one.capacity,
            max_length=60,
            required=False,
            help_text=_("Par exemple : maire, gérante. Vide pour qui signe pour soi."),
        )
        self.fields[f"rank-{key}"] = forms.IntegerField(
            label=format_lazy(_("{who} : numéro d’ordre"), **name), min_value=1, max_value=99, initial=place
        )
        self.fields[f"until-{key}"] = day_field(label=format_lazy(_("{who} : jusqu’au"), **name), initial=last)

    def __dress(self) -> None:
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect):
                look = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
                field.widget.attrs.setdefault("class", look)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        today = localtime(self.at).date()
        for key in self._keys():
            until = data.get(f"until-{key}")
            if until and not today < until <= today + LONGEST:
                self.add_error(f"until-{key}", _("Choisissez un jour à venir, dans les six mois."))
        return data

    def _keys(self) -> list[str]:
        return [*(seat.public_id for seat in self.seats), *(one.key for one in self.also)]

    def sending(self) -> Sending:
        """What was chosen, as the act takes it."""
        data = self.cleaned_data
        keys = self._keys()
        return Sending(
            in_order=data["in_order"] == "yes",
            outside=data.get("outside") == "yes",
            ranks={key: data[f"rank-{key}"] for key in keys},
            deadlines={key: end_of(data[f"until-{key}"]) for key in keys},
            signs={seat.public_id: data[f"who-{seat.public_id}"] for seat in self.seats},
            also={
                one.key: Outsider(data[f"to-{one.key}"], data[f"name-{one.key}"], data[f"as-{one.key}"])
                for one in self.also
            },
            copies=[
                (data[f"email-{number}"], "", data[f"why-{number}"])
                for number in range(1, COPIES + 1)
                if data[f"email-{number}"]
            ],
        )


class MoreTimeForm(Form):
    """A new deadline for those who have not signed yet."""

    until = day_field(label=_("Nouveau délai pour ceux qui n’ont pas signé"))


class Scans(forms.ClearableFileInput):
    """Several files in one box: a telephone offers its camera."""

    allow_multiple_selected = True


class PaperForm(Form):
    """The scan of what was signed by hand."""

    signed_on = day_field(label=_("Signé le (le jour écrit sur le papier)"))
    pages = forms.Field(  # several files: each is checked by the act that takes them in
        label=_("Le scan : un PDF, ou une photo par page"),
        widget=Scans(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        required=False,
    )
    vouch = forms.BooleanField(
        label=_("J’atteste que ce scan est celui du document que tous ont signé à la main, et j’en tiens l’original.")
    )

    def scans(self) -> list[UploadedFile]:
        """The files, in the order in which they were chosen."""
        return list(self.files.getlist("pages"))
