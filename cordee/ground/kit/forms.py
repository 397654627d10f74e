"""What every form of the house shares: the error summary, the field's look, the version it was opened with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_LOOKS = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.Select: "form-select",
}


class Form(forms.Form):
    """A form that looks right and says what is wrong on top, with a link to each field."""

    template_name = "kit/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            look = next((css for kind, css in _LOOKS.items() if type(field.widget) is kind), "form-control")
            if not isinstance(field.widget, forms.HiddenInput):
                field.widget.attrs.setdefault("class", look)
            field.error_messages.setdefault("required", _("À remplir."))
            if field.required is False and field.label and not isinstance(field.widget, forms.HiddenInput):
                field.optional = True  # type: ignore[attr-defined]

    def first_errors(self) -> list[tuple[str, str, str]]:
        """(id of the field, its label, the first thing wrong with it), for the summary."""
        return [
            (
                self[name].id_for_label if name in self.fields else "",
                str(self[name].label) if name in self.fields else "",
                str(errors[0]),
            )
            for name, errors in self.errors.items()
        ]


class VersionedForm(Form):
    """A form over a row that others may edit: it carries the version it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
