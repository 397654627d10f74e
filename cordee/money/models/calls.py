"""Calls for funds: what each is asked to pay in, by when, to whom, and who paid."""

from django.db import models

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.money.models.bills import PoolLine
from cordee.money.models.pools import CostPool, SharingKey


class FundCall(PublicId):
    """Money asked in advance from the members of a pool; it is not an invoice."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(max_length=120)
    cents = models.PositiveBigIntegerField()
    due_on = models.DateField()
    held_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")  # who receives and keeps it
    key = models.ForeignKey(SharingKey, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    called_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class FundPart(PublicId):
    """What one member is asked for; received, it becomes an advance in the accounts of the pool."""

    call = models.ForeignKey(FundCall, on_delete=models.PROTECT, related_name="parts")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveBigIntegerField()
    paid_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    line = models.OneToOneField(PoolLine, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "seat"], name="money_fundpart_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.call} – {self.seat}"
