"""A joint bid as its members see it, and the list of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, Substr
from django.utils.timezone import localtime

from cordee.engines.procurement import CASES, Line, may_change, step_label
from cordee.governance.models import Ballot
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import Membership, membership
from cordee.offers.models import (
    Bid,
    BidMember,
    BidPart,
    BidQuestion,
    BidStep,
    CatalogueItem,
    VolumePool,
)
from cordee.offers.permissions import bids_open_to
from cordee.offers.reads.checklist import (
    Check,
    PaperLine,
    capacity_lines,
    checklist,
    paper_lines,
    papers_of,
    with_figures,
)
from cordee.offers.reads.competition import YEAR, team_of
from cordee.offers.reads.next_step import Next, next_step
from cordee.offers.reads.sums import shown_figures


def my_bids(person: Person) -> models.QuerySet[Bid]:
    """Every joint bid of one's groupings, and those that one assembles."""
    return bids_open_to(person).select_related("grouping").distinct().order_by("-opened_at", "-id")


def bid_of(person: Person, public_id: str, *, voice: str = "", whole: bool = False) -> tuple[Bid, Membership]:
    """A bid, reached through a seat of its grouping; a stranger finds nothing."""
    bid = _bid(public_id, whole=whole)
    return bid, membership(person, bid.grouping.public_id, voice=voice)


def _bid(public_id: str, *, whole: bool = False) -> Bid:
    """The bid with its roles; `whole`: with its note, the outcome of its vote, how many of its kind this year, too."""
    asked = Bid.objects.filter(public_id=public_id).select_related(
        "grouping", "need", "lead__company", "contact__company", "contact__holder", "deputy__company",
        "deputy__holder", "assembler", "opened_by__company", "client_person",
    )  # fmt: skip
    if whole:
        same = Bid.objects.filter(
            grouping=OuterRef("grouping"), kind=OuterRef("kind"), opened_at__gt=OuterRef("opened_at") - YEAR
        )
        counted = same.exclude(pk=OuterRef("pk")).order_by().values("kind").annotate(count=models.Count("pk"))
        ballot = Ballot.objects.filter(public_id=Substr(OuterRef("go_ballot"), len("governance/ballot/") + 1))
        asked = asked.select_related("note").annotate(
            times=Coalesce(Subquery(counted.values("count")), 0),
            vote=Subquery(ballot.values("outcome")[:1]),
            one_left=Exists(BidMember.objects.filter(bid=OuterRef("pk")).exclude(left_at=None)),
        )
    found = asked.first()
    if found is None:
        raise NotYours
    return found


def assembled_by(person: Person, public_id: str) -> Bid:
    """A bid, for the one who assembles it; for anybody else it is not there."""
    bid = _bid(public_id)
    if bid.assembler_id != person.pk:
        raise NotYours
    return bid


def part_of(bid: Bid, public_id: str) -> BidPart:
    """One part of a bid."""
    found = bid.parts.filter(public_id=public_id).select_related("seat__company", "bid__grouping", "lot").first()
    if found is None:
        raise NotYours
    return found


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the planning, in words."""

    step: BidStep
    label: str
    late: bool


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part in the list: whose, whether it is priced; never at what price."""

    part: BidPart
    priced: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote « on y va ? »: where it is, how it ended."""

    public_id: str
    outcome: str


@dataclass(frozen=True, slots=True)
class BidPage:
    """The workspace of a bid, for one seat."""

    bid: Bid
    me: Membership
    members: list[BidMember]
    mine: BidMember | None
    parts: list[PartLine]
    steps: list[StepLine]
    checks: list[Check]
    capacity: tuple[Line, ...]
    papers: list[PaperLine]
    questions: list[BidQuestion]
    total: int | None
    vote: Vote | None
    leads: bool
    assembles: bool
    frozen_why: str
    cases: list[tuple[str, str]]
    next: Next
    away: bool = False  # the contact is away, the deputy answers

    @property
    def done(self) -> int:
        return sum(check.done for check in self.checks)

    @property
    def lacking_first(self) -> list[Check]:
        """The checklist, what lacks before what is done."""
        return sorted(self.checks, key=lambda check: check.done)


def bid_page(person: Person, public_id: str, *, at: datetime, voice: str = "") -> BidPage:
    """Everything about one bid but the prices."""
    bid, me = bid_of(person, public_id, voice=voice, whole=True)
    on, lang = localtime(at).date(), language()
    tender = bid.kind == Bid.Kind.TENDER
    members = with_figures(bid)
    team, brought = team_of(bid, members), papers_of(members) if tender else []
    lines = paper_lines(bid, on=on, members=members, papers=brought) if tender else []
    outcome = dict(Ballot.Outcome.choices).get(bid.vote or "", "")  # type: ignore[attr-defined]
    checks, leads = checklist(bid, on=on, team=team, papers=lines), me.seat.pk == (bid.lead_id or bid.opened_by_id)
    stage = {"preparing": "before", "won": "signed"}.get(bid.state, "frozen")
    return BidPage(
        bid=bid,
        me=me,
        members=members,
        mine=next((one for one in members if one.seat_id == me.seat.pk), None),
        parts=[PartLine(part, part.pk in team.priced, part.seat_id == me.seat.pk) for part in team.parts],
        steps=[
            StepLine(step, step_label(step.code, lang), step.done_at is None and step.day < on)
            for step in bid.steps.all()
        ],
        checks=checks,
        capacity=capacity_lines(bid, members, brought) if tender else (),
        papers=lines,
        questions=list(bid.questions.select_related("asked_by__company")) if tender else [],
        total=_total(bid, me, team.parts),
        vote=Vote(bid.go_ballot.rpartition("/")[2], str(outcome)) if bid.go_ballot else None,
        leads=leads,
        assembles=bid.assembler_id == person.pk,
        frozen_why=may_change(stage, lang=lang).why,  # type: ignore[arg-type]
        cases=[(code, words[lang == "en"]) for code, words in CASES.items()],
        next=next_step(bid, me, team=team, checks=checks, papers=lines, leads=leads),
        away=bid.deputy_id is not None and bid.away_until is not None and bid.away_until >= on,
    )


def _total(bid: Bid, me: Membership, parts: Sequence[BidPart]) -> int | None:
    """The sum that all may see; None where fewer than three stand behind it, or where it would tell one price."""
    if bid.total_cents is None or len({part.seat_id for part in parts}) < 3:
        return None
    if bid.kind == Bid.Kind.TENDER:  # a second total, after one member left, would tell what that one asked
        return None if bid.one_left else bid.total_cents  # type: ignore[attr-defined]
    shown = shown_figures(bid, list(bid.variants.all()), viewer=me.seat.pk, parts=parts)
    figures = list(shown.values())[-1] if shown else None
    return figures["net"] if figures else None


def seats_of(grouping: Grouping) -> list[Seat]:
    """The seats that may be named for a role."""
    found = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).select_related("company", "holder")
    return list(found.order_by("id"))


def catalogue_of(grouping: Grouping) -> list[CatalogueItem]:
    """What the members of a grouping sell."""
    return list(CatalogueItem.objects.filter(grouping=grouping).select_related("seat__company"))


def volumes_of(grouping: Grouping) -> list[VolumePool]:
    """The common purchases of a grouping."""
    return list(VolumePool.objects.filter(grouping=grouping).prefetch_related("pledges__seat__company"))
