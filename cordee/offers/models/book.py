"""The price book of a joint offer, each company's own lines behind the wall; the bids made within a project."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.offers.models.bids import Bid
from cordee.projects.models import Project


class ProjectBid(models.Model):
    """A bid that is made within a project: what becomes of it shows there."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="within")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.project} – {self.bid}"


class BookLine(PublicId):
    """What one company sells again and again, at its own price: encrypted, and read by this company alone."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=20, blank=True)
    vat = models.PositiveSmallIntegerField(default=2000)  # in hundredths of a percent
    sealed = models.TextField()  # the unit price, encrypted with a key kept outside the database
    set_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["seat_id", "id"]

    def __str__(self) -> str:
        return self.title


class Package(PublicId):
    """Several lines of several companies sold to the client as one, at one price."""

    class State(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        SOLD = "sold", _("en vente")
        WITHDRAWN = "withdrawn", _("retiré")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    promise = models.CharField(max_length=300, blank=True)
    coordination = models.PositiveSmallIntegerField(default=0)  # what coordinating adds, in hundredths of a percent
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title


class PackageLine(models.Model):
    """How much of a line is in a package."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(BookLine, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveBigIntegerField(default=100)  # in hundredths

    class Meta:
        constraints = [models.UniqueConstraint(fields=["package", "line"], name="offers_packageline_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.line} {self.quantity}"


class PackagePrice(PublicId):
    """A price at which a package was put on sale; what it was made of is encrypted."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="prices")
    net_cents = models.BigIntegerField()
    gross_cents = models.BigIntegerField()
    sealed = models.TextField()  # line, whose, unit price, rate: to know later what a price would tell
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.package} {self.at:%Y-%m-%d}"
