"""Decisions as the members see them: what awaits my voice, one vote in full, the rule in plain words."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from cordee.engines import lifecycle, voting
from cordee.governance.models import Ballot, DecisionType, HouseRule, Resolution, Voter, rule_from_json
from cordee.ground.kit.counting import count_of
from cordee.ground.kit.refusals import NotYours
from cordee.ground.kit.words import language
from cordee.ground.messages.models import Message
from cordee.ground.people.models import Link, Person
from cordee.ground.register.acts import address
from cordee.ground.register.models import Entry
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import my_seats


def rule_for(grouping: Grouping, decision_type: str) -> voting.Rule:
    """The rule in force for a type of decision: the one the members adopted last, else the default of the house."""
    adopted = HouseRule.objects.filter(grouping=grouping, decision_type=decision_type).order_by("-since", "-id").first()
    if adopted is not None:
        return rule_from_json(adopted.rule)
    return _proposed(DecisionType(decision_type))


def _proposed(kind: DecisionType) -> voting.Rule:
    return lifecycle.proposed_rule(kind.value)  # type: ignore[arg-type]


def votes_of(ballot: Ballot) -> voting.Votes:
    """Everything a ballot received, as plain values; a seat is called by its company's name."""
    voters = list(ballot.voters.select_related("seat__company", "proxy_to__company").order_by("id"))
    names = _names(voters)
    cast, proxies = [], []
    for voter in voters:
        if voter.choice and not voter.withdrawn_at:
            cast.append(voting.Vote(names[voter.seat_id], voter.choice))
        elif voter.proxy_to_id in names and not voter.withdrawn_at:
            proxies.append(voting.Proxy(names[voter.seat_id], names[voter.proxy_to_id]))
    return voting.Votes(
        seats=tuple(names.values()),
        cast=tuple(cast),
        proxies=tuple(proxies),
        withdrawn=frozenset(names[voter.seat_id] for voter in voters if voter.withdrawn_at),
        call=ballot.call,
    )


def _names(voters: list[Voter]) -> dict[int, str]:
    """A name for each seat, told apart where two companies have the same."""
    plain = {voter.seat_id: str(voter.seat.company) for voter in voters}
    often = Counter(plain.values())
    return {key: name if often[name] == 1 else f"{name} ({key})" for key, name in plain.items()}


def rule_sentences(rule: voting.Rule, seats: int) -> list[str]:
    """The rule of a vote, as four lines anyone understands."""
    quorum = -(-rule.quorum.numerator * seats // rule.quorum.denominator)
    lines = [_("Une entreprise, une voix")]
    if quorum:
        lines.append(
            ngettext("%(count)s votant au moins sur %(seats)s", "%(count)s votants au moins sur %(seats)s", quorum)
            % {"count": quorum, "seats": seats}
        )
    else:
        lines.append(_("Aucun quorum"))
    name = voting.majority_name(rule, language())
    base = _("toutes les voix") if rule.counts_all else _("voix pour et contre")
    lines.append(
        _("Adoptée à la %(majority)s (%(base)s)") % {"majority": name, "base": base}
        if rule.majority != "unanimity"
        else _("Adoptée à l’unanimité")
    )
    lines.append(
        ngettext(
            "%(count)s pouvoir par entreprise, pas plus", "%(count)s pouvoirs par entreprise, pas plus", rule.proxies
        )
        % {"count": rule.proxies}
        if rule.proxies
        else _("Chacun vote en personne")
    )
    return lines


@dataclass(frozen=True, slots=True)
class Place:
    """One knot of the quorum: a seat on the roll, and what it has done."""

    seat: Seat
    is_me: bool
    state: str  # "voted", "proxy", "withdrawn", "waiting"
    is_mark: bool  # the dashed threshold of the quorum stands behind it


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
    tendency: tuple[tuple[str, str, int], ...]  # (label, style, votes), once one has voted or the vote is closed
    explanation: str
    talk: tuple[Message, ...]
    may_close: bool
    previous: Ballot | None

    @property
    def open_now(self) -> bool:
        return self.ballot.is_open

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


def ballot_page(ballot: Ballot, seat: Seat, *, at: datetime) -> BallotPage:
    """One vote in full, for one seat."""
    voters = list(ballot.voters.select_related("seat__company", "seat__holder", "proxy_to__company").order_by("id"))
    own = next((voter for voter in voters if voter.seat_id == seat.pk), None)
    entitled = [voter for voter in voters if not voter.withdrawn_at]
    rule = ballot.rule_in_force
    needed = _quorum(rule, len(entitled), ballot.call)
    voted = [voter for voter in entitled if voter.choice]
    tally = voting.count(votes_of(ballot), rule)
    seen = not ballot.is_open or bool(own and own.choice)
    talk = Message.objects.filter(thread__book=ballot.grouping.book, thread__subject=address(ballot)).select_related(
        "by"
    )
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
        tendency=_tendency(tally) if seen else (),
        explanation=_explanation(ballot, tally) if seen else "",
        talk=tuple(talk),
        may_close=ballot.is_open and (len(voted) == len(entitled) or at >= ballot.closes_at),
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
            else states.get(voter.choice, "voted"),
            is_mark=number == needed and needed < len(ordered),
        )
        for number, voter in enumerate(ordered, start=1)
    )


