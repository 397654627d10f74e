"""Passing on, when all goes well: one’s part to another company, the client’s voice to another person."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.delivery.models.client import PortalMessage
from cordee.delivery.models.deliveries import Delivery
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat


class HandOver(PublicId):
    """A company that passes on its part, or some of its lots: it offers, another one takes, nobody is made to."""

    class State(models.TextChoices):
        OFFERED = "offered", _("on cherche qui reprend")
        TAKEN = "taken", _("repris")
        WITHDRAWN = "withdrawn", _("retiré")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="hand_overs")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    lots = models.JSONField(default=list)  # public ids of the lots that are passed on
    leaves = models.BooleanField(default=False)  # passes everything on and leaves
    why = models.TextField()
    offered_at = models.DateTimeField()
    passed = models.JSONField(default=list)  # public ids of the seats that left it to the next
    taker = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OFFERED)
    settled_at = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(PortalMessage, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "seat"], condition=models.Q(settled_at=None), name="delivery_handover_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.state}"


class ContactTurn(PublicId):
    """The client’s voice passes from one company to another, with what the next one has to know."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="contact_turns")
    giver = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()  # for the team: the client’s pages never read it
    offered_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"], condition=models.Q(taken_at=None), name="delivery_contactturn_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
