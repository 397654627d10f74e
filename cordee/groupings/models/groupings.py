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
    below_since = models.DateField(null=True, blank=True)  # committed, and fewer companies than its minimum
    notice_months = models.PositiveSmallIntegerField(default=3)  # from a withdrawal to its effect
    door = models.CharField(max_length=32, blank=True, db_index=True)  # the key of its page for requests; empty: shut
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
        """The company's name, as far as one knows it: one that keeps its name to itself gives it by accepting."""
        if self.discreet and self.company:
            return self.company.discreet_name
        return str(self.company) if self.company else self.company_name

    @property
    def discreet(self) -> bool:
        """Whether the company was found under its discreet name, and has not come in yet."""
        if self.company is None or not self.company.blind_name or self.state == self.State.ACCEPTED:
            return False
        return self.company_name in ("", self.company.blind_name)

    @property
    def shown_person(self) -> str:
        """Who is asked, by name; nobody as long as the company is discreet."""
        return "" if self.discreet or self.person is None else self.person.name

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
        CLOSING = "closing", _("clôture")

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
        return f"{self.get_role_display()} : {self.seat}"


# --- What happens to a grouping: its purpose is asked again, companies come and go, it ends ---


class PurposeChange(PublicId):
    """A new purpose put to the vote, in the very words that will hold."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="changes")
    purpose = models.TextField()
    end_condition = models.CharField(max_length=300, blank=True)
    necessity = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.purpose[:80]


class Review(PublicId):
    """The yearly question: is the purpose still worth it? Every member answers; no answer changes nothing."""

    class Outcome(models.TextChoices):
        CONTINUE = "continue", _("Continuer")
        CHANGE = "change", _("Changer de but")
        PAUSE = "pause", _("Faire une pause")
        WIND_UP = "wind_up", _("Terminer")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="reviews")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    decision = models.CharField(max_length=120, blank=True)  # the address of the vote that it opened by itself

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping"], condition=models.Q(closed_at=None), name="groupings_review_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.grouping} {self.opened_at:%Y}"


class ReviewAnswer(models.Model):
    """What one company answers to the yearly question, with its reason."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Review.Outcome.choices)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "seat"], name="groupings_reviewanswer_once")]

    def __str__(self) -> str:
        return f"{self.seat} {self.choice}"


class JoinRequest(PublicId):
    """A company that asks to come in, through the address that a member gave it."""

    class State(models.TextChoices):
        ASKED = "asked", _("à examiner")
        VOTING = "voting", _("au vote")
        ACCEPTED = "accepted", _("acceptée")
        DECLINED = "declined", _("déclinée")
        WITHDRAWN = "withdrawn", _("retirée")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="requests")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)  # what it brings, what it looks for
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=120, blank=True)  # the address of the vote
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "company"],
                condition=models.Q(state__in=["asked", "voting"]),
                name="groupings_joinrequest_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.company)


class Departure(PublicId):
    """A company that leaves a committed grouping, of its own will or excluded; with what it owes or is owed."""

    class Kind(models.TextChoices):
        WITHDRAWAL = "withdrawal", _("Retrait")
        EXCLUSION = "exclusion", _("Exclusion")

    class State(models.TextChoices):
        HEARING = "hearing", _("à entendre")  # grievances are sent, the company prepares its answer
        VOTING = "voting", _("au vote")
        NOTICE = "notice", _("en préavis")
        GONE = "gone", _("partie")
        DROPPED = "dropped", _("sans suite")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="departures")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="departures")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices)
    asked_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    why = models.TextField(blank=True)  # the grievances; a withdrawal needs no reason
    hearing_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)  # what the company says to it
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=120, blank=True)  # the address of the resolution
    effective_on = models.DateField(null=True, blank=True)
    statement = models.JSONField(default=list)  # the money statement, as it was given: [[words, cents], …]
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(state__in=["hearing", "voting", "notice"]),
                name="groupings_departure_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.seat}"


class Holding(PublicId):
    """What a company says of itself: who holds it, or whom it supplies. For the check of independence."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("Détient l’entreprise")
        SUPPLIES = "supplies", _("Client régulier de l’entreprise")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    other = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)  # a person, or a company that is not here
    percent = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: unknown, counts as control
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or str(self.other)


class Exemption(models.Model):
    """The written reason for which two linked companies count as two all the same, and who gave it."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="exemptions")
    first = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grouping", "first", "second"], name="groupings_exemption_once")]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class Settling(models.Model):
    """One thing that a winding-up settles: who sees to it, and whether it is done or has no object."""

    class State(models.TextChoices):
        OPEN = "todo", _("à faire")
        DONE = "done", _("fait")
        NONE = "none", _("sans objet")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="settlings")
    item = models.CharField(max_length=12)
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    note = models.CharField(max_length=300, blank=True)  # what was done, or why it has no object
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grouping", "item"], name="groupings_settling_once")]

    def __str__(self) -> str:
        return self.item


class FinalStatement(PublicId):
    """What one company carried, paid and received in all, at the end; it accepts it."""

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="statements")
    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)  # [[words, cents], …]
    balance = models.BigIntegerField(default=0)  # cents: positive, it is still owed; negative, it still owes
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.seat)
