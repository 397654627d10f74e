"""The stand: its sketch, what has to be done by when, and who holds it."""

from typing import ClassVar

from django.db import models

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


class StandSketch(models.Model):
    """The outline of the stand, in decimetres, seen from above; the front is at the bottom."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="sketch")
    width = models.PositiveSmallIntegerField()
    depth = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.width} × {self.depth}"


class StandArea(PublicId):
    """A rectangle of the sketch: a company's, or one that all share."""

    sketch = models.ForeignKey(StandSketch, on_delete=models.CASCADE, related_name="areas")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    label = models.CharField(max_length=60, blank=True)
    x = models.PositiveSmallIntegerField(default=0)
    y = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField()
    depth = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.label or str(self.seat)


class StandDate(PublicId):
    """Something to book or to send by a day; who did it says so."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stand_dates")
    label = models.CharField(max_length=120)
    due = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "id"]

    def __str__(self) -> str:
        return self.label


class PresencePlan(models.Model):
    """How the stand is held: by which part of each company, with which breaks, and what the last planning proved."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="presence")
    by_surface = models.BooleanField(default=False)
    in_row = models.PositiveSmallIntegerField(default=240)  # minutes without a break
    day_most = models.PositiveSmallIntegerField(default=480)
    proved = models.JSONField(default=list)  # levels of the last planning: name, value, bound
    planned_at = models.DateTimeField(null=True, blank=True)
    changed = models.BooleanField(default=False)  # by hand, since it was planned
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.project)


class PresenceSlot(PublicId):
    """A stretch of a day in which some people hold the stand. Minutes since midnight."""

    plan = models.ForeignKey(PresencePlan, on_delete=models.CASCADE, related_name="slots")
    day = models.DateField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    need = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["day", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="projects_slot_order")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.start}"


class PresenceHand(PublicId):
    """Somebody of a company who can hold the stand."""

    plan = models.ForeignKey(PresencePlan, on_delete=models.CASCADE, related_name="hands")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar[list[str]] = ["seat_id", "id"]

    def __str__(self) -> str:
        return self.name


class PresenceWish(models.Model):
    """When somebody cannot be there, or would rather not."""

    hand = models.ForeignKey(PresenceHand, on_delete=models.CASCADE, related_name="wishes")
    slot = models.ForeignKey(PresenceSlot, on_delete=models.CASCADE, related_name="wishes")
    away = models.BooleanField()  # else: would rather not

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hand", "slot"], name="projects_wish_once")]

    def __str__(self) -> str:
        return f"{self.hand} {self.slot}"


class PresenceTurn(models.Model):
    """Somebody holds the stand in a slot."""

    slot = models.ForeignKey(PresenceSlot, on_delete=models.CASCADE, related_name="turns")
    hand = models.ForeignKey(PresenceHand, on_delete=models.CASCADE, related_name="turns")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "hand"], name="projects_turn_once")]

    def __str__(self) -> str:
        return f"{self.hand} {self.slot}"
