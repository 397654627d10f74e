"""Who acts or prepares for a company besides its representative, and who is welcomed without being a member."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models.groupings import Grouping, Seat


class Mandate(PublicId):
    """A right that the representative gives for one seat: to substitute, by a written delegation, or only to prepare.

    Its scope, its limit and its dates are checked each time that it is used to bind the company.
    """

    class Kind(models.TextChoices):
        SUBSTITUTE = "substitute", _("supplée : vote et s’engage à votre place")
        HOLDS = "holds", _("siège : vote et s’engage par délégation écrite")
        PREPARES = "prepares", _("prépare : lit, écrit, prépare, sans engager")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    role = models.CharField(max_length=60, blank=True)  # « directrice technique », « expert-comptable »
    outside = models.BooleanField(default=False)  # an adviser who is not of the company: never binds it
    types = models.JSONField(default=list, blank=True)  # types of decision; empty: all of them
    limit_cents = models.BigIntegerField(null=True, blank=True)  # the most that one decision may commit
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person"], condition=models.Q(ended_at=None), name="groupings_mandate_one_each"
            ),
            models.CheckConstraint(
                condition=models.Q(limit_cents=None) | models.Q(limit_cents__gt=0), name="groupings_mandate_limit"
            ),
            models.CheckConstraint(
                condition=models.Q(outside=False) | models.Q(kind="prepares"), name="groupings_mandate_outside_prepares"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"

    def stands(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.ended_at is None and self.since <= on and (self.until is None or on <= self.until)


class WritingAsked(PublicId):
    """Somebody who sits for a company without leading it asks its legal representative for the written delegation."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=60, blank=True)  # what the person does in the company
    asked_at = models.DateTimeField()  # the last time
    answered_at = models.DateTimeField(null=True, blank=True)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person"], condition=models.Q(answered_at=None), name="groupings_writing_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"


class Guest(PublicId):
    """Somebody welcomed without being a member, once every company agreed: sees, or prepares; never votes."""

    class Kind(models.TextChoices):
        OBSERVER = "observer", _("observe : lit, sans rien faire")
        FACILITATOR = "facilitator", _("accompagne : lit et prépare, sans voter")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="guests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    role = models.CharField(max_length=80, blank=True)  # « conseillère de la chambre de métiers »
    asked_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "person"], condition=models.Q(ended_at=None), name="groupings_guest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.grouping}"


class GuestConsent(models.Model):
    """What one company says to a guest; it can be taken back at any time, and the door closes."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="consents")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guest", "seat"], name="groupings_guestconsent_once")]

    def __str__(self) -> str:
        return f"{self.guest} / {self.seat}"
