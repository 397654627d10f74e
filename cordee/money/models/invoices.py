"""Invoices: who a company is on them, its own series without a gap, the mandate to invoice for it, what was issued."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat
from cordee.money.models.bills import PoolLine
from cordee.money.models.works import Works, WorksPost


class BillingIdentity(models.Model):
    """What a company prints on its invoices, and whether it issues them here."""

    company = models.OneToOneField(Company, on_delete=models.PROTECT, related_name="+")
    vat_number = models.CharField(max_length=14, blank=True)  # empty: franchise, no VAT charged
    legal = models.CharField(max_length=200, blank=True)  # form, capital, registration: « SARL au capital de… »
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=10)
    city = models.CharField(max_length=120)
    iban = models.CharField(max_length=34, blank=True)
    on_debits = models.BooleanField(default=False)
    penalty = models.CharField(max_length=80, blank=True)
    issues_here = models.BooleanField(default=False)  # else drafts go to its own software
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.company)


class InvoiceSeries(models.Model):
    """The counter of one series of one company in one year: numbers follow each other, none is skipped."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=4)  # F for invoices, A for credit notes
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "prefix", "year"], name="money_series_once")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.year}"


class BillingMandate(PublicId):
    """« Mandat de facturation »: a company lets another issue invoices in its name; it may end it at any time."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "holder"], condition=models.Q(until=None), name="money_mandate_once"
            ),
            models.CheckConstraint(condition=~models.Q(giver=models.F("holder")), name="money_mandate_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"


class Invoice(PublicId):
    """An invoice or a credit note of one company. Once issued it never changes; a credit note corrects it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Brouillon")
        HANDED = "handed", _("Remise à votre logiciel")
        ISSUED = "issued", _("Émise")

    class Kind(models.TextChoices):
        INVOICE = "380", _("Facture")
        CREDIT = "381", _("Avoir")
        DOWN_PAYMENT = "386", _("Facture d’acompte")
        SELF_BILLED = "389", _("Autofacturation : nous achetons, nous établissons la facture")
        SELF_BILLED_CREDIT = "261", _("Avoir en autofacturation")

    class Case(models.TextChoices):
        PLAIN = "1", _("Facture simple")
        AFTER_DOWN_PAYMENT = "4", _("Facture finale, après acompte")
        SUBCONTRACTOR = "5", _("Sous-traitant payé directement")
        CO_CONTRACTOR = "6", _("Cotraitant, pour sa part du marché")

    class Profile(models.TextChoices):
        EN16931 = "EN 16931", _("EN 16931, le profil courant")
        EXTENDED = "EXTENDED-CTC-FR", _("EXTENDED-CTC-FR, le profil étendu français")

    class Nature(models.TextChoices):
        SERVICES = "S", _("Prestation de services, travaux")
        GOODS = "B", _("Livraison de biens")
        BOTH = "M", _("Biens et services")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")  # the company that sells
    seller = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    kind = models.CharField(max_length=3, choices=Kind.choices, default=Kind.INVOICE)
    case = models.CharField(max_length=1, choices=Case.choices, default=Case.CO_CONTRACTOR)
    nature = models.CharField(max_length=1, choices=Nature.choices, default=Nature.SERVICES)
    number = models.CharField(max_length=35, blank=True)  # empty until it is issued
    issued_on = models.DateField(null=True, blank=True)
    due = models.DateField()
    delivered = models.DateField(null=True, blank=True)
    buyer = models.JSONField()  # name, siren, vat, street, postcode, city, as they are printed
    order = models.CharField(max_length=60, blank=True)
    contract = models.CharField(max_length=60, blank=True)
    about = models.ForeignKey("self", on_delete=models.PROTECT, related_name="later", null=True, blank=True)
    deducts = models.ManyToManyField("self", symmetrical=False, related_name="deducted_by", blank=True)
    works = models.ForeignKey(Works, on_delete=models.PROTECT, related_name="claims", null=True, blank=True)
    profile = models.CharField(max_length=16, choices=Profile.choices, default=Profile.EN16931)
    deliver_to = models.JSONField(default=dict)  # name, street, postcode, city: empty where it is the client's address
    direct_payer = models.CharField(max_length=160, blank=True)  # who pays the subcontractor directly
    prepaid_cents = models.BigIntegerField(default=0)
    retention_cents = models.BigIntegerField(default=0)
    retention_until = models.DateField(null=True, blank=True)
    net_cents = models.BigIntegerField(default=0)
    tax_cents = models.BigIntegerField(default=0)
    gross_cents = models.BigIntegerField(default=0)
    mandate = models.ForeignKey(BillingMandate, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    pdf = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)  # nothing is left to come, the retention apart
    reminded_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "number"], condition=~models.Q(number=""), name="money_invoice_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="issued", issued_on__isnull=False) & ~models.Q(number="")
                | ~models.Q(state="issued") & models.Q(number=""),
                name="money_invoice_numbered_when_issued",
            ),
        ]
        indexes = [models.Index(fields=["grouping", "seller"], name="money_invoice_of_seller")]
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.number or f"{self.get_kind_display()} – {self.buyer_name}"

    @property
    def buyer_name(self) -> str:
        """Who pays."""
        return str(self.buyer.get("name", ""))

    @property
    def signed_gross(self) -> int:
        """What it adds to what the client owes: a credit note takes away."""
        return -self.gross_cents if self.is_credit else self.gross_cents

    @property
    def is_credit(self) -> bool:
        """A credit note, self-billed or not."""
        return self.kind in (self.Kind.CREDIT, self.Kind.SELF_BILLED_CREDIT)

    @property
    def is_self_billed(self) -> bool:
        """Made by the buyer in the seller's name, under its mandate."""
        return self.kind in (self.Kind.SELF_BILLED, self.Kind.SELF_BILLED_CREDIT)


