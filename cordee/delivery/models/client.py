"""What the client sees and answers: messages, deliverables, the reception, reserves, changes; what may be invoiced."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.delivery.models.board import Sprint, WorkLot
from cordee.delivery.models.deliveries import Delivery
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Seat


class PortalMessage(models.Model):
    """What the contact and the client write to each other: the client reads every line of this table."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="messages")
    from_client = models.BooleanField(default=False)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Deliverable(PublicId):
    """Something handed to the client, to be accepted, accepted with reserves, or refused. Not the reception."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("en préparation")
        SHOWN = "shown", _("à valider par le client")
        ACCEPTED = "accepted", _("validé")
        RESERVED = "reserved", _("validé avec réserves")
        REFUSED = "refused", _("refusé")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="deliverables")
    lot = models.ForeignKey(WorkLot, on_delete=models.PROTECT, related_name="deliverables")
    sprint = models.ForeignKey(Sprint, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=160)  # in the client's words
    words = models.TextField(blank=True)
    file = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREPARING)
    shown_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)  # why it is refused
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["expected_on", "id"]

    def __str__(self) -> str:
        return self.title


class Reception(PublicId):
    """The reception of building works (réception des travaux): signed minutes, from which legal guarantees run."""

    class State(models.TextChoices):
        CALLED = "called", _("convoquée")
        SIGNING = "signing", _("en signature")
        SIGNED = "signed", _("prononcée")
        REFUSED = "refused", _("refusée par le client")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="receptions")
    visit_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.CALLED)
    with_reserves = models.BooleanField(default=False)
    received_on = models.DateField(null=True, blank=True)  # as the minutes say
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    why = models.TextField(blank=True)
    called_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"], condition=~models.Q(state="refused"), name="delivery_reception_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delivery} {self.state}"


class Reserve(PublicId):
    """A point to put right: who does it, by when, said done by the company, lifted by the client."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="reserves")
    deliverable = models.ForeignKey(
        Deliverable, on_delete=models.PROTECT, related_name="reserves", null=True, blank=True
    )
    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="reserves", null=True, blank=True)
    lot = models.ForeignKey(WorkLot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    text = models.CharField(max_length=300)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    raised_at = models.DateTimeField()
    said_done_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)  # what was done, in the client's words
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["lifted_at", "due_on", "id"]

    def __str__(self) -> str:
        return self.text


class ReservePhoto(PublicId):
    """A photo of a reserve, from the client, or of what was put right, from the company."""

    reserve = models.ForeignKey(Reserve, on_delete=models.PROTECT, related_name="photos")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    after = models.BooleanField(default=False)  # taken once it was put right

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.document)


class ChangeRequest(PublicId):
    """Something more, less or different: asked, priced by the members, voted, offered, answered by the client."""

    class State(models.TextChoices):
        ASKED = "asked", _("à chiffrer")
        VOTING = "voting", _("au vote des membres")
        OFFERED = "offered", _("proposée au client")
        AGREED = "agreed", _("acceptée")
        DECLINED = "declined", _("déclinée")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="changes")
    text = models.TextField()
    by_client = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    ballot = models.CharField(max_length=120, blank=True)
    cents = models.BigIntegerField(null=True, blank=True)  # before tax, once voted
    days = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.text[:80]


class ChangePrice(models.Model):
    """What one company asks for its share of a change, before tax; less than zero where there is less to do."""

    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="prices")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(WorkLot, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()
    days = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "seat"], name="delivery_changeprice_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.seat} {self.cents}"


class BillingPart(PublicId):
    """What one company may invoice once a deliverable, the reception or a change is accepted; seen by itself alone."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="billing")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    label = models.CharField(max_length=200)
    cents = models.BigIntegerField()  # before tax
    rate = models.PositiveSmallIntegerField(default=2000)  # VAT, in hundredths of a percent
    ready_at = models.DateTimeField(null=True, blank=True)  # from then on it may be invoiced
    invoice = models.CharField(max_length=16, blank=True)  # the public id of the draft, once it was made
    is_deposit = models.BooleanField(default=False)  # asked while reserves stand; the rest waits until they are lifted
    deposit = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.CheckConstraint(condition=models.Q(cents__gte=0), name="delivery_billingpart_positive")]

    def __str__(self) -> str:
        return self.label
