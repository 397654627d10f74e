"""Agreements: a type, the answers it was made from, the ceremony in which it was signed, what changed since."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Grouping, Seat


class DocumentKind(models.TextChoices):
    """The document types that other rooms name; the library of clauses knows all of them."""

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
        PAPER = "paper", _("Signé sur papier")

    class Change(models.TextChoices):
        NONE = "", _("Document")
        AMENDMENT = "amendment", _("Avenant")
        ACCESSION = "accession", _("Adhésion")
        TERMINATION = "termination", _("Résiliation")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)  # a slug of the library of clauses
    title = models.CharField(max_length=160)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    prepared_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    about = models.CharField(max_length=120, blank=True)  # the address of the need or project it is for
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    kept = models.JSONField(null=True, blank=True)  # the whole text, as it was sent to be signed
    whole = models.JSONField(null=True, blank=True)  # of an amendment: the whole agreement, as amended
    signed_on = models.DateField(null=True, blank=True)  # the day of the last signature, or of the paper
    amends = models.ForeignKey("self", on_delete=models.PROTECT, related_name="changes", null=True, blank=True)
    change = models.CharField(max_length=11, choices=Change.choices, blank=True, default=Change.NONE)
    number = models.PositiveSmallIntegerField(default=0)  # which amendment it is
    newcomer = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    leaver = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # agreed by all
    effect_on = models.DateField(null=True, blank=True)  # when a termination takes effect
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.CharField(max_length=160, blank=True)  # « Me Durand, avocate à Montpellier »
    reviewed_text = models.CharField(max_length=64, blank=True)  # fingerprint of the very text that was reviewed
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(change="", amends=None) | (~models.Q(change="") & models.Q(amends__isnull=False)),
                name="agreements_agreement_change_of_something",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def in_force(self) -> bool:
        """Whether it was signed, here or on paper."""
        return self.state in (self.State.SIGNED, self.State.PAPER)


class AgreementParty(models.Model):
    """One company of a document between some members only: they alone see it. Without any, it is between all."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="between")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "seat"], name="agreements_agreementparty_once")]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.seat}"


class Revision(models.Model):
    """The answers of a document at one version: what a comparison of two versions reads."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    answers = models.JSONField()
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "version"], name="agreements_revision_once")]
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.agreement} ({self.version})"


class Ending(PublicId):
    """The end of an agreement, for one company that leaves it or for all: noticed on a day, effective on another."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="endings")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # none: for all
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")  # who gave notice
    reason = models.CharField(max_length=300, blank=True)
    noticed_on = models.DateField()
    effect_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "seat"], name="agreements_ending_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(seat=None), name="agreements_ending_of_all_once"
            ),
            models.CheckConstraint(
                condition=models.Q(effect_on__gte=models.F("noticed_on")), name="agreements_ending_after_notice"
            ),
        ]
        ordering = ["effect_on", "id"]

    def __str__(self) -> str:
        return f"{self.agreement} {self.effect_on}"
