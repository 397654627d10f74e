"""Decisions as the members see them: what awaits my voice, one vote in full, the rule in plain words."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines import lifecycle, voting
from cordee.governance.models import Ballot, DecisionType, Voter
from cordee.governance.permissions import presides
from cordee.governance.reads.bars import Bar, bars_of
from cordee.governance.reads.naming import named_by, reasons_of
from cordee.governance.reads.votes import (
    CHOOSING,
    MENTIONS,
    METHODS,
    rule_and_weights,
    said_on_paper,
    still_missing,
    votes_of,
)
from cordee.ground.kit.counting import count_of
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.messages.models import Message
from cordee.ground.people.models import Link, Person
from cordee.ground.register.acts import address
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import my_seats


def rule_for(grouping: Grouping, decision_type: str) -> voting.Rule:
    """The rule in force for a type of decision: the one the members adopted last, else the default of the house."""
    return rule_and_weights(grouping, decision_type)[0]


def proposed(kind: DecisionType, form: str = "") -> voting.Rule:
    """The rule proposed to members who have none: that of their legal form, or that of the house."""
    return lifecycle.default_rule(form, kind.value) if form else lifecycle.proposed_rule(kind.value)  # type: ignore[arg-type]


def rule_sentences(rule: voting.Rule, seats: int) -> list[str]:
    """The rule of a vote, as a few lines anyone understands."""
    quorum = -(-rule.quorum.numerator * seats // rule.quorum.denominator)
    lines = [
        _("Chaque entreprise a le nombre de voix du règlement") if rule.weighted else _("Une entreprise, une voix")
    ]
    if quorum:
        lines.append(
            ngettext("%(count)s votant au moins sur %(seats)s", "%(count)s votants au moins sur %(seats)s", quorum)
            % {"count": quorum, "seats": seats}
        )
    else:
        lines.append(_("Aucun quorum"))
    lines.append(_majority_line(rule))
    lines.append(
        ngettext(
            "%(count)s pouvoir par entreprise, pas plus", "%(count)s pouvoirs par entreprise, pas plus", rule.proxies
        )
        % {"count": rule.proxies}
        if rule.proxies
        else _("Chacun vote en personne")
    )
    if rule.secret:
        lines.append(_("Vote secret : le registre dit qui a voté, jamais comment"))
    elif rule.hidden_until_closed:
        lines.append(_("Résultat caché jusqu’à la clôture"))
    return lines


def _majority_line(rule: voting.Rule) -> str:
    if rule.method == "consent":
        return _("Adoptée si personne n’a d’objection raisonnée")
    if rule.method in CHOOSING:
        return str(dict(METHODS).get(rule.method, rule.method))
    if rule.majority == "unanimity":
        return _("Adoptée à l’unanimité")
    base = _("toutes les voix") if rule.counts_all else _("voix pour et contre")
    return _("Adoptée à la %(majority)s (%(base)s)") % {
        "majority": voting.majority_name(rule, language()),
        "base": base,
    }


@dataclass(frozen=True, slots=True)
class Place:
    """One knot of the quorum: a seat on the roll, and what it has done."""

    seat: Seat
    is_me: bool
    state: str  # "voted", "proxy", "withdrawn", "phoned", "waiting"
    is_mark: bool  # the dashed threshold of the quorum stands behind it


FEW_VOTERS = 4


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option, and what this seat said of it."""

    label: str
    mine: str


