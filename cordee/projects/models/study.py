"""A study paid for together: the call and its offers, the promises, the tranches, who may use the results."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


class ProviderCall(PublicId):
    """What the companies ask of providers, and until when; the offers come under it."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="provider_call")
    brief = models.TextField()
    closes_on = models.DateField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ballot = models.CharField(max_length=120, blank=True)  # the address of the vote among offers
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.brief[:80]


class ProviderOffer(PublicId):
    """One offer received: its price, its length, what it includes, the paper itself."""

    call = models.ForeignKey(ProviderCall, on_delete=models.PROTECT, related_name="offers")
    provider = models.CharField(max_length=120)
    cents = models.PositiveBigIntegerField()  # without VAT
    weeks = models.PositiveSmallIntegerField()
    included = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["cents", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "provider"], name="projects_provideroffer_once")]

    def __str__(self) -> str:
        return self.provider


class OfferMark(models.Model):
    """What one company thinks of an offer: a mark from 0 to 5, and why."""

    offer = models.ForeignKey(ProviderOffer, on_delete=models.PROTECT, related_name="marks")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "seat"], name="projects_offermark_once"),
            models.CheckConstraint(condition=models.Q(mark__lte=5), name="projects_offermark_five"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.offer}"


class StudyFund(PublicId):
    """What has to be promised, by when, for anybody to be bound; who signs with the provider and pays it."""

    class State(models.TextChoices):
        OPEN = "open", _("promesses ouvertes")
        REACHED = "reached", _("seuil atteint")
        RELEASED = "released", _("seuil manqué")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="study_fund")
    threshold_cents = models.PositiveBigIntegerField()
    closes_on = models.DateField()
    buyer = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(threshold_cents__gt=0), name="projects_studyfund_threshold")
        ]

    def __str__(self) -> str:
        return str(self.project)


class Pledge(models.Model):
    """What one company promises; it changes freely until the threshold is reached, and never goes down after."""

    fund = models.ForeignKey(StudyFund, on_delete=models.PROTECT, related_name="pledges")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveBigIntegerField()
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(fields=["fund", "seat"], name="projects_pledge_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.cents}"


class Tranche(PublicId):
    """A part of the study: what it costs, what it delivers, and the vote that lets it begin or stops everything."""

    class State(models.TextChoices):
        PLANNED = "planned", _("à venir")
        VOTING = "voting", _("au vote")
        RELEASED = "released", _("lancée")
        STOPPED = "stopped", _("arrêtée")

    fund = models.ForeignKey(StudyFund, on_delete=models.PROTECT, related_name="tranches")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    cents = models.PositiveBigIntegerField()
    deliverable = models.CharField(max_length=300)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    ballot = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    parts = models.JSONField(default=dict)  # {seat: cents}, once released
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    remarks = models.CharField(max_length=500, blank=True)  # what is missing, when it is sent back

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "position"], name="projects_tranche_place"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="projects_tranche_positive"),
        ]

    def __str__(self) -> str:
        return self.label


class ResultRule(models.Model):
    """How the study loses value with time, for whoever comes later; decided before the first newcomer."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="result_rule")
    yearly = models.PositiveSmallIntegerField()  # percent lost each year
    floor = models.PositiveSmallIntegerField()  # percent below which it never goes
    since = models.DateField()  # the day from which years are counted
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(yearly__lte=100, floor__lte=100), name="projects_resultrule_percents"
            )
        ]

    def __str__(self) -> str:
        return f"{self.yearly} {self.floor}"


class UseRight(PublicId):
    """Who may use the results, for what, until when."""

    class Use(models.TextChoices):
        OWN = "own", _("Dans son entreprise")
        FIELD = "field", _("Pour vendre, dans son domaine")
        SHARE = "share", _("Autoriser d’autres à les utiliser")
        PUBLISH = "publish", _("En parler publiquement")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="use_rights")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    use = models.CharField(max_length=8, choices=Use.choices)
    scope = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.seat} {self.use}"


class BuyIn(PublicId):
    """What a newcomer is asked to use the results as the others do, worked out the day it was proposed."""

    class State(models.TextChoices):
        OFFERED = "offered", _("proposé")
        ACCEPTED = "accepted", _("accepté")
        DECLINED = "declined", _("décliné")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="buy_ins")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveBigIntegerField()
    worth_cents = models.PositiveBigIntegerField()
    years = models.PositiveSmallIntegerField()
    back = models.JSONField()  # {seat: cents}
    why = models.JSONField()  # {"fr": […], "en": […]}, as it was explained that day
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    offered_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "seat"], condition=~models.Q(state="declined"), name="projects_buyin_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.cents}"
