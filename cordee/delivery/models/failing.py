"""A member's default: the alert, who takes over in which order, at what cost, the pact to complete the work."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.delivery.models.deliveries import Delivery
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat


class SubstituteRank(models.Model):
    """In which order members would take over if one failed: each puts itself on the list, before anything happens."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="substitutes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "seat"], name="delivery_substitute_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.seat)


class MemberDefault(PublicId):
    """One company no longer delivers: what was seen, what it answers, who takes over, what was voted."""

    class State(models.TextChoices):
        ALERT = "alert", _("alerte")
        SEEKING = "seeking", _("on cherche qui reprend")
        PACT = "pact", _("pacte au vote")
        TAKEN_OVER = "taken_over", _("repris")
        LIFTED = "lifted", _("l’entreprise a repris")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="defaults")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    answer_by = models.DateField()
    raised_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ALERT)
    passed = models.JSONField(default=list)  # public ids of the seats that declined to take over
    substitute = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    cost_cents = models.BigIntegerField(null=True, blank=True)  # what completing costs beyond what is left to pay
    days = models.PositiveSmallIntegerField(default=0)
    borne = models.CharField(max_length=300, blank=True)  # who bears the difference, in words
    ballot = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "seat"],
                condition=models.Q(settled_at=None),
                name="delivery_default_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.state}"
