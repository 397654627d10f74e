"""Common costs: a pool of lines, the key adopted to share them, who pays whom in the end."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat


class KeyKind(models.TextChoices):
    """The ways of sharing that fit a pool of costs."""

    EQUAL = "equal", _("Parts égales")
    USE = "use", _("Selon l’usage")
    MIX = "mix", _("Un tiers égal, le reste selon l’usage")
    ALONE = "alone", _("En proportion du coût de chacun seul")


class CostPool(PublicId):
    """Costs that several members carry together: a stand, a study, a tender."""

    class State(models.TextChoices):
        OPEN = "open", _("Ouvert")
        SETTLED = "settled", _("Soldé")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=30, blank=True)  # what use is counted in: « m² », « jours »
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class PoolShare(models.Model):
    """A member's place in a pool: how much it uses, and what it would pay on its own."""

    pool = models.ForeignKey(CostPool, on_delete=models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    use = models.PositiveBigIntegerField(null=True, blank=True)  # in hundredths of the unit: 12,5 m² is 1250
    alone_cents = models.BigIntegerField(null=True, blank=True)  # empty: to be confirmed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "seat"], name="money_poolshare_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.seat)


class PoolLine(PublicId):
    """One common cost; a line is never deleted, it is struck out."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="lines")
    label = models.CharField(max_length=160)
    cents = models.BigIntegerField()
    paid_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    receipt = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    added_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(cents=0), name="money_poolline_not_zero")]
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.label


class SharingKey(PublicId):
    """One way of sharing one pool, with the figures it was proposed on; never changed, only replaced by a vote."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="keys")
    kind = models.CharField(max_length=8, choices=KeyKind.choices)
    figures = models.JSONField()  # {seat: hundredths or cents}, as they stood
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    by_decision = models.CharField(max_length=120, blank=True)  # the address of the resolution

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.pool}"


class Transfer(PublicId):
    """One payment between two members, confirmed by both."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="transfers")
    debtor = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    creditor = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(debtor=models.F("creditor")), name="money_transfer_between_two"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="money_transfer_positive"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.debtor} → {self.creditor}"
