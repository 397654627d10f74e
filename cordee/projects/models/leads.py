"""Visitors' contacts noted at a fair, often without network; to whom each goes, and what became of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


class LeadRule(models.Model):
    """The rule by which the contacts of a project are shared; the companies chose it before the fair."""

    class Rule(models.TextChoices):
        ORIGIN = "origin", _("À qui l’a reçu, sinon à tour de rôle parmi les entreprises concernées")
        TURNS = "turns", _("À tour de rôle parmi les entreprises concernées")
        KEEP = "keep", _("Chacun garde ce qu’il a reçu")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="lead_rule")
    rule = models.CharField(max_length=6, choices=Rule.choices, default=Rule.ORIGIN)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.get_rule_display())


class Lead(PublicId):
    """A visitor's contact. Its key was made on the device that noted it: sent twice, it is counted once."""

    class State(models.TextChoices):
        NEW = "new", _("À rappeler")
        TALKING = "talking", _("En discussion")
        MEETING = "meeting", _("Rendez-vous obtenu")
        ORDER = "order", _("Commande")
        LOST = "lost", _("Sans suite")

    class Heat(models.IntegerChoices):
        COLD = 1, _("Curieux")
        WARM = 2, _("Intéressé")
        HOT = 3, _("Projet en cours")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="leads")
    key = models.CharField(max_length=32)
    received_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()  # by the clock of the device
    arrived_at = models.DateTimeField()
    name = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=160, blank=True)  # a telephone number or an e-mail address
    note = models.CharField(max_length=500, blank=True)
    heat = models.PositiveSmallIntegerField(choices=Heat.choices, default=Heat.WARM)
    shared = models.BooleanField(default=False)  # the visitor agrees that the other companies of the stand call back
    about = models.ManyToManyField(Seat, related_name="+", blank=True)
    given_to = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    why = models.JSONField(default=dict)  # the reason of the sharing, as the engine gave it
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    next_on = models.DateField(null=True, blank=True)
    order_cents = models.PositiveBigIntegerField(default=0)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["noted_at", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="projects_lead_once")]

    def __str__(self) -> str:
        return self.name or self.company or self.reach or self.public_id
