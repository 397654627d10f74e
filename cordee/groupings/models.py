"""Groupings: a partenariat (two companies) or a groupement (three and more), its seats, its stage of life."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.kit.ids import PublicId


class Motive(models.TextChoices):
    """Why one joins others: what can be asked again later, and measured against."""

    SMALL = "small", _("Nous sommes trop petits, chacun de son côté")
    MEANS = "means", _("Il nous manque des moyens")
    FOREIGN = "foreign", _("Des concurrents étrangers prennent nos marchés")
    BIGGER = "bigger", _("De plus grands que nous prennent nos marchés")
    NORMS = "norms", _("Les normes de notre métier deviennent lourdes")
    GROWTH = "growth", _("Grandir, aller plus vite que seul")
    LASTING = "lasting", _("Durer, transmettre")


class Grouping(PublicId):
    """Companies that stay independent and do something together. It evolves, and it ends when its purpose does."""

    class Stage(models.TextChoices):
        EXCHANGE = "exchange", _("Échange")
        COLLECTIVE = "collective", _("Collectif")
        COMMITTED = "committed", _("Engagé")
        WINDING_UP = "winding_up", _("En clôture")
        CLOSED = "closed", _("Clos")

    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)  # « l'objet »
    end_condition = models.CharField(max_length=300, blank=True)  # when is the purpose no longer justified?
    necessity = models.TextField(blank=True)  # what can each of us not do alone?
    motives = models.JSONField(default=list)  # slugs of Motive
    need = models.CharField(max_length=120, blank=True)  # the address of the need the exchange began with
    partnership = models.BooleanField(default=False)  # the members chose to go on as two
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.EXCHANGE)
    stage_since = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name

    @property
    def book(self) -> str:
        """The name of this grouping's book in the register."""
        return f"groupings/{self.public_id}"


class Seat(PublicId):
    """The place of one company: one company, one seat, one vote; held by a leader, with a substitute."""

    class State(models.TextChoices):
        MEMBER = "member", _("membre")
        LEFT = "left", _("partie")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="seats")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.MEMBER)
    invited_by = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grouping", "company"], name="groupings_seat_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.company)


class Invitation(PublicId):
    """A leader asked to come in. It becomes a seat when it is accepted; until then the company may be unknown."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à envoyer")  # no address yet, or too many others have not answered
        SENT = "sent", _("envoyée")
        ACCEPTED = "accepted", _("acceptée")
        DECLINED = "declined", _("déclinée")
        WITHDRAWN = "withdrawn", _("retirée")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    company_name = models.CharField(max_length=200, blank=True)  # as the one who invites wrote it
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    invited_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it was declined, for the members only
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "person"],
                condition=models.Q(state__in=["waiting", "sent"]),
                name="groupings_invitation_person_once",
            ),
            models.UniqueConstraint(
                fields=["grouping", "company"],
                condition=models.Q(state__in=["waiting", "sent"]),
                name="groupings_invitation_company_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(person__isnull=False) | models.Q(state="withdrawn"),
                name="groupings_invitation_sent_to_somebody",
            ),
        ]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.shown_company or str(self.person or "")

    @property
    def shown_company(self) -> str:
        """The company's name, as far as one knows it."""
        return str(self.company) if self.company else self.company_name

    @property
    def book(self) -> str:
        """The book of its grouping."""
        return self.grouping.book


class Office(models.Model):
    """A role that a seat holds for a time: facilitator, coordinator (mandataire), treasurer, secretary, contact."""

    class Role(models.TextChoices):
        FACILITATOR = "facilitator", _("animation")
        COORDINATOR = "coordinator", _("mandataire")
        TREASURER = "treasurer", _("trésorerie")
        SECRETARY = "secretary", _("secrétariat")
        CONTACT = "contact", _("interlocuteur unique")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="offices")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="offices")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    by_decision = models.CharField(max_length=120, blank=True)  # the address of the resolution that named it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "role"], condition=models.Q(until=None), name="groupings_office_one_holder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} : {self.seat}"
