"""What a company can show: its figures by year, its references, its papers with their end, its guarantees."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId


class YearFigure(models.Model):
    """Turnover and staff of one financial year."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    turnover_cents = models.BigIntegerField(null=True, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "year"], name="offers_yearfigure_once")]
        ordering: ClassVar[list[str]] = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class Reference(PublicId):
    """Work done for somebody, that a buyer may ask about."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    client = models.CharField(max_length=200)
    amount_cents = models.BigIntegerField(null=True, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-end", "-id"]

    def __str__(self) -> str:
        return self.what


class Paper(PublicId):
    """A paper that buyers ask for: which, from when, until when, the file."""

    class Kind(models.TextChoices):
        REGISTER = "register", _("extrait du registre (Kbis)")
        SOCIAL = "social", _("attestation de vigilance URSSAF")
        TAX = "tax", _("attestation fiscale")
        INSURANCE = "insurance", _("assurance responsabilité civile professionnelle")
        TEN_YEAR = "ten_year", _("assurance décennale")
        CERTIFICATE = "certificate", _("certificat, qualification")
        OTHER = "other", _("autre pièce")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    label = models.CharField(max_length=160, blank=True)
    amount_cents = models.BigIntegerField(null=True, blank=True)  # what an insurance covers
    issued = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    file = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "-added_at", "-id"]

    def __str__(self) -> str:
        return self.label or str(self.get_kind_display())


class Guarantee(PublicId):
    """One guarantee of a company: who insures, under which number, what, for which trade, from when until when."""

    class Kind(models.TextChoices):
        TEN_YEAR = "ten-year", _("garantie décennale")
        TWO_YEAR = "two-year", _("bon fonctionnement, deux ans")
        ONE_YEAR = "one-year", _("parfait achèvement, un an")
        COMPLETION = "completion", _("achèvement garanti")
        REFUND = "refund", _("remboursement d’acompte")
        DAMAGE = "damage", _("dommages-ouvrage")
        FIXED_PRICE = "fixed-price", _("prix ferme")
        FIXED_DATE = "fixed-date", _("date ferme et pénalités")
        SUBCONTRACTORS = "subcontractors", _("paiement des sous-traitants")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    insurer = models.CharField(max_length=160, blank=True)
    number = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=300, blank=True)
    trade = models.CharField(max_length=60, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    proof = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
