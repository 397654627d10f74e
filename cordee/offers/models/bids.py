"""A joint bid: a tender answered together, or one offer made by several for a private client."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat
from cordee.offers.models.needs import Need, NeedLot


class Bid(PublicId):
    """What several companies offer together to one client."""

    class Kind(models.TextChoices):
        TENDER = "tender", _("réponse à un marché public")
        OFFER = "offer", _("offre à un client privé")

    class State(models.TextChoices):
        PREPARING = "preparing", _("En préparation")
        FROZEN = "frozen", _("Équipe figée")
        SUBMITTED = "submitted", _("Déposée")
        WON = "won", _("Gagnée")
        LOST = "lost", _("Perdue")
        ABANDONED = "abandoned", _("Abandonnée")

    class Liability(models.TextChoices):
        UNSAID = "unsaid", _("à choisir")
        CONJOINT = "conjoint", _("chacun pour sa part (conjoint)")
        SOLIDARY = "solidaire", _("chacun pour tout (solidaire)")

    class Nature(models.TextChoices):
        WORKS = "works", _("travaux")
        SUPPLIES = "supplies", _("fournitures")
        SERVICES = "services", _("services")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="bids", null=True, blank=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    title = models.CharField(max_length=200)
    client = models.CharField(max_length=200, blank=True)
    client_address = models.CharField(max_length=300, blank=True)
    client_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reference = models.CharField(max_length=80, blank=True)  # as the buyer numbers the consultation
    nature = models.CharField(max_length=8, choices=Nature.choices, default=Nature.WORKS)
    liability = models.CharField(max_length=9, choices=Liability.choices, default=Liability.UNSAID)
    lead_liable = models.BooleanField(default=False)  # the lead of a conjoint group answers for all
    single_account = models.BooleanField(default=False)  # else each is paid directly for its own part
    negotiated = models.BooleanField(default=False)
    deadline = models.DateTimeField(null=True, blank=True)
    lead = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    mission = models.TextField(blank=True)  # of the lead, in a contract with a private owner
    assembler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    contact = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    deputy = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)  # until then the deputy is the contact
    brand = models.CharField(max_length=120, blank=True)  # the common name on the offer
    conditions = models.TextField(blank=True)
    valid_days = models.PositiveSmallIntegerField(default=30)
    starts_on = models.DateField(null=True, blank=True)
    building = models.BooleanField(default=False)
    new_house = models.BooleanField(default=False)
    plan_by_group = models.BooleanField(default=False)
    cooperative = models.BooleanField(default=False)
    direction = models.BooleanField(default=False)  # the lead would also design or direct the site
    go_ballot = models.CharField(max_length=120, blank=True)  # the address of the vote « on y va ? »
    total_cents = models.BigIntegerField(null=True, blank=True)  # before tax; none where it would tell a price
    submission = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)  # from then on nobody reads a price here
    why = models.TextField(blank=True)  # won, lost, abandoned: why
    lessons = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "grouping"], condition=models.Q(kind="tender"), name="offers_bid_tender_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def book(self) -> str:
        """Its acts stand in the book of the grouping."""
        return self.grouping.book

    @property
    def state_label(self) -> str:
        """Where it stands, in words; a private offer is at its client's, not handed in to a buyer."""
        return label_of(self.kind, self.state)

    @property
    def living(self) -> bool:
        """Neither won, lost nor abandoned."""
        return self.state in (self.State.PREPARING, self.State.FROZEN, self.State.SUBMITTED)


def label_of(kind: str, state: str) -> str:
    """Where a bid of a kind stands, in words."""
    if kind == Bid.Kind.OFFER and state == Bid.State.SUBMITTED:
        return str(_("Envoyée au client"))
    return str(Bid.State(state).label)


class BidMember(models.Model):
    """One company in a bid: what it has stated, what it has signed, where it is paid."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)  # « aucun motif d'exclusion ne nous concerne »
    note_signed_at = models.DateTimeField(null=True, blank=True)
    note_version = models.PositiveIntegerField(default=0)  # which version of the note was signed
    iban = models.CharField(max_length=34, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "seat"], name="offers_bidmember_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return str(self.seat)


class BidPart(PublicId):
    """What one company does in a bid: of which lot, how long it takes, after what, at which rate of VAT."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="parts")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey(NeedLot, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=200)
    tasks = models.TextField(blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)  # working days
    after = models.JSONField(default=list)  # public ids of the parts that come before
    vat = models.PositiveSmallIntegerField(default=2000)  # in hundredths of a percent
    optional = models.BooleanField(default=False)
    bundle = models.CharField(max_length=80, blank=True)  # the package it is sold in
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "lot", "seat"], condition=models.Q(lot__isnull=False), name="offers_bidpart_lot_once"
            )
        ]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title


class Subcontract(PublicId):
    """Work that a member entrusts to a subcontractor: a member itself is a co-contractor, never a subcontractor."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="subcontracts")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    siren = models.CharField(max_length=9)
    address = models.CharField(max_length=300, blank=True)
    representative = models.CharField(max_length=120, blank=True)
    work = models.CharField(max_length=300)
    sealed = models.TextField()  # the largest amount before tax, encrypted like a price
    direct_payment = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "seat", "siren"], name="offers_subcontract_once")]
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.name


class PriceLine(models.Model):
    """One priced line of a part. The unit price is encrypted: its company and the assembler read it, nobody else."""

    part = models.ForeignKey(BidPart, on_delete=models.CASCADE, related_name="lines")
    label = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True)
    quantity = models.BigIntegerField()  # in hundredths
    sealed = models.TextField()  # the unit price, encrypted with a key kept outside the database

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.label


class PriceRead(models.Model):
    """Somebody read prices: whose, when. Kept outside the books, for the members of the bid to see."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="price_reads")
    part = models.ForeignKey(BidPart, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.person} {self.at}"


class CompetitionNote(models.Model):
    """The twelve points: why these companies bid together, and whether they may."""

    bid = models.OneToOneField(Bid, on_delete=models.CASCADE, related_name="note")
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.bid} {self.version}"


class InformationExchange(models.Model):
    """One piece of sensitive information passed between members of a bid: what, to whom, why it was needed."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="exchanges")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=2)  # C0 to C5
    what = models.CharField(max_length=300)
    to = models.CharField(max_length=200)
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return self.what


class BidStep(models.Model):
    """One step of the retro-planning, and who carries it."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=12)
    day = models.DateField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "code"], name="offers_bidstep_once")]
        ordering: ClassVar[list[str]] = ["day", "id"]

    def __str__(self) -> str:
        return self.code


class BidRequirement(PublicId):
    """What the buyer asks of the team, or of each of its members."""

    class Kind(models.TextChoices):
        TURNOVER = "turnover", _("chiffre d’affaires")
        STAFF = "staff", _("effectif")
        REFERENCES = "references", _("références")
        CERTIFICATE = "certificate", _("certificat ou qualification")
        INSURANCE = "insurance", _("assurance professionnelle")

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    label = models.CharField(max_length=160, blank=True)
    minimum = models.BigIntegerField(default=1)  # cents, persons or a number
    each = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()


class BidQuestion(PublicId):
    """A question to the buyer, and its answer."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.text[:80]


class ClientMessage(models.Model):
    """One message of the thread with the client: all in one place, whoever is the contact that day."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="client_messages")
    from_client = models.BooleanField(default=False)
    subject = models.CharField(max_length=160)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return self.subject
