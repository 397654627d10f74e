"""Shared employees: who they are, what each company needs, what is wished, and the timetables made of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.ground.people.models import Person
from cordee.groupings.models import Seat
from cordee.projects.models.projects import Project


def working_week() -> list[int]:
    """The half-days of Monday to Friday: 0 is Monday morning, 1 Monday afternoon, and so on."""
    return list(range(10))


class SharedPerson(PublicId):
    """Somebody who works for several companies of a project. Minutes a week; half-days of an ordinary week."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=80)
    contract = models.PositiveSmallIntegerField(default=2100)
    overtime = models.PositiveSmallIntegerField(default=0)
    available = models.JSONField(default=working_week)
    # Who gets the link to the time sheet; nobody as long as no address was given.
    who = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # of days not noted yet
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.name


class PersonLeave(models.Model):
    """Days on which a shared person is away, both included."""

    person = models.ForeignKey(SharedPerson, on_delete=models.CASCADE, related_name="leaves")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["first", "id"]

    def __str__(self) -> str:
        return f"{self.person} {self.first}"


class TimeShare(models.Model):
    """What one company needs of the shared people: half-days a week, and when it receives them."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="time_shares")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    halves = models.PositiveSmallIntegerField()
    open = models.JSONField(default=working_week)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "seat"], name="projects_timeshare_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.halves}"


class TimeApart(models.Model):
    """Two companies that never share one person: what is seen at one must not be known at the other."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "one", "other"], name="projects_apart_once")]

    def __str__(self) -> str:
        return f"{self.one} {self.other}"


class TimeWish(PublicId):
    """What is asked of the timetable: a person free, at a company or not there; a company that needs somebody."""

    class Kind(models.TextChoices):
        FREE = "free", _("être libre")
        AT = "at", _("être dans cette entreprise")
        AVOID = "avoid", _("ne pas être dans cette entreprise")
        NEED = "need", _("cette entreprise a besoin de quelqu’un")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="time_wishes")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    person = models.ForeignKey(SharedPerson, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    on = models.DateField(null=True, blank=True)  # one day; nothing: the same half-day of every week
    half = models.PositiveSmallIntegerField()  # of an ordinary week
    firm = models.BooleanField(default=False)
    said_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.half}"


class Timetable(PublicId):
    """A timetable of some weeks: asked for, worked out aside, perhaps changed by hand since."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("prêt")
        FAILED = "failed", _("arrêté")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="timetables")
    start = models.DateField()  # a Monday
    weeks = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=12, blank=True)  # the aim that was settled last, while it is worked out
    said = models.JSONField(default=dict)  # what the result says of itself, by language
    clash = models.BooleanField(default=False)
    proven = models.BooleanField(default=False)
    problem = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    changed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-start", "-id"]

    def __str__(self) -> str:
        return f"{self.start} {self.weeks}"


class TimetableVisit(models.Model):
    """A person at a company for one half-day: 14 a week, from the first Monday morning."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(SharedPerson, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["slot", "id"]
        constraints = [models.UniqueConstraint(fields=["timetable", "person", "slot"], name="projects_visit_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.slot}"
