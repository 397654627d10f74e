"""Imports of company files: how far, what was taken in, what was refused and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId


class ImportRun(PublicId):
    """One import of a company file: how far it is, what was taken in, what was refused and why."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        FAILED = "failed", _("refusé")

    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    contents = models.JSONField(default=list)  # [[name, digest]] of the files kept for it; empty: read where they lie
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField(null=True)  # the last sign of life
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    resumed = models.PositiveSmallIntegerField(default=0)  # how often it was taken up again after a stop
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)  # [{"line": 12, "field": "siret", "code": "siren_wrong", "facts": {…}}]
    refused_count = models.PositiveIntegerField(default=0)
    remarks = models.JSONField(default=list)  # the same shape: values left aside in lines that were kept
    problem = models.JSONField(default=dict)  # why the whole file was refused: {"code", "facts"}

    def __str__(self) -> str:
        return self.filename

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (self.State.DONE, self.State.FAILED)
