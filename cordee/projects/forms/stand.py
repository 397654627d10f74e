"""The sketch of the stand, its calendar, the hours and the people who hold it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm
from cordee.groupings.models import Seat
from cordee.projects.acts import NewArea
from cordee.projects.models import PresencePlan, StandArea, StandSketch

SPARE = 2


class TenthsField(forms.Field):
    """Metres (or hours) with one decimal; its value is in tenths."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("« %(value)s » n’est pas une mesure. Écrivez par exemple 2,5.")}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = str(value).strip().replace(".", ",")
        if not re.fullmatch(r"\d{1,3}(,\d)?", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        whole, _sep, rest = text.partition(",")
        return int(whole) * 10 + int(rest or 0)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 10},{value % 10}".removesuffix(",0") if isinstance(value, int) else value


class ClockField(forms.Field):
    """An hour of the day; its value is minutes since midnight."""

    widget = forms.TimeInput(attrs={"type": "time"})
    default_error_messages = {"invalid": _("« %(value)s » n’est pas une heure. Écrivez par exemple 9:00.")}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        found = re.fullmatch(r"(\d{1,2})[:hH ]+(\d{2})?", f"{value}".strip() + ("" if ":" in str(value) else "h"))
        if not found or int(found[1]) > 24 or int(found[2] or 0) > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        return int(found[1]) * 60 + int(found[2] or 0)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 60:02d}:{value % 60:02d}" if isinstance(value, int) else value


class CutForm(Form):
    """The outline of the stand, and the square metres that each asks for."""

    width = TenthsField(label=_("Façade en mètres"))
    depth = TenthsField(label=_("Profondeur en mètres"))

    def __init__(self, *args: Any, seats: Iterable[Seat], width: int = 60, depth: int = 30, **kwargs: Any) -> None:
        super().__init__(*args, initial={"width": width, "depth": depth}, **kwargs)
        self.seats = {f"area_{seat.public_id}": seat for seat in seats}
        for name, seat in self.seats.items():
            label = _("m² demandés par %(company)s") % {"company": seat}
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=400, initial=3, required=False)
        self.fields["common"] = forms.IntegerField(
            label=_("m² d’accueil commun"), min_value=0, max_value=400, initial=3, required=False
        )
        for name in (*self.seats, "common"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def asked(self) -> dict[Seat, int]:
        """What each asks for."""
        return {seat: self.cleaned_data[name] or 0 for name, seat in self.seats.items()}


class SketchForm(VersionedForm):
    """The rectangles, one a row, and two empty ones; a row without width is left out."""

    width = TenthsField(label=_("Façade en mètres"))
    depth = TenthsField(label=_("Profondeur en mètres"))

    def __init__(
        self, *args: Any, sketch: StandSketch, areas: Iterable[StandArea], seats: Iterable[Seat], **kwargs: Any
    ) -> None:
        first: dict[str, Any] = {"width": sketch.width, "depth": sketch.depth, "version": sketch.version}
        super().__init__(*args, initial=first, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        choices = [("", _("Tous")), *((key, str(seat)) for key, seat in self.seats.items())]
        drawn = list(areas)
        self.rows = len(drawn) + SPARE
        for place in range(self.rows):
            area = drawn[place] if place < len(drawn) else None
            fields: dict[str, forms.Field] = {
                "seat": forms.ChoiceField(choices=choices, required=False, label=_("Entreprise")),
                "label": forms.CharField(max_length=60, required=False, label=_("Nom de l’emplacement")),
                **{name: TenthsField(required=False, label=label) for name, label in SIDES},
            }
            for name, field in fields.items():
                if area is not None:
                    field.initial = (
                        (area.seat.public_id if area.seat else "") if name == "seat" else getattr(area, name)
                    )
                field.widget.attrs["class"] = "form-select" if name == "seat" else "form-control"
                field.widget.attrs["aria-label"] = str(field.label)
                self.fields[f"{name}_{place}"] = field

    @property
    def lines(self) -> list[list[Any]]:
        """The boxes, row by row."""
        names = ("seat", "label", *(name for name, _label in SIDES))
        return [[self[f"{name}_{place}"] for name in names] for place in range(self.rows)]

    def areas(self) -> list[NewArea]:
        """The rectangles that were written."""
        data = self.cleaned_data
        return [
            NewArea(
                data[f"x_{place}"] or 0,
                data[f"y_{place}"] or 0,
                data[f"width_{place}"] or 0,
                data[f"depth_{place}"] or 0,
                self.seats.get(data[f"seat_{place}"]),
                data[f"label_{place}"],
            )
            for place in range(self.rows)
            if data[f"width_{place}"] or data[f"depth_{place}"]
        ]


SIDES = (
    ("x", _("Depuis la gauche, m")),
    ("y", _("Depuis le devant, m")),
    ("width", _("Largeur, m")),
    ("depth", _("Profondeur, m")),
)


class DateForm(Form):
    """Something to do by a day."""

    label = forms.CharField(label=_("À faire"), max_length=120)
    due = forms.DateField(label=_("Avant le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class OpeningForm(Form):
    """The hours of the stand, cut into turns."""

    first = forms.DateField(label=_("Premier jour"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    days = forms.IntegerField(label=_("Nombre de jours"), min_value=1, max_value=31, initial=3)
    opens = ClockField(label=_("Ouverture"), initial=540)
    closes = ClockField(label=_("Fermeture"), initial=1080)
    length = forms.IntegerField(label=_("Durée d’un tour, en minutes"), min_value=30, max_value=600, initial=120)
    need = forms.IntegerField(label=_("Personnes à la fois"), min_value=1, max_value=20, initial=2)
    in_row = forms.IntegerField(
        label=_("Minutes de suite au plus"),
        help_text=_("Ensuite vient une pause."),
        min_value=30,
        max_value=600,
        initial=240,
    )
    day_most = forms.IntegerField(label=_("Minutes par jour au plus"), min_value=30, max_value=720, initial=480)
    by_surface = forms.BooleanField(
        label=_("Chacun tient selon ses m²"), help_text=_("Sinon, à parts égales."), required=False
    )

    def __init__(self, *args: Any, plan: PresencePlan | None, opens_on: date | None, **kwargs: Any) -> None:
        first: dict[str, Any] = {"first": opens_on}
        if plan is not None:
            first |= {"in_row": plan.in_row, "day_most": plan.day_most, "by_surface": plan.by_surface}
            slots = list(plan.slots.all())
            if slots:
                first |= {"first": slots[0].day, "days": len({each.day for each in slots}), "need": slots[0].need}
                first |= {"opens": slots[0].start, "closes": slots[-1].end, "length": slots[0].end - slots[0].start}
        super().__init__(*args, initial=first, **kwargs)
