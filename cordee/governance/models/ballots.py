"""Resolutions, the ballots that decide them, and the house rules by which they are decided."""

from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.engines.voting import Rule
from cordee.engines.voting.consent import GRADIENTS
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat

CHOICES = ("for", "against", "abstain", "consent", "object", "cast", *(each for each in GRADIENTS if each != "abstain"))
"""Everything one tap can say, whatever the way of voting; "cast" points to an answer of several parts, or hides it."""


class DecisionType(models.TextChoices):
    """What kind of decision it is: each has its own rule."""

    ORDINARY = "ordinary", _("Décision courante")
    BUDGET = "budget", _("Budget, dépense")
    SHARING_KEY = "sharing_key", _("Clé de partage")
    ADMISSION = "admission", _("Admission d’une entreprise")
    EXCLUSION = "exclusion", _("Exclusion d’une entreprise")
    PURPOSE = "purpose", _("Changement d’objet")
    RULES = "rules_amendment", _("Changement des règles")
    SOLIDARITY = "solidarity", _("Engagement solidaire, dette, caution")
    WINDING_UP = "winding_up", _("Fin du groupement")


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """A rule as it is kept: exact fractions as text, so that what was signed can be read back for ever."""
    fields = {name: getattr(rule, name) for name in rule.__dataclass_fields__}
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in fields.items()}


def rule_from_json(data: dict[str, Any]) -> Rule:
    """The rule that was kept."""
    shares = {
        name: Fraction(data[name]) for name in ("quorum", "threshold", "second_quorum") if data.get(name) is not None
    }
    return Rule(**{**data, **shares})


class HouseRule(models.Model):
    """The rule the members adopted for one type of decision, from a date on; the last one is in force."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    decision_type = models.CharField(max_length=20, choices=DecisionType.choices)
    rule = models.JSONField()
    since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # 1, 2, 3: one more each time the members change it
    weights = models.JSONField(default=dict, blank=True)  # votes of each seat, where the rule weighs them
    by_decision = models.CharField(max_length=120, blank=True)  # the address of the resolution that adopted it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grouping", "decision_type", "since"], name="governance_houserule_once")
        ]

    def __str__(self) -> str:
        return f"{self.grouping} {self.decision_type}"


class Resolution(PublicId):
    """A question put to the members, in the very words that are voted on."""

    class Effect(models.TextChoices):
        NONE = "", _("Aucun effet automatique")
        ANSWER = "answer", _("Répondre à l’appel d’offres")
        COORDINATOR = "coordinator", _("Désigner le mandataire")
        RULES = "rules", _("Adopter les règles de vote")
        RULE = "rule", _("Changer une règle de vote")
        KEY = "key", _("Adopter la clé de partage")
        ADMIT = "admit", _("Accueillir une entreprise")
        EXCLUDE = "exclude", _("Exclure une entreprise")
        PURPOSE = "purpose", _("Changer de but")
        PARTNERSHIP = "partnership", _("Continuer à deux")
        PAUSE = "pause", _("Faire une pause")
        STEP_BACK = "step_back", _("Revenir une étape en arrière")
        WIND_UP = "wind_up", _("Terminer le groupement")
        CLOSING = "closing", _("Clore le groupement")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    text = models.TextField()
    decision_type = models.CharField(max_length=20, choices=DecisionType.choices, default=DecisionType.ORDINARY)
    cents = models.BigIntegerField(null=True, blank=True)  # what the group commits by adopting it, where it is a sum
    effect = models.CharField(max_length=12, choices=Effect.choices, blank=True, default=Effect.NONE)
    effect_on = models.CharField(max_length=120, blank=True)  # the address of what the effect is about
    effect_data = models.JSONField(default=dict, blank=True)  # what the effect needs: the very rule that is voted
    effect_at = models.DateTimeField(null=True, blank=True)  # when the effect was carried out
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class Ballot(PublicId):
    """One call to vote on a resolution; without quorum, the rules may foresee a second one."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Adoptée")
        ELECTED = "elected", _("Choix fait")
        REJECTED = "rejected", _("Rejetée")
        TIE = "tie", _("À égalité")
        NO_QUORUM = "no_quorum", _("Sans quorum")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="ballots")
    call = models.PositiveSmallIntegerField(default=1)
    rule = models.JSONField()  # as it was in force at the opening
    weights = models.JSONField(default=dict, blank=True)  # votes of each seat at the opening, by its public identifier
    options = models.JSONField(default=list, blank=True)  # what one chooses from, where it is not yes or no
    proposed = models.CharField(max_length=200, blank=True)  # election without candidates: whom all named, now proposed
    naming_round = models.PositiveSmallIntegerField(default=1)  # 1: each names; 2: having heard the others; and so on
    in_room = models.BooleanField(default=False)  # decided around a table: those present confirm, the others stay out
    papers = models.JSONField(default=list, blank=True)  # secret vote, once closed: shuffled, tied to nobody
    withheld = models.BooleanField(default=False)  # secret vote, once closed: its numbers would reveal somebody's vote
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    explanation = models.JSONField(default=dict)  # {"fr": "…", "en": "…"}, as it was announced
    figures = models.JSONField(default=dict)  # votes for, against, abstentions, quorum
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resolution", "call"], name="governance_ballot_call_once")]
        indexes = [models.Index(fields=["grouping", "closed_at"], name="governance_ballot_open")]

    def __str__(self) -> str:
        return f"{self.resolution} ({self.call})"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def rule_in_force(self) -> Rule:
        return rule_from_json(self.rule)

    @property
    def went_through(self) -> bool:
        """Something was decided: a resolution adopted, or a choice made."""
        return self.outcome in (self.Outcome.ADOPTED, self.Outcome.ELECTED)

    @property
    def is_naming(self) -> bool:
        """An election without candidates whose members still say whom they would name."""
        return self.rule.get("method") == "sociocratic" and not self.proposed


class Voter(models.Model):
    """A seat entitled to vote when the ballot opened: the roll is frozen, members who come later do not vote."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="voters")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, blank=True)  # empty: has not voted; "cast": see `answer`, or it is secret
    answer = models.JSONField(default=dict, blank=True)  # a ranking, grades, why one objects; empty in a secret vote
    named = models.CharField(max_length=200, blank=True)  # election without candidates: whom this seat named first
    cast_at = models.DateTimeField(null=True, blank=True)
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # left for a conflict of interest
    withdrawn_why = models.CharField(max_length=300, blank=True)
    concerned = models.BooleanField(default=False)  # the question is about this company: set aside, it did not leave
    proxy_to = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    proxy_at = models.DateTimeField(null=True, blank=True)
    phoned = models.CharField(max_length=20, blank=True)  # said aloud, written down by another, not yet confirmed
    phoned_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    phoned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="governance_voter_once"),
            models.CheckConstraint(condition=models.Q(choice__in=["", *CHOICES]), name="governance_voter_choice"),
        ]

    def __str__(self) -> str:
        return str(self.seat)


class Prepared(PublicId):
    """A question that somebody prepared without the right to put it: a member opens it, as it is or changed."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    text = models.TextField()
    decision_type = models.CharField(max_length=20, choices=DecisionType.choices, default=DecisionType.ORDINARY)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # empty: a guest
    at = models.DateTimeField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class SealedPaper(models.Model):
    """What one seat put in the urn of a secret vote, encrypted with a key that is not in the database.

    It stands here only while the vote is open, so that it can be changed; closing empties the urn.
    """

    voter = models.OneToOneField(Voter, on_delete=models.CASCADE, related_name="paper")
    box = models.TextField()

    def __str__(self) -> str:
        return f"{self.voter_id}"
