"""The pages of a grouping: every way from here, the yearly question, who comes and goes, ties, signs, the end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from cordee.directory.models import Place
from cordee.engines import lifecycle
from cordee.governance.models import Ballot, DecisionType, Resolution, Voter
from cordee.governance.reads import rule_for, rule_sentences
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.register.models import Entry
from cordee.groupings.models import (
    Departure,
    Exemption,
    FinalStatement,
    Grouping,
    Holding,
    JoinRequest,
    Office,
    Review,
    ReviewAnswer,
    Seat,
    Settling,
)
from cordee.groupings.permissions import may_see_departure
from cordee.groupings.reads import GroupingPage
from cordee.journeys.reads.gates import GatePage, all_ways, facts, know_decisions, legal_representatives
from cordee.journeys.reads.ties import Ties, ties
from cordee.journeys.reads.turns import TURNS
from cordee.money.models import Transfer

GOING = (Departure.State.HEARING, Departure.State.VOTING, Departure.State.NOTICE)


@dataclass(frozen=True, slots=True)
class LifePage:
    """Where a grouping stands and every way on, back or out."""

    ways: list[GatePage]
    voting: Mapping[str, Ballot]  # open votes on a turn of life, by their effect
    below: str  # what to decide when too few companies are left; empty when there are enough
    two: bool  # going on as two may be chosen or proposed
    review: Review | None
    departures: list[Departure]
    asked: int
    signs: list[str]


def life_page(page: GroupingPage, *, at: datetime) -> LifePage:
    """The page « Étapes » of a grouping."""
    grouping = page.grouping
    know_decisions(grouping)
    known = facts(grouping)
    found = lifecycle.minimum(known, grouping.below_since, localtime(at).date())
    below = "" if found.state == "enough" else lifecycle.say_minimum(found, language())
    informal_two = known.stage in ("exchange", "collective") and known.independent == 2 and not known.partnership
    ballots = Ballot.objects.filter(grouping=grouping, closed_at=None, resolution__effect__in=[*TURNS, "purpose"])
    return LifePage(
        all_ways(grouping, voice=page.me.voice),
        {each.resolution.effect: each for each in ballots.select_related("resolution")},
        below,
        informal_two or "partnership" in found.ways,
        grouping.reviews.filter(closed_at=None).first(),
        departures_seen(page.me.seat, grouping),
        grouping.__dict__["asked"],
        [lifecycle.say_sign(sign, language()) for sign in signs_for(page, at=at)],
    )


def departures_seen(seat: Seat, grouping: Grouping) -> list[Departure]:
    """The departures under way that this seat may know of."""
    going = Departure.objects.filter(grouping=grouping, state__in=GOING).select_related("seat__company", "asked_by")
    return [each for each in going.order_by("pk") if may_see_departure(seat, each)]


def departure_of(seat: Seat, public_id: str) -> Departure:
    """One departure of a grouping, for who may see it."""
    found = (
        Departure.objects.filter(grouping=seat.grouping_id, public_id=public_id)
        .select_related("seat__company", "seat__holder", "asked_by__company", "grouping")
        .first()
    )
    if found is None or not may_see_departure(seat, found):
        raise NotYours
    return found


def would_leave_on(grouping: Grouping, *, at: datetime) -> date:
    """The day on which a withdrawal announced now would take effect."""
    return lifecycle.withdrawal_effective(localtime(at).date(), grouping.notice_months)


# --- The yearly question ---


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The yearly question: who answered what, and what follows."""

    review: Review | None  # the one under way, else the last one
    answers: list[tuple[Seat, ReviewAnswer | None]]
    mine: ReviewAnswer | None
    past: list[Review]
    rules: list[tuple[str, list[str]]]  # under which rule each answer is decided, in words
    decided: bool  # the answers were the vote itself

    @property
    def open(self) -> bool:
        return self.review is not None and self.review.closed_at is None

    @property
    def ballot(self) -> str:
        """The vote on the end that this question opened by itself; empty when it opened none."""
        return self.review.decision.rpartition("/")[2] if self.review else ""


def review_page(page: GroupingPage) -> ReviewPage:
    """Answers are shown once one has given one's own, or once the question is closed: nobody follows the first one."""
    every = list(page.grouping.reviews.order_by("-opened_at"))
    current = next((each for each in every if each.closed_at is None), every[0] if every else None)
    given = {each.seat_id: each for each in current.answers.all()} if current else {}
    answers = [(member.seat, given.get(member.seat.pk)) for member in page.members]
    past = [each for each in every if each is not current]
    seats = len(page.members)
    words = [
        (str(Review.Outcome(option).label), rule_sentences(rule_for(page.grouping, kind), seats)[1:3])
        for option, kind in RULED_BY
    ]
    decision = current.decision.rpartition("/")[2] if current else ""
    voted = Ballot.objects.filter(public_id=decision, closed_at__isnull=False).first() if decision else None
    decided = voted is not None and voted.opened_at == voted.closed_at
    return ReviewPage(current, answers, given.get(page.me.seat.pk), past, words, decided)


