"""Pages that cross rooms: a grouping seen from every room, and its book in plain sentences.

To add a room's part to the overview of a grouping, write one function here and list it: in `SECTIONS` for a card,
in `DATES` for a coming date. Each gets the page and the moment, makes at most one query, and gives nothing when it
has nothing to show. To have a room's acts told in the books, list its table of sentences in `TABLES`.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements import reads as agreements
from cordee.agreements.models import Agreement
from cordee.engines import chain
from cordee.governance import reads as governance
from cordee.governance.models import Ballot, Voter
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.messages import reads as messages
from cordee.ground.people.models import Person
from cordee.ground.register import reads as register
from cordee.ground.register.models import Book, Entry
from cordee.groupings import reads as groupings
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.groupings.permissions import seats_open_to
from cordee.journeys import reads as journeys
from cordee.money import reads as money
from cordee.money.models import CostPool
from cordee.offers import reads as offers

Sentence = str | Promise | Callable[[Entry], str | Promise]
TABLES: tuple[Mapping[str, Any], ...] = (
    messages.SENTENCES,
    groupings.SENTENCES,
    governance.SENTENCES,
    agreements.SENTENCES,
    money.SENTENCES,
    offers.SENTENCES,
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


def checked(book: str, last: Entry | None, *, at: datetime) -> Checked:
    """Verify every seal of a book; the answer holds for a few minutes, as long as nothing is added to `last`."""
    key = f"book-{book}-{last.seal if last else 0}"
    known = cache.get(key)
    if not isinstance(known, Checked):
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
    entries = Entry.objects.filter(book=me.grouping.book).order_by("-number")
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


# --- The overview of a grouping ---


@dataclass(frozen=True, slots=True)
class Section:
    """One card of the overview: a room's fragment, and what it shows under the name `section.data`."""

    template: str
    data: Any


@dataclass(frozen=True, slots=True)
class Coming:
    """A date to come."""

    at: datetime
    title: str
    note: str = ""
    url: str = ""

    @property
    def weekday(self) -> str:
        return date_format(localtime(self.at), "D").lower().rstrip(".") + "."

    @property
    def day(self) -> int:
        return localtime(self.at).day


def decisions(page: groupings.GroupingPage, at: datetime) -> Section | None:
    """The votes under way."""
    mine = Voter.objects.filter(seat=page.me.seat)
    ballots = (
        Ballot.objects.filter(grouping=page.grouping, closed_at=None)
        .select_related("resolution", "grouping")
        .prefetch_related(Prefetch("voters", queryset=mine, to_attr="mine"))
        .order_by("closes_at")
    )
    return Section("desk/_decisions.html", list(ballots))


def answers_awaited(page: groupings.GroupingPage, at: datetime) -> Iterable[Coming]:
    """Until when invitations may be answered."""
    sent = [each for each in page.waiting if each.state == Invitation.State.SENT and each.expires_at]
    url = reverse("groupings:members", args=[page.grouping.public_id]) + page.me.voice
    for each in sent:
        if each.expires_at and each.expires_at > at:
            who = each.shown_company or (each.person.name if each.person else "")
            yield Coming(each.expires_at, _("Fin de l’invitation"), f"{day(each.expires_at)} · {who}", url)


def documents(page: groupings.GroupingPage, at: datetime) -> Section | None:
    """What is prepared, to be signed, signed."""
    found = Agreement.objects.filter(grouping=page.grouping).order_by("-prepared_at")[:5]
    return Section("desk/_documents.html", list(found))


def accounts(page: groupings.GroupingPage, at: datetime) -> Section | None:
    """The common costs."""
    found = CostPool.objects.filter(grouping=page.grouping).order_by("state", "-opened_at")[:5]
    return Section("desk/_accounts.html", list(found))


SECTIONS: tuple[Callable[[groupings.GroupingPage, datetime], Section | None], ...] = (decisions, documents, accounts)
DATES: tuple[Callable[[groupings.GroupingPage, datetime], Iterable[Coming]], ...] = (answers_awaited,)


@dataclass(frozen=True, slots=True)
class Overview:
    """A grouping, seen from every room."""

    page: groupings.GroupingPage
    gate: journeys.GatePage | None
    sections: list[Section]
    dates: list[Coming]
    entries: list[BookLine]
    checked: Checked

    @property
    def shown(self) -> list[groupings.Member]:
        """The members on the rope: six at most, mine first."""
        members = sorted(self.page.members, key=lambda member: not member.mine)
        return members if len(members) <= MOST_SHOWN else members[: MOST_SHOWN - 1]

    @property
    def hidden(self) -> int:
        return len(self.page.members) - len(self.shown)


MOST_SHOWN = 6


def overview(person: Person, public_id: str, *, at: datetime, voice: str = "") -> Overview:
    """The page of a grouping: who is there, where it stands, what is missing, what is coming, what was done."""
    page = groupings.grouping_page(person, public_id, at=at, voice=voice)
    found = [compose(page, at) for compose in SECTIONS]
    entries = register.latest(page.grouping.book)
    dates = sorted((date for read in DATES for date in read(page, at)), key=lambda date: date.at)
    return Overview(
        page,
        journeys.gate_page(page.grouping, voice=page.me.voice),
        [section for section in found if section is not None],
        dates[:4],
        lines(entries, groupings.seats_with_offices(page.grouping)),
        checked(page.grouping.book, next(iter(entries), None), at=at),
    )


def grouping_named(text: str) -> list[Grouping]:
    """Groupings by public identifier, or else by name: for the one who runs the server."""
    known = Grouping.objects.filter(public_id=text)
    return list(known or Grouping.objects.filter(name__iexact=text))


# --- The state of the server ---


def health(*, at: datetime) -> dict[str, Any]:
    """Whether the database answers and the ticker and a worker give signs of life; nothing that is anyone's."""
    try:
        ages = journeys.ages(at=at)
    except DatabaseError:
        return {"schema": "cordee.health/1", "ok": False, "database": False}
    late = [name for name, age in ages.items() if age is None or age > journeys.LATE[name].total_seconds()]
    found = {name: {"seconds": age, "ok": name not in late} for name, age in ages.items()}
    return {"schema": "cordee.health/1", "ok": not late, "database": True, **found}
