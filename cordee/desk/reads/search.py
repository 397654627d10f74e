"""Search over everything one may see: one question to each room, filtered inside its query, matched without accents.

Holds   what a page would refuse to this person is in no answer; a fixed number of queries, whatever there is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.directory import reads as directory
from cordee.governance.models import Ballot, Meeting
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.messages.models import Attachment, Message, Thread
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping
from cordee.groupings.permissions import seats_open_to
from cordee.offers.permissions import bids_open_to, needs_open_to
from cordee.projects.models import Project

LOOKED_AT = 1500
"""Of each kind, the latest so many are looked at."""
SHOWN = 6
AROUND = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer."""

    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """What was found of one kind; `more`: how many others."""

    name: str
    icon: str
    hits: tuple[Hit, ...]
    more: int = 0
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, kind after kind."""

    text: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        return sum(len(part.hits) + part.more for part in self.parts)


@dataclass(frozen=True, slots=True)
class _Row:
    """A title, what else is searched, a note, where it is."""

    title: str
    text: str
    note: str
    url: str


def search_everything(text: str, person: Person) -> Answer:
    """Look for words in all that this person may open."""
    text = " ".join(text.split())[:120]
    words = directory.fold_name(text).split()
    if not words:
        return Answer(text, ())
    seats = seats_open_to(person)
    mine = list(Grouping.objects.filter(pk__in=seats.values("grouping")).order_by("-stage_since", "-id")[:LOOKED_AT])
    names = {one.pk: one.name for one in mine}
    said, files = _conversations(seats)
    parts = [
        _part(_("Groupements"), "users", words, _groupings(mine)),
        _part(_("Décisions et réunions"), "scale", words, _decisions(seats, names)),
        _part(_("Documents"), "file-text", words, [*_documents(seats, names), *files]),
        _part(_("Projets"), "flag", words, _projects(seats, names)),
        _part(_("Occasions et offres"), "briefcase", words, _occasions(person)),
        _part(_("Messages"), "messages", words, said),
        _companies(text, person),
    ]
    return Answer(text, tuple(part for part in parts if part.hits))


def _part(name: str, icon: str, words: Sequence[str], rows: Iterable[_Row]) -> Part:
    hits: list[Hit] = []
    for row in rows:
        folded = directory.fold_name(f"{row.title} {row.text}")
        if all(word in folded for word in words):
            hits.append(Hit(row.title, row.note, row.url))
    return Part(name, icon, tuple(hits[:SHOWN]), max(0, len(hits) - SHOWN))


def _groupings(mine: Sequence[Grouping]) -> Iterable[_Row]:
    for one in mine:
        url = reverse("groupings:grouping", args=[one.public_id])
        yield _Row(one.name, f"{one.purpose} {one.necessity}", str(one.get_stage_display()), url)


def _decisions(seats: QuerySet[Any], names: dict[int, str]) -> Iterable[_Row]:
    here = seats.values("grouping")
    votes = Ballot.objects.filter(grouping__in=here).annotate(
        a_kind=Value("ballot", CharField()), a_what=F("resolution__title"), a_words=F("resolution__text"),
        a_day=Cast(F("closes_at"), DateTimeField()),
    )  # fmt: skip
    meetings = Meeting.objects.filter(grouping__in=here).annotate(
        a_kind=Value("meeting", CharField()), a_what=F("title"), a_words=Value("", TextField()),
        a_day=Cast(F("starts_at"), DateTimeField()),
    )  # fmt: skip
    columns = ("a_kind", "public_id", "a_what", "a_words", "a_day", "grouping_id")
    both = votes.order_by().values_list(*columns).union(meetings.order_by().values_list(*columns), all=True)
    for kind, public_id, title, text, day, grouping in both.order_by("-a_day")[:LOOKED_AT]:
        url = reverse(f"governance:{kind}", args=[public_id])
        word = _("Vote") if kind == "ballot" else _("Réunion")
        yield _Row(title, text, _note(word, names.get(grouping, ""), day), url)


def _documents(seats: QuerySet[Any], names: dict[int, str]) -> Iterable[_Row]:
    here = Agreement.objects.filter(grouping__in=seats.values("grouping")).order_by("-prepared_at")
    for public_id, title, grouping, day in here.values_list("public_id", "title", "grouping_id", "prepared_at")[
        :LOOKED_AT
    ]:
        url = reverse("agreements:agreement", args=[public_id])
        yield _Row(title, "", _note(_("Document"), names.get(grouping, ""), day), url)


def _projects(seats: QuerySet[Any], names: dict[int, str]) -> Iterable[_Row]:
    mine = Project.objects.filter(participants__seat__in=seats.values("pk"), participants__left_at=None).distinct()
    for one in mine.order_by("-id")[:LOOKED_AT]:
        yield _Row(
            one.name, one.purpose, names.get(one.grouping_id, ""), reverse("projects:project", args=[one.public_id])
        )


def _occasions(person: Person) -> Iterable[_Row]:
    needs = needs_open_to(person).annotate(a_kind=Value("need", CharField()), a_what=Cast("title", TextField()))
    bids = bids_open_to(person).annotate(a_kind=Value("bid", CharField()), a_what=Cast("title", TextField()))
    columns = ("a_kind", "public_id", "a_what", "id")
    both = needs.order_by().values_list(*columns).union(bids.order_by().values_list(*columns), all=True)
    for kind, public_id, title, _key in both.order_by("-id")[:LOOKED_AT]:
        word = _("Occasion") if kind == "need" else _("Offre commune")
        yield _Row(title, "", word, reverse(f"offers:{kind}", args=[public_id]))


def _threads(seats: QuerySet[Any]) -> QuerySet[Any]:
    """The conversations of one's groupings: that of the grouping itself. Those about one thing stay on its page."""
    about = Concat(Value("groupings/grouping/"), F("public_id"), output_field=CharField())
    mine = Grouping.objects.filter(pk__in=seats.values("grouping")).annotate(at=about)
    return Thread.objects.filter(subject__in=mine.values("at"))