RULED_BY = (
    (Review.Outcome.WIND_UP, DecisionType.WINDING_UP),
    (Review.Outcome.CHANGE, DecisionType.PURPOSE),
    (Review.Outcome.PAUSE, DecisionType.ORDINARY),
)
"""The rule under which each answer to the yearly question is decided, the gravest first. Going on needs none."""


# --- Independence ---


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie between two companies, in words; `apart` asks for a reason, `noted` is for information."""

    text: str
    first: str
    second: str
    refused: bool
    justified: bool


@dataclass(frozen=True, slots=True)
class IndependencePage:
    """How many companies count, what ties them, what each has declared of itself."""

    companies: int
    independent: int
    lines: list[TieLine]
    mine: list[Holding]
    exemptions: list[Exemption]


def independence_page(page: GroupingPage) -> IndependencePage:
    """The check of independence, with its reasons."""
    seats = [member.seat for member in page.members]
    by_company = {seat.company.public_id: seat for seat in seats}
    names: dict[str, str] = {key: str(seat.company) for key, seat in by_company.items()}
    leaders: dict[int, set[str]] = {seat.company_id: {seat.holder.name or str(seat.holder)} for seat in seats}
    for each in legal_representatives(list(leaders)).select_related("person"):
        leaders[each.company_id].add(each.person.name or str(each.person))
    heads = Place.objects.filter(company__in=leaders, is_head=True).exclude(street="")
    addresses = {place.company_id: f"{place.street}, {place.postcode} {place.city}" for place in heads}
    tied: Ties = ties(page.grouping, seats)
    companies = tuple(
        lifecycle.Company(
            seat.company.public_id,
            frozenset(leaders[seat.company_id]),
            owners=tied.owners.get(seat.company_id, {}),
            group=seat.company.capital_group,
            address=addresses.get(seat.company_id, ""),
            supplies=tied.supplies.get(seat.company_id, frozenset()),
        )
        for seat in seats
    )
    found = lifecycle.independence(companies, tied.overrides)
    lines = []
    for link in found.links:
        said = replace(
            link, words=replace(link.words, facts=tuple((k, names.get(str(v), v)) for k, v in link.words.facts))
        )
        first, second = by_company[link.first], by_company[link.second]
        text = lifecycle.say_link(said, language())
        lines.append(TieLine(text, first.public_id, second.public_id, link.refused, bool(link.justified)))
    mine = Holding.objects.filter(company=page.me.seat.company_id, ended_at=None).select_related("other")
    exempted = page.grouping.exemptions.select_related("first", "second", "by__company")
    return IndependencePage(len(seats), found.count, lines, list(mine), list(exempted))


# --- Requests ---


def requests_of(grouping: Grouping) -> list[JoinRequest]:
    """Every request, those that wait first."""
    found = grouping.requests.select_related("company", "person").order_by("-asked_at")
    order = ["asked", "voting", "accepted", "declined", "withdrawn"]
    return sorted(found, key=lambda each: order.index(each.state))


def grouping_behind(door: str) -> Grouping:
    """The grouping whose page for requests has this address; nothing once it is shut."""
    found = Grouping.objects.filter(door=door).exclude(stage__in=["winding_up", "closed"]).first() if door else None
    if found is None:
        raise NotYours
    return found


# --- Signs ---


def signs_of(grouping: Grouping, *, at: datetime) -> list[lifecycle.Sign]:
    """What the register shows of a drift, of each company and of all: six queries, whatever the size."""
    if grouping.paused_at or grouping.stage in ("winding_up", "closed"):
        return []
    seats = list(Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER))
    last: dict[str, str] = {}
    for by, when in Entry.objects.filter(book=grouping.book).values_list("by").annotate(when=models.Max("at")):
        last[by.partition(" ")[2]] = max(when, last.get(by.partition(" ")[2], ""))
    recent = Ballot.objects.filter(grouping=grouping, closed_at__isnull=False).order_by("-closed_at").values("pk")[:8]
    asked: dict[int, list[bool]] = {}
    voters = Voter.objects.filter(ballot__in=list(recent.values_list("pk", flat=True)), withdrawn_at=None)
    for voter in voters.values("seat", "cast_at", "proxy_to"):
        asked.setdefault(voter["seat"], []).append(voter["cast_at"] is not None or voter["proxy_to"] is not None)
    owed = (
        Transfer.objects.filter(pool__grouping=grouping, paid_at=None)
        .values_list("debtor")
        .annotate(since=models.Min("made_at"))
    )
    since = {debtor: localtime(when).date() for debtor, when in owed}
    undone = Resolution.objects.filter(
        grouping=grouping, effect_at=None, ballots__outcome=Ballot.Outcome.ADOPTED, ballots__closed_at__isnull=False
    ).exclude(effect__in=["", "answer"])
    days = [localtime(day).date() for day in undone.values_list("ballots__closed_at", flat=True) if day]
    members = tuple(
        lifecycle.MemberLife(
            seat.public_id,
            localtime(seat.answered_at or seat.invited_at).date(),
            _day(last.get(f"groupings/seat/{seat.public_id}", "")),
            len(asked.get(seat.pk, [])),
            sum(asked.get(seat.pk, [])),
            since.get(seat.pk),
        )
        for seat in seats
    )
    newest = _day(max(last.values(), default="")) or localtime(grouping.created_at).date()
    return list(lifecycle.signs(lifecycle.Life(members, newest, tuple(days)), localtime(at).date()))


def _day(text: str) -> date | None:
    return localtime(datetime.fromisoformat(text)).date() if text else None


def signs_for(page: GroupingPage, *, at: datetime) -> list[lifecycle.Sign]:
    """The signs that this seat may read: its own, those of all, and everything for whoever leads."""
    mine = page.me.seat.public_id
    return [sign for sign in signs_of(page.grouping, at=at) if page.leads or sign.member in ("", mine)]


# --- The end ---

ITEMS = {
    "contracts": (gettext_lazy("Contrats"), gettext_lazy("Terminés, ou transmis à un membre qui les reprend.")),
    "guarantees": (
        gettext_lazy("Garanties"),
        gettext_lazy("Qui répond de chacune, jusqu’à son terme (dix ans pour un ouvrage)."),
    ),
    "employees": (gettext_lazy("Salariés"), gettext_lazy("Repris, ou contrat terminé dans les règles.")),
    "brand": (gettext_lazy("Marque et nom"), gettext_lazy("À qui ils reviennent : marque, nom de domaine, logo.")),
    "client_data": (gettext_lazy("Données des clients"), gettext_lazy("Rendues ou effacées.")),
    "receivables": (gettext_lazy("Créances"), gettext_lazy("Encaissées, ou suivies par quelqu’un de nommé.")),
    "archive": (gettext_lazy("Archive"), gettext_lazy("Téléchargée par chaque membre, et gardée.")),
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of the ending."""

    item: str
    title: str
    hint: str
    row: Settling | None
    may: bool


