"""What becomes of a decision: who does it, by when, and when one looks at it again."""

from django.db import models

from cordee.governance.models.ballots import Resolution
from cordee.groupings.models import Grouping, Seat


class FollowUp(models.Model):
    """The owner of an adopted decision, its date, its review."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="follow_up")
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["grouping", "done_at"], name="governance_follow_open")]

    def __str__(self) -> str:
        return str(self.resolution)
