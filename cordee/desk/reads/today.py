"""What awaits somebody, over all their groupings: what blocks others first, then the nearest deadline.

Holds   a fixed number of queries, however many groupings, votes and payments there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.agreements import reads as agreements
from cordee.desk.reads.books import BookLine, acts_of, lines
from cordee.desk.reads.overview import Coming, hour, vote_closing
from cordee.directory.models import Representative
from cordee.governance import reads as governance
from cordee.governance.models import Voter
from cordee.ground.kit.counting import count_of
from cordee.ground.kit.money import euros
from cordee.ground.kit.templatetags.cordee import deadline, moment
from cordee.ground.people.models import Person
from cordee.ground.signing.models import Signatory
from cordee.groupings import reads as groupings
from cordee.groupings.models import Grouping, Invitation, Seat
from cordee.groupings.permissions import LEADING, seats_open_to
from cordee.journeys import reads as journeys
from cordee.money import reads as money
from cordee.money.models import Transfer
from cordee.offers.models import Need
from cordee.offers.permissions import needs_open_to

SOON = timedelta(hours=48)
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
class Item:
    """One act that awaits me: its kind and grouping, what it is, until when, one button."""

    icon: str
    tone: str
    kind: str
    title: str
    button: str
    url: str
    note: str = ""
    soon: str = ""
    until: datetime | None = None
    blocks: bool = False  # others cannot go on without it
    post: bool = False  # the button does something: it is not a link


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
        return _("Votre prochaine date : %(when)s.") % {"when": moment(first.at)} if first else ""


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
        *(_vote(each, voices, at) for each in votes if _awaited(each)),
        *(_paper(each, names, voices, at) for each in papers),
        *(_answer(each, at) for each in invited),
        *(_payment(each, voices) for each in due),
    ]
    near = [each for each in needs if each.deadline and each.deadline <= at + TWO_WEEKS]
    ahead = [*_gates(person, mine, voices), *(_need(each, at) for each in near)]
    living = [each for each in mine if each.stage != Grouping.Stage.CLOSED]
    known = [seat for each in mine for seat in groupings.seats_with_offices(each)]
    told = acts_of(*(each.book for each in mine)).filter(by__contains=" ")[:ACTS_SHOWN]  # those of members
    return Today(
        _ordered(items, at),
        _ordered(ahead, at),
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
    found = list(
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
        seats = _seats(person, each)
        found |= {seat.pk: f"?voix={seat.public_id}" if len(seats) > 1 else "" for seat in seats}
    return found


def _seats(person: Person, grouping: Grouping) -> list[Seat]:
    return [
        seat
        for seat in groupings.seats_with_offices(grouping)
        if seat.state == Seat.State.MEMBER and person.pk in (seat.holder_id, seat.substitute_id)
    ]


def _needs(person: Person, at: datetime) -> models.QuerySet[Need]:
    later = models.F("deadline").asc(nulls_last=True)
    still = models.Q(deadline=None) | models.Q(deadline__gt=at)
    return (
        needs_open_to(person).filter(still, state=Need.State.OPEN).defer("reading", "description").order_by(later)[:12]
    )


# --- One line each ---


def _awaited(voter: Voter) -> bool:
    return not voter.choice and voter.withdrawn_at is None and voter.proxy_to_id is None


def _vote(voter: Voter, voices: dict[int, str], at: datetime) -> Item:
    ballot, voted, entitled = voter.ballot, voter.voted, voter.entitled  # type: ignore[attr-defined]
    needed = governance.needed(ballot, entitled)
    progress = ngettext("%(voted)s votant sur %(all)s", "%(voted)s votants sur %(all)s", voted) % {
        "voted": voted,
        "all": entitled,
    }
    if voted < needed:
        progress += _(", il en faut %(needed)s") % {"needed": needed}
    elif voted == entitled - 1:
        progress += _(", il manque le vôtre")
    return Item(
        "thumb-up",
        "rope",
        _("Vote · %(where)s") % {"where": ballot.grouping.name},
        ballot.resolution.title,
        _("Voter"),
        reverse("governance:ballot", args=[ballot.public_id]) + voices.get(voter.seat_id, ""),
        progress,
        _("Clôture %(until)s") % {"until": deadline(ballot.closes_at, at)},
        ballot.closes_at,
        voted < needed or voted == entitled - 1,
    )


def _paper(signatory: Signatory, names: dict[str, str], voices: dict[int, str], at: datetime) -> Item:
    ceremony, signed, asked = signatory.ceremony, signatory.signed, signatory.asked  # type: ignore[attr-defined]
    progress = ngettext("%(signed)s signature sur %(all)s", "%(signed)s signatures sur %(all)s", signed) % {
        "signed": signed,
        "all": asked,
    }
    if signed == asked - 1:
        progress += _(", il manque la vôtre")
    several = "?voix=" + signatory.seat.rpartition("/")[2] if any(voices.values()) else ""
    return Item(
        "writing-sign",
        "",
        _("Signature · %(where)s") % {"where": names.get(ceremony.book, signatory.company)},
        ceremony.title,
        _("Lire et signer"),
        reverse("agreements:agreement", args=[ceremony.subject.rpartition("/")[2]]) + several,
        progress,
        _("Avant %(until)s") % {"until": deadline(ceremony.expires_at, at)},
        ceremony.expires_at,
        True,
    )


def _answer(received: groupings.Received, at: datetime) -> Item:
    one = received.invitation
    url = reverse("groupings:invitation", args=[received.token]) if received.token else ""
    return Item(
        "mail",
        "ice",
        _("Invitation · %(who)s") % {"who": one.invited_by.company},
        one.grouping.name,
        _("Voir et répondre"),
        url or reverse("desk:invitation", args=[one.public_id]),
        "",
        _("Réponse avant %(until)s") % {"until": deadline(one.expires_at, at)},
        one.expires_at,
        True,
        post=not url,
    )


def _payment(transfer: Transfer, voices: dict[int, str]) -> Item:
    pool, amount = transfer.pool, euros(transfer.cents)
    to_confirm = transfer.paid_at is not None
    seat = transfer.creditor_id if to_confirm else transfer.debtor_id
    names = {"amount": amount, "debtor": transfer.debtor.company, "creditor": transfer.creditor.company}
    return Item(
        "coin-euro",
        "ok" if to_confirm else "warn",
        _("Paiement · %(where)s") % {"where": pool.grouping.name},
        (_("%(debtor)s vous a versé %(amount)s") if to_confirm else _("%(amount)s à verser à %(creditor)s")) % names,
        _("Vérifier") if to_confirm else _("Voir et payer"),
        reverse("money:pool", args=[pool.public_id]) + voices.get(seat, ""),
        pool.title,
        blocks=not to_confirm,
    )


def _gates(person: Person, mine: Iterable[Grouping], voices: dict[int, str]) -> Iterable[Item]:
    """The next steps that are ready, in the groupings that this person leads."""
    for each in mine:
        leading = {
            office.seat_id
            for seat in groupings.seats_with_offices(each)
            for office in seat.offices.all()
            if office.role in LEADING
        }
        seat = next((seat for seat in _seats(person, each) if not leading or seat.pk in leading), None)
        gate = journeys.gate_page(each) if seat and not each.paused_at else None
        if seat and gate and gate.open:
            yield Item(
                "flag",
                "ok",
                _("Étape · %(where)s") % {"where": each.name},
                gate.title,
                _("Voir l’étape"),
                reverse("groupings:grouping", args=[each.public_id]) + voices.get(seat.pk, ""),
                _("Tous les points sont réunis"),
                blocks=True,
            )


def _need(need: Need, at: datetime) -> Item:
    until = _until(need, at)
    return Item(
        "target",
        "ice",
        _("Occasion · %(who)s") % {"who": need.client} if need.client else _("Occasion"),
        need.title,
        _("Voir"),
        reverse("offers:need", args=[need.public_id]),
        "",
        _("Réponse avant %(until)s") % {"until": until},
        need.deadline,
    )


def _until(need: Need, at: datetime) -> str:
    """The deadline of a need: with its hour where it is known."""
    if need.deadline is None:
        return ""
    words = deadline(need.deadline, at)
    return words if need.deadline_has_hour else words.rpartition(", ")[0]


def _ordered(items: Iterable[Item], at: datetime) -> list[Item]:
    """Within 48 hours first; then what others wait for; then the nearest deadline. Only the first are « urgent »."""

    def urgent(item: Item) -> bool:
        return item.until is not None and item.until <= at + SOON

    last = datetime.max.replace(tzinfo=at.tzinfo)
    found = sorted(items, key=lambda item: (not urgent(item), not item.blocks, item.until or last))
    return [
        item if urgent(item) else replace(item, soon="", note=" · ".join(filter(None, (item.soon, item.note))))
        for item in found
    ]


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
    return _("%(title)s : %(points)s") % {"title": gate.title, "points": missing % {"count": gate.total - gate.held}}


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
        until = paper.ceremony.expires_at
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
    return date_format(localtime(at), "l j F Y").capitalize()
