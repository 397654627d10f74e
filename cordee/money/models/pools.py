"""Common costs: a pool of lines, the key adopted to share them, who pays whom in the end."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models import Grouping, Seat


class KeyKind(models.TextChoices):
    """The ways of sharing that fit a pool of costs."""

    EQUAL = "equal", _("Parts égales")
    USE = "use", _("Selon l’usage")
    MIX = "mix", _("Un tiers égal, le reste selon l’usage")
    ALONE = "alone", _("En proportion du coût de chacun seul")
    TURNOVER = "turnover", _("Selon le chiffre d’affaires")
    STAFF = "staff", _("Selon l’effectif")
    LOTS = "lots", _("Selon le montant des lots")
    BENEFIT = "benefit", _("Selon le bénéfice obtenu")
    PERCENT = "percent", _("Pourcentages convenus")
    TIERS = "tiers", _("Par tranches d’effectif")
    FIXED_USE = "fixed_use", _("Un socle à parts égales, le reste selon l’usage")
    BOUNDED = "bounded", _("Selon l’usage, avec un minimum et un maximum")
    SHAPLEY = "shapley", _("Selon l’apport (Shapley)")
    NUCLEOLUS = "nucleolus", _("Sans mécontent (nucléole)")


class CostPool(PublicId):
    """Costs that several members carry together: a stand, a study, a tender."""

    class State(models.TextChoices):
        OPEN = "open", _("Ouvert")
        SETTLED = "settled", _("Soldé")

    class Game(models.TextChoices):
        NONE = "", _("Aucun")
        STAND = "stand", _("Un stand, au m²")
        EMPLOYEE = "employee", _("Une personne partagée, aux jours")
        PURCHASE = "purchase", _("Un achat groupé, par paliers de prix")
        STUDY = "study", _("Une étude, par parties utiles à chacun")
        TOUR = "tour", _("Une tournée de livraison")

    grouping = models.ForeignKey(Grouping, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=30, blank=True)  # what use is counted in: « m² », « jours »
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    review_days = models.PositiveSmallIntegerField(default=0)  # 0: a cost counts as soon as it is written
    budget_ballot = models.CharField(max_length=16, blank=True)  # the last vote on the budget
    game = models.CharField(max_length=8, choices=Game.choices, blank=True, default=Game.NONE)
    game_values = models.JSONField(default=dict)  # the parameters of the ready-made cost, in cents and hundredths
    works = models.ForeignKey("money.Works", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    key_values = models.JSONField(default=dict)  # what the keys need beside figures: fixed, floor, cap (cents)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class PoolShare(models.Model):
    """A member's place in a pool: how much it uses, and what it would pay on its own."""

    pool = models.ForeignKey(CostPool, on_delete=models.CASCADE, related_name="members")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    use = models.PositiveBigIntegerField(null=True, blank=True)  # in hundredths of the unit: 12,5 m² is 1250
    alone_cents = models.BigIntegerField(null=True, blank=True)  # empty: to be confirmed
    figures = models.JSONField(default=dict)  # turnover, lots, benefit in cents; staff, percent in hundredths

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pool", "seat"], name="money_poolshare_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.seat)


class SharingKey(PublicId):
    """One way of sharing one pool, or one line of its budget, with the figures it was proposed on.

    Never changed: a later key only governs the costs that come after it.
    """

    class Later(models.TextChoices):
        SAME = "same", _("Les dépenses ajoutées ensuite suivent cette clé")
        VOTE = "vote", _("Les dépenses ajoutées ensuite attendent un nouveau vote")

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="keys")
    heading = models.ForeignKey("money.Heading", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=KeyKind.choices)
    figures = models.JSONField()  # {seat: hundredths, cents, or an exact fraction as text}, as they stood
    settings = models.JSONField(default=dict)  # the unit, fixed part, bounds, and why each bears its part
    later = models.CharField(max_length=4, choices=Later.choices, default=Later.SAME)
    number = models.PositiveSmallIntegerField(default=1)  # first, second key of this pool or of this budget line
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    by_decision = models.CharField(max_length=120, blank=True)  # the address of the resolution

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.pool}"


class Transfer(PublicId):
    """One payment between two members, confirmed by both."""

    pool = models.ForeignKey(CostPool, on_delete=models.PROTECT, related_name="transfers")
    debtor = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    creditor = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(debtor=models.F("creditor")), name="money_transfer_between_two"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="money_transfer_positive"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.debtor} → {self.creditor}"
