"""Disputes, the accounts that companies give to be paid on, and bank statements to recognise payments in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.money.models.bills import PoolLine
from cordee.money.models.invoices import Invoice
from cordee.money.models.pools import Transfer


class Dispute(PublicId):
    """Somebody contests a cost or a payment: the reason, the answer, how it ended."""

    class Outcome(models.TextChoices):
        OPEN = "", _("en cours")
        ACCEPTED = "accepted", _("réponse acceptée")
        CORRECTED = "corrected", _("dépense rayée")
        SETTLED = "settled", _("tranchée par la trésorerie")

    line = models.ForeignKey(PoolLine, on_delete=models.PROTECT, related_name="disputes", null=True, blank=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="disputes", null=True, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    ended_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(line=None, transfer__isnull=False) | models.Q(line__isnull=False, transfer=None),
                name="money_dispute_about_one",
            )
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.line or self.transfer} – {self.seat}"


class BankAccount(models.Model):
    """Where a company wants to be paid. Shown to itself and to whoever has to pay it, to nobody else."""

    company = models.OneToOneField(Company, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=70)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.holder} …{self.iban[-4:]}"


class BankStatement(PublicId):
    """A bank statement that a company brought, to recognise its payments. Nobody else sees it."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    digest = models.CharField(max_length=64)
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "digest"], name="money_bankstatement_once")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class BankRow(PublicId):
    """One movement of a statement, and the payment it was recognised as. Only those that may be ours are kept."""

    statement = models.ForeignKey(BankStatement, on_delete=models.CASCADE, related_name="rows")
    booked_on = models.DateField()
    cents = models.BigIntegerField()  # > 0: came in
    label = models.CharField(max_length=300)
    proposed = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    why = models.CharField(max_length=12, blank=True)  # "reference", "part", "iban", "name", "amount"
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["booked_on", "id"]

    def __str__(self) -> str:
        return self.label


class FinalAccount(PublicId):
    """The last account of a member that leaves, or of all when it ends: frozen, printed, signed."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField()  # every line as it stood, in cents; never read again from the tables
    balance = models.BigIntegerField()
    drawn_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    text = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    ceremony = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.seat} – {self.drawn_at:%Y-%m-%d}"