@dataclass(frozen=True, slots=True)
class BallotPage:
    """A vote, as one seat sees it."""

    ballot: Ballot
    seat: Seat
    voter: Voter | None
    places: tuple[Place, ...]
    voted: int
    needed: int
    mine: str  # for, against, abstain, or nothing yet
    carried: tuple[Voter, ...]  # those who gave this seat their proxy
    others: tuple[Seat, ...]  # to whom a proxy may go
    rule_lines: tuple[str, ...]
    tendency: tuple[Bar, ...]  # once one has voted, or the vote is closed
    objections: tuple[tuple[Seat, str], ...]
    reasons: tuple[tuple[Seat, str, str], ...]  # election without candidates: who named whom, and why
    named: tuple[tuple[str, int], ...]  # election without candidates: whom the members named, most often first
    explanation: str
    talk: tuple[Message, ...]
    may_close: bool
    may_break_tie: bool
    previous: Ballot | None

    @property
    def open_now(self) -> bool:
        return self.ballot.is_open

    @property
    def unwritten(self) -> bool:
        """Whether one sits here without the company’s written delegation: one reads, and does not vote."""
        return not getattr(self.seat, "bound", True)

    @property
    def method(self) -> str:
        return str(self.ballot.rule["method"])

    @property
    def secret(self) -> bool:
        return bool(self.ballot.rule["secret"])

    @property
    def few(self) -> bool:
        """So few voters that the numbers of a secret vote may say who chose what."""
        return len(self.places) <= FEW_VOTERS

    @property
    def hidden(self) -> bool:
        """Nobody sees how the vote goes before it closes."""
        return self.secret or bool(self.ballot.rule["hidden_until_closed"]) or self.method in CHOOSING

    @property
    def rounds(self) -> bool:
        """An election without candidates goes by rounds: naming, hearing the reasons, changing, consenting."""
        return self.method == "sociocratic"

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The papers of a closed secret vote by their codes: each voter finds theirs, nobody those of others."""
        return sorted((paper["receipt"], said_on_paper(paper)) for paper in self.ballot.papers)

    @property
    def lines(self) -> list[OptionLine]:
        """What one chooses from, with what this seat chose before."""
        answer = self.voter.answer if self.voter else {}
        places = {name: at for at, level in enumerate(answer.get("ranking", []), 1) for name in level}
        mine = {**answer.get("scores", {}), **places, **dict.fromkeys(answer.get("approved", []), 1)}
        if self.voter and self.voter.named:
            mine[self.voter.named] = 1
        return [OptionLine(name, str(mine.get(name, ""))) for name in self.ballot.options]

    @property
    def grades(self) -> list[tuple[str, str]]:
        """What an option may be given: a grade, points, or a place."""
        if self.method == "majority_judgment":
            return [(str(value), str(label)) for value, label in MENTIONS]
        if self.method == "score":
            return [(str(points), str(points)) for points in range(self.ballot.rule_in_force.top, -1, -1)]
        return [("", "–"), *((str(place), str(place)) for place in range(1, len(self.ballot.options) + 1))]

    @property
    def callable(self) -> list[Seat]:
        """Those who may be telephoned: they have not voted, and the vote is one word long."""
        if self.secret or self.method in CHOOSING or not self.open_now:
            return []
        return [place.seat for place in self.places if place.state == "waiting" and not place.is_me]

    @property
    def may_reopen(self) -> bool:
        """Another naming round may follow: all have named somebody, or somebody objects to the one proposed."""
        here = self.rounds and self.open_now and bool(self.voter)
        return here and (bool(self.objections) if self.ballot.proposed else self.all_voted)

    @property
    def all_voted(self) -> bool:
        return all(place.state != "waiting" for place in self.places)


def my_ballots(person: Person) -> QuerySet[Ballot]:
    """Every vote in the groupings of this person: open ones first, the nearest deadline on top."""
    seats = my_seats(person)
    mine = Voter.objects.filter(seat__in=seats.values("pk")).select_related("seat__company")
    return (
        Ballot.objects.filter(grouping__in=seats.values("grouping"))
        .select_related("resolution", "grouping")
        .prefetch_related(Prefetch("voters", queryset=mine, to_attr="mine"))
        .order_by(F("closed_at").desc(nulls_first=True), "closes_at", "id")
    )


WAITING = Q(choice="", withdrawn_at=None, proxy_to=None)
"""A voice that is still to be heard."""


def open_votes(person: Person, *, at: datetime) -> QuerySet[Voter]:
    """This person's places in the votes under way, given or not: `entitled` and `voted` count all the others too."""
    roll = Voter.objects.filter(ballot=OuterRef("ballot"), withdrawn_at=None)
    return (
        Voter.objects.filter(seat__in=my_seats(person).values("pk"))
        .filter(ballot__closed_at=None, ballot__closes_at__gt=at)
        .select_related("ballot__resolution", "ballot__grouping", "seat__company")
        .annotate(entitled=count_of(roll), voted=count_of(roll.exclude(choice="")))
        .order_by("ballot__closes_at", "pk")
    )


def awaiting_me(person: Person, *, at: datetime) -> list[Voter]:
    """The votes that wait for this person's voice, the most urgent first."""
    return list(open_votes(person, at=at).filter(WAITING))


def needed(ballot: Ballot, entitled: int) -> int:
    """How many must vote for a vote to count."""
    return _quorum(ballot.rule_in_force, entitled, ballot.call)


def ballot_of(person: Person, public_id: str, *, voice: str = "") -> tuple[Ballot, Seat]:
    """A vote, reached through a seat of its grouping; a stranger finds nothing."""
    ballot = (
        Ballot.objects.select_related("resolution__proposed_by__company", "grouping")
        .filter(public_id=public_id)
        .first()
    )
    if ballot is None:
        raise NotYours
    seats = list(my_seats(person).filter(grouping=ballot.grouping_id))
    chosen = [seat for seat in seats if seat.public_id == voice] if voice else seats
    if not chosen:
        raise NotYours
    return ballot, chosen[0]


