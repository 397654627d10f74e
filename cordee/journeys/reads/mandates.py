"""Who acts and prepares for the companies of a grouping, who is welcomed in it, and what a guest sees."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.models import Agreement
from cordee.directory.models import Representative
from cordee.governance.models import Ballot, DecisionType, Meeting, Prepared
from cordee.ground.files.models import Document
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Person
from cordee.groupings.models import Grouping, Guest, GuestConsent, Mandate, Seat
from cordee.groupings.reads import (
    GroupingPage,
    Membership,
    Step,
    kind_word,
    know_seats,
    rope,
    seats_with_offices,
)
from cordee.journeys.reads.gates import gate_page, with_decisions


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One mandate, in words."""

    mandate: Mandate
    scope: str
    limit: str
    days: str
    ahead: bool  # its day has not come


@dataclass(frozen=True, slots=True)
class MandatesPage:
    """The mandates of my company; who substitutes in the others."""

    mine: list[MandateLine]
    others: list[MandateLine]
    past: list[MandateLine]
    may_give: bool


def mandates_page(me: Membership) -> MandatesPage:
    """Everybody sees who may bind each company; only one's own company sees who prepares for it."""
    found = Mandate.objects.filter(seat__grouping=me.grouping, seat__state=Seat.State.MEMBER)
    lines = [_line(one) for one in found.select_related("person", "seat__company").order_by("-given_at", "-pk")]
    own = [line for line in lines if line.mandate.seat_id == me.seat.pk]
    others = [
        line
        for line in lines
        if line not in own and line.mandate.kind != Mandate.Kind.PREPARES and not line.mandate.ended_at
    ]
    return MandatesPage(
        [line for line in own if not line.mandate.ended_at],
        others,
        [line for line in own if line.mandate.ended_at],
        me.role == "holder" and me.grouping.stage != Grouping.Stage.CLOSED,
    )


def _line(mandate: Mandate) -> MandateLine:
    words = dict(DecisionType.choices)
    scope = (
        ", ".join(str(words[each]).lower() for each in mandate.types) if mandate.types else _("toutes les décisions")
    )
    limit = _("jusqu’à %(most)s") % {"most": euros(mandate.limit_cents)} if mandate.limit_cents else ""
    days = _("depuis le %(since)s") % {"since": date_format(mandate.since, "j F Y")}
    if mandate.begun_at is None and not mandate.ended_at:
        days = _("à partir du %(since)s") % {"since": date_format(mandate.since, "j F Y")}
    if mandate.until:
        days = _("%(since)s, jusqu’au %(until)s") % {"since": days, "until": date_format(mandate.until, "j F Y")}
    return MandateLine(mandate, scope, limit, days, mandate.begun_at is None)


def mandate_of(me: Membership, public_id: str) -> Mandate:
    """One mandate of my company, or one that binds another company here."""
    found = Mandate.objects.filter(seat__grouping=me.grouping, public_id=public_id).select_related(
        "seat__grouping", "paper"
    )
    one = found.first()
    if one is None or (one.seat_id != me.seat.pk and one.kind == Mandate.Kind.PREPARES):
        raise NotYours
    return one


def mandate_paper(me: Membership, public_id: str) -> Document:
    """The writing of a mandate: whoever binds a company, the others may read by what right."""
    paper = mandate_of(me, public_id).paper
    if paper is None:
        raise NotYours
    return paper


# --- Guests ---


@dataclass(frozen=True, slots=True)
class GuestLine:
    """One guest, as members see it: who has agreed, who is awaited."""

    guest: Guest
    open: bool
    agreed: list[str]
    awaited: list[str]
    refused: list[str]
    mine: bool | None  # what my company said; None: nothing yet


@dataclass(frozen=True, slots=True)
class GuestsPage:
    """Who is welcomed in a grouping, or asked to be."""

    lines: list[GuestLine]


def guests_page(page: GroupingPage) -> GuestsPage:
    """Each guest, with the consent of each member company."""
    lines = []
    guests = list(
        page.grouping.guests.filter(ended_at=None).select_related("person", "asked_by__company").order_by("pk")
    )
    said: dict[int, dict[int, bool]] = {guest.pk: {} for guest in guests}
    for consent in GuestConsent.objects.filter(guest__in=guests):
        said[consent.guest_id][consent.seat_id] = consent.agreed
    for guest in guests:
        given = said[guest.pk]
        names: dict[bool | None, list[str]] = {True: [], False: [], None: []}
        for member in page.members:
            names[given.get(member.seat.pk)].append(member.name)
        shut = names[None] or names[False]
        lines.append(GuestLine(guest, not shut, names[True], names[None], names[False], given.get(page.me.seat.pk)))
    return GuestsPage(lines)


