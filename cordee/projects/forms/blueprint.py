"""A moment of a service, something to do in it, a first client and what came of the trial."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form
from cordee.projects.models import PilotClient, ServiceStep

DAY = {"type": "date"}


class StepForm(Form):
    """One moment, as the client lives it."""

    title = forms.CharField(label=_("Nom de ce moment"), help_text=_("Premier appel, visite, devis…"), max_length=80)
    seen = forms.CharField(label=_("Ce que voit le client"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    promise = forms.CharField(
        label=_("Ce que nous promettons"), help_text=_("Une réponse sous 48 heures, un seul devis…"),
        max_length=120, required=False,
    )  # fmt: skip
    position = forms.IntegerField(label=_("Place dans le parcours"), min_value=1, max_value=30, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, step: ServiceStep | None = None, **kwargs: Any) -> None:
        if step is not None:
            names = ("title", "seen", "promise", "position", "version")
            kwargs["initial"] = {name: getattr(step, name) for name in names}
        super().__init__(*args, **kwargs)


class PilotForm(Form):
    """A first client."""

    client = forms.CharField(label=_("Client"), max_length=120)
    tried = forms.CharField(label=_("Ce que vous y essayez"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    starts = forms.DateField(label=_("Du"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    ends = forms.DateField(label=_("Au"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


class PilotEndForm(Form):
    """What came of it."""

    verdict = forms.ChoiceField(label=_("L’offre"), choices=PilotClient.Verdict.choices, widget=forms.RadioSelect)
    said = forms.CharField(
        label=_("Ce que le client en dit"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    learned = forms.CharField(
        label=_("Ce que nous en retenons"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
