"""Agreements: a document type, the answers it was made from, the ceremony in which it was signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Grouping, Seat


class DocumentKind(models.TextChoices):
    """The documents that the library of clauses can make."""

    CHARTER = "cooperation_charter", _("Charte de coopération")
    NDA = "nda", _("Accord de confidentialité")
    GME_CONJOINT = "gme_conjoint", _("Convention de groupement momentané conjoint")


class Agreement(PublicId):
    """One document of a grouping, prepared by a member and committed to by all who sign it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("En préparation")
        SENT = "sent", _("À signer")
        SIGNED = "signed", _("Signé")
        DECLINED = "declined", _("Refusé")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=DocumentKind.choices)
    title = models.CharField(max_length=160)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    prepared_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    about = models.CharField(max_length=120, blank=True)  # the address of the need or project it is for
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title
