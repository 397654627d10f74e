"""The books of groupings in plain sentences. To have a room's acts told, list its table of sentences in `TABLES`."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements import reads as agreements
from cordee.delivery import reads as delivery
from cordee.engines import chain
from cordee.governance import reads as governance
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.messages import reads as messages
from cordee.ground.people.models import Person
from cordee.ground.register import reads as register
from cordee.ground.register.models import Book, Entry
from cordee.groupings import reads as groupings
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.permissions import seats_open_to
from cordee.journeys import reads as journeys
from cordee.learning import reads as learning
from cordee.money import reads as money
from cordee.offers import reads as offers
from cordee.projects import reads as projects

Sentence = str | Promise | Callable[[Entry], str | Promise]
TABLES: tuple[Mapping[str, Any], ...] = (
    messages.SENTENCES,
    groupings.SENTENCES,
    governance.SENTENCES,
    agreements.SENTENCES,
    money.SENTENCES,
    projects.SENTENCES,
    offers.SENTENCES,
    delivery.SENTENCES,
    learning.SENTENCES,
    journeys.SENTENCES,
)
"""Each room's sentences, by the name of the act; `%(who)s`, `%(subject)s` and the act's own facts may stand in them."""

CHECKED_FOR = 600
"""Seconds for which a verified book is not verified again, unless it has grown."""


# --- Books ---


@dataclass(frozen=True, slots=True)
class BookLine:
    """One act, as a member reads it."""

    number: int
    text: str
    when: str
    seal: str
    act: str


def lines(entries: Iterable[Entry], known: Iterable[Seat] = ()) -> list[BookLine]:
    """Entries in plain sentences; two queries for the names at most, none for the seats that are known already."""
    found = list(entries)
    names = groupings.Names(found, known)
    return [BookLine(each.number, _sentence(each, names), moment(each.moment), each.seal, each.act) for each in found]


def acts_of(*books: str) -> QuerySet[Entry]:
    """The acts of some books, the last ones first, with what their sentences need."""
    return governance.with_titles(Entry.objects.filter(book__in=books)).order_by("-at", "-number")


def _sentence(entry: Entry, names: groupings.Names) -> str:
    table: Sentence | None = next((table[entry.act] for table in TABLES if entry.act in table), None)
    words = {"who": names.who(entry), "subject": names.subject(entry)}
    if table is None:
        return _("%(who)s a fait l’acte %(act)s") % {**words, "act": entry.act}
    template = table(entry) if callable(table) else table
    return str(template) % {**entry.facts, **words}


@dataclass(frozen=True, slots=True)
class Checked:
    """What the verification of a book found, and when."""

    number: int
    intact: bool
    at: datetime

    @property
    def words(self) -> str:
        """« vérifié à 7 h 02 »."""
        local = localtime(self.at)
        return _("vérifié à %(hour)s h %(minute)s") % {"hour": local.hour, "minute": f"{local.minute:02d}"}


def checked_before(book: str, last: Entry | None) -> Checked | None:
    """What the last verification of a book found, while it holds; a page that only quotes the book does not redo it."""
    known = cache.get(f"book-{book}-{last.seal if last else 0}")
    return known if isinstance(known, Checked) else None


def checked(book: str, last: Entry | None, *, at: datetime) -> Checked:
    """Verify every seal of a book; the answer holds for a few minutes, as long as nothing is added to `last`."""
    key = f"book-{book}-{last.seal if last else 0}"
    known = checked_before(book, last)
    if known is None:
        state = register.state(book)
        known = Checked(state.number, state.intact, at)
        cache.set(key, known, CHECKED_FOR)
    return known


@dataclass(frozen=True, slots=True)
class BookPage:
    """The book of a grouping, newest first; `earlier` is where the page before ends."""

    me: groupings.Membership
    grouping: Grouping
    lines: list[BookLine]
    checked: Checked
    earlier: int


PAGE = 100


def book_page(person: Person, public_id: str, *, at: datetime, before: int = 0, voice: str = "") -> BookPage:
    """One page of a grouping's book, for its members."""
    me = groupings.membership(person, public_id, voice=voice)
    entries = acts_of(me.grouping.book)
    if before:
        entries = entries.filter(number__lt=before)
    found = list(entries[:PAGE])
    last = found[-1].number if found else 0
    newest = found[0] if found and not before else next(iter(register.latest(me.grouping.book, 1)), None)
    state = checked(me.grouping.book, newest, at=at)
    return BookPage(me, me.grouping, lines(found), state, last if last > 1 else 0)


@dataclass(frozen=True, slots=True)
class MyBook:
    """One of the books that somebody may read."""

    grouping: Grouping
    number: int
    seal: str


def my_books(person: Person) -> list[MyBook]:
    """The books of one's groupings."""
    mine = list(Grouping.objects.filter(pk__in=seats_open_to(person).values("grouping")).order_by("-stage_since"))
    books = {book.name: book for book in Book.objects.filter(name__in=[each.book for each in mine])}
    return [MyBook(each, books[each.book].number, books[each.book].seal) for each in mine if each.book in books]


def archive(grouping: Grouping, *, at: datetime) -> bytes:
    """The book, the program that verifies it and how to: all that a member needs, without Cordée."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        stamp = localtime(at).timetuple()[:6]
        for name, content in (
            ("book.jsonl", "".join(register.export(grouping.book, at=at)).encode()),
            ("chain.py", Path(chain.__file__).read_bytes()),
            (_("LISEZ-MOI.txt"), _read_me(grouping, at).encode()),
        ):
            file.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _read_me(grouping: Grouping, at: datetime) -> str:
    return "\r\n".join(
        (
            _("Le registre de « %(name)s », %(when)s.") % {"name": grouping.name, "when": moment(at)},
            "",
            _("Ce dossier se suffit à lui-même : ni Cordée ni connexion ne sont nécessaires."),
            _("Pour vérifier que rien n’a été modifié, avec Python 3.11 ou plus récent :"),
            "",
            "    python chain.py book.jsonl",
            "",
            _("book.jsonl : un acte par ligne, chacun scellé avec celui d’avant."),
            _("chain.py : le programme qui vérifie ; un seul fichier, que chacun peut lire."),
            _("Si une ligne a été changée, retirée ou ajoutée, le programme dit laquelle."),
            "",
        )
    )


def grouping_named(text: str) -> list[Grouping]:
    """Groupings by public identifier, or else by name: for the one who runs the server."""
    known = Grouping.objects.filter(public_id=text)
    return list(known or Grouping.objects.filter(name__iexact=text))


# --- The state of the server ---
