"""Advice on the legal form: what a member answered, and what the rules of that day said."""

from django.db import models

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat


class FormAdvice(PublicId):
    """The legal forms compared for a grouping, kept with the version of the rules; it decides nothing."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    rules_version = models.PositiveIntegerField()
    comparison = models.JSONField()  # the whole comparison with its words, as it was given

    objects: "models.Manager[FormAdvice]" = models.Manager()

    def __str__(self) -> str:
        return self.public_id
