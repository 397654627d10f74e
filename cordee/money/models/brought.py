"""What a project’s cost became in money: a line of accounts, or a draft of an invoice; once."""

from django.db import models

from cordee.money.models.bills import PoolLine
from cordee.money.models.invoices import Invoice


class BroughtCost(models.Model):
    """A cost that a project settled and that is in the accounts, or on an invoice; its address says which."""

    source = models.CharField(max_length=120, unique=True)  # "projects/tranche/…"
    line = models.ForeignKey(PoolLine, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # A draft that is thrown away frees the cost.
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(line=None, invoice__isnull=False) | models.Q(line__isnull=False, invoice=None),
                name="money_brought_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.source
