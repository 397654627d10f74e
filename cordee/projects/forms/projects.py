"""Opening a project, its particulars, its budget, its measures."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, VersionedForm, dress
from cordee.ground.kit.money import CentsField, hundredths, read_cents
from cordee.groupings.models import Seat
from cordee.projects.kinds import Kind
from cordee.projects.kinds.base import Ask
from cordee.projects.models import BudgetLine, Project


def field_for(ask: Ask, default: Any) -> forms.Field:
    """The field that asks for one of the particulars: its type is that of its default."""
    if isinstance(default, bool):
        return forms.BooleanField(label=ask.label, help_text=ask.help, required=False, initial=default)
    if isinstance(default, int):
        return forms.IntegerField(
            label=ask.label, help_text=ask.help, min_value=ask.low, max_value=ask.high, initial=default
        )
    if ask.day:
        calendar = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=ask.label, help_text=ask.help, required=False, initial=default, widget=calendar)
    widget = forms.Textarea(attrs={"rows": ask.rows}) if ask.rows > 1 else forms.TextInput()
    return forms.CharField(
        label=ask.label, help_text=ask.help, max_length=300, required=False, initial=default, widget=widget
    )


class _Particulars:
    """The fields of a kind's particulars, in any form."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    kind: Kind

    def ask(self, kind: Kind, told: Any = None) -> None:
        """Add the fields, filled with what is told already, else with the defaults."""
        self.kind = kind
        values = told if told is not None else kind.particulars()
        defaults = {each.name: getattr(values, each.name) for each in fields(kind.particulars)}
        for name, ask in (kind.asks or {}).items():
            self.fields[name] = field_for(ask, defaults[name])

    def particulars(self) -> dict[str, Any]:
        """What was told, as it is stored: a day as 2027-03-16."""
        told = {name: self.cleaned_data[name] for name in self.kind.asks or {}}
        days = [name for name, ask in (self.kind.asks or {}).items() if ask.day]
        return {**told, **{name: told[name].isoformat() if told[name] else "" for name in days}}


class NewProjectForm(Form, _Particulars):
    """A name, who takes part, the particulars of the kind."""

    name = forms.CharField(label=_("Nom du projet"), max_length=120)
    purpose = forms.CharField(
        label=_("Ce que vous ferez ensemble, et pourquoi"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seats = forms.MultipleChoiceField(label=_("Qui en est"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, kind: Kind, members: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {seat.public_id: seat for seat in members}
        self.fields["seats"].choices = [(key, str(seat)) for key, seat in self.members.items()]
        self.fields["seats"].initial = list(self.members)
        self.ask(kind)
        dress(self)

    def chosen(self) -> list[Seat]:
        """The seats that take part."""
        return [self.members[key] for key in self.cleaned_data["seats"]]


class ProjectForm(VersionedForm, _Particulars):
    """A project's name, purpose and particulars."""

    name = forms.CharField(label=_("Nom du projet"), max_length=120)
    purpose = forms.CharField(
        label=_("Ce que vous ferez ensemble, et pourquoi"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        first = {"name": project.name, "purpose": project.purpose, "version": project.version}
        super().__init__(*args, initial=first, **kwargs)
        self.ask(project.kind_data, project.told)
        dress(self)

    def values(self) -> dict[str, Any]:
        """All that was said, by name."""
        return {**{name: self.cleaned_data[name] for name in ("name", "purpose")}, **self.particulars()}


class BudgetForm(VersionedForm):
    """The lines of a budget: a label and an amount each, and three empty ones."""

    def __init__(self, *args: Any, project: Project, lines: Iterable[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": project.version}, **kwargs)
        known = list(lines)
        posted = sum(1 for name in self.data if name.startswith("label_"))
        self.count = min(60, max(len(known) + 3, posted))
        for place in range(self.count):
            line = known[place] if place < len(known) else None
            self.fields[f"label_{place}"] = forms.CharField(
                label=_("Ligne"), max_length=120, required=False, initial=line.label if line else ""
            )
            self.fields[f"cents_{place}"] = CentsField(
                label=_("Montant hors taxes"), required=False, min_cents=0, initial=line.cents if line else None
            )
            for name in (f"label_{place}", f"cents_{place}"):
                self.fields[name].widget.attrs.setdefault("class", "form-control")

    def clean(self) -> dict[str, Any]:
        """A label wants an amount, an amount wants a label."""
        cleaned = super().clean() or {}
        for place in range(self.count):
            label, cents = cleaned.get(f"label_{place}", ""), cleaned.get(f"cents_{place}")
            if label and cents is None and f"cents_{place}" not in self.errors:
                self.add_error(f"cents_{place}", _("Il manque le montant."))
            if cents and not label:
                self.add_error(f"label_{place}", _("Il manque le nom de cette ligne."))
        return cleaned

    def pairs(self) -> list[tuple[Any, Any]]:
        """Each line's two fields."""
        return [(self[f"label_{place}"], self[f"cents_{place}"]) for place in range(self.count)]

    def rows(self) -> list[tuple[str, int]]:
        """(label, cents)."""
        found = [
            (self.cleaned_data[f"label_{place}"], self.cleaned_data[f"cents_{place}"]) for place in range(self.count)
        ]
        return [(label, cents or 0) for label, cents in found if label]


class VoteForm(Form):
    """What is proposed."""

    text = forms.CharField(label=_("Ce que vous proposez"), widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(Form):
    """Where and by whom it was settled."""

    note = forms.CharField(
        label=_("Où et par qui est-ce réglé ?"),
        max_length=300,
        help_text=_("Par exemple : réunion du 3 mars, tous présents."),
    )


class MeasureForm(Form):
    """What an indicator says, on a day."""

    value = forms.CharField(label=_("Valeur"), max_length=20)
    on = forms.DateField(label=_("Le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today

    def clean_value(self) -> int:
        """In hundredths."""
        text = self.cleaned_data["value"]
        try:
            return read_cents(text)
        except ValueError:
            raise forms.ValidationError(
                _("« %(value)s » n’est pas un nombre. Écrivez par exemple %(example)s.")
                % {"value": text, "example": hundredths(1250)}
            ) from None


class EndForm(Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("Ce qu’il en est résulté"), choices=Project.Outcome.choices, widget=forms.RadioSelect
    )
    lessons = forms.CharField(
        label=_("Ce que nous en retenons"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
