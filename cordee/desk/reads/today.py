"""What awaits somebody, over all their groupings: what blocks others first, then the nearest deadline.

Holds   a fixed number of queries, however many groupings, votes and payments there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.agreements import reads as agreements
from cordee.desk.reads.books import BookLine, acts_of, lines
from cordee.desk.reads.items import (
    Item,
    answer_item,
    awaited,
    gate_items,
    need_item,
    ordered,
    own_seats,
    paper_item,
    payment_item,
    vote_item,
)
from cordee.desk.reads.overview import Coming, hour, vote_closing
from cordee.directory.models import Representative
from cordee.governance import reads as governance
from cordee.governance.models import Voter
from cordee.ground.kit.counting import count_of
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.people.models import Person
from cordee.ground.signing.models import Signatory
from cordee.groupings import reads as groupings
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.groupings.permissions import seats_open_to
from cordee.journeys import reads as journeys
from cordee.money import reads as money
from cordee.money.models import Transfer
from cordee.offers.models import Need
from cordee.offers.permissions import needs_open_to

TWO_WEEKS = timedelta(days=14)
DATES_SHOWN, NEEDS_SHOWN, ACTS_SHOWN = 5, 3, 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the menu says on every page: how many acts are awaited, and the company one acts for."""

    count: int
    company: str


def waiting_for(person: Person, *, at: datetime) -> Waiting:
    """The figures of the menu, in one query."""
    acting = Representative.objects.filter(person=person, until=None).order_by("id")
    found = (
        Person.objects.filter(pk=person.pk)
        .annotate(
            votes=count_of(governance.open_votes(person, at=at).filter(governance.WAITING)),
            papers=count_of(agreements.to_sign(person, at=at)),
            payments=count_of(money.due_by(person)),
            invited=count_of(groupings.unanswered(person, at=at)),
            brand=models.Subquery(acting.values("company__brand_name")[:1]),
            legal_name=models.Subquery(acting.values("company__name")[:1]),
        )
        .values("votes", "papers", "payments", "invited", "brand", "legal_name")
        .get()
    )
    count = found["votes"] + found["papers"] + found["payments"] + found["invited"]
    return Waiting(count, found["brand"] or found["legal_name"] or "")


@dataclass(frozen=True, slots=True)
class Accounts:
    """What others owe my companies, what they owe."""

    to_receive: int
    to_pay: int

    @property
    def balance(self) -> int:
        return self.to_receive - self.to_pay


@dataclass(frozen=True, slots=True)
class Today:
    """The first page of a member."""

    items: list[Item]  # what others wait for
    ahead: list[Item]  # what one may move forward
    groupings: list[groupings.Line]
    closed: int
    accounts: Accounts | None
    dates: list[Coming]
    needs: list[Need]
    acts: list[BookLine]
    waiting: Waiting

    @property
    def calm(self) -> str:
        """« Votre prochain rendez-vous est mardi 17 mars, 18 h 30. »"""
        first = next(iter(self.dates), None)
        return _("Votre prochaine date : %(when)s.") % {"when": moment(first.at)} if first else ""


def today(person: Person, *, at: datetime) -> Today:
    """What awaits somebody, where their groupings stand, what is coming, what was done last."""
    mine = _my_groupings(person, at)
    voices = _voices(person, mine)
    votes = list(governance.open_votes(person, at=at))
    papers = list(agreements.to_sign(person, at=at))
    payments = list(money.open_transfers(person))
    invited = groupings.received(person, at=at)
    needs = list(_needs(person, at))
    company = _know_leaders(person, mine)
    due = [each for each in payments if each.paid_at or each.owes]  # type: ignore[attr-defined]
    names = {each.book: each.name for each in mine}
    items = [
        *(vote_item(each, voices, at) for each in votes if awaited(each)),
        *(paper_item(each, names, voices, at) for each in papers),
        *(answer_item(each, at) for each in invited),
        *(payment_item(each, voices) for each in due),
    ]
    near = [each for each in needs if each.deadline and each.deadline <= at + TWO_WEEKS]
    ahead = [*gate_items(person, mine, voices), *(need_item(each, at) for each in near)]
    living = [each for each in mine if each.stage != Grouping.Stage.CLOSED]
    known = [seat for each in mine for seat in groupings.seats_with_offices(each)]
    told = acts_of(*(each.book for each in mine)).filter(by__contains=" ")[:ACTS_SHOWN]  # those of members
    return Today(
        ordered(items, at),
        ordered(ahead, at),
        [_line(each) for each in living],
        len(mine) - len(living),
        _accounts(payments),
        _dates(votes, papers, invited, near, voices, names),
        [each for each in needs if each not in near][:NEEDS_SHOWN],
        lines(told, known) if mine else [],
        Waiting(len(items), company),
    )


