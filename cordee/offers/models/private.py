"""What a grouping sells to private clients: the catalogue, the variants of an offer; volumes bought together."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Grouping, Seat
from cordee.offers.models.bids import Bid


class CatalogueItem(PublicId):
    """Something a member does again and again: a part or an option; no price stands here."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    tasks = models.TextField(blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    vat = models.PositiveSmallIntegerField(default=2000)
    optional = models.BooleanField(default=False)
    bundle = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["bundle", "title", "id"]

    def __str__(self) -> str:
        return self.title


class Variant(PublicId):
    """One way to make the offer: which parts are in it. Sent, its figures no longer change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        SENT = "sent", _("envoyée au client")
        ACCEPTED = "accepted", _("acceptée")
        DECLINED = "declined", _("déclinée")

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="variants")
    title = models.CharField(max_length=120)
    parts = models.JSONField(default=list)  # public ids
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    figures = models.JSONField(default=dict)  # before tax, by rate, with tax, working days: as it was sent
    pdf = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title


class VolumePool(PublicId):
    """Quantities committed together, so that all reach a better price."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=30)
    tiers = models.JSONField(default=list)  # [[quantity, unit price in cents]]
    per_day = models.PositiveIntegerField(null=True, blank=True)  # what the supplier delivers in a working day
    lead_days = models.PositiveSmallIntegerField(default=0)  # working days before the first delivery
    most = models.PositiveIntegerField(null=True, blank=True)  # all that the supplier can deliver
    closes_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.title


class VolumePledge(models.Model):
    """The quantity that one company commits to."""

    pool = models.ForeignKey(VolumePool, on_delete=models.CASCADE, related_name="pledges")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "seat"], name="offers_volumepledge_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.seat} {self.quantity}"
