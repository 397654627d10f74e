"""A sales person shared by several: terms, who covers what, opportunities, disputes, time, a month’s statement."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


class SalesTerms(models.Model):
    """What the companies agreed: whose an opportunity is, who sees what, what a month costs and how it is shared."""

    class Sight(models.TextChoices):
        OWN = "own", _("Chacun voit les siennes, celles menées ensemble, et des totaux")
        CLIENTS = "clients", _("Chacun voit aussi le nom des clients suivis par les autres")

    class Joint(models.TextChoices):
        EACH = "each", _("Un contact gagné ensemble revient à chacun")
        MAIN = "main", _("Un contact gagné ensemble revient à celui dont la part est la plus grande")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="sales_terms")
    order = models.JSONField(default=list)  # the rules, in order: "first", "zone", "trade", "turn"
    by_equal = models.PositiveSmallIntegerField(default=50)  # percent of the month's cost
    by_time = models.PositiveSmallIntegerField(default=0)
    by_orders = models.PositiveSmallIntegerField(default=50)
    commission = models.PositiveSmallIntegerField(default=0)  # on orders, in hundredths of a percent
    month_cents = models.PositiveBigIntegerField(default=0)
    payer = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")  # employs, pays, re-invoices
    sight = models.CharField(max_length=7, choices=Sight.choices, default=Sight.OWN)
    joint = models.CharField(max_length=4, choices=Joint.choices, default=Joint.EACH)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    handed_at = models.DateTimeField(null=True, blank=True)  # the client file was handed back

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by_equal=100 - models.F("by_time") - models.F("by_orders")),
                name="projects_salesterms_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.project)


class SalesField(models.Model):
    """What one company covers: the beginnings of postcodes, the trades it sells. Nothing written: everything."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sales_fields")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    zones = models.JSONField(default=list)
    trades = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "seat"], name="projects_salesfield_once")]

    def __str__(self) -> str:
        return str(self.seat)


class Opportunity(PublicId):
    """Something a client may order, from whom; its key makes it counted once when it is sent twice."""

    class Stage(models.TextChoices):
        NEW = "new", _("À contacter")
        VISIT = "visit", _("Rendez-vous")
        OFFER = "offer", _("Offre remise")
        WON = "won", _("Gagnée")
        LOST = "lost", _("Perdue")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="opportunities")
    key = models.CharField(max_length=32)
    client = models.CharField(max_length=120)
    person = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    trade = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    stage = models.CharField(max_length=5, choices=Stage.choices, default=Stage.NEW)
    step = models.CharField(max_length=160, blank=True)  # what comes next
    step_on = models.DateField(null=True, blank=True)
    why = models.JSONField(default=list)  # the rules that gave it to its company, as the engine said
    noted_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    won_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["noted_at", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="projects_opportunity_once")]

    def __str__(self) -> str:
        return self.client or self.public_id


class OpportunityPart(models.Model):
    """A company for which an opportunity is, and what it may bring it without VAT; several: it is led together."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="parts")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "seat"], name="projects_opportunitypart_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.cents}"


class SalesDispute(PublicId):
    """A company says that an opportunity is its own; the members decide."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="disputes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    ballot = models.CharField(max_length=120)
    settled_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity"], condition=models.Q(settled_at=None), name="projects_salesdispute_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.opportunity}"


class SalesTime(PublicId):
    """Time that the sales person gave to one company, and what was spent for it alone."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visite")
        CALL = "call", _("Appels")
        OFFER = "offer", _("Offre à écrire")
        OTHER = "other", _("Autre")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sales_times")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    minutes = models.PositiveIntegerField()
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.VISIT)
    expenses_cents = models.PositiveBigIntegerField(default=0)
    noted_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.on} {self.seat} {self.minutes}"


class SalesStatement(PublicId):
    """A month as it was closed: what each owes and from what; it changes no more."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sales_statements")
    month = models.DateField()  # its first day
    cost_cents = models.PositiveBigIntegerField()
    rows = models.JSONField()  # {seat: {equal, time, orders, commission, expenses, minutes, won}}
    total_cents = models.PositiveBigIntegerField()
    payer = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-month"]
        constraints = [models.UniqueConstraint(fields=["project", "month"], name="projects_salesstatement_once")]

    def __str__(self) -> str:
        return f"{self.project} {self.month:%Y-%m}"
