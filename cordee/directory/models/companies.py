"""Companies, where they are, what they can do, who speaks for them, and from whom they hide."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.engines.places.communes import fold_name
from cordee.ground.kit.ids import PublicId

Circle = Callable[[Any], models.QuerySet[Any, Any]]
CIRCLES: dict[str, Circle] = {}
"""Who stands near a person, as later rooms know it: « together » (around one table) and « nda » (a confidentiality
agreement signed by both). Each gives the keys of companies; a room fills its own in when it starts."""

FIELDS = ("brings", "looks_for", "capacity", "area", "proofs", "turnover", "contracts", "leaders")
"""What a company shows to everybody, to its groupings, or to nobody, field by field."""
DISCREET = frozenset({"proofs", "turnover", "contracts", "leaders"})
"""What would name a company that keeps its name to itself: shown after a confidentiality agreement only."""
_EMPTY: dict[str, dict[str, Any]] = {
    "capacity": {"capacity_left": "", "capacity_cents": None},
    "turnover": {"turnover_cents": None, "turnover_year": None},
    "contracts": {},
}


class CompanyQuerySet(models.QuerySet["Company"]):
    """What one may see of the directory."""

    def sighted(self, person: Any) -> "CompanyQuerySet":
        """With how near this person stands: `is_own`, `is_near`, `has_nda`; and whether they may read its name."""
        mine = Representative.objects.filter(person=person, until=None).values("company")
        near = {name: _within(circle(person)) for name, circle in CIRCLES.items()}
        named = models.Q(blind_name="") | models.Q(pk__in=mine)
        for circle in CIRCLES.values():
            named |= models.Q(pk__in=circle(person))
        return self.annotate(
            is_own=_within(mine),
            is_near=near.get("together", _NO),
            has_nda=near.get("nda", _NO),
            is_named=models.Case(models.When(named, then=True), default=False, output_field=models.BooleanField()),
            shown_name=models.Case(models.When(named, then=models.F("name")), default=models.F("blind_name")),
        )

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


_NO = models.Value(False, output_field=models.BooleanField())


def _within(keys: models.QuerySet[Any, Any]) -> models.Case:
    inside = models.When(models.Q(pk__in=keys), then=True)
    return models.Case(inside, default=False, output_field=models.BooleanField())


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
    leaders = models.CharField(max_length=200, blank=True)  # as a file names them, who leads it
    visibility = models.JSONField(default=dict)  # field → "groupings" or "me"; absent: whoever may see the card
    blind_name = models.CharField(max_length=120, blank=True)  # « Menuiserie, Hérault »: what strangers read instead
    confirmed_at = models.DateTimeField(null=True, blank=True)  # when its people last said that the card holds
    asked_at = models.DateTimeField(null=True, blank=True)  # when they were last asked
    search_text = models.CharField(max_length=640, blank=True, editable=False)
    source = models.CharField(max_length=20, default="hand")  # hand, import, invited
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = CompanyQuerySet.as_manager()
    veiled: frozenset[str] = frozenset()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        indexes = [models.Index(fields=["naf"], name="directory_company_naf")]

    def __str__(self) -> str:
        return self.brand_name or self.name

    @property
    def book(self) -> str:
        """The name of this company's own book in the register."""
        return f"companies/{self.public_id}"

    def words(self) -> str:
        """What it is found by: its names, and who leads it unless that is kept back."""
        return searched(self.name, self.brand_name, "" if "leaders" in self.visibility else self.leaders)

    @property
    def discreet_name(self) -> str:
        """Its name for those whom it has not joined yet."""
        return self.blind_name or str(self)

    def veil(self) -> "Company":
        """Take off this row what its reader may not see. The row must come from `sighted`; it is then never saved."""
        sight: Any = self
        if sight.is_own:
            return self
        off = {name for name, level in self.visibility.items() if level == "me" or not sight.is_near}
        if self.blind_name and not sight.has_nda:
            off |= DISCREET
        if not sight.is_named:
            self.name, self.brand_name, self.siren, self.legal_form, self.capital_group = (
                self.blind_name,
                "",
                None,
                "",
                "",
            )
        for name in off:
            for attribute, empty in _EMPTY.get(name, {name: ""}).items():
                setattr(self, attribute, empty)
        self.veiled = frozenset(off)
        return self

    def shows(self, field: str) -> bool:
        """Whether a field was left on a veiled row."""
        return field not in self.veiled

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words it is found by in step with its names."""
        if self.veiled:
            raise ValueError("a veiled company is only looked at")
        self.search_text = self.words()
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


class Hiding(models.Model):
    """« Ne jamais me montrer à… »: a company that is not shown to the people of another one."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="hidings")
    hidden_from = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "hidden_from"], name="directory_hiding_once")]

    def __str__(self) -> str:
        return f"{self.company} / {self.hidden_from}"
