"""Dates that must not be forgotten: what ends, of which document or company, and which alerts have left."""

from django.db import models

from cordee.groupings.models import Grouping


class Alert(models.Model):
    """One letter about one date that nears: noted so that nobody is told twice."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=160)  # the address of what ends, and its date
    days = models.PositiveSmallIntegerField()  # how long before: 60, 15, 0
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grouping", "what", "days"], name="agreements_alert_once")]

    def __str__(self) -> str:
        return self.what
