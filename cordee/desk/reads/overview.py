"""A grouping seen from every room.

To add a room's part, write one function here and list it: in `SECTIONS` for a card, in `DATES` for a coming date.
Each gets the page and the moment, makes at most one query, and gives no card when it has nothing to show.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.agreements.permissions import seen_by
from cordee.delivery.models import Delivery
from cordee.desk.reads.books import BookLine, Checked, acts_of, checked_before, lines
from cordee.governance.models import Ballot, Voter
from cordee.ground.kit.templatetags.cordee import day, moment
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.ground.signing.models import Ceremony
from cordee.groupings import reads as groupings
from cordee.groupings.models import Invitation, Office
from cordee.journeys import reads as journeys
from cordee.money.models import CostPool, FinalAccount
from cordee.offers import reads as offers
from cordee.offers.models import Bid, label_of
from cordee.projects.kinds import every_kind
from cordee.projects.models import Project


@dataclass(frozen=True, slots=True)
class Section:
    """One card of the overview: a room's fragment, and what it shows under the name `section.data`."""

    template: str
    data: Any
    dates: Sequence["Coming"] = ()


@dataclass(frozen=True, slots=True)
class Coming:
    """A date to come."""

    at: datetime
    title: str
    note: str = ""
    url: str = ""

    @property
    def weekday(self) -> str:
        word = date_format(localtime(self.at), "D").rstrip(".")
        return word if language() == "en" else f"{word.lower()}."

    @property
    def day(self) -> int:
        return localtime(self.at).day


def hour(at: datetime) -> str:
    """« 18 h 30 »."""
    return moment(at).rpartition(", ")[2]


def decisions(page: groupings.GroupingPage, at: datetime) -> list[Section]:
    """The votes under way."""
    mine = Voter.objects.filter(ballot=OuterRef("pk"), seat=page.me.seat)
    ballots = (
        Ballot.objects.filter(grouping=page.grouping, closed_at=None)
        .select_related("resolution", "grouping")
        .annotate(my_choice=Subquery(mine.values("choice")[:1]), my_leave=Subquery(mine.values("withdrawn_at")[:1]))
        .order_by("closes_at")
    )
    found = list(ballots)
    for each in found:
        place = [] if each.my_choice is None else [Voter(choice=each.my_choice, withdrawn_at=each.my_leave)]
        each.mine = place  # type: ignore[attr-defined]
    dates = [vote_closing(each, page.me.voice) for each in found if each.closes_at > at]
    return [Section("desk/_decisions.html", found, dates)]


def vote_closing(ballot: Ballot, voice: str = "", *, where: str = "") -> Coming:
    """The end of a vote, as a date to come."""
    note = " · ".join(part for part in (_("Clôture du vote"), hour(ballot.closes_at), where) if part)
    url = reverse("governance:ballot", args=[ballot.public_id]) + voice
    return Coming(ballot.closes_at, ballot.resolution.title, note, url)


def answers_awaited(page: groupings.GroupingPage, at: datetime) -> Iterable[Coming]:
    """Until when invitations may be answered."""
    sent = [each for each in page.waiting if each.state == Invitation.State.SENT and each.expires_at]
    url = reverse("groupings:members", args=[page.grouping.public_id]) + page.me.voice
    for each in sent:
        if each.expires_at and each.expires_at > at:
            who = each.shown_company or (each.person.name if each.person else "")
            yield Coming(each.expires_at, _("Fin de l’invitation"), f"{day(each.expires_at)} · {who}", url)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, or accounts, as the overview lists them."""

    public_id: str
    title: str
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A joint bid, as the overview lists it."""

    public_id: str
    title: str
    kind: str
    state: Bid.State
    deadline: datetime | None

    @property
    def living(self) -> bool:
        return self.state in (Bid.State.PREPARING, Bid.State.FROZEN, Bid.State.SUBMITTED)

    @property
    def label(self) -> str:
        return label_of(self.kind, self.state)


@dataclass(frozen=True, slots=True)
class Papers:
    """What is prepared, to be signed, signed; the common costs; what some members carry together, and deliver."""

    documents: list[Paper]
    finals: list[Paper]
    accounts: list[Paper]
    projects: list[Paper]
    deliveries: list[Paper]


MOST_PAPERS = 5
KEEPERS = (Office.Role.TREASURER, Office.Role.COORDINATOR)
"""Who reads the final accounts of all; each other company reads its own."""


