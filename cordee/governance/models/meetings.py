"""Meetings: a date found together, an agenda, who is there, what came out, the minutes."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.governance.models.ballots import Ballot, DecisionType
from cordee.ground.kit.ids import PublicId
from cordee.ground.signing.models import Ceremony
from cordee.groupings.models import Grouping, Seat


class Meeting(PublicId):
    """Members around a table, or on a screen."""

    class State(models.TextChoices):
        POLLING = "polling", _("Date à trouver")
        CALLED = "called", _("Convoquée")
        OPEN = "open", _("En cours")
        HELD = "held", _("Tenue")
        CANCELLED = "cancelled", _("Annulée")

    class Minutes(models.TextChoices):
        NONE = "", _("Pas encore")
        DRAFT = "draft", _("À relire")
        APPROVED = "approved", _("Approuvé")
        SIGNING = "signing", _("En signature")
        SIGNED = "signed", _("Signé")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)  # of a video call
    state = models.CharField(max_length=9, choices=State.choices, default=State.POLLING)
    starts_at = models.DateTimeField(null=True, blank=True)
    length = models.PositiveSmallIntegerField(default=90)  # minutes
    urgent = models.BooleanField(default=False)
    called_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    secretary = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    minutes = models.TextField(blank=True)
    minutes_state = models.CharField(max_length=8, choices=Minutes.choices, blank=True, default=Minutes.NONE)
    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["grouping", "state"], name="governance_meeting_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> object:
        return self.starts_at + timedelta(minutes=self.length) if self.starts_at else None


class MeetingDate(models.Model):
    """A date that is possible."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "starts_at"], name="governance_date_once")]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class DateAnswer(models.Model):
    """What one company says of one date."""

    class Answer(models.TextChoices):
        YES = "yes", _("Oui")
        MAYBE = "maybe", _("S’il le faut")
        NO = "no", _("Non")

    date = models.ForeignKey(MeetingDate, on_delete=models.CASCADE, related_name="answers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=5, choices=Answer.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "seat"], name="governance_answer_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.answer}"


class AgendaItem(models.Model):
    """One point of the agenda, and what came out of it."""

    class Kind(models.TextChoices):
        INFORM = "inform", _("Information")
        DISCUSS = "discuss", _("Discussion")
        DECIDE = "decide", _("Décision")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DISCUSS)
    decision_type = models.CharField(max_length=20, choices=DecisionType.choices, default=DecisionType.ORDINARY)
    text = models.TextField(blank=True)  # what is voted, in its very words
    said = models.TextField(blank=True)  # what came out
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="governance_item_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """One line of the attendance sheet."""

    class State(models.TextChoices):
        ASKED = "asked", _("n’a pas répondu")
        COMING = "coming", _("viendra")
        EXCUSED = "excused", _("excusée")
        REPRESENTED = "represented", _("représentée")
        PRESENT = "present", _("présente")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=11, choices=State.choices, default=State.ASKED)
    proxy_to = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="governance_attendance_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.seat} {self.state}"
