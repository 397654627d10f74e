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
        for each in names:
            _lock(each)
        yield facts
        subject = facts.on or address(on)
        for each in names:
            _write(each, name, at=at, by=by, subject=subject, facts=dict(facts))


def _lock(name: str) -> Book:
    Book.objects.get_or_create(name=name)
    return Book.objects.select_for_update().get(name=name)


def _write(name: str, act_name: str, *, at: datetime, by: By, subject: str, facts: dict[str, Any]) -> Entry:
    book = _lock(name)
    line: dict[str, Any] = {
        "book": name,
        "number": book.number + 1,
        "act": act_name,
        "at": instant(at),
        "by": by.register_name,
        "subject": subject,
        "facts": facts,
    }
    seal = chain.seal(book.seal, line)
    entry = Entry.objects.create(**line, previous=book.seal, seal=seal)
    book.number, book.seal = entry.number, seal
    book.save(update_fields=["number", "seal"])
    return entry
