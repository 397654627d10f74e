"""A groupement that existed before: what was declared of it when it came in, and what each holder confirms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId
from cordee.groupings.models.groupings import Grouping, Seat


class Arrival(PublicId):
    """An existing groupement that comes in: it takes its stage and its opening balances once each holder confirmed."""

    class Stage(models.TextChoices):
        COLLECTIVE = "collective", _("Collectif : au travail, rien de signé")
        COMMITTED = "committed", _("Engagé : lié par une convention signée")

    grouping = models.OneToOneField(Grouping, on_delete=models.PROTECT, related_name="arrival")
    stage = models.CharField(max_length=12, choices=Stage.choices)  # where it stands already
    form = models.CharField(max_length=24, blank=True)  # its legal form, a slug of the engine
    founded_on = models.DateField(null=True, blank=True)
    declared_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    balances_on = models.DateField(null=True, blank=True)
    said = models.JSONField(default=list)  # what each confirms: [[heading, [line, …]], …], in the papers' language
    completed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.grouping)


class OpeningBalance(models.Model):
    """Where one company stood towards the others when the groupement came in. Units: cents; above zero: owed to it."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="balances")
    invitation = models.OneToOneField(
        "groupings.Invitation", on_delete=models.PROTECT, related_name="opening", null=True, blank=True
    )  # empty: the company that declares
    cents = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.invitation or self.arrival)

    @property
    def amount(self) -> int:
        """The sum, whichever way."""
        return abs(self.cents)
