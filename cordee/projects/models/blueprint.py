"""A service drawn from end to end: the moments that the client lives, who does what before and behind; the pilot."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


class ServiceStep(PublicId):
    """One moment of the service, as the client lives it, and what is promised to them then."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="service_steps")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    seen = models.CharField(max_length=300)
    promise = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class ServiceAct(PublicId):
    """Something to do at that moment, before the client or behind; a company takes it, nobody is given it."""

    step = models.ForeignKey(ServiceStep, on_delete=models.CASCADE, related_name="acts")
    front = models.BooleanField()  # before the client; else behind
    words = models.CharField(max_length=200)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.words


class PilotClient(PublicId):
    """A first client with whom the offer is tried: what is tried, until when, what came of it."""

    class Verdict(models.TextChoices):
        GO = "go", _("À lancer telle quelle")
        FIX = "fix", _("À corriger avant de lancer")
        STOP = "stop", _("À ne pas lancer")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pilots")
    client = models.CharField(max_length=120)
    tried = models.CharField(max_length=300)
    starts = models.DateField()
    ends = models.DateField()
    verdict = models.CharField(max_length=4, choices=Verdict.choices, blank=True)
    said = models.CharField(max_length=500, blank=True)  # the client's own words
    learned = models.CharField(max_length=500, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="projects_pilot_order")
        ]

    def __str__(self) -> str:
        return self.client
