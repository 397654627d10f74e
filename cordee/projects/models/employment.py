"""A shared person in money: the complete cost that was agreed, what each company owes for a month, a year, the end."""

from fractions import Fraction
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.engines.posts import hourly_cost
from cordee.engines.units import Cents
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.timetable import SharedPerson

HEADINGS = ("gross", "charges", "leave", "travel", "equipment", "management")


class EmploymentTerms(models.Model):
    """What a shared person costs in a year, and for how many hours. Cents; the reserve in hundredths of a percent."""

    person = models.OneToOneField(SharedPerson, on_delete=models.PROTECT, related_name="terms")
    gross = models.PositiveBigIntegerField()
    charges = models.PositiveBigIntegerField()
    leave = models.PositiveBigIntegerField(default=0)  # paid leave and thirteenth month, where the gross has them not
    travel = models.PositiveBigIntegerField(default=0)
    equipment = models.PositiveBigIntegerField(default=0)
    management = models.PositiveBigIntegerField(default=0)
    reserve = models.PositiveSmallIntegerField(default=200)  # of the gross
    hours = models.PositiveSmallIntegerField()  # that companies use in a year
    floor = models.PositiveSmallIntegerField(default=90)  # percent of the hours agreed that each pays at least
    payer = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")  # who employs, and pays
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.person} {self.gross}"

    @property
    def costs(self) -> dict[str, Cents]:
        """A year, heading by heading; what costs nothing is left out."""
        found = {name: Cents(getattr(self, name)) for name in HEADINGS if getattr(self, name)}
        return found | {"reserve": Cents(round(Fraction(self.gross * self.reserve, 10_000)))}

    @property
    def hourly(self) -> int:
        """An hour at complete cost, to the nearest cent, for reading."""
        return round(hourly_cost(self.costs, Fraction(self.hours)))


class EmploymentAccount(PublicId):
    """A month, a year rebalanced or the reserve given back: settled once, written to the cent, never changed."""

    class Kind(models.TextChoices):
        MONTH = "month", _("relevé du mois")
        YEAR = "year", _("année rééquilibrée")
        RESERVE = "reserve", _("réserve rendue")

    person = models.ForeignKey(SharedPerson, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    on = models.DateField()  # the first day of the month or of the year; the day it was given back
    payer = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    floor = models.PositiveSmallIntegerField(default=0)  # percent, for a year
    actual = models.PositiveBigIntegerField(default=0)  # what a year really cost, the reserve set aside
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "on"], name="projects_employment_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.kind} {self.on}"


class EmploymentLine(PublicId):
    """What one company owes in an account, in cents without VAT; below zero, what it gets back. Its own business."""

    account = models.ForeignKey(EmploymentAccount, on_delete=models.PROTECT, related_name="lines")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField(default=0)  # taken
    agreed = models.PositiveIntegerField(default=0)  # minutes of the month or of the year, as the timetable shares them
    billed = models.PositiveBigIntegerField(default=0)  # cents, during the year, without the reserve
    cents = models.BigIntegerField()
    rows = models.JSONField(default=dict)  # the same, by heading of the cost

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(fields=["account", "seat"], name="projects_employmentline_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.cents}"


class ReserveUse(PublicId):
    """Money taken from the reserve of a shared person: the end of the contract, a month without hours."""

    person = models.ForeignKey(SharedPerson, on_delete=models.PROTECT, related_name="reserve_uses")
    cents = models.PositiveBigIntegerField()
    why = models.CharField(max_length=200)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.cents} {self.why}"