def shelf(page: groupings.GroupingPage, at: datetime) -> list[Section]:
    """Joint bids, documents, accounts and living projects, the latest of each, in one query for all."""
    columns = ("public_id", "title", "state")
    never = Cast(Value(None), DateTimeField())
    signed = Agreement.objects.filter(seen_by([page.me.seat]), grouping=page.grouping)
    signed = signed.annotate(since=F("prepared_at"), what=_said("document"), until=never)
    shared = CostPool.objects.filter(grouping=page.grouping)
    shared = shared.annotate(since=F("opened_at"), what=_said("accounts"), until=never)
    carried = Project.objects.filter(grouping=page.grouping, ended_at=None).order_by()
    carried = carried.annotate(since=F("opened_at"), what=_said("project"), until=never)
    mine = [office.role for member in page.members if member.seat.pk == page.me.seat.pk for office in member.offices]
    keeps = any(role in KEEPERS for role in mine)
    drawn = FinalAccount.objects.filter(**({"seat__grouping": page.grouping} if keeps else {"seat": page.me.seat}))
    states = Ceremony.objects.filter(public_id=OuterRef("ceremony")).values("state")
    drawn = drawn.order_by().annotate(
        since=F("drawn_at"),
        what=_said("final"),
        until=never,
        name=F("seat__company__name"),
        where=Coalesce(Subquery(states), Value("")),
    )
    bids = Bid.objects.filter(grouping=page.grouping).order_by()
    bids = bids.annotate(since=F("opened_at"), what=F("kind"), until=F("deadline"))
    more = ("since", "what", "until")
    delivered = Delivery.objects.filter(grouping=page.grouping).order_by()
    delivered = delivered.annotate(since=F("opened_at"), what=_said("delivery"), until=never)
    rows = signed.values_list(*columns, *more).union(
        shared.values_list(*columns, *more),
        drawn.values_list("public_id", "name", "where", *more),
        carried.values_list("public_id", "name", "kind", *more),
        bids.values_list(*columns, *more),
        delivered.values_list(*columns, *more),
        all=True,
    )
    found: dict[str, list[Paper]] = {"document": [], "final": [], "accounts": [], "project": [], "delivery": []}
    answers: list[Offer] = []
    labels: dict[str, dict[str, Any]] = {
        "document": dict(Agreement.State.choices),
        "final": {"": _("à envoyer à signer"), **dict(Ceremony.State.choices)},
        "accounts": dict(CostPool.State.choices),
        "project": {kind.slug: kind.label for kind in every_kind()},
        "delivery": dict(Delivery.State.choices),
    }
    for public_id, title, state, _since, what, until in rows.order_by("-since"):
        if what in Bid.Kind.values:
            answers.append(Offer(public_id, title, what, Bid.State(state), until))
        elif len(found[what]) < MOST_PAPERS:
            found[what].append(Paper(public_id, title, state, str(labels[what][state])))
    lists = Papers(*found.values())
    return [_offered(page, answers, at), Section("desk/_papers.html", lists)]


def _said(word: str) -> Value:
    return Value(word, output_field=CharField())


def occasion(page: groupings.GroupingPage, at: datetime) -> list[Section]:
    """The tender or the need that the members look at together, where there is one."""
    found = offers.occasion_of(page.grouping) if page.grouping.need else None
    return [Section("desk/_occasion.html", found)] if found else []


@dataclass(frozen=True, slots=True)
class Offered:
    """What the members offer together, and where to begin an answer to their occasion."""

    bids: list[Offer]
    need: str
    grouping: str
    voice: str


def _offered(page: groupings.GroupingPage, found: list[Offer], at: datetime) -> Section:
    """The joint bids of this grouping."""
    need = page.grouping.need.rpartition("/")[2] if page.grouping.need else ""
    answered = any(bid.kind == Bid.Kind.TENDER and bid.living for bid in found)
    data = Offered(found[:MOST_PAPERS], "" if answered else need, page.grouping.public_id, page.me.voice)
    dates = [
        Coming(bid.deadline, _("Remise de l’offre"), bid.title, reverse("offers:bid", args=[bid.public_id]))
        for bid in found
        if bid.deadline and bid.deadline > at and bid.living
    ]
    return Section("desk/_bids.html", data, dates)


SECTIONS: tuple[Callable[[groupings.GroupingPage, datetime], Iterable[Section]], ...] = (
    occasion,
    decisions,
    shelf,
)
PLACES = ("desk/_occasion.html", "desk/_bids.html", "desk/_decisions.html", "desk/_papers.html")
"""In which order cards stand; what is not named here comes last."""
DATES: tuple[Callable[[groupings.GroupingPage, datetime], Iterable[Coming]], ...] = (answers_awaited,)


@dataclass(frozen=True, slots=True)
class Overview:
    """A grouping, seen from every room."""

    page: groupings.GroupingPage
    gate: journeys.GatePage | None
    sections: list[Section]
    dates: list[Coming]
    entries: list[BookLine]
    checked: Checked | None

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
    journeys.know_decisions(page.grouping)
    found = [section for compose in SECTIONS for section in compose(page, at)]
    found.sort(key=lambda one: PLACES.index(one.template) if one.template in PLACES else len(PLACES))
    entries = list(acts_of(page.grouping.book)[:5])
    coming = [date for read in DATES for date in read(page, at)]
    coming += [date for section in found for date in section.dates]
    dates = sorted(coming, key=lambda date: date.at)
    return Overview(
        page,
        journeys.gate_page(page.grouping, voice=page.me.voice),
        found,
        dates[:4],
        lines(entries, groupings.seats_with_offices(page.grouping)),
        checked_before(page.grouping.book, next(iter(entries), None)),
    )