def guest_of(grouping: Grouping, public_id: str) -> Guest:
    """One guest of a grouping."""
    found = grouping.guests.filter(public_id=public_id, ended_at=None).select_related("grouping", "person").first()
    if found is None:
        raise NotYours
    return found


@dataclass(frozen=True, slots=True)
class Accompanied:
    """One grouping that a guest is asked to, or sees."""

    guest: Guest
    grouping: Grouping
    open: bool
    companies: int
    kind: str
    steps: list[Step]
    votes: int  # questions under vote
    next: str


def accompanied_by(person: Person) -> list[Accompanied]:
    """Every grouping in which somebody is a guest, those that are open first: six queries, however many."""
    guests = list(Guest.objects.filter(person=person, ended_at=None).prefetch_related("consents").order_by("pk"))
    mine = with_decisions(Grouping.objects.filter(pk__in=[guest.grouping_id for guest in guests]))
    groupings = {grouping.pk: grouping for grouping in mine}
    know_seats(list(groupings.values()))
    legal = Representative.objects.filter(
        company__in=[seat.company_id for each in groupings.values() for seat in seats_with_offices(each)], until=None
    )
    known, lines = list(legal.order_by("id")), []
    for guest in guests:
        grouping = groupings[guest.grouping_id]
        grouping.__dict__["legal"] = known
        members = [seat.pk for seat in seats_with_offices(grouping) if seat.state == Seat.State.MEMBER]
        agreed = {each.seat_id for each in guest.consents.all() if each.agreed}
        welcome = set(members) <= agreed
        gate = gate_page(grouping) if welcome else None
        missing = next((point.label for point in gate.points if not point.ok), "") if gate else ""
        votes = grouping.__dict__["open_ballots"] if welcome else 0
        kind = kind_word(grouping, len(members))
        lines.append(Accompanied(guest, grouping, welcome, len(members), kind, rope(grouping), votes, missing))
    return sorted(lines, key=lambda line: (not line.open, line.guest.pk))


@dataclass(frozen=True, slots=True)
class GuestPage:
    """A grouping as its guest sees it: no amount, no vote of anybody, no conversation."""

    guest: Guest
    grouping: Grouping
    kind: str
    steps: list[Step]
    members: list[tuple[Seat, str]]
    voting: list[Ballot]
    decided: list[Ballot]
    meetings: list[Meeting]
    papers: list[Agreement]
    missing: list[str]
    prepared: list[Prepared]

    @property
    def prepares(self) -> bool:
        return self.guest.kind == Guest.Kind.FACILITATOR and self.grouping.stage != Grouping.Stage.CLOSED


def guest_page(person: Person, public_id: str, *, at: datetime) -> GuestPage:
    """What a guest sees, as long as every member agrees: eleven queries."""
    agreed = GuestConsent.objects.filter(guest=OuterRef(OuterRef("pk")), agreed=True).values("seat")
    others = Seat.objects.filter(grouping=OuterRef("grouping"), state=Seat.State.MEMBER).exclude(pk__in=agreed)
    mine = Guest.objects.filter(person=person, grouping__public_id=public_id, ended_at=None)
    found = mine.exclude(Exists(others)).select_related("grouping").first()
    if found is None:
        raise NotYours
    grouping = found.grouping
    seats = [seat for seat in seats_with_offices(grouping) if seat.state == Seat.State.MEMBER]
    ballots = list(
        Ballot.objects.filter(grouping=grouping)
        .select_related("resolution__proposed_by__company")
        .order_by(F("closed_at").desc(nulls_first=True), "closes_at")[:30]
    )
    today = localtime(at)
    gate = gate_page(grouping)
    return GuestPage(
        found,
        grouping,
        kind_word(grouping, len(seats)),
        rope(grouping),
        [(seat, ", ".join(str(office.get_role_display()) for office in seat.offices.all())) for seat in seats],
        [ballot for ballot in ballots if ballot.is_open],
        [ballot for ballot in ballots if not ballot.is_open][:10],
        list(Meeting.objects.filter(grouping=grouping, starts_at__gte=today).order_by("starts_at")[:5]),
        list(Agreement.objects.filter(grouping=grouping).exclude(state=Agreement.State.DRAFT).order_by("-pk")[:20]),
        [point.label for point in gate.points if not point.ok] if gate else [],
        list(Prepared.objects.filter(grouping=grouping, by=person, dropped_at=None).order_by("-pk")[:20]),
    )
