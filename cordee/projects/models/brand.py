"""A common brand: what it is, its rules with their checklist, who may use it, its files and its calendar."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


class Brand(models.Model):
    """The sign, its owner, and the days that the trade mark office knows."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Marque individuelle")
        COLLECTIVE = "collective", _("Marque collective")
        GUARANTEE = "guarantee", _("Marque de garantie")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="brand")
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COLLECTIVE)
    classes = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=40, blank=True)  # as the office gave it
    filed_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class BrandDate(PublicId):
    """Something to do for the mark by a day; counted from the law, or written and corrected by hand."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="brand_dates")
    code = models.CharField(max_length=16, blank=True)  # where it was counted from the law
    label = models.CharField(max_length=160)
    due = models.DateField()
    basis = models.CharField(max_length=80, blank=True)
    by_hand = models.BooleanField(default=False)  # corrected: it is not counted again
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code"], condition=~models.Q(code=""), name="projects_branddate_once"
            )
        ]

    def __str__(self) -> str:
        return self.label


class BrandRules(PublicId):
    """The rules of use with their checklist, as they were voted: one row a version, which never changes once voted."""

    class State(models.TextChoices):
        VOTING = "voting", _("au vote")
        IN_FORCE = "in_force", _("en vigueur")
        REPLACED = "replaced", _("remplacé")
        REFUSED = "refused", _("refusé")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="brand_rules")
    number = models.PositiveIntegerField()
    text = models.TextField()
    wanted = models.PositiveSmallIntegerField(default=80)  # percent of the points from which an audit is passed
    every = models.PositiveSmallIntegerField(default=12)  # months between two audits of a company
    appeal_days = models.PositiveSmallIntegerField(default=30)
    removal_days = models.PositiveSmallIntegerField(default=60)  # to take the sign down once it is withdrawn
    state = models.CharField(max_length=8, choices=State.choices, default=State.VOTING)
    ballot = models.CharField(max_length=120)  # the address of the vote
    written_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="projects_brandrules_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class BrandCriterion(models.Model):
    """One point of the checklist."""

    rules = models.ForeignKey(BrandRules, on_delete=models.CASCADE, related_name="criteria")
    label = models.CharField(max_length=160)
    weight = models.PositiveSmallIntegerField(default=1)
    essential = models.BooleanField(default=False)
    photo = models.BooleanField(default=False)  # a photo is asked for

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.label


class BrandLicence(PublicId):
    """The right of one company to use the brand: asked for, voted, held, suspended, withdrawn."""

    class State(models.TextChoices):
        ASKED = "asked", _("demandée")
        VOTING = "voting", _("au vote")
        HELD = "held", _("en cours")
        SUSPENDED = "suspended", _("suspendue")
        WITHDRAWN = "withdrawn", _("retirée")
        REFUSED = "refused", _("refusée")
        ENDED = "ended", _("terminée")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="licences")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=300)  # products, services, places
    why = models.TextField(blank=True)
    months = models.PositiveSmallIntegerField(default=36)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    ballot = models.CharField(max_length=120, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    back_on = models.DateField(null=True, blank=True)  # the last day of a suspension
    remove_by = models.DateField(null=True, blank=True)  # the sign is taken down everywhere by this day

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "seat"],
                condition=models.Q(state__in=["asked", "voting", "held", "suspended"]),
                name="projects_licence_one_living",
            )
        ]

    def __str__(self) -> str:
        return str(self.seat)

    @property
    def living(self) -> bool:
        """Whether it runs, even suspended."""
        return self.state in (self.State.HELD, self.State.SUSPENDED)


class BrandPaper(PublicId):
    """A document that an applicant joined."""

    licence = models.ForeignKey(BrandLicence, on_delete=models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.document)


class BrandAsset(PublicId):
    """A file of the library, under one title; its versions follow each other."""

    class Kind(models.TextChoices):
        LOGO = "logo", _("Logo")
        CHARTER = "charter", _("Charte graphique")
        TEMPLATE = "template", _("Modèle à remplir")
        PHOTO = "photo", _("Photo")
        OTHER = "other", _("Autre fichier")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="brand_assets")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.LOGO)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "title", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "title"], name="projects_brandasset_once")]

    def __str__(self) -> str:
        return self.title


class BrandFile(PublicId):
    """One version of a file of the library."""

    asset = models.ForeignKey(BrandAsset, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints = [models.UniqueConstraint(fields=["asset", "number"], name="projects_brandfile_once")]

    def __str__(self) -> str:
        return f"{self.asset} {self.number}"
