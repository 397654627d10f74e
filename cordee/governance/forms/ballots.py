"""Proposing a decision, giving a proxy, leaving a vote."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cordee.governance.acts import Way
from cordee.governance.models import DecisionType, Resolution
from cordee.governance.reads import METHODS
from cordee.ground.kit.forms import Form
from cordee.ground.kit.money import CentsField
from cordee.ground.register.models import address
from cordee.groupings.models import Seat

OTHER_SETTINGS = ("method", "options", "hidden", "secret")


class ResolutionForm(Form):
    """A question in the very words that will be voted on."""

    title = forms.CharField(label=_("La question, en une ligne"), max_length=160)
    text = forms.CharField(
        label=_("La proposition"),
        help_text=_("Ce texte est celui qui sera voté : dites qui fait quoi, pour combien, à partir de quand."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=6000,
    )
    decision_type = forms.ChoiceField(label=_("Type de décision"), choices=DecisionType.choices)
    cents = CentsField(
        label=_("Montant engagé"),
        required=False,
        min_cents=1,
        help_text=_("S’il y en a un. Les suppléants dont le mandat s’arrête en dessous ne voteront pas."),
    )
    closes_at = forms.DateTimeField(
        label=_("Clôture du vote"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
    )

    method = forms.ChoiceField(
        label=_("Façon de voter"),
        choices=[("", _("Celle du règlement")), *METHODS],
        required=False,
        help_text=_("Pour les décisions courantes seulement ; les autres se votent comme le règlement le dit."),
    )
    options = forms.CharField(
        label=_("Réponses possibles"),
        help_text=_("Une par ligne, quand on choisit entre plusieurs."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    hidden = forms.BooleanField(label=_("Résultat caché jusqu’à la clôture"), required=False)
    secret = forms.BooleanField(
        label=_("Vote secret"),
        help_text=_("Le registre dit qui a voté, jamais comment. Chacun reçoit un code pour retrouver son bulletin."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        at: Any,
        effect: str = "",
        seats: tuple[Seat, ...] = (),
        effect_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        evening = (localtime(at) + timedelta(days=7)).replace(hour=18, minute=0, second=0, microsecond=0)
        kwargs["initial"] = {"closes_at": evening, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.effect, self.effect_data = effect, effect_data or {}
        self.seats = {seat.public_id: seat for seat in seats}
        if effect == Resolution.Effect.COORDINATOR:
            choices = [(key, str(seat)) for key, seat in self.seats.items()]
            self.fields["who"] = forms.ChoiceField(
                label=_("Entreprise mandataire"), choices=choices, widget=forms.Select(attrs={"class": "form-select"})
            )
            self.order_fields(["who", "title", "text", "closes_at"])
        if effect:
            self.fields.pop("decision_type")
            self.fields.pop("cents")
            self.fields.pop("method")
            self.fields.pop("options")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in OTHER_SETTINGS]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name in OTHER_SETTINGS]

    @property
    def others_open(self) -> bool:
        """Whether « Autres réglages » was used: it stays open when the form comes back."""
        return any(self[name].value() for name in OTHER_SETTINGS if name in self.fields)

    def question(self) -> dict[str, Any]:
        """What is put to the vote, as the act takes it."""
        data = {name: self.cleaned_data[name] for name in ("title", "text", "closes_at")}
        data["cents"] = self.cleaned_data.get("cents")
        data["decision_type"] = self.cleaned_data.get("decision_type", DecisionType.ORDINARY)
        if self.effect == Resolution.Effect.COORDINATOR:
            chosen = self.seats[self.cleaned_data["who"]]
            named = _("%(company)s est désignée mandataire du groupement.") % {"company": chosen}
            data["text"] = f"{named}\n{data['text']}"
            data["effect_on"] = address(chosen)
        if self.effect == Resolution.Effect.RULES:
            data["decision_type"] = DecisionType.RULES
        way = Way(
            method=self.cleaned_data.get("method", ""),
            options=tuple(self.cleaned_data.get("options", "").splitlines()),
            secret=self.cleaned_data["secret"],
            hidden=self.cleaned_data["hidden"],
        )
        return {**data, "effect": self.effect, "effect_data": self.effect_data, "way": way}


class PreparedForm(Form):
    """A question prepared for a member to put."""

    title = forms.CharField(label=_("La question, en une ligne"), max_length=160)
    text = forms.CharField(
        label=_("La proposition"), widget=forms.Textarea(attrs={"rows": 5}), max_length=6000,
        help_text=_("Un membre la relit, la change s’il veut, et ouvre le vote."),
    )  # fmt: skip
    decision_type = forms.ChoiceField(label=_("Type de décision"), choices=DecisionType.choices)


class ProxyForm(Form):
    """To whom one's voice goes, for this vote."""

    to = forms.ChoiceField(label=_("Donner mon pouvoir à"))

    def __init__(self, *args: Any, seats: tuple[Seat, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["to"].choices = [(key, str(seat)) for key, seat in self.seats.items()]


class WithdrawForm(Form):
    """Why a company leaves a vote."""

    why = forms.CharField(
        label=_("Quel lien d’intérêt ?"),
        max_length=300,
        help_text=_("Par exemple : ma conjointe travaille chez ce fournisseur."),
    )


class TalkForm(Form):
    """A message under a decision."""

    text = forms.CharField(label=_("Votre message"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000)


class PhoneForm(Form):
    """What a voter said by telephone, written down by another."""

    who = forms.ChoiceField(label=_("Qui avez-vous au téléphone ?"))
    said = forms.ChoiceField(label=_("Son vote"))

    def __init__(self, *args: Any, seats: list[Seat], method: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {seat.public_id: seat for seat in seats}
        self.fields["who"].choices = [(key, str(seat)) for key, seat in self.seats.items()]
        self.fields["said"].choices = ONE_WORD[method]


ONE_WORD: dict[str, list[tuple[str, Any]]] = {
    "majority": [("for", _("Pour")), ("against", _("Contre")), ("abstain", _("Abstention"))],
    "consent": [("consent", _("Je consens")), ("abstain", _("Je laisse faire"))],
    "gradients": [
        ("endorse", _("J’approuve sans réserve")),
        ("minor", _("J’approuve, à un détail près")),
        ("reservations", _("J’approuve avec des réserves")),
        ("abstain", _("Je n’ai pas d’avis")),
        ("discuss", _("Il faut en parler encore")),
        ("disagree_support", _("Je ne suis pas d’accord, mais je suivrai")),
        ("serious", _("Je suis en profond désaccord")),
        ("block", _("Je m’y oppose")),
    ],
}
"""What one tap says, by way of voting."""
