"""What a project’s cost became in the accounts: brought once."""

from django.db import models

from cordee.money.models.bills import PoolLine


class BroughtCost(models.Model):
    """A tranche, a month of a sales person or a newcomer’s entry that is in the accounts; its address says which."""

    source = models.CharField(max_length=120, unique=True)  # "projects/tranche/…"
    line = models.ForeignKey(PoolLine, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.source