@dataclass(frozen=True, slots=True)
class WindingUpPage:
    """What is left before the archive."""

    items: list[ItemLine]
    statements: list[FinalStatement]
    mine: FinalStatement | None
    lead: Office | None
    gate: GatePage | None
    voting: Ballot | None

    @property
    def settled(self) -> int:
        return sum(1 for line in self.items if line.row is not None and line.row.state != "todo")


def winding_up_page(page: GroupingPage) -> WindingUpPage:
    """The checklist, the statements, the last vote."""
    grouping = page.grouping
    rows = {row.item: row for row in grouping.settlings.select_related("owner__company")}
    items = [
        ItemLine(
            item,
            str(ITEMS[item][0]),
            str(ITEMS[item][1]),
            rows.get(item),
            page.me.binds and item in rows and (page.leads or rows[item].owner_id == page.me.seat.pk),
        )
        for item in lifecycle.CHECKLIST
    ]
    statements = list(grouping.statements.filter(seat__state=Seat.State.MEMBER).select_related("seat__company"))
    mine = next((each for each in statements if each.seat_id == page.me.seat.pk), None)
    lead = Office.objects.filter(grouping=grouping, role=Office.Role.CLOSING, until=None).select_related(
        "seat__company"
    )
    ways = all_ways(grouping, voice=page.me.voice) if grouping.stage == Grouping.Stage.WINDING_UP else []
    gate = next((each for each in ways if each.to == "closed"), None)
    voting = Ballot.objects.filter(grouping=grouping, closed_at=None, resolution__effect="closing").first()
    return WindingUpPage(items, statements, mine, lead.first(), gate, voting)


def statement_seen(seat: Seat, public_id: str) -> FinalStatement:
    """One final statement of a grouping."""
    found = FinalStatement.objects.filter(grouping=seat.grouping_id, public_id=public_id).first()
    if found is None:
        raise NotYours
    return found
