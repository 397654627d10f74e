"""An electronic invoice that came with a cost: who sent it, its figures, and what the check found."""

from django.db import models

from cordee.money.models.bills import PoolLine


class ReceivedInvoice(models.Model):
    """The invoice behind a cost, as its file says it, checked the day it came."""

    line = models.OneToOneField(PoolLine, on_delete=models.PROTECT, related_name="received")
    seller = models.CharField(max_length=200)
    siren = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=60)
    issued_on = models.DateField(null=True, blank=True)
    buyer = models.CharField(max_length=200, blank=True)
    net_cents = models.BigIntegerField()
    gross_cents = models.BigIntegerField()
    profile = models.CharField(max_length=40)
    valid = models.BooleanField()
    rules = models.JSONField(default=list)  # id, message, level, as they were said that day

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "number"], name="money_received_once")]

    def __str__(self) -> str:
        return f"{self.seller} {self.number}"
