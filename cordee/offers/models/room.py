"""The restricted room of a bid: who may enter, what was put there, who read it, what came out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.offers.models.bids import Bid


class RoomMember(models.Model):
    """One person of the clean team, beside the assembler: named by the lead, inside once the rules are signed."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="room_members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    named_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True, blank=True)  # when the rules of the room were signed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "person"], name="offers_roommember_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.person)


class RoomPiece(PublicId):
    """Sensitive information put in the room; its words are encrypted with a key kept outside the database."""

    class Level(models.TextChoices):
        C3 = "C3", _("cette offre : ses membres la lisent")
        C4 = "C4", _("équipe restreinte : elle seule la lit")

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="room_pieces")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=2, choices=Level.choices, default=Level.C4)
    title = models.CharField(max_length=160)
    sealed = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title


class RoomRead(models.Model):
    """Somebody read a piece that another put in the room; kept outside the books, for the members to see."""

    piece = models.ForeignKey(RoomPiece, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.person} {self.at}"


class RoomRelease(models.Model):
    """What came out of the room, for all members: a summary in which nobody is recognised."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="room_releases")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.text[:80]
