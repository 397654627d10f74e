"""The only way into a book: `with act(...) as facts:`, a transaction and a lock on the book."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from cordee.engines import chain
from cordee.ground.register.models import Book, Entry, address, instant

__all__ = ["INSTANCE", "By", "Facts", "act", "address", "instant"]

INSTANCE = "instance"
"""The book of what belongs to no grouping and no company."""


class By(Protocol):
    """Whoever acts, as a book may name them: a pseudonym and, where there is one, the company's seat."""

    @property
    def register_name(self) -> str: ...


class Facts(dict[str, Any]):
    """What the act will leave in the book: text, integers, booleans. No name, no address: references only."""

    on: str = ""


@contextmanager
def act(
    name: str, *, book: str, by: By, at: datetime, on: models.Model | str | None = None, also: tuple[str, ...] = ()
) -> Iterator[Facts]:
    """Do one act: everything inside happens and is in the book, or nothing is.

    The book is locked before the body runs, so the body must re-read what it decides on: what the caller loaded may
    have changed. `also` names further books to lock (an act that touches two groupings); books are taken in sorted
    order, so that two acts never wait for each other. The line goes into `book` and into each of `also`.
    `facts.on` may be set inside, for a subject that the act creates.
    """
    facts = Facts()
    with transaction.atomic():
        names = sorted({book, *also})
        books = [_lock(each) for each in names]
        yield facts
        subject = facts.on or address(on)
        for each in books:
            _write(each, name, at=at, by=by, subject=subject, facts=dict(facts))


def _lock(name: str) -> Book:
    """The row that acts queue on; only the very first act of a book makes it."""
    locked = Book.objects.select_for_update()
    try:
        return locked.get(name=name)
    except Book.DoesNotExist:
        Book.objects.get_or_create(name=name)
        return locked.get(name=name)


def _write(book: Book, act_name: str, *, at: datetime, by: By, subject: str, facts: dict[str, Any]) -> Entry:
    """Put one line at the end of a book that is locked: one query for the book, one for the line."""
    while True:
        line: dict[str, Any] = {
            "book": book.name,
            "number": book.number + 1,
            "act": act_name,
            "at": instant(at),
            "by": by.register_name,
            "subject": subject,
            "facts": facts,
        }
        seal = chain.seal(book.seal, line)
        here = Book.objects.filter(pk=book.pk, number=book.number, seal=book.seal)
        if here.update(number=line["number"], seal=seal):
            return Entry.objects.create(**line, previous=book.seal, seal=seal)
        book = Book.objects.get(pk=book.pk)  # an act inside this one wrote its line since; the lock is still ours
