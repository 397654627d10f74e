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


def dress(form: forms.BaseForm) -> forms.BaseForm:
    """Give any form the looks of the house; doing it twice changes nothing."""
    form.label_suffix = ""
    for field in form.fields.values():
        widget = field.widget
        widget.attrs.pop("placeholder", None)  # a label says it already, and stays while one types
        if not isinstance(widget, forms.HiddenInput):
            look = next((css for kind, css in _LOOKS.items() if type(widget) is kind), "form-control")
            widget.attrs.setdefault("class", look)
        if widget.attrs.get("autocomplete") == "one-time-code":
            widget.attrs.update({"class": "form-control cd-code", "inputmode": "numeric"})
    return form


def first_errors(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """(id of the field, its label, the first thing wrong with it), for the summary."""
    found = []
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        found.append(
            (field.id_for_label or field.auto_id, str(field.label), str(errors[0]))
            if field
            else ("", "", str(errors[0]))
        )
    return found


class Form(forms.Form):
    """A form that looks right and says what is wrong on top, with a link to each field."""

    template_name = "kit/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if "required" not in type(field).default_error_messages or str(field.error_messages["required"]) == str(
                forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = _("À remplir.")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _("Écrivez une adresse entière, par exemple nom@entreprise.fr.")
        dress(self)


class VersionedForm(Form):
    """A form over a row that others may edit: it carries the version it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
