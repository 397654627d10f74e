"""Signs of life of what works by itself; an existing groupement being brought in."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping


class Beat(models.Model):
    """The last time that the ticker finished a round, or a worker a task."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class Intake(PublicId):
    """An existing groupement being brought in: what was written so far. It can be left and taken up again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    answers = models.JSONField(default=dict)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    grouping = models.OneToOneField(Grouping, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def book(self) -> str:
        """Until the grouping exists, its papers belong to the one who brings them."""
        return f"people/{self.person.pseudonym}"


class OldPaper(PublicId):
    """A paper signed before Cordée, and who says that it is the true one."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    signed_on = models.DateField(null=True, blank=True)
    vouched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title
