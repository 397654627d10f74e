"""A signing ceremony: one text, those who sign it, what each did, the sealed file; and what was signed on paper."""

from datetime import datetime

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
    expires_at = models.DateTimeField()  # the last of the signatories' deadlines
    in_order = models.BooleanField(default=False)  # one after the other, by rank; else all at once
    provider = models.CharField(max_length=40, blank=True)  # an outside provider that runs it; empty: ourselves
    provider_ref = models.CharField(max_length=120, blank=True)  # how it calls it, once it was handed over
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
    rank = models.PositiveSmallIntegerField(default=1)  # whose turn it is, where one signs in order
    expires_at = models.DateTimeField(null=True, blank=True)  # this one's own deadline
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)  # the last time, by the clock or by somebody
    forwarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    code_at = models.DateTimeField(null=True, blank=True)  # when the last code was sent
    code_by = models.CharField(max_length=5, default="email")  # "email" or "sms"
    code_tries = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why they declined

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ceremony", "seat"], name="signing_signatory_once")]
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return f"{self.person}, {self.company}"

    @property
    def is_outside(self) -> bool:
        """Whether this one signs for no company of the text's room: a client, an employee."""
        return not self.seat.startswith("groupings/seat/")

    @property
    def until(self) -> datetime:
        """Until when this one may sign."""
        return self.expires_at or self.ceremony.expires_at


class Recipient(PublicId):
    """Somebody who receives the sealed copy and signs nothing."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=80, blank=True)  # « le client », « notre expert-comptable »

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ceremony", "person"], name="signing_recipient_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.person)


class PaperCopy(PublicId):
    """What was signed by hand: the scan, sealed as it is, and who vouches for it. Never one of our signatures."""

    book = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)  # the address of what was signed
    title = models.CharField(max_length=160)
    scan = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")  # the sealed PDF of the scan
    evidence = models.JSONField()
    signed_on = models.DateField()  # as the paper says
    vouched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=120)
    company = models.CharField(max_length=200)
    capacity = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="signing_papercopy_subject")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
