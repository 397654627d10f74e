"""What one fills in for the turns of a grouping's life."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.kit.forms import Form
from cordee.groupings.models import Holding, Review, Seat, Settling


def _long(label: Any, *, required: bool = True, help: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        help_text=help,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
    )


def evening(at: datetime, days: int) -> datetime:
    """Six in the evening, some days later."""
    return (localtime(at) + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)


class TurnForm(Form):
    """A turn of life to put to the vote: why, until when, and who leads an ending."""

    why = _long(_("Pourquoi"), required=False, help=_("Les membres liront ces mots avec la question."))
    closes_at = _moment(_("Clôture du vote"))

    def __init__(self, *args: Any, at: datetime, members: list[Seat] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"closes_at": evening(at, 14), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.members = {seat.public_id: seat for seat in members or []}
        if self.members:
            self.fields["lead"] = forms.ChoiceField(
                label=_("Qui mène la fin du groupement ?"),
                choices=[(key, str(seat.company)) for key, seat in self.members.items()],
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.order_fields(["lead", "why", "closes_at"])

    def lead(self) -> Seat | None:
        """The company that was picked, where one is asked for."""
        return self.members.get(self.cleaned_data.get("lead", ""))


class NewPurposeForm(Form):
    """A new purpose, in the words that will be voted."""

    purpose = _long(_("Le but"), help=_("Ce que vous faites ensemble, à partir de maintenant."))
    end_condition = forms.CharField(label=_("La fin"), max_length=300, required=False)
    necessity = _long(_("Ce qu’aucun ne peut seul"), required=False)
    closes_at = _moment(_("Clôture du vote"))


class ReviewForm(Form):
    """The answer of one company to the yearly question."""

    choice = forms.ChoiceField(
        label=_("Le but vaut-il encore la peine ?"), choices=Review.Outcome.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label=_("Pourquoi"), max_length=300, required=False)


class HoldingForm(Form):
    """Who holds one's company, or whom it supplies."""

    kind = forms.ChoiceField(label=_("Ce lien"), choices=Holding.Kind.choices)
    other = forms.ChoiceField(label=_("Une entreprise du groupement"), required=False)
    name = forms.CharField(label=_("Ou une autre personne, une autre entreprise"), max_length=120, required=False)
    percent = forms.IntegerField(
        label=_("Sa part du capital, en %"), min_value=1, max_value=100, required=False,
        help_text=_("Laissez vide si vous ne la connaissez pas."),
    )  # fmt: skip

    def __init__(self, *args: Any, companies: list[Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {company.public_id: company for company in companies}
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("aucune")), *((key, str(company)) for key, company in self.companies.items())]

    def declared(self) -> dict[str, Any]:
        """As the act takes it."""
        data = self.cleaned_data
        return {"kind": data["kind"], "name": data["name"], "percent": data["percent"],
                "other": self.companies.get(data["other"])}  # fmt: skip


class AskForm(Form):
    """A company that asks to come in."""

    company = forms.ChoiceField(label=_("Pour quelle entreprise ?"))
    words = _long(_("Ce que vous apportez, ce que vous cherchez"), help=_("Trois lignes suffisent."))

    def __init__(self, *args: Any, companies: list[Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {company.public_id: company for company in companies}
        field = self.fields["company"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(company)) for key, company in self.companies.items()]


class ExclusionForm(Form):
    """What a company is reproached with, and when it will be heard."""

    grievances = _long(
        _("Ce qui est reproché"), rows=6, help=_("Des faits et des dates. L’entreprise les lit d’abord, seule.")
    )
    hearing_at = _moment(_("Quand elle sera entendue"))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"hearing_at": evening(at, 21), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class AnswerForm(Form):
    """What the company says to it."""

    answer = _long(_("Votre réponse"), rows=5, help=_("Les membres la liront à côté des griefs, avant de voter."))


class ItemForm(Form):
    """One item of the ending."""

    state = forms.ChoiceField(label=_("Où en est-on ?"), choices=Settling.State.choices)
    owner = forms.ChoiceField(label=_("Qui s’en occupe ?"), required=False)
    note = forms.CharField(label=_("Ce qui a été fait, ou pourquoi c’est sans objet"), max_length=300, required=False)

    def __init__(self, *args: Any, members: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {seat.public_id: seat for seat in members}
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("personne encore")), *((key, str(seat.company)) for key, seat in self.members.items())]
