"""What a client asks for: needs and their lots, searches for teams, and the exchanges they led to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping


class Need(PublicId):
    """A tender notice, or a need typed by hand. Private to the company that brings it, until an exchange opens."""

    class Source(models.TextChoices):
        NOTICE = "notice", _("avis de marché")
        HAND = "hand", _("écrit à la main")

    class State(models.TextChoices):
        OPEN = "open", _("ouverte")
        DROPPED = "dropped", _("classée")

    title = models.CharField(max_length=300)
    client = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    source = models.CharField(max_length=6, choices=Source.choices)
    notice_format = models.CharField(max_length=8, blank=True)  # « eforms », « ted », « boamp », « ocds »
    notice_id = models.CharField(max_length=80, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    deadline_has_hour = models.BooleanField(default=False)  # else only the day is known, and it lasts until its end
    place = models.CharField(max_length=200, blank=True)
    groupings = models.JSONField(default=dict)  # what the notice says of groupings
    reading = models.JSONField(default=dict)  # the whole notice as it was read
    file = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def book(self) -> str:
        """Its acts stand in the book of the company that brought it."""
        return self.company.book


class NeedLot(models.Model):
    """One lot: the work, where, how much, and what is asked of those who do it. What is not known stays empty."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="lots")
    rank = models.PositiveIntegerField()  # from 1, in the order of the notice
    ident = models.CharField(max_length=80)  # as the notice writes it: « LOT-0001 »
    number = models.CharField(max_length=40, blank=True)  # without its dressing: « 1 »
    title = models.CharField(max_length=400, blank=True)
    cpv = models.JSONField(default=list)
    trades = models.JSONField(default=dict)  # slug → how well it answers, from 1 to 100
    trades_by = models.CharField(max_length=6, choices=Need.Source.choices)  # read in the notice, or chosen by hand
    nuts = models.JSONField(default=list)
    place = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    radius_km = models.PositiveIntegerField(null=True, blank=True)
    value_cents = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    months = models.PositiveIntegerField(null=True, blank=True)
    certificates = models.JSONField(default=list)
    turnover_cents = models.BigIntegerField(null=True, blank=True)
    essential = models.BooleanField(default=True)  # a team must cover it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need", "rank"], name="offers_needlot_rank_once"),
            models.UniqueConstraint(fields=["need", "ident"], name="offers_needlot_ident_once"),
        ]
        ordering: ClassVar[list[str]] = ["rank"]

    def __str__(self) -> str:
        return f"{self.mark}. {self.title}" if self.title else self.mark

    @property
    def mark(self) -> str:
        """What to call it in a line: its number, else its place in the list."""
        return self.number or str(self.rank)


class TeamSearch(PublicId):
    """One search for teams: what was asked, how far it is, what it found."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminée")
        FAILED = "failed", _("arrêtée")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="searches")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")  # who searches, with its own ties
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    compared = models.PositiveIntegerField(default=0)  # how many companies were looked at
    result = models.JSONField(null=True, blank=True)
    problem = models.CharField(max_length=40, blank=True)  # why it stopped: a code, worded on the page
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.need} {self.state}"


class Pursuit(models.Model):
    """A need that companies look at together: it ties a need to the exchange opened for it."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="pursuits")
    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    search = models.ForeignKey(TeamSearch, on_delete=models.PROTECT, related_name="pursuits", null=True, blank=True)
    team = models.PositiveSmallIntegerField(null=True, blank=True)  # which of the teams found, from 1
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need", "grouping"], name="offers_pursuit_once"),
            models.UniqueConstraint(fields=["search", "team"], name="offers_pursuit_team_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need} – {self.grouping}"
