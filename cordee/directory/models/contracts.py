"""Public contracts that companies won, as buyers publish them (DECP)."""

from typing import ClassVar

from django.db import models

from cordee.directory.models.companies import Company


class PublicContract(models.Model):
    """One public contract of one company: what, for whom, how much for all who hold it, since when."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="contracts")
    uid = models.CharField(max_length=80)  # the contract, as its buyer numbers it
    title = models.CharField(max_length=300)
    buyer = models.CharField(max_length=200, blank=True)
    cpv = models.CharField(max_length=8, blank=True)
    amount_cents = models.BigIntegerField(null=True, blank=True)  # of the whole contract, not of this company's part
    notified_on = models.DateField(null=True, blank=True)
    holders = models.PositiveSmallIntegerField(default=1)  # how many hold it together

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "uid"], name="directory_publiccontract_once")]
        ordering: ClassVar[list[str]] = ["-notified_on", "-id"]

    def __str__(self) -> str:
        return self.title