def carried_by(ballot: Ballot, seat: Seat) -> list[Voter]:
    """Those who gave this seat their proxy for this vote."""
    carried = ballot.voters.filter(proxy_to=seat, withdrawn_at=None)
    return list(carried.select_related("seat").order_by("id"))


def ballot_page(ballot: Ballot, seat: Seat, *, at: datetime) -> BallotPage:
    """One vote in full, for one seat."""
    voters = list(
        ballot.voters.select_related(
            "seat__company", "seat__holder", "proxy_to__company", "phoned_by__company"
        ).order_by("id")
    )
    own = next((voter for voter in voters if voter.seat_id == seat.pk), None)
    entitled = [voter for voter in voters if not voter.withdrawn_at]
    rule = ballot.rule_in_force
    needed = _quorum(rule, len(entitled), ballot.call)
    voted = [voter for voter in entitled if voter.choice]
    secret_now = ballot.is_open and (rule.secret or rule.hidden_until_closed or rule.method in CHOOSING)
    seen = not ballot.is_open or (bool(own and own.choice) and not secret_now)
    talk = Message.objects.filter(thread__book=ballot.grouping.book, thread__subject=address(ballot))
    talk = talk.select_related("by").prefetch_related("attachments__document")
    previous = (
        Ballot.objects.filter(grouping=ballot.grouping, closed_at__isnull=False)
        .exclude(pk=ballot.pk)
        .select_related("resolution")
        .order_by("-closed_at")
        .first()
    )
    return BallotPage(
        ballot=ballot,
        seat=seat,
        voter=own,
        places=_places(voters, seat, needed),
        voted=len(voted),
        needed=needed,
        mine=own.choice if own else "",
        carried=tuple(voter for voter in entitled if voter.proxy_to_id == seat.pk),
        others=tuple(voter.seat for voter in entitled if voter.seat_id != seat.pk) if rule.proxies else (),
        rule_lines=tuple(rule_sentences(rule, len(entitled))),
        tendency=bars_of(ballot, len(entitled)) if seen else (),
        objections=tuple((voter.seat, voter.answer.get("why", "")) for voter in entitled if voter.choice == "object"),
        reasons=reasons_of(voters, own) if ballot.is_naming else (),
        named=named_by(voters) if rule.method == "sociocratic" else (),
        explanation=_said(ballot) if seen else "",
        talk=tuple(talk),
        may_close=ballot.is_open
        and not ballot.is_naming
        and (at >= ballot.closes_at or not still_missing(ballot).exists()),
        may_break_tie=rule.tie == "chair" and ballot.outcome == Ballot.Outcome.TIE and presides(seat),
        previous=previous,
    )


def _quorum(rule: voting.Rule, seats: int, call: int) -> int:
    share = rule.quorum if call == 1 else rule.second_quorum or Fraction(0)
    return -(-share.numerator * seats // share.denominator)


def _places(voters: list[Voter], me: Seat, needed: int) -> tuple[Place, ...]:
    states = {"": "waiting"}
    ordered = sorted(
        voters, key=lambda voter: (not voter.choice, voter.proxy_to_id is None, bool(voter.withdrawn_at), voter.pk)
    )
    return tuple(
        Place(
            seat=voter.seat,
            is_me=voter.seat_id == me.pk,
            state="withdrawn"
            if voter.withdrawn_at
            else "proxy"
            if voter.proxy_to_id
            else "phoned"
            if voter.phoned
            else states.get(voter.choice, "voted"),
            is_mark=number == needed and needed < len(ordered),
        )
        for number, voter in enumerate(ordered, start=1)
    )


def announced(ballot: Ballot) -> str:
    """The result of a closed vote with its arithmetic, as it was announced, in the reader’s language."""
    return str(ballot.explanation.get(language(), ""))


def _said(ballot: Ballot) -> str:
    if not ballot.is_open:
        return announced(ballot)
    return voting.explain(voting.count(votes_of(ballot), ballot.rule_in_force), language())


def page_by_link(link: Link, *, at: datetime) -> BallotPage:
    """The vote a mailed link is for; NotYours when the seat has left or another person holds it now."""
    return ballot_page(*ballot_by_link(link), at=at)


def ballot_by_link(link: Link) -> tuple[Ballot, Seat]:
    """The vote and the seat a mailed link is for; NotYours as above."""
    ballot = (
        Ballot.objects.select_related("resolution__proposed_by__company", "grouping")
        .filter(public_id=link.subject.rpartition("/")[2])
        .first()
    )
    seat = my_seats(link.person).filter(public_id=link.seat.rpartition("/")[2]).first()
    if ballot is None or seat is None or seat.grouping_id != ballot.grouping_id:
        raise NotYours
    return ballot, seat
