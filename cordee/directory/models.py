"""Companies, where they are, what they can do, who speaks for them, and the ties between them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.engines.places.communes import fold_name
from cordee.ground.kit.ids import PublicId


class CompanyQuerySet(models.QuerySet["Company"]):
    """What one may see of the directory."""

    def seen_by(self, person: Any) -> "CompanyQuerySet":
        """Companies that the register knows or that somebody speaks for, except those that hide from this person."""
        mine = Representative.objects.filter(person=person, until=None).values("company")
        spoken_for = Representative.objects.filter(company=models.OuterRef("pk"), until=None)
        hides = Hiding.objects.filter(company=models.OuterRef("pk"), hidden_from__in=mine)
        return self.filter(
            models.Q(pk__in=mine)
            | (
                (models.Q(siren__isnull=False) | models.Exists(spoken_for))
                & models.Q(listed=True)
                & ~models.Exists(hides)
            )
        )


class Company(PublicId):
    """An independent company. What is unknown stays empty: « à confirmer », never zero."""

    name = models.CharField(max_length=200)
    brand_name = models.CharField(max_length=200, blank=True)
    siren = models.CharField(max_length=9, unique=True, null=True, blank=True)  # none yet: being founded, or only named
    legal_form = models.CharField(max_length=80, blank=True)
    naf = models.CharField(max_length=6, blank=True)  # « 43.21A »
    headcount_low = models.PositiveIntegerField(null=True, blank=True)
    headcount_high = models.PositiveIntegerField(null=True, blank=True)
    turnover_cents = models.BigIntegerField(null=True, blank=True)
    turnover_year = models.PositiveSmallIntegerField(null=True, blank=True)
    capital_group = models.CharField(max_length=80, blank=True)  # same value = same owners
    brings = models.TextField(blank=True)  # « ce que j'apporte »
    looks_for = models.TextField(blank=True)  # « ce que je cherche »
    capacity_left = models.CharField(max_length=200, blank=True)
    capacity_cents = models.BigIntegerField(null=True, blank=True)  # work it can still take on in a year
    area = models.CharField(max_length=200, blank=True)  # « où nous travaillons »
    proofs = models.TextField(blank=True)  # « nos références »
    certificates_known = models.BooleanField(default=False)  # False: having none written means « à confirmer »
    listed = models.BooleanField(default=True)  # shown to others in the directory
    by_hand = models.JSONField(default=list)  # names of what its own people wrote: an import leaves them alone
    search_text = models.CharField(max_length=420, blank=True, editable=False)
    source = models.CharField(max_length=20, default="hand")  # hand, import, invited
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        indexes = [models.Index(fields=["naf"], name="directory_company_naf")]

    def __str__(self) -> str:
        return self.brand_name or self.name

    @property
    def book(self) -> str:
        """The name of this company's own book in the register."""
        return f"companies/{self.public_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words it is found by in step with its names."""
        self.search_text = searched(self.name, self.brand_name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)
        note_words([self.search_text])


def searched(*names: str) -> str:
    """Names as a search reads them: no accents, no capitals, each word once, a space before each."""
    return "".join(f" {word}" for word in dict.fromkeys(fold_name(" ".join(names)).split()))


class NameWord(models.Model):
    """One word met in the names of companies: what a slip of the pen is compared with."""

    word = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.word


def note_words(texts: list[str]) -> None:
    """Remember the words of names, those of at least four letters."""
    words = {word[:80] for text in texts for word in text.split() if len(word) >= 4}
    known = set(NameWord.objects.filter(word__in=words).values_list("word", flat=True)) if len(words) < 500 else set()
    if new := sorted(words - known):
        NameWord.objects.bulk_create([NameWord(word=word) for word in new], ignore_conflicts=True, batch_size=400)


