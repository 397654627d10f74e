"""What changes a signed document, and the powers to sign."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.agreements.forms.signing import day_field
from cordee.agreements.reads import kinds
from cordee.directory.models import Company
from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField

LEAVE, AGREED, TOGETHER = "leave", "agreed", "together"


class EndForm(Form):
    """Leaving alone, with notice; or, by a document that all sign, one company that leaves, or the end for all."""

    how = forms.ChoiceField(label=_("Qui s’arrête ?"), widget=forms.RadioSelect)
    effect_on = day_field(label=_("À partir du"))
    reason = forms.CharField(
        label=_("Pour quelle raison ? Les autres la liront."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, company: str, may_leave: bool, parties: int, leave_from: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        together = (TOGETHER, _("Tous ensemble : un accord de résiliation, signé par tous"))
        alone = (LEAVE, _("%(company)s seule : un préavis, les autres continuent") % {"company": company})
        agreed = (AGREED, _("%(company)s seule, d’accord avec tous : un acte que tous signent") % {"company": company})
        self.fields["how"].choices = [alone, *([agreed] if parties > 2 else []), together] if may_leave else [together]
        self.fields["how"].initial = LEAVE if may_leave else TOGETHER
        self.fields["effect_on"].initial = leave_from


class DelegationForm(Form):
    """Who may sign for the company, what, up to how much, until when; and the writing that says so."""

    company = forms.ChoiceField(label=_("Pour quelle entreprise"))
    name = forms.CharField(label=_("Nom de la personne"), max_length=120)
    email = forms.EmailField(label=_("Son adresse e-mail personnelle"))
    role = forms.CharField(label=_("Sa fonction"), max_length=60, help_text=_("Par exemple : directrice technique."))
    kinds = forms.MultipleChoiceField(
        label=_("Pour quels documents"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : tous les documents."),
    )
    limit_cents = CentsField(
        label=_("Montant engagé au plus, hors taxes"), required=False, min_cents=1, help_text=_("Vide : sans limite.")
    )
    since = day_field(label=_("À partir du"))
    until = day_field(label=_("Jusqu’au"), required=False)
    paper = forms.FileField(
        label=_("L’écrit signé par vous, en PDF ou en photo"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/*"}),
    )

    def __init__(self, *args: Any, companies: Iterable[Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {one.public_id: one for one in companies}
        self.fields["company"].choices = [(key, str(one)) for key, one in self.companies.items()]
        self.fields["kinds"].choices = [(one.slug, one.label) for one in kinds()]
