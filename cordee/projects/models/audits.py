"""What is checked at a user of the brand, and what follows where it does not hold."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.brand import BrandCriterion, BrandLicence, BrandRules


class BrandAudit(PublicId):
    """One visit, point by point of the checklist in force that day."""

    licence = models.ForeignKey(BrandLicence, on_delete=models.PROTECT, related_name="audits")
    rules = models.ForeignKey(BrandRules, on_delete=models.PROTECT, related_name="+")
    auditor = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey("self", on_delete=models.PROTECT, related_name="again", null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    got = models.CharField(max_length=24, blank=True)  # the exact part of the points, « 7/8 »
    passed = models.BooleanField(null=True)
    again_on = models.DateField(null=True, blank=True)  # when one looks again
    summary = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence"], condition=models.Q(closed_at=None), name="projects_audit_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.licence} {self.opened_at:%Y-%m-%d}"


class AuditPoint(PublicId):
    """What was seen on one point: the verdict, a photo; what has to be put right by when, and whether it was."""

    class Verdict(models.TextChoices):
        OK = "ok", _("Tenu")
        PARTLY = "partly", _("En partie")
        NO = "no", _("Pas tenu")
        OUT = "out", _("Sans objet")

    audit = models.ForeignKey(BrandAudit, on_delete=models.CASCADE, related_name="points")
    criterion = models.ForeignKey(BrandCriterion, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    photo = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    kept = models.BooleanField(default=False)  # taken over from the audit before, which found it right
    fix = models.CharField(max_length=300, blank=True)
    fix_by = models.DateField(null=True, blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    fixed = models.CharField(max_length=300, blank=True)
    fixed_photo = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(fields=["audit", "criterion"], name="projects_auditpoint_once")]

    def __str__(self) -> str:
        return str(self.criterion)


class BrandSanction(PublicId):
    """A step of the ladder: what is reproached, the answer, the vote, the appeal."""

    class Step(models.TextChoices):
        WARNING = "warning", _("Avertissement")
        SUSPENSION = "suspension", _("Suspension")
        WITHDRAWAL = "withdrawal", _("Retrait de la marque")

    class State(models.TextChoices):
        HEARING = "hearing", _("l’entreprise est entendue")
        VOTING = "voting", _("au vote")
        DECIDED = "decided", _("décidée")
        APPEAL = "appeal", _("recours au vote")
        CONFIRMED = "confirmed", _("confirmée")
        LIFTED = "lifted", _("levée")
        REJECTED = "rejected", _("rejetée")
        DROPPED = "dropped", _("abandonnée")

    STANDING: ClassVar[tuple[str, ...]] = ("decided", "appeal", "confirmed")
    OPEN: ClassVar[tuple[str, ...]] = ("hearing", "voting")

    licence = models.ForeignKey(BrandLicence, on_delete=models.PROTECT, related_name="sanctions")
    step = models.CharField(max_length=10, choices=Step.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.HEARING)
    why = models.TextField()
    days = models.PositiveSmallIntegerField(default=0)  # of a suspension
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    hearing_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ballot = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    appeal_until = models.DateField(null=True, blank=True)
    appeal = models.TextField(blank=True)
    appeal_ballot = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["licence"],
                condition=models.Q(state__in=["hearing", "voting", "appeal"]),
                name="projects_sanction_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.licence} {self.step}"
