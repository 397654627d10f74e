"""A contract invoiced by progress claims (situations): its posts, what each is worth, the retention."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat


class Works(PublicId):
    """What one company does of a contract, invoiced as it goes: each claim is what is done, minus what was claimed."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    buyer = models.JSONField()  # as on an invoice
    contract = models.CharField(max_length=60, blank=True)
    case = models.CharField(max_length=1, default="6")
    profile = models.CharField(max_length=16, default="EN 16931")
    retention = models.PositiveSmallIntegerField(default=500)  # hundredths of a percent of each claim, 500 at most
    retention_until = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(retention__lte=500), name="money_works_retention_by_law")
        ]
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.title


class WorksPost(models.Model):
    """One post of a contract, and its price without tax."""

    works = models.ForeignKey(Works, on_delete=models.PROTECT, related_name="posts")
    label = models.CharField(max_length=160)
    cents = models.PositiveBigIntegerField()
    vat = models.CharField(max_length=12, default="S")
    rate = models.PositiveIntegerField(default=2000)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.label
