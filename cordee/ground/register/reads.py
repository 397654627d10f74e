"""Reading the books: a page of acts, a signed head, a whole export that anyone can verify without Cordée."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from cordee.engines import chain
from cordee.ground.register import keys
from cordee.ground.register.models import Book, Entry, Head, instant


@dataclass(frozen=True, slots=True)
class BookState:
    """How far a book goes, and whether it holds."""

    name: str
    number: int
    seal: str
    intact: bool


def latest(book: str, count: int = 5) -> list[Entry]:
    """The last acts of a book, newest first."""
    return list(Entry.objects.filter(book=book).order_by("-number")[:count])


def last_seals() -> models.QuerySet[Entry, str]:
    """The seal of the newest act of all books: while it is the same, nobody has done anything."""
    return Entry.objects.order_by("-pk").values_list("seal", flat=True)[:1]


def state(book: str) -> BookState:
    """Recompute every seal of a book and say whether it still holds."""
    row = Book.objects.filter(name=book).first()
    if row is None:
        return BookState(book, 0, chain.GENESIS, True)
    previous, number = chain.GENESIS, 0
    for entry in Entry.objects.of(book).iterator():
        number += 1
        if entry.number != number or entry.previous != previous or chain.seal(previous, _line(entry)) != entry.seal:
            return BookState(book, row.number, row.seal, False)
        previous = entry.seal
    return BookState(book, row.number, row.seal, (number, previous) == (row.number, row.seal))


def signed_head(book: str, *, at: datetime) -> dict[str, Any]:
    """The last seal of a book, signed; the same place of a book is signed once."""
    key_id, secret = keys.signing_key()
    with transaction.atomic():
        row, _new = Book.objects.get_or_create(name=book)
        known = Head.objects.filter(book=book, number=row.number).first()
        if known is None:
            head = chain.signed_head(secret, book=book, number=row.number, seal=row.seal, at=instant(at), key_id=key_id)
            Head.objects.get_or_create(
                book=book,
                number=row.number,
                defaults={"seal": row.seal, "at": head["head"]["at"], "key_id": key_id, "signature": head["signature"]},
            )
            known = Head.objects.get(book=book, number=row.number)
    return _head(known)


def unsigned_books(*, since: datetime, most: int = 50) -> list[str]:
    """The books of groupings that have grown past their last signed head, and none of whose heads is younger."""
    heads = Head.objects.filter(book=models.OuterRef("name"))
    young, same = heads.filter(at__gt=instant(since)), heads.filter(number=models.OuterRef("number"))
    grown = Book.objects.filter(name__startswith="groupings/", number__gt=0)
    grown = grown.exclude(models.Exists(young)).exclude(models.Exists(same))
    return list(grown.order_by("pk").values_list("name", flat=True)[:most])


def export(book: str, *, at: datetime) -> Iterator[str]:
    """A book as JSON Lines: header, entries, every head ever signed. `python chain.py book.jsonl` verifies it."""
    last = signed_head(book, at=at)
    heads = {head.number: head for head in Head.objects.filter(book=book)}
    yield chain.header_line(book, keys.public_keys()) + "\n"
    if 0 in heads:
        yield chain.head_line(_head(heads[0])) + "\n"
    for entry in Entry.objects.of(book).filter(number__lte=last["head"]["number"]).iterator():
        yield chain.entry_line(_line(entry)) + "\n"
        if entry.number in heads:  # each head stands right behind the entry it signs
            yield chain.head_line(_head(heads[entry.number])) + "\n"


def _line(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in chain.ENTRY_FIELDS}


def _head(head: Head) -> dict[str, Any]:
    return {
        "schema": chain.HEAD_SCHEMA,
        "head": {"book": head.book, "number": head.number, "seal": head.seal, "at": head.at, "key_id": head.key_id},
        "public": keys.public_keys()[head.key_id],
        "signature": head.signature,
    }
