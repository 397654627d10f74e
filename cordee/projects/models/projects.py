"""A project of a grouping: its members, its kind and stage, what was decided, a first budget, what was measured."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat
from cordee.projects.kinds import Kind, kind_of


class Project(PublicId):
    """Something that some members carry together, of a kind; a grouping may run several."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("But atteint")
        RENEWED = "renewed", _("Terminé, nous recommençons")
        MISSED = "missed", _("But non atteint")
        DROPPED = "dropped", _("Abandonné en route")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # the slug of a kind; the list is in kinds/
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    stage = models.CharField(max_length=20)
    stage_since = models.DateTimeField()
    particulars = models.JSONField(default=dict)
    tools = models.JSONField(default=list)  # slugs of what it switched on
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    lessons = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["grouping", "ended_at"], name="projects_project_living")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_data(self) -> Kind:
        """The playbook of its kind."""
        return kind_of(self.kind)

    @property
    def told(self) -> Any:
        """Its particulars, typed."""
        return self.kind_data.read(self.particulars)

    @property
    def book(self) -> str:
        """The book of its grouping."""
        return self.grouping.book


class Participant(models.Model):
    """A member of the grouping that takes part in the project."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="participants")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    brings = models.CharField(max_length=300, blank=True)  # what it brings, in its own words
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "seat"], name="projects_participant_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.seat)


class ProjectRole(models.Model):
    """A role in the project, held by a company for a time; nobody is given one without taking it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "role"], condition=models.Q(until=None), name="projects_role_one_holder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.seat}"


class Checkpoint(models.Model):
    """A decision or a document of the playbook: put to the vote, or noted as settled, by whom and where."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="checkpoints")
    slug = models.CharField(max_length=20)
    ballot = models.CharField(max_length=120, blank=True)  # the address of the vote, where there is one
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "slug"], name="projects_checkpoint_once")]

    def __str__(self) -> str:
        return self.slug


class BudgetLine(PublicId):
    """A line of the project's first budget, in cents without tax; the kind proposes, the members write."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="budget")
    label = models.CharField(max_length=120)
    cents = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(cents__gte=0), name="projects_budgetline_positive")]

    def __str__(self) -> str:
        return self.label


class Measure(models.Model):
    """What an indicator said one day; in hundredths, so that it stays exact."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="measures")
    indicator = models.CharField(max_length=20)
    hundredths = models.BigIntegerField()
    on = models.DateField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.on}"
