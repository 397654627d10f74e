"""Written delegations: who may sign for a company besides its legal representative, for what, up to how much."""

from datetime import date

from django.conf import settings
from django.db import models

from cordee.directory.models import Company
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId


class Delegation(PublicId):
    """A power to sign, given in writing by the legal representative; the writing is kept with it."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60)  # « directrice technique »
    kinds = models.JSONField(default=list)  # slugs of document types; empty: all of them
    limit_cents = models.BigIntegerField(null=True, blank=True)  # the most that one signature may commit
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(limit_cents=None) | models.Q(limit_cents__gt=0), name="agreements_delegation_limit"
            )
        ]
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return f"{self.person}, {self.company}"

    def covers(self, *, kind: str, cents: int | None, on: date) -> bool:
        """Whether it stands on a day, for a type of document and for what the signature commits."""
        stands = self.revoked_at is None and self.since <= on and (self.until is None or on <= self.until)
        within = self.limit_cents is None or cents is None or cents <= self.limit_cents
        return stands and within and (not self.kinds or kind in self.kinds)
