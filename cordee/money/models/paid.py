"""Money that came for an invoice that one issued."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from cordee.ground.kit.ids import PublicId
from cordee.money.models.invoices import Invoice


class InvoicePayment(PublicId):
    """A sum that came for an issued invoice, whole or in part; struck, never deleted, when it was noted by mistake."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    cents = models.BigIntegerField()
    on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(cents__gt=0), name="money_payment_above_zero")]
        ordering: ClassVar[list[str]] = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.invoice} – {self.on}"