class Place(models.Model):
    """An establishment, or simply where the company works from."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="places")
    siret = models.CharField(max_length=14, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=120, blank=True)
    insee = models.CharField(max_length=5, blank=True)
    department = models.CharField(max_length=3, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    is_head = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~models.Q(siret=""), name="directory_place_siret_once")
        ]
        indexes = [models.Index(fields=["department"], name="directory_place_department")]

    def __str__(self) -> str:
        return f"{self.postcode} {self.city}".strip()


class CompanyTrade(models.Model):
    """A trade of a company, declared or read from its NAF code, with what it can take on."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="trades")
    trade = models.CharField(max_length=60)  # a slug of the table of trades
    declared = models.BooleanField(default=False)
    naf = models.CharField(max_length=6, blank=True)  # the code it is read from, where it is
    strength = models.PositiveSmallIntegerField(default=3)  # 3 sure, 2 likely, 1 related: as the table of trades says
    capacity = models.PositiveBigIntegerField(null=True, blank=True)  # in the trade's own unit; empty = to be confirmed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "trade"], name="directory_companytrade_once")]
        indexes = [models.Index(fields=["trade"], name="directory_companytrade_trade")]

    def __str__(self) -> str:
        return self.trade


class Certificate(models.Model):
    """A qualification or an attestation, with its end."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="certificates")
    code = models.CharField(max_length=60)  # « qualibat-2111 », « mase », « iso-9001 »
    label = models.CharField(max_length=160)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="directory_certificate_once")]

    def __str__(self) -> str:
        return self.label


class Representative(models.Model):
    """A person who may act for a company. To prepare and to bind are different rights."""

    class Capacity(models.TextChoices):
        LEGAL = "legal", _("représentant légal")
        DELEGATE = "delegate", _("délégataire, par écrit")
        ASSISTANT = "assistant", _("prépare, sans engager")

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="representatives")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity.choices, default=Capacity.LEGAL)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "person"], name="directory_representative_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.company}"

    @property
    def binds(self) -> bool:
        """Whether this person may commit the company."""
        return self.capacity != self.Capacity.ASSISTANT and self.until is None


class Tie(models.Model):
    """A tie between two companies, in the ecosystem of the one that declared it. Private until both agree."""

    class Kind(models.TextChoices):
        CLIENT = "client", _("client")
        SUPPLIER = "supplier", _("fournisseur")
        NEIGHBOUR = "neighbour", _("voisin")
        UNION = "union", _("même syndicat ou fédération")
        FAIR = "fair", _("rencontré sur un salon")
        PROJECT = "project", _("déjà travaillé ensemble")
        OTHER = "other", _("autre lien")

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    trust = models.PositiveSmallIntegerField(default=50)  # 0 to 100
    offered = models.BooleanField(default=False)  # this side agrees to show it
    shared = models.BooleanField(default=False)  # both sides agree: it shows on both cards
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "other", "kind"], name="directory_tie_once"),
            models.CheckConstraint(condition=~models.Q(company=models.F("other")), name="directory_tie_between_two"),
            models.CheckConstraint(condition=models.Q(trust__lte=100), name="directory_tie_trust"),
        ]

    def __str__(self) -> str:
        return f"{self.company} – {self.other}"


class Hiding(models.Model):
    """« Ne jamais me montrer à… »: a company that is not shown to the people of another one."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="hidings")
    hidden_from = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "hidden_from"], name="directory_hiding_once")]

    def __str__(self) -> str:
        return f"{self.company} / {self.hidden_from}"


class ImportRun(PublicId):
    """One import of a company file: how far it is, what was taken in, what was refused and why."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        FAILED = "failed", _("refusé")

    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    contents = models.JSONField(default=list)  # [[name, digest]] of the files kept for it; empty: read where they lie
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField(null=True)  # the last sign of life
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    resumed = models.PositiveSmallIntegerField(default=0)  # how often it was taken up again after a stop
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)  # [{"line": 12, "field": "siret", "code": "siren_wrong", "facts": {…}}]
    refused_count = models.PositiveIntegerField(default=0)
    remarks = models.JSONField(default=list)  # the same shape: values left aside in lines that were kept
    problem = models.JSONField(default=dict)  # why the whole file was refused: {"code", "facts"}

    def __str__(self) -> str:
        return self.filename

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (self.State.DONE, self.State.FAILED)
