"""The ecosystem: ties, the places where leaders meet, and being introduced to one another."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models.companies import Company
from cordee.ground.kit.ids import PublicId


class Tie(models.Model):
    """A tie between two companies, in the ecosystem of the one that declared it. Private until both agree."""

    class Kind(models.TextChoices):
        CLIENT = "client", _("client")
        SUPPLIER = "supplier", _("fournisseur")
        NEIGHBOUR = "neighbour", _("voisin")
        UNION = "union", _("même syndicat ou fédération")
        FAIR = "fair", _("rencontré sur un salon")
        PROJECT = "project", _("déjà travaillé ensemble")
        OTHER = "other", _("autre lien")

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    trust = models.PositiveSmallIntegerField(default=50)  # 0 to 100
    offered = models.BooleanField(default=False)  # this side agrees to show it
    shared = models.BooleanField(default=False)  # both sides agree: it shows on both cards
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "other", "kind"], name="directory_tie_once"),
            models.CheckConstraint(condition=~models.Q(company=models.F("other")), name="directory_tie_between_two"),
            models.CheckConstraint(condition=models.Q(trust__lte=100), name="directory_tie_trust"),
        ]

    def __str__(self) -> str:
        return f"{self.company} – {self.other}"


class Event(PublicId):
    """A place where leaders meet: a fair, an evening of the union. Who has its code may say « j’y suis »."""

    class Kind(models.TextChoices):
        FAIR = "fair", _("salon")
        UNION = "union", _("réunion de syndicat ou de fédération")
        CLUB = "club", _("club ou réseau d’entreprises")
        OPEN_DAY = "open_day", _("porte ouverte, visite")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    city = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    code = models.CharField(max_length=32, unique=True)  # what the poster of the entrance carries
    host = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="directory_event_days")
        ]
        ordering: ClassVar[list[str]] = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """A company that was at an event, by its own word: the others who were there see it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="presences")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "company"], name="directory_presence_once")]

    def __str__(self) -> str:
        return f"{self.company}, {self.event}"


class Introduction(PublicId):
    """« Pouvez-vous me présenter à… »: a common tie passes the question on, or not; then the other answers."""

    class State(models.TextChoices):
        ASKED = "asked", _("demandée")
        PASSED = "passed", _("transmise")
        ACCEPTED = "accepted", _("acceptée")
        DECLINED = "declined", _("déclinée")

    asker = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    through = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    word = models.CharField(max_length=300, blank=True)  # what the one in the middle adds
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "target"],
                condition=models.Q(state__in=["asked", "passed"]),
                name="directory_introduction_one_open",
            )
        ]
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.asker} – {self.target}"
