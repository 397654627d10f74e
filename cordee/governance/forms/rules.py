"""Another house rule: how one type of decision is taken."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cordee.engines.voting import Rule
from cordee.governance.reads import METHODS
from cordee.ground.kit.forms import Form
from cordee.groupings.models import Seat

SHARES = [
    ("0", _("Aucun")),
    ("1/4", _("Un quart")),
    ("1/3", _("Un tiers")),
    ("1/2", _("La moitié")),
    ("2/3", _("Deux tiers")),
    ("3/4", _("Trois quarts")),
    ("1", _("Tous")),
]
MAJORITIES = [
    ("simple", _("Majorité simple : plus de pour que de contre")),
    ("two_thirds", _("Deux tiers des voix pour et contre")),
    ("three_quarters", _("Trois quarts des voix pour et contre")),
    ("absolute", _("Plus de la moitié de tous les membres")),
    ("unanimity", _("Unanimité des voix pour et contre")),
    ("everybody", _("Unanimité de tous les membres")),
]
SECRECY = [
    ("open", _("Chacun voit le résultat après avoir voté")),
    ("hidden", _("Résultat caché jusqu’à la clôture")),
    ("secret", _("Vote secret")),
]
OTHER_SETTINGS = ("method", "secrecy", "tie", "abstentions_count", "second_quorum", "second_call_days", "weighted")


class RuleForm(Form):
    """The everyday settings first, the others behind « Autres réglages »."""

    majority = forms.ChoiceField(label=_("Majorité"), choices=MAJORITIES)
    quorum = forms.ChoiceField(label=_("Combien de membres doivent prendre part ?"), choices=SHARES)
    proxies = forms.IntegerField(label=_("Pouvoirs qu’une entreprise peut porter"), min_value=0, max_value=5)
    notice_days = forms.IntegerField(label=_("Convocation, jours avant"), min_value=0, max_value=60)
    urgent_notice_days = forms.IntegerField(label=_("En urgence, jours avant"), min_value=0, max_value=60)
    delay_days = forms.IntegerField(
        label=_("Vote sans réunion : jours ouverts au moins"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=_("Le temps de réfléchir, entre la question et la clôture."),
    )
    why = forms.CharField(
        label=_("Pourquoi changer ?"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Facultatif. Ces mots seront lus avec la nouvelle règle."),
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label=_("Clôture du vote"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
    )
    method = forms.ChoiceField(label=_("Façon de voter"), choices=list(METHODS[:3]))
    secrecy = forms.ChoiceField(label=_("Secret"), choices=SECRECY)
    tie = forms.ChoiceField(
        label=_("À égalité"), choices=[("rejected", _("C’est non")), ("chair", _("Le mandataire tranche"))]
    )
    abstentions_count = forms.BooleanField(label=_("Une abstention compte comme une voix exprimée"), required=False)
    second_quorum = forms.ChoiceField(
        label=_("Sans quorum"),
        choices=[
            ("", _("Pas de second vote")),
            ("0", _("Second vote, sans quorum")),
            ("1/4", _("Second vote, un quart des membres")),
            ("1/3", _("Second vote, un tiers des membres")),
        ],
        required=False,
    )
    second_call_days = forms.IntegerField(label=_("Second vote, jours après"), min_value=0, max_value=60)
    weighted = forms.BooleanField(label=_("Les entreprises n’ont pas toutes le même nombre de voix"), required=False)

    def __init__(self, *args: Any, rule: Rule, weights: dict[str, str], seats: list[Seat], at: Any, **kwargs: Any):
        evening = (localtime(at) + timedelta(days=7)).replace(hour=18, minute=0, second=0, microsecond=0)
        kwargs["initial"] = {**_initial(rule), "closes_at": evening}
        super().__init__(*args, **kwargs)
        self.before, self.seats = rule, seats
        for seat in seats:
            self.fields[f"votes_{seat.public_id}"] = forms.IntegerField(
                label=_("Voix de %(company)s") % {"company": seat.company},
                min_value=0,
                max_value=99,
                initial=int(Fraction(weights.get(seat.public_id, "1"))),
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not self._other(field.name)]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if self._other(field.name)]

    def _other(self, name: str) -> bool:
        return name in OTHER_SETTINGS or name.startswith("votes_")

    @property
    def others_open(self) -> bool:
        return any(field.errors for field in self.other_fields)

    def rule(self) -> Rule:
        """The rule, as the engine takes it."""
        data = self.cleaned_data
        everybody = data["majority"] == "everybody"
        return replace(
            self.before,
            method=data["method"],
            majority="unanimity" if everybody else data["majority"],
            of_all=everybody,
            threshold=None,
            quorum=Fraction(data["quorum"]),
            proxies=data["proxies"],
            notice_days=data["notice_days"],
            delay_days=data["delay_days"] or 0,
            urgent_notice_days=min(data["urgent_notice_days"], data["notice_days"]),
            secret=data["secrecy"] == "secret",
            hidden_until_closed=data["secrecy"] == "hidden",
            tie=data["tie"],
            abstentions_count=data["abstentions_count"],
            second_quorum=Fraction(data["second_quorum"]) if data["second_quorum"] else None,
            second_call_days=data["second_call_days"],
            weighted=data["weighted"],
        )

    def weights(self) -> dict[str, str]:
        """How many votes each company has, where they are not all alike."""
        if not self.cleaned_data["weighted"]:
            return {}
        return {seat.public_id: str(self.cleaned_data[f"votes_{seat.public_id}"]) for seat in self.seats}


def _initial(rule: Rule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in rule.__dataclass_fields__}
    values["majority"] = "everybody" if rule.majority == "unanimity" and rule.of_all else rule.majority
    values["quorum"] = str(rule.quorum)
    values["second_quorum"] = "" if rule.second_quorum is None else str(rule.second_quorum)
    values["secrecy"] = "secret" if rule.secret else "hidden" if rule.hidden_until_closed else "open"
    return values
