"""Time sheets: what a shared person says was worked, and what each company keeps of its own hours."""

from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.timetable import SharedPerson


class WorkEntry(PublicId):
    """One stretch of work at one company; minutes since midnight. What was told stays beside what was kept."""

    class State(models.TextChoices):
        SAID = "said", _("à valider")
        AGREED = "agreed", _("validé")
        CORRECTED = "corrected", _("corrigé")

    person = models.ForeignKey(SharedPerson, on_delete=models.PROTECT, related_name="entries")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField(default=0)
    road = models.PositiveSmallIntegerField(default=0)  # from another company on the same day: working time
    absent = models.BooleanField(default=False)  # expected and away; never why
    planned = models.BooleanField(default=False)  # said as the timetable had it, in one tap
    said_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.SAID)
    kept = models.JSONField(null=True, blank=True)  # where corrected: starts, ends, pause, road
    reason = models.CharField(max_length=200, blank=True)  # why it was corrected; the person reads it
    objection = models.CharField(max_length=200, blank=True)  # what the person answers to the correction
    settled_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)  # by nobody where it was kept for want of an answer
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["day", "starts", "id"]
        indexes = [models.Index(fields=["person", "day"], name="projects_entry_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts"), ends__lte=1440), name="projects_entry_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts}"

    @property
    def hours(self) -> dict[str, Any]:
        """Starts, ends, pause and road as they count: corrected where they were."""
        return self.kept or {name: getattr(self, name) for name in ("starts", "ends", "pause", "road")}

    @property
    def minutes(self) -> int:
        """Working time as it counts; nothing for a day away."""
        kept = self.hours
        return 0 if self.absent else kept["ends"] - kept["starts"] - kept["pause"] + kept["road"]

    @property
    def days_late(self) -> int:
        """How many days after it was worked it was said; a day or two is nothing."""
        late = (localtime(self.said_at).date() - self.day).days
        return late if late > 2 else 0

    @property
    def told_minutes(self) -> int:
        """Working time as it was told."""
        return self.ends - self.starts - self.pause + self.road


class SheetClosing(models.Model):
    """A month of a shared person that is closed: its hours are in a statement, they change no more."""

    person = models.ForeignKey(SharedPerson, on_delete=models.PROTECT, related_name="closings")
    month = models.DateField()  # its first day
    closed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "month"], name="projects_closing_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.month:%Y-%m}"
