"""The books of acts. No foreign key to any room: a subject is an address, which its room resolves."""

from datetime import UTC, datetime
from typing import Any

from django.db import models


def address(subject: Any) -> str:
    """Where a row lives, as a book writes it: "governance/ballot/ab12cd"."""
    if subject is None or isinstance(subject, str):
        return subject or ""
    meta = subject._meta
    return f"{meta.app_label}/{meta.model_name}/{getattr(subject, 'public_id', subject.pk)}"


def instant(at: datetime) -> str:
    """A moment as a book writes it: ISO 8601, UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Book(models.Model):
    """One book: of a grouping, of a company, or of the instance. Its row is the lock that acts queue on."""

    name = models.CharField(max_length=80, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return self.name


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reading a book."""

    def of(self, book: str) -> "EntryQuerySet":
        return self.filter(book=book).order_by("number")

    def about(self, subject: str) -> "EntryQuerySet":
        return self.filter(subject=subject).order_by("book", "number")


class Entry(models.Model):
    """One act, as it was written. The database refuses to change or delete it (triggers in the migration)."""

    book = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    act = models.CharField(max_length=80)
    at = models.CharField(max_length=32)  # the very text that is sealed, ISO 8601 in UTC
    by = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    facts = models.JSONField()
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="register_entry_once")]
        indexes = [models.Index(fields=["subject"], name="register_entry_subject")]

    def __str__(self) -> str:
        return f"{self.book} {self.number} {self.act}"

    @property
    def moment(self) -> datetime:
        """When it was done, as a time that a page can show."""
        return datetime.fromisoformat(self.at)


class Head(models.Model):
    """The last seal of a book at a moment, signed and given to the members: a rewritten history shows."""

    book = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    seal = models.CharField(max_length=64)
    at = models.CharField(max_length=32)
    key_id = models.CharField(max_length=40)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="register_head_once")]

    def __str__(self) -> str:
        return f"{self.book} {self.number}"
