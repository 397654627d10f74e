"""The questionnaire on the legal form: one choice a question, none is compulsory but the first that matters."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cordee.agreements.reads import AskedForm
from cordee.ground.kit.forms import Form


class FormAdviceForm(Form):
    """A dozen plain questions."""

    def __init__(self, *args: Any, questions: Sequence[AskedForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = questions
        for question in questions:
            field = forms.ChoiceField(
                label=question.label,
                help_text=question.help,
                choices=question.choices,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                required=False,
            )
            field.optional = False  # type: ignore[attr-defined]
            self.fields[question.code] = field

    def answers(self) -> dict[str, str]:
        """What was answered, by question."""
        return {one.code: value for one in self.asked if (value := self.cleaned_data.get(one.code))}
