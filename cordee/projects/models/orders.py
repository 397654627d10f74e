"""Capacity pooled without showing it, the rule by which orders are shared, the orders and their parts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


class CapacityPool(PublicId):
    """What is counted, by week or by month, and the neutral person who alone reads what each declared."""

    class Period(models.TextChoices):
        WEEK = "week", _("par semaine")
        MONTH = "month", _("par mois")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="capacity_pool")
    unit = models.CharField(max_length=40)
    period = models.CharField(max_length=5, choices=Period.choices, default=Period.WEEK)
    assembler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.project} {self.unit}"


class CapacityPeriod(models.Model):
    """A week or a month whose figures no longer change: a total was told, or an order was shared by them."""

    pool = models.ForeignKey(CapacityPool, on_delete=models.CASCADE, related_name="periods")
    start = models.DateField()
    total = models.PositiveIntegerField(null=True, blank=True)  # where it was told to all
    companies = models.PositiveSmallIntegerField(default=0)
    frozen_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["start"]
        constraints = [models.UniqueConstraint(fields=["pool", "start"], name="projects_capacityperiod_once")]

    def __str__(self) -> str:
        return f"{self.start}"


class CapacityLine(models.Model):
    """What one company can do in a period; encrypted, read by this company and the neutral person alone."""

    pool = models.ForeignKey(CapacityPool, on_delete=models.CASCADE, related_name="lines")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    sealed = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["start", "id"]
        constraints = [models.UniqueConstraint(fields=["pool", "seat", "start"], name="projects_capacityline_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.start}"


class OrderRule(PublicId):
    """The rule by which orders are shared: put to the vote, in force once adopted."""

    class Rule(models.TextChoices):
        CAPACITY = "capacity", _("Selon la capacité déclarée")
        TURNS = "turns", _("À tour de rôle")
        NEAREST = "nearest", _("À la plus proche")
        FIRST = "first", _("À la première qui accepte")

    class State(models.TextChoices):
        VOTING = "voting", _("au vote")
        IN_FORCE = "in_force", _("en vigueur")
        REPLACED = "replaced", _("remplacée")
        REFUSED = "refused", _("refusée")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="order_rules")
    rule = models.CharField(max_length=8, choices=Rule.choices)
    hours = models.PositiveSmallIntegerField(default=48)  # to accept or decline
    state = models.CharField(max_length=8, choices=State.choices, default=State.VOTING)
    ballot = models.CharField(max_length=120)
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.get_rule_display())


class ClientOrder(PublicId):
    """An order of the client, to be shared by the rule."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="orders")
    rule = models.ForeignKey(OrderRule, on_delete=models.PROTECT, related_name="orders")
    title = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    on = models.DateField()  # a day of the period in which it is made
    postcode = models.CharField(max_length=5, blank=True)
    left = models.PositiveIntegerField(default=0)  # what nobody can take
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-entered_at", "-id"]

    def __str__(self) -> str:
        return self.title


class OrderPart(PublicId):
    """What one company is offered of an order, and what it answered."""

    class State(models.TextChoices):
        OFFERED = "offered", _("proposée")
        ACCEPTED = "accepted", _("acceptée")
        DECLINED = "declined", _("déclinée")
        LAPSED = "lapsed", _("sans réponse à temps")
        TAKEN = "taken", _("prise par une autre")
        COUNTED = "counted", _("rien cette fois")

    order = models.ForeignKey(ClientOrder, on_delete=models.CASCADE, related_name="parts")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    quantity = models.PositiveIntegerField()
    agreed = models.CharField(max_length=60)  # the exact share by the rule, « 10/3 »
    why = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["round", "id"]
        constraints = [models.UniqueConstraint(fields=["order", "seat", "round"], name="projects_orderpart_once")]

    def __str__(self) -> str:
        return f"{self.order} {self.seat}"
