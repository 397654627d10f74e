"""A signing ceremony: one text, those who sign it, what each did, the sealed file."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId


class Ceremony(PublicId):
    """One PDF sent to several persons for signature; agreements, minutes and offers all use it."""

    class State(models.TextChoices):
        OPEN = "open", _("En signature")
        SIGNED = "signed", _("Signé par tous")
        SEALED = "sealed", _("Scellé")
        DECLINED = "declined", _("Refusé")
        CANCELLED = "cancelled", _("Retiré")

    book = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)  # the address of what is signed
    title = models.CharField(max_length=160)
    text = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")  # the very file everybody sees
    fingerprint = models.CharField(max_length=64)  # of its words, as the engine that made it computes it
    evidence = models.JSONField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sealed = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="signing_ceremony_subject")]

    def __str__(self) -> str:
        return self.title


class Signatory(PublicId):
    """One person who signs for one company."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à signer")
        SIGNED = "signed", _("a signé")
        DECLINED = "declined", _("a refusé")

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="signatories")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=120)  # the address of the seat signed for
    company = models.CharField(max_length=200)
    siren = models.CharField(max_length=9, blank=True)
    capacity = models.CharField(max_length=80)  # « représentant légal »
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    code_at = models.DateTimeField(null=True, blank=True)  # when the last code was sent
    code_tries = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why they declined

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ceremony", "seat"], name="signing_signatory_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.person}, {self.company}"
