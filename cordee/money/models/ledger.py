"""The books of a grouping that has a legal personality: accounts, journals, entries that balance and never change."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat


class Ledger(PublicId):
    """The books of one entity. A grouping without legal personality has none: « comptes entre membres »."""

    class Form(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        GIE = "gie", _("Groupement d’intérêt économique (GIE)")
        GE = "ge", _("Groupement d’employeurs")
        COOPERATIVE = "cooperative", _("Coopérative")
        COMPANY = "company", _("Société commune")

    grouping = models.OneToOneField(Grouping, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=12, choices=Form.choices)
    name = models.CharField(max_length=160)  # the entity's own name
    siren = models.CharField(max_length=9)
    closing_month = models.PositiveSmallIntegerField(default=12)  # a year ends with this month
    closed_until = models.DateField(null=True, blank=True)  # nothing is posted up to this day any more
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closing_month__gte=1, closing_month__lte=12), name="money_ledger_closing_month"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LedgerAccount(models.Model):
    """An account of a ledger, from the French chart (PCG)."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="accounts")
    number = models.CharField(max_length=12)
    label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ledger", "number"], name="money_account_once")]
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class Journal(models.Model):
    """Where entries of one nature are written: sales, purchases, bank, the rest."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="journals")
    code = models.CharField(max_length=6)
    label = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ledger", "code"], name="money_journal_once")]
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class LedgerEntry(PublicId):
    """An entry: posted once its lines balance, then never changed nor deleted; the database refuses it."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="entries")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()  # the calendar year in which its accounting year ends
    number = models.PositiveIntegerField()  # 1, 2, 3… within the year, without a gap
    day = models.DateField()
    piece = models.CharField(max_length=60)
    label = models.CharField(max_length=160)
    receipt = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, related_name="reversal", null=True, blank=True)
    posted = models.BooleanField(default=False)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ledger", "year", "number"], name="money_entry_number_once")]
        indexes = [models.Index(fields=["ledger", "year", "posted", "day"], name="money_entry_of_year")]
        ordering: ClassVar[list[str]] = ["year", "number"]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


class LedgerLine(models.Model):
    """One line of an entry: positive is a debit, negative a credit; `seat` is the member it concerns."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    cents = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(cents=0), name="money_line_not_zero")]
        indexes = [
            models.Index(fields=["entry", "account", "cents"], name="money_line_balance"),
            models.Index(fields=["seat", "entry"], name="money_line_of_seat"),
        ]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.account.number} {self.cents}"

    @property
    def opposite(self) -> int:
        """The amount on the other side: what a credit shows."""
        return -self.cents