def _tendency(tally: voting.Tally) -> tuple[tuple[str, str, int], ...]:
    return (
        (_("Pour"), "is-calm", int(tally.in_favour)),
        (_("Contre"), "is-mute", int(tally.against)),
        (_("Abstention"), "is-mute", int(tally.abstain)),
    )


def announced(ballot: Ballot) -> str:
    """The result of a closed vote with its arithmetic, as it was announced, in the reader’s language."""
    return str(ballot.explanation.get(language(), ""))


def _explanation(ballot: Ballot, tally: voting.Tally) -> str:
    if not ballot.is_open:
        return announced(ballot)
    return voting.explain(tally, language())


def page_by_link(link: Link, *, at: datetime) -> BallotPage:
    """The vote a mailed link is for; NotYours when the seat has left or another person holds it now."""
    ballot = (
        Ballot.objects.select_related("resolution__proposed_by__company", "grouping")
        .filter(public_id=link.subject.rpartition("/")[2])
        .first()
    )
    seat = my_seats(link.person).filter(public_id=link.seat.rpartition("/")[2]).first()
    if ballot is None or seat is None or seat.grouping_id != ballot.grouping_id:
        raise NotYours
    return ballot_page(ballot, seat, at=at)


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question half written: what it will do once adopted, and the words to start from."""

    effect: str
    seats: tuple[Seat, ...]
    initial: dict[str, str]


def draft_question(grouping: Grouping, effect: str) -> DraftQuestion:
    """The words to start from, for the questions that the life of a grouping asks."""
    if effect == Resolution.Effect.COORDINATOR:
        seats = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).select_related("company")
        text = _("Elle est le seul interlocuteur du client, transmet ce qu’elle reçoit et coordonne, sans commander.")
        return DraftQuestion(effect, tuple(seats), {"title": _("Désigner le mandataire"), "text": text})
    if effect == Resolution.Effect.RULES:
        count = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).count()
        lines = [
            f"{kind.label} : " + " ; ".join(rule_sentences(_proposed(kind), count)[1:3]).lower() + "."
            for kind in DecisionType
        ]
        text = "\n".join([_("Une entreprise, une voix, pour toutes les décisions."), *lines])
        return DraftQuestion(effect, (), {"title": _("Adopter nos règles de vote"), "text": text})
    if effect == Resolution.Effect.ANSWER:
        return DraftQuestion(effect, (), {"title": _("Répondre ensemble à cet appel d’offres")})
    return DraftQuestion("", (), {})


def with_titles(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same acts, each with the question it is about: one query, however many votes they tell."""
    of_it = Ballot.objects.filter(public_id=Substr(OuterRef("subject"), len("governance/ballot/") + 1))
    return entries.annotate(question=Subquery(of_it.values("resolution__title")[:1]))


def _decision(entry: Entry) -> str:
    known = entry.__dict__.get("question")
    if known is not None:
        return str(known)
    found = Ballot.objects.select_related("resolution").filter(public_id=entry.subject.rpartition("/")[2]).first()
    return found.resolution.title if found else ""


def _about(template: str) -> Callable[[Entry], str]:
    return lambda entry: _(template) % {"who": "%(who)s", "title": _decision(entry).replace("%", "%%")}


SENTENCES: Mapping[str, Callable[[Entry], str]] = {
    "governance.ballot.opened": _about(gettext_noop("%(who)s a posé une question : %(title)s")),
    "governance.vote.cast": _about(gettext_noop("%(who)s a voté : %(title)s")),
    "governance.proxy.given": _about(gettext_noop("%(who)s a donné son pouvoir : %(title)s")),
    "governance.voter.withdrew": _about(gettext_noop("%(who)s s’est retirée d’un vote : %(title)s")),
    "governance.ballot.closed": _about(gettext_noop("Vote clos : %(title)s")),
    "governance.ballot.reminded": _about(gettext_noop("Rappel envoyé à ceux qui n’ont pas voté : %(title)s")),
    "governance.rule.adopted": lambda entry: (
        _("Règle de vote adoptée : %(type)s") % {"type": str(DecisionType(entry.facts["type"]).label).lower()}
    ),
}
"""What a book says of this room's acts."""
