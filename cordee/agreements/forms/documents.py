"""The interview: one box for each question the document asks, typed as the question is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cordee.agreements.reads import Question, kinds
from cordee.ground.kit.forms import Form, VersionedForm
from cordee.ground.kit.money import CentsField
from cordee.groupings.models import Seat

MOST_LOTS = 40
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
    """What is asked, the lots, then what is known already; what stays empty stays to be answered."""

    template_name = "agreements/interview.html"

    def __init__(
        self,
        *args: Any,
        questions: tuple[Question, ...],
        known: tuple[Question, ...] = (),
        lots: Sequence[Mapping[str, Any]] | None = None,
        parties: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lots: list[str] = []
        self.names: dict[str, str] = {}
        self._ask(questions)
        self._ask_lots(lots, parties)
        before = set(self.fields)
        self._ask(known)
        self.known = [name for name in self.fields if name not in before]

    def asked_fields(self) -> list[forms.BoundField]:
        """What is still to be answered, and the lots."""
        return [self[name] for name in self.fields if name not in self.known and name != "version"]

    def known_fields(self) -> list[forms.BoundField]:
        """What is filled in already: to be read over, or changed."""
        return [self[name] for name in self.known]

    def shows_known(self) -> bool:
        """Whether what is filled in stands open: nothing else is asked, or something in it is wrong."""
        return not any(name.startswith("q-") for name in set(self.fields) - set(self.known)) or any(
            name in self.errors for name in self.known
        )

    def _ask(self, questions: tuple[Question, ...]) -> None:
        """A box for each question."""
        for question in questions:
            if question.name.partition(".")[0] == "lots":
                continue
            name = "q-" + question.name.replace(".", "-")
            self.names[name] = question.name
            field = field_for(question)
            field.help_text = " · ".join(part for part in (question.help, question.article) if part)
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

    def _ask_lots(self, lots: Sequence[Mapping[str, Any]] | None, parties: Sequence[tuple[str, str]]) -> None:
        """Three boxes for each lot: a row for each company, and always one that is free."""
        if lots is None:
            return
        companies = [("", _("– choisir –")), *parties]
        for number in range(1, min(max(len(parties), len(lots) + 1), MOST_LOTS) + 1):
            lot = lots[number - 1] if number <= len(lots) else {}
            at, n = f"lot-{number}", {"number": number}
            boxes = {
                "title": forms.CharField(
                    label=format_lazy(_("Lot {number} : ce qui est à faire"), **n),
                    max_length=200,
                    widget=forms.TextInput(attrs={"class": "form-control"}),
                ),
                "member": forms.ChoiceField(
                    label=format_lazy(_("Lot {number} : par quelle entreprise"), **n),
                    choices=companies,
                    widget=forms.Select(attrs={"class": "form-select"}),
                ),
                "amount": CentsField(label=format_lazy(_("Lot {number} : son prix hors taxes"), **n)),
            }
            for key, field in boxes.items():
                field.required, field.initial = False, lot.get(key)
                field.optional = False  # type: ignore[attr-defined]
                field.widget.attrs.setdefault("class", "form-control")
                self.fields[f"{at}-{key}"] = field
            self.lots.append(at)

    def _lots(self) -> list[dict[str, Any]]:
        keys, data = ("title", "member", "amount"), self.cleaned_data
        rows = [{key: data.get(f"{at}-{key}") for key in keys} for at in self.lots]
        kept = [row for row in rows if row["title"] or row["amount"] is not None]
        return [{"id": str(number), **row} for number, row in enumerate(kept, 1)]

    def answers(self) -> dict[str, Any]:
        """What was answered, as the document keeps it."""
        found: dict[str, Any] = {}
        if lots := self._lots():
            found["lots"] = lots
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
    """Which document to prepare, among all that the library makes, and between whom: nobody ticked is everybody."""

    kind = forms.ChoiceField()
    parties = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.slug, one.label) for one in kinds()]
        self.fields["parties"].choices = [(seat.public_id, str(seat.company)) for seat in seats]


class PartiesForm(VersionedForm):
    """Which members sign a document."""

    parties = forms.MultipleChoiceField(
        label=_("Les entreprises qui signent"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], chosen: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [(seat.public_id, str(seat.company)) for seat in seats]
        self.fields["parties"].initial = list(chosen)


class ReviewForm(Form):
    """Who read the text over."""

    reviewer = forms.CharField(
        label=_("Qui a relu ce texte ?"), max_length=160, help_text=_("Par exemple : Me Durand, avocate à Montpellier.")
    )