def _conversations(seats: QuerySet[Any]) -> tuple[list[_Row], list[_Row]]:
    """What was written in them, and the files that were joined: one query for both."""
    here = _threads(seats)
    written = Message.objects.filter(thread__in=here).annotate(
        a_kind=Value("message", CharField()), a_about=F("thread__subject"), a_who=F("by__name"), a_day=F("at"),
        a_words=F("text"), a_document=Value("", CharField()),
    )  # fmt: skip
    joined = Attachment.objects.filter(message__thread__in=here).annotate(
        a_kind=Value("file", CharField()), a_about=F("message__thread__subject"), a_who=F("message__by__name"),
        a_day=F("message__at"), a_words=Cast("document__name", TextField()), a_document_of=F("document__public_id"),
    )  # fmt: skip
    columns = ("a_kind", "a_about", "a_who", "a_day", "a_words")
    both = (
        written.order_by()
        .values_list(*columns, "a_document")
        .union(joined.order_by().values_list(*columns, "a_document_of"), all=True)
    )
    said: list[_Row] = []
    files: list[_Row] = []
    for kind, about, who, day, text, document in both.order_by("-a_day")[:LOOKED_AT]:
        grouping = about.rpartition("/")[2]
        if kind == "file":
            url = reverse("groupings:file", args=[grouping, document])
            files.append(_Row(text, "", _note(_("Fichier d’une conversation"), who, day), url))
            continue
        short = " ".join(text.split())
        title = short if len(short) <= 2 * AROUND else short[: 2 * AROUND].rstrip() + "…"
        said.append(_Row(title, text, _note(who, "", day), reverse("groupings:conversation", args=[grouping])))
    return said, files


def _companies(text: str, person: Person) -> Part:
    found = directory.search_companies(directory.Query(text=text), person=person)
    rows: list[Any] = list(found.companies.order_by("shown_name", "id")[: SHOWN + 1])
    hits = tuple(Hit(str(one.veil()), "", reverse("directory:company", args=[one.public_id])) for one in rows[:SHOWN])
    return Part(_("Entreprises"), "building", hits, max(0, len(rows) - SHOWN), reverse("directory:list"))


def _note(what: str, where: str, day: datetime | None) -> str:
    return " · ".join(part for part in (what, where, moment(day) if day else "") if part)
