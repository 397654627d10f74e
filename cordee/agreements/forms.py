"""The interview: one box for each question the document asks, typed as the question is."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.agreements.models import DocumentKind
from cordee.agreements.reads import Question
from cordee.ground.kit.forms import VersionedForm
from cordee.ground.kit.money import CentsField

YES_NO = (("", _("– choisir –")), ("yes", _("Oui")), ("no", _("Non")))


def field_for(question: Question) -> forms.Field:
    """The box that fits a question."""
    common: dict[str, Any] = {"label": question.text, "required": False}
    match question.kind:
        case "yes_no":
            return forms.ChoiceField(choices=YES_NO, **common)
        case "choice":
            return forms.ChoiceField(choices=[("", _("– choisir –")), *question.choices], **common)
        case "money":
            return CentsField(**common)
        case "count":
            return forms.IntegerField(min_value=0, max_value=100_000, **common)
        case "percent":
            return forms.DecimalField(
                min_value=0, max_value=100, max_digits=6, decimal_places=3, localize=True, **common
            )
        case "day":
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common)
        case "long":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, **common)
        case _:
            return forms.CharField(max_length=400, **common)


class InterviewForm(VersionedForm):
    """Every question; what stays empty stays to be answered."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}
        for question in questions:
            name = "q-" + question.name.replace(".", "-")
            self.names[name] = question.name
            field = field_for(question)
            field.initial = (
                {True: "yes", False: "no"}.get(question.value, question.value)
                if question.kind == "yes_no"
                else question.value
            )
            field.optional = False  # type: ignore[attr-defined]
            field.widget.attrs.setdefault(
                "class", "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            )
            self.fields[name] = field

    def answers(self) -> dict[str, Any]:
        """What was answered, as the document keeps it."""
        found: dict[str, Any] = {}
        for name, key in self.names.items():
            value = self.cleaned_data.get(name)
            if value is None or value == "":
                continue
            if isinstance(self.fields[name], forms.ChoiceField) and value in ("yes", "no"):
                value = value == "yes"
            elif isinstance(value, date):
                value = value.isoformat()
            elif isinstance(self.fields[name], forms.DecimalField):
                value = str(value)
            found[key] = value
        return found


class KindForm(forms.Form):
    """Which document to prepare."""

    kind = forms.ChoiceField(choices=DocumentKind.choices)
