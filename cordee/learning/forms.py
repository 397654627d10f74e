"""Planning a session, its plan, answers from 1 to 5, what is told to others."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.forms import Form, dress
from cordee.groupings.models import Seat
from cordee.learning.models import Testimony
from cordee.learning.reads import questions_of

SCALE = tuple((str(number), str(number)) for number in range(1, 6))
ACTIONS = 4


class SessionForm(Form):
    """Who brings a question, who leads, when."""

    subject = forms.CharField(
        label=_("La question, en une phrase"),
        max_length=200,
        help_text=_("Elle reste dans la séance, et s’efface à la fin."),
    )
    client = forms.ModelChoiceField(label=_("Qui l’apporte (le client)"), queryset=Seat.objects.none())
    facilitator = forms.ModelChoiceField(label=_("Qui anime"), queryset=Seat.objects.none())
    starts_at = forms.DateTimeField(
        label=_("Quand"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(label=_("Où"), max_length=200, required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Seat.objects.filter(grouping=seat.grouping, state=Seat.State.MEMBER).select_related("company")
        for name in ("client", "facilitator"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
        self.fields["client"].initial = seat.pk


class PlanForm(Form):
    """The client's own plan: a few actions, with their dates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ACTIONS + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("Action %(number)s") % {"number": number}, max_length=300, required=number == 1
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Pour le"), required=False, widget=forms.DateInput(attrs={"type": "date"})
            )
        dress(self)

    def actions(self) -> list[tuple[str, date | None]]:
        given = self.cleaned_data
        return [(given[f"text_{number}"], given[f"due_{number}"]) for number in range(1, ACTIONS + 1)]


class FollowForm(Form):
    """What came of an action."""

    done = forms.BooleanField(label=_("C’est fait"), required=False)
    said = forms.CharField(label=_("Ce qu’il en est"), max_length=300, required=False)


class AnswersForm(Form):
    """One answer from 1 to 5 for each question."""

    def __init__(self, *args: Any, kind: str, asked: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions_of(kind):
            self.fields[question.slug] = forms.ChoiceField(
                label=asked[question.slug],
                choices=SCALE,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                error_messages={"required": _("Choisissez de 1 à 5.")},
            )

    def answers(self) -> dict[str, int]:
        return {name: int(value) for name, value in self.cleaned_data.items()}


class TestimonyForm(Form):
    """Did it work? A few words, a name, a photo, and whether everybody may read it."""

    worked = forms.ChoiceField(
        label=_("Cela a-t-il marché ?"), choices=Testimony.Worked.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("En quelques mots"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    signed = forms.CharField(
        label=_("Signé"), max_length=120, required=False, help_text=_("Nom et entreprise, comme vous voulez être cité.")
    )
    photo = forms.FileField(label=_("Une photo"), required=False)
    public = forms.BooleanField(
        label=_("J’accepte que ce témoignage soit publié. Je peux le retirer à tout moment."), required=False
    )


class PageForm(Form):
    """What everybody would read, put to the vote."""

    name = forms.CharField(label=_("Nom ou marque"), max_length=80)
    line = forms.CharField(label=_("Ce que vous faites ensemble, en une ligne"), max_length=140)
    offer = forms.CharField(label=_("Votre offre"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    references = forms.CharField(
        label=_("Vos références communes"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(label=_("Contact public"), max_length=120, required=False)


class CaseForm(Form):
    """The lesson that one adds to a case."""

    lesson = forms.CharField(
        label=_("Ce que nous en avons appris, sans nommer personne"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
