"""What is delivered to whom, by which companies; what the client and the members said afterwards."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat
from cordee.offers.models import Bid
from cordee.projects.models import Project


class Delivery(PublicId):
    """Something that several companies do together for one client, from the start to the end of the guarantees."""

    class State(models.TextChoices):
        RUNNING = "running", _("en cours")
        RECEIVED = "received", _("reçu")
        ENDED = "ended", _("terminé")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=200)
    works = models.BooleanField(default=False)  # building works: a reception starts the legal guarantees
    client = models.CharField(max_length=200)
    client_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    client_siren = models.CharField(max_length=9, blank=True)
    client_street = models.CharField(max_length=160, blank=True)
    client_postcode = models.CharField(max_length=10, blank=True)
    client_city = models.CharField(max_length=100, blank=True)
    contact = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")  # the only voice to the client
    deputy = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    starts_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["grouping", "state"], name="delivery_delivery_living")]

    def __str__(self) -> str:
        return self.title

    @property
    def book(self) -> str:
        """Its acts stand in the book of the grouping."""
        return self.grouping.book

    @property
    def open(self) -> bool:
        return self.state != self.State.ENDED


class DeliveryMember(models.Model):
    """A company that takes part: by itself, for as long as it wants or is bound."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="members")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "seat"], name="delivery_member_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.seat)


class ClientVerdict(models.Model):
    """Three questions to the client, once it is over: simpler, on time, again."""

    class Answer(models.TextChoices):
        YES = "yes", _("Oui")
        PARTLY = "partly", _("En partie")
        NO = "no", _("Non")

    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="client_verdict")
    simpler = models.CharField(max_length=6, choices=Answer.choices)
    on_time = models.CharField(max_length=6, choices=Answer.choices)
    again = models.CharField(max_length=6, choices=Answer.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.delivery} {self.again}"


class MemberVerdict(models.Model):
    """« Est-ce que cela a marché ? » : what one company answers; « pas encore » is asked again later."""

    class Answer(models.TextChoices):
        YES = "yes", _("Oui")
        NOT_YET = "not_yet", _("Pas encore")
        NO = "no", _("Non")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="verdicts")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=7, choices=Answer.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    ask_on = models.DateField(null=True, blank=True)  # after a « pas encore »
    asked_again = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "seat"], name="delivery_memberverdict_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.answer}"