class InvoiceLine(models.Model):
    """A line of an invoice: quantity in thousandths, price in ten-thousandths of a euro, rate in hundredths."""

    class Vat(models.TextChoices):
        DUE = "S", _("TVA due")
        REVERSE = "reverse", _("Autoliquidation (sous-traitance du bâtiment)")
        DISBURSEMENT = "disbursement", _("Débours, pour le compte du client")
        FRANCHISE = "franchise", _("Franchise, article 293 B")

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    label = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    quantity = models.BigIntegerField(default=1000)
    price = models.BigIntegerField()
    vat = models.CharField(max_length=12, choices=Vat.choices, default=Vat.DUE)
    rate = models.PositiveIntegerField(default=2000)
    post = models.ForeignKey(WorksPost, on_delete=models.PROTECT, related_name="claimed", null=True, blank=True)
    cost = models.ForeignKey(PoolLine, on_delete=models.PROTECT, related_name="+", null=True, blank=True)  # re-invoiced

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.label


class VatRate(models.Model):
    """A dated, editable fact: a rate of VAT, in hundredths of a percent, where and from when to when."""

    class Where(models.TextChoices):
        MAINLAND = "mainland", _("France métropolitaine")
        CORSICA = "corsica", _("Corse")
        OVERSEAS = "overseas", _("Guadeloupe, Martinique, La Réunion")

    hundredths = models.PositiveIntegerField()
    where = models.CharField(max_length=8, choices=Where.choices, default=Where.MAINLAND)
    label = models.CharField(max_length=160)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day; empty: still in force
    source = models.CharField(max_length=200)
    sure = models.BooleanField(default=True)  # False: to be confirmed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hundredths", "where", "since"], name="money_vatrate_once")]
        ordering: ClassVar[list[str]] = ["where", "-hundredths", "since"]

    def __str__(self) -> str:
        return f"{self.hundredths} {self.where}"


class LegalRate(models.Model):
    """A dated, editable fact: the yearly rate of late-payment penalties from a day on, in hundredths of a percent."""

    since = models.DateField(unique=True)
    hundredths = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    sure = models.BooleanField(default=True)  # False: to be confirmed

    class Meta:
        ordering: ClassVar[list[str]] = ["since"]

    def __str__(self) -> str:
        return f"{self.since} {self.hundredths}"
