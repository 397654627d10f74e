"""Budget lines, what is committed, the costs themselves, what recurs, and how contributions are valued."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.money.models.pools import CostPool, SharingKey


class Heading(PublicId):
    """A line of a budget: what was planned for it."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="headings")
    label = models.CharField(max_length=120)
    planned_cents = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


class Commitment(PublicId):
    """An order given or a quote signed: spent one day, not yet billed."""

    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="commitments")
    label = models.CharField(max_length=160)
    cents = models.PositiveBigIntegerField()
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)  # nothing more will be billed on it

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


class Nature(models.TextChoices):
    """What a cost is, for the accounts and for VAT."""

    PLAIN = "plain", _("Dépense, sans TVA ajoutée entre membres")
    REBILLED = "rebilled", _("Dépense refacturée avec TVA")
    PASS_THROUGH = "debours", _("Débours : payée au nom et pour le compte des autres")
    ADVANCE = "advance", _("Avance d’un membre à un autre")
    IN_KIND = "in_kind", _("Apport en temps ou en nature")
    CARRIED = "carried", _("Reste porté d’un compte à un autre")


MOVES = (Nature.ADVANCE, Nature.CARRIED)
"""Money that changes hands between members, and costs nothing by itself."""


class Rate(PublicId):
    """What an hour, a day or a loan is worth among the members, as they voted it."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="rates")
    label = models.CharField(max_length=120)
    unit = models.CharField(max_length=20)
    unit_cents = models.PositiveBigIntegerField()
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    by_decision = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


class Recurring(PublicId):
    """A cost that comes back: a rent, a subscription. Cordée writes it on its day."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="recurrings")
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    label = models.CharField(max_length=140)
    cents = models.PositiveBigIntegerField()
    paid_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    every_months = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    written = models.PositiveSmallIntegerField(default=0)  # how many times so far
    until = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


class PoolLine(PublicId):
    """One common cost; a line is never deleted, it is struck out."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("à approuver")
        DISPUTED = "disputed", _("contestée")
        POSTED = "posted", _("comptée")

    class Split(models.TextChoices):
        KEY = "key", _("Par la clé votée")
        PERCENT = "percent", _("En pourcentages")
        AMOUNT = "amount", _("En montants")
        SHARES = "shares", _("En parts (1, 2, 3…)")

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="lines")
    label = models.CharField(max_length=160)
    cents = models.BigIntegerField()
    paid_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    receipt = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    added_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.POSTED)
    post_after = models.DateTimeField(null=True, blank=True)  # counted then, if nobody contests it
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="lines", null=True, blank=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="lines", null=True, blank=True)
    nature = models.CharField(max_length=8, choices=Nature.choices, default=Nature.PLAIN)
    vat_rate = models.PositiveSmallIntegerField(default=0)  # in hundredths of a percent: 2000 is 20 %
    split = models.CharField(max_length=7, choices=Split.choices, default=Split.KEY)
    parts = models.JSONField(default=dict)  # {seat: hundredths of a percent, cents, or shares}
    key = models.ForeignKey(SharingKey, on_delete=models.PROTECT, related_name="lines", null=True, blank=True)
    rate = models.ForeignKey(Rate, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    quantity = models.PositiveBigIntegerField(null=True, blank=True)  # of the rate, in hundredths
    recurring = models.ForeignKey(Recurring, on_delete=models.PROTECT, related_name="lines", null=True, blank=True)
    recurring_on = models.DateField(null=True, blank=True)
    carried = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(cents=0), name="money_poolline_not_zero"),
            models.UniqueConstraint(fields=["recurring", "recurring_on"], name="money_poolline_recurs_once"),
        ]
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.label
