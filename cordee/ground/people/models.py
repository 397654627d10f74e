"""Persons. A person is not an account: several verified addresses, and one person may act for several companies."""

import secrets
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.kit.ids import PublicId


def new_pseudonym() -> str:
    """What the books call a person: random, so that erasing the name leaves nothing to read."""
    return "p-" + secrets.token_hex(6)


class PersonManager(BaseUserManager["Person"]):
    """Making persons."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> "Person":
        person = self.model(email=email.strip().lower(), name=name.strip(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email or "")


class Person(PublicId, AbstractBaseUser):
    """Somebody: a leader, a substitute, an adviser, a client. Known by name once they have told it."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="fr")
    pseudonym = models.CharField(max_length=20, unique=True, default=new_pseudonym, editable=False)
    shared_mailbox = models.BooleanField(default=False)  # contact@…: may read and prepare, never sign or vote
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # runs this server: may import lists of companies
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def first_name(self) -> str:
        """For « Bonjour Claire »."""
        return self.name.split(" ")[0]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for which seat: both are explicit in every act."""

    person: Person
    seat: str = ""  # the address of the seat, "groupings/seat/ab12cd"; empty when acting for oneself

    @property
    def register_name(self) -> str:
        return f"{self.person.pseudonym} {self.seat}".strip()


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Cordée itself, when time passes: a deadline reached, a reminder due, an import."""

    register_name: str = "cordee"


class Link(PublicId):
    """A link of ours, sent to one person for one act: scoped, expiring, revocable.

    Opened as often as one likes (mail scanners open every link); used up by the POST that does the act. The token in
    the address is the public identifier with a signature, so the database alone opens nothing.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)  # "sign_in", "invitation", "vote", "signature"
    subject = models.CharField(max_length=120)  # the address of what it is for
    seat = models.CharField(max_length=120, blank=True)  # the address of the seat it acts for
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject"], name="people_link_for")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"

    @property
    def actor(self) -> Actor:
        return Actor(self.person, self.seat)


class AccessKey(PublicId):
    """Lets a program in, in the name of one person and for one company, for some uses only.

    The secret is shown once, when the key is made; only its digest is kept, so the database alone opens nothing.
    """

    class Scope(models.TextChoices):
        CARD = "card", _("Lire la fiche de mon entreprise")
        CARD_WRITE = "card_write", _("Compléter la fiche de mon entreprise")
        GROUPINGS = "groupings", _("Lire mes groupements et leurs membres")
        DECISIONS = "decisions", _("Lire les décisions et les réunions")
        DECISIONS_WRITE = "decisions_write", _("Dire si une décision est faite")
        VOTE = "vote", _("Voter pour mon entreprise")
        DOCUMENTS = "documents", _("Lire l’état des documents")
        DOCUMENTS_WRITE = "documents_write", _("Préparer le brouillon d’un document")
        MONEY = "money", _("Lire les comptes communs, les budgets et mes factures")
        MONEY_WRITE = "money_write", _("Ajouter une dépense commune")
        PROJECTS = "projects", _("Lire mes projets")
        PROJECTS_WRITE = "projects_write", _("Ouvrir un projet")
        REGISTER = "register", _("Lire le registre")
        CALENDAR = "calendar", _("Suivre mes dates dans un agenda")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    company = models.CharField(max_length=120)  # the address of the company it acts for
    name = models.CharField(max_length=80)  # « Le logiciel du comptable »
    scopes = models.JSONField(default=list)  # slugs of Scope
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)  # to the hour
    minute = models.BigIntegerField(default=0)  # the minute of its last call, since 1970, and the calls within it
    calls = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company"], name="people_accesskey_company")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_feed(self) -> bool:
        """An address for a calendar, rather than a key for a program."""
        return list(self.scopes) == [self.Scope.CALENDAR.value]

    @property
    def uses(self) -> list[str]:
        """What it opens, in words."""
        return [str(self.Scope(one).label) for one in self.scopes if one in self.Scope.values]
