"""The board: lots, work items, what blocks them, what the team says to itself, sprints."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.delivery.models.deliveries import Delivery
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Seat


class WorkLot(PublicId):
    """A part of the whole that one company carries, and when it may be called done."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="lots")
    title = models.CharField(max_length=200)
    client_title = models.CharField(max_length=200, blank=True)  # in the client's words
    told = models.CharField(max_length=300, blank=True)  # where it stands, in the client's words
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    done_when = models.TextField(blank=True)  # the definition of done, a line a point
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def points(self) -> list[str]:
        """The points of its definition of done."""
        return [line.strip() for line in self.done_when.splitlines() if line.strip()]

    @property
    def shown(self) -> str:
        """What the client reads."""
        return self.client_title or self.title


class Sprint(PublicId):
    """Two to four weeks, a goal, somebody who facilitates; a review with the client, a retrospective that decides."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="sprints")
    number = models.PositiveSmallIntegerField()
    goal = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    facilitator = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    review_at = models.DateTimeField(null=True, blank=True)
    review = models.TextField(blank=True)  # what was shown, what the client said
    nothing_to_change = models.CharField(max_length=300, blank=True)  # why the retrospective decided nothing
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="delivery_sprint_number"),
            models.UniqueConstraint(
                fields=["delivery"], condition=models.Q(closed_at=None), name="delivery_sprint_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.goal}"


class WorkItem(PublicId):
    """A card: something to do, carried by the company that took it; nobody gives it to another."""

    class State(models.TextChoices):
        OPEN = "open", _("À prendre")
        PLANNED = "planned", _("Engagé")
        DOING = "doing", _("En cours")
        CHECK = "check", _("À vérifier")
        DONE = "done", _("Fini")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="items")
    lot = models.ForeignKey(WorkLot, on_delete=models.PROTECT, related_name="items")
    sprint = models.ForeignKey(Sprint, on_delete=models.PROTECT, related_name="items", null=True, blank=True)
    title = models.CharField(max_length=160)
    details = models.TextField(blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    days = models.PositiveSmallIntegerField(default=1)  # working days
    after = models.JSONField(default=list)  # public ids of the items that come before
    due_on = models.DateField(null=True, blank=True)
    moved_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    moved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        indexes = [models.Index(fields=["delivery", "state"], name="delivery_item_board")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", seat=None) | (~models.Q(state="open") & ~models.Q(seat=None)),
                name="delivery_item_carried_unless_open",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def carrier(self) -> str:
        """The company that carries it; nothing where nobody does."""
        return str(self.seat.company) if self.seat else ""


class Blocker(PublicId):
    """What stops an item: seen by all, with a call for help; who answered, and when it was lifted."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="blockers")
    text = models.CharField(max_length=300)
    wants_help = models.BooleanField(default=False)
    raised_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    helper = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["raised_at", "id"]

    def __str__(self) -> str:
        return self.text


class TeamNote(models.Model):
    """What members say to each other about an item. The client's pages never read this table."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="team_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class RetroNote(PublicId):
    """One thing said at the retrospective; what it became."""

    class Kind(models.TextChoices):
        KEEP = "keep", _("À garder")
        CHANGE = "change", _("À changer")
        TRY = "try", _("À essayer")

    sprint = models.ForeignKey(Sprint, on_delete=models.PROTECT, related_name="retro")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    text = models.CharField(max_length=300)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ballot = models.CharField(max_length=120, blank=True)  # the address of the vote it was put to

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.text

    @property
    def vote(self) -> str:
        """The public id of its vote."""
        return self.ballot.rpartition("/")[2]
