"""Peer sessions, answers to questionnaires, what is shared without names, testimonies, the public page."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat


class PeerSession(PublicId):
    """A co-development session: one leader brings a real question, the others help. Confidential.

    Of what is said nothing is kept. The question is emptied at the end; only the client's own action plan stays.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("prévue")
        RUNNING = "running", _("en cours")
        CLOSED = "closed", _("terminée")
        CANCELLED = "cancelled", _("annulée")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    facilitator = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200, blank=True)  # empty once the session is over
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    step = models.PositiveSmallIntegerField(default=0)  # 1 to 6 while it runs
    step_since = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(client=models.F("facilitator")), name="learning_session_two_roles"
            ),
            models.CheckConstraint(condition=models.Q(step__lte=6), name="learning_session_six_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.client} {self.starts_at:%Y-%m-%d}"

    @property
    def book(self) -> str:
        """The book of its grouping."""
        return self.grouping.book


class PeerSeat(models.Model):
    """A company in a session: it comes in by promising that what is said stays there."""

    session = models.ForeignKey(PeerSession, on_delete=models.CASCADE, related_name="seats")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    promised_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="learning_peerseat_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.seat)


class PeerAction(PublicId):
    """What the client decided to do, in their own words; looked at again at their next session."""

    session = models.ForeignKey(PeerSession, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)  # what came of it

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]

    def __str__(self) -> str:
        return self.text


class Answering(models.Model):
    """What one company answered to a questionnaire, for a quarter or a year; nobody else ever sees it."""

    class Kind(models.TextChoices):
        BAROMETER = "barometer", _("Baromètre")
        PRACTICES = "practices", _("Pratiques de coopération")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    period = models.CharField(max_length=8)  # « 2026-T1 », « 2026 »
    answers = models.JSONField()  # {slug of the question: 1 to 5}
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "kind", "period"], name="learning_answering_once")]
        ordering: ClassVar[list[str]] = ["period", "id"]

    def __str__(self) -> str:
        return f"{self.company} {self.kind} {self.period}"


class SharedCase(PublicId):
    """How a grouping split a cost or decided, told without any name, once each of its members agreed."""

    class Kind(models.TextChoices):
        KEY = "key", _("Un partage")
        DECISION = "decision", _("Une décision")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    about = models.CharField(max_length=120)  # the address of the key or of the ballot
    told = models.JSONField()  # as it was shown to those who agreed: words and ranges, no name, no exact figure
    lesson = models.CharField(max_length=400, blank=True)
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about"], condition=models.Q(withdrawn_at=None), name="learning_case_told_once"
            )
        ]
        ordering: ClassVar[list[str]] = ["-published_at", "-id"]

    def __str__(self) -> str:
        return self.about


class CaseConsent(models.Model):
    """One member agrees that the case is told."""

    case = models.ForeignKey(SharedCase, on_delete=models.CASCADE, related_name="consents")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seat"], name="learning_caseconsent_once")]

    def __str__(self) -> str:
        return f"{self.seat}"


class Testimony(PublicId):
    """What one leader says of the cooperation, asked after a success; public only by consent, and until withdrawn."""

    class Occasion(models.TextChoices):
        PAID = "paid", _("premiers comptes communs payés")
        INVOICE = "invoice", _("première facture commune payée")
        ANNIVERSARY = "anniversary", _("un an d’engagement")
        ENDED = "ended", _("groupement terminé proprement")

    class Worked(models.TextChoices):
        YES = "yes", _("Oui, cela a marché")
        NOT_YET = "not_yet", _("Pas encore, c’est trop tôt")
        NO = "no", _("Non")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=11, choices=Occasion.choices)
    asked_at = models.DateTimeField()
    worked = models.CharField(max_length=7, choices=Worked.choices, blank=True)
    words = models.CharField(max_length=600, blank=True)
    signed = models.CharField(max_length=120, blank=True)  # as the leader wants to be named; emptied when withdrawn
    photo = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    public = models.BooleanField(default=False)
    given_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "occasion"], name="learning_testimony_asked_once")]
        ordering: ClassVar[list[str]] = ["-given_at", "-id"]

    def __str__(self) -> str:
        return f"{self.seat} {self.occasion}"

    @property
    def shown(self) -> bool:
        """Whether everybody may read it."""
        return self.public and bool(self.words) and self.withdrawn_at is None


class PublicPage(PublicId):
    """What a grouping shows to everybody, in the very words that its members voted."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)  # the brand, or the grouping's own name
    line = models.CharField(max_length=140)  # what they do together, in one line
    offer = models.TextField()
    references = models.TextField(blank=True)
    contact = models.CharField(max_length=120, blank=True)  # a public address or telephone
    decision = models.CharField(max_length=120)  # the address of the vote
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping"],
                condition=models.Q(opened_at__isnull=False, closed_at=None),
                name="learning_page_one_open",
            )
        ]
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.name
