"""A shared post: a person employed by one member and working for several, and what each month costs each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat
from cordee.money.models.bills import PoolLine


class SharedPost(PublicId):
    """A shared employee or a shared sales person: its complete yearly cost, and no margin."""

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("Personne salariée partagée")
        SALES = "sales", _("Commercial ou commerciale partagée")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120)
    employer = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    costs = models.JSONField()  # yearly cents by heading
    billable = models.PositiveBigIntegerField()  # hours a year that members use, in hundredths
    vat_rate = models.PositiveSmallIntegerField(default=2000)
    commission_rate = models.PositiveSmallIntegerField(default=0)  # on orders, in hundredths of a percent
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    settled_years = models.JSONField(default=dict)  # {year: what it really cost, in cents}, once regularised

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class PostMonth(models.Model):
    """What one member used of a shared post in one month, and what it spent for it."""

    post = models.ForeignKey(SharedPost, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()  # its first day
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    hours = models.PositiveBigIntegerField(default=0)  # in hundredths
    expenses_cents = models.PositiveBigIntegerField(default=0)
    orders_cents = models.PositiveBigIntegerField(default=0)  # orders obtained through the sales person
    noted_at = models.DateTimeField()
    line = models.ForeignKey(PoolLine, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "month", "seat"], name="money_postmonth_once")]
        ordering = ["month", "id"]

    def __str__(self) -> str:
        return f"{self.post} {self.month:%Y-%m} {self.seat}"