def _my_groupings(person: Person, at: datetime) -> list[Grouping]:
    """With their seats and offices, and what their next step needs: three queries."""
    asked = Invitation.objects.filter(grouping=models.OuterRef("pk"), state=Invitation.State.SENT, expires_at__gt=at)
    found: list[Any] = list(
        journeys.with_decisions(Grouping.objects.filter(pk__in=seats_open_to(person).values("grouping")))
        .annotate(waiting=count_of(asked))
        .order_by("-stage_since", "-id")
    )
    groupings.know_seats(found)
    return found


def _know_leaders(person: Person, mine: Sequence[Grouping]) -> str:
    """Who leads the member companies, told to each grouping; and the company this person acts for."""
    companies = {seat.company_id for each in mine for seat in groupings.seats_with_offices(each)}
    found = list(
        Representative.objects.filter(models.Q(company__in=companies) | models.Q(person=person), until=None)
        .select_related("company")
        .order_by("id")
    )
    for each in mine:
        each.__dict__["legal"] = found
    return next((str(each.company) for each in found if each.person_id == person.pk), "")


def _voices(person: Person, mine: Iterable[Grouping]) -> dict[int, str]:
    """By seat: what an address carries where this person has several seats in one grouping."""
    found: dict[int, str] = {}
    for each in mine:
        seats = own_seats(person, each)
        found |= {seat.pk: f"?voix={seat.public_id}" if len(seats) > 1 else "" for seat in seats}
    return found


def _needs(person: Person, at: datetime) -> models.QuerySet[Need]:
    later = models.F("deadline").asc(nulls_last=True)
    still = models.Q(deadline=None) | models.Q(deadline__gt=at)
    return (
        needs_open_to(person).filter(still, state=Need.State.OPEN).defer("reading", "description").order_by(later)[:12]
    )


# --- Beside ---


def _line(grouping: Grouping) -> groupings.Line:
    members = sum(seat.state == Seat.State.MEMBER for seat in groupings.seats_with_offices(grouping))
    waiting = grouping.waiting  # type: ignore[attr-defined]
    kind = groupings.kind_word(grouping, members)
    return groupings.Line(grouping, members, waiting, groupings.rope(grouping), kind, _next(grouping))


def _next(grouping: Grouping) -> str:
    """« Ce qui manque pour s’engager : 2 points »."""
    gate = None if grouping.paused_at else journeys.gate_page(grouping)
    if gate is None or gate.open:
        return gate.title if gate else ""
    missing = ngettext("%(count)s point", "%(count)s points", gate.total - gate.held)
    return _("%(title)s : %(points)s") % {"title": gate.title, "points": missing % {"count": gate.total - gate.held}}


def _accounts(transfers: Iterable[Transfer]) -> Accounts | None:
    owed = paying = 0
    for each in transfers:
        owed += each.cents if each.is_owed else 0  # type: ignore[attr-defined]
        paying += each.cents if each.owes and each.paid_at is None else 0  # type: ignore[attr-defined]
    return Accounts(owed, paying) if owed or paying else None


def _dates(
    votes: Iterable[Voter],
    papers: Iterable[Signatory],
    invited: Iterable[groupings.Received],
    needs: Iterable[Need],
    voices: dict[int, str],
    names: dict[str, str],
) -> list[Coming]:
    """The next dates, the nearest first."""
    found = {
        each.ballot_id: vote_closing(each.ballot, voices.get(each.seat_id, ""), where=each.ballot.grouping.name)
        for each in votes
    }
    dates = [*found.values()]
    for paper in papers:
        until = paper.until
        where = names.get(paper.ceremony.book, paper.company)
        dates.append(Coming(until, _("Fin de la signature"), f"{hour(until)} · {where}"))
    for each in invited:
        if each.invitation.expires_at:
            dates.append(Coming(each.invitation.expires_at, _("Fin de l’invitation"), each.invitation.grouping.name))
    for need in needs:
        if need.deadline:
            url = reverse("offers:need", args=[need.public_id])
            dates.append(Coming(need.deadline, _("Remise de l’offre"), need.title, url))
    return sorted(dates, key=lambda date: date.at)[:DATES_SHOWN]


def greeting(person: Person, count: int) -> str:
    """« Bonjour Claire, quatre choses vous attendent »."""
    first = person.name.split()[0] if person.name.strip() else ""
    hello = _("Bonjour %(name)s") % {"name": first} if first else _("Bonjour")
    words = (
        "", "", _("deux"), _("trois"), _("quatre"), _("cinq"), _("six"), _("sept"), _("huit"), _("neuf"), _("dix")
    )  # fmt: skip
    if not count:
        return _("%(hello)s, rien ne vous attend") % {"hello": hello}
    if count == 1:
        return _("%(hello)s, une chose vous attend") % {"hello": hello}
    number = words[count] if count < len(words) else str(count)
    return _("%(hello)s, %(number)s choses vous attendent") % {"hello": hello, "number": number}


def date_line(at: datetime) -> str:
    """« Jeudi 12 mars 2026 »."""
    words = date_format(localtime(at), "l j F Y")
    return words[:1].upper() + words[1:]
