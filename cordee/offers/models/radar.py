"""The radar: what each company wants to hear of, the notices of the day, who could win what with whom, past awards."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.directory.models import Company
from cordee.ground.kit.ids import PublicId
from cordee.offers.models.needs import Need


class RadarProfile(PublicId):
    """What a company wants to hear of: trades, how far, how large, with whom. Its answers teach it."""

    company = models.OneToOneField(Company, on_delete=models.PROTECT, related_name="+")
    trades = models.JSONField(default=list)
    departments = models.JSONField(default=list)  # empty: everywhere
    least_cents = models.BigIntegerField(null=True, blank=True)
    most_cents = models.BigIntegerField(null=True, blank=True)
    partners = models.JSONField(default=list)  # public ids of companies one likes to work with
    learnt = models.JSONField(default=dict)  # trade, department, buyer → how often yes minus how often no
    by_mail = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.company)


class RadarNotice(PublicId):
    """One notice taken in, with what the radar needs of it."""

    digest = models.CharField(max_length=64, unique=True)
    notice_id = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300)
    buyer = models.CharField(max_length=300, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    lots = models.JSONField(default=list)  # [{"title", "trades": {slug: strength}, "departments", "value"}]
    file = models.CharField(max_length=300, blank=True)  # where it was read
    packed = models.BinaryField(null=True, blank=True)  # the notice itself, compressed, for whoever is interested
    taken_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.title


class RadarSweep(PublicId):
    """One sweep of notices against all profiles: cut in slices that workers take, stop, and take up again."""

    class State(models.TextChoices):
        RUNNING = "running", _("en cours")
        STOPPED = "stopped", _("arrêté")
        DONE = "done", _("terminé")

    source = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)  # [[file, why]]
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-started_at", "-id"]

    def __str__(self) -> str:
        return self.source


class SweepSlice(models.Model):
    """A few notices of a sweep: the worker that takes them, and when they were done."""

    sweep = models.ForeignKey(RadarSweep, on_delete=models.CASCADE, related_name="slices")
    notices = models.JSONField(default=list)  # keys of RadarNotice
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.sweep} {self.pk}"


class RadarHit(PublicId):
    """« You could win this one, with these two »: for one company, one notice, with reasons."""

    class Answer(models.TextChoices):
        NONE = "", _("sans réponse")
        YES = "yes", _("intéressée")
        NO = "no", _("pas pour nous")

    # No index of its own: the constraint below begins with the profile, and a sweep writes every index of every hit.
    profile = models.ForeignKey(RadarProfile, on_delete=models.CASCADE, related_name="hits", db_index=False)
    notice = models.ForeignKey(RadarNotice, on_delete=models.CASCADE, related_name="hits")
    score = models.PositiveSmallIntegerField()
    lots = models.JSONField(default=list)
    partners = models.JSONField(default=list)  # [[public id, trade, km or null]]
    reasons = models.JSONField(default=list)  # [[code, {…}]]
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "notice"], name="offers_radarhit_once")]
        ordering: ClassVar[list[str]] = ["-score", "-id"]

    def __str__(self) -> str:
        return f"{self.profile} {self.notice}"


class Award(models.Model):
    """A contract that was awarded: who won what, alone or in a group (DECP, TED)."""

    source = models.CharField(max_length=8)
    ident = models.CharField(max_length=120)
    title = models.CharField(max_length=300, blank=True)
    buyer = models.CharField(max_length=300, blank=True)
    cpv = models.CharField(max_length=8, blank=True)
    department = models.CharField(max_length=3, blank=True)
    amount_cents = models.BigIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    winners = models.JSONField(default=list)  # [[siren, name]]
    who = models.TextField(blank=True)  # the winners' names, made plain, to be found by one of them
    together = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "ident"], name="offers_award_once")]
        indexes = [models.Index(fields=["department", "cpv"], name="offers_award_where")]
        ordering: ClassVar[list[str]] = ["-day", "-id"]

    def __str__(self) -> str:
        return self.title
