"""Putting a question, closing the vote, counting, calling again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines import voting
from cordee.governance import keys, permissions
from cordee.governance.models import Ballot, DecisionType, Resolution, SealedPaper, Voter, rule_to_json
from cordee.governance.reads import (
    CHOOSING,
    figures_of,
    rule_and_weights,
    said_without_numbers,
    still_missing,
    votes_of,
)
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat

SHORTEST = timedelta(hours=1)
LONGEST = timedelta(days=90)
MOST_OPTIONS = 12


@dataclass(frozen=True, slots=True)
class Way:
    """How a question is put, beyond what the house rule says; nothing given is the rule as it stands."""

    method: str = ""
    options: tuple[str, ...] = ()
    secret: bool = False
    hidden: bool = False


HOUSE_WAY = Way()


class BallotClosed(Refusal):
    """The vote is over."""


class TooEarly(Refusal):
    """Not everybody has voted and the time has not come."""


class BadDeadline(Refusal):
    """The vote would close too soon or too late."""


class NotThatWay(Refusal):
    """This question is not voted that way."""


class UrnUnreadable(Refusal):
    """The key of a secret vote is lost."""


def propose_resolution(
    grouping: Grouping,
    *,
    title: str,
    text: str,
    decision_type: str,
    closes_at: datetime,
    by: By,
    at: datetime,
    effect: str = "",
    effect_on: str = "",
    effect_data: dict[str, Any] | None = None,
    way: Way = HOUSE_WAY,
    cents: int | None = None,
    seat: Seat | None = None,
) -> Ballot:
    """Put a question to the members and open the vote at once.

    Allowed       any member of the grouping; Cordée itself, where the yearly question calls for it (`seat` leads).
    Refused when  the deadline is less than an hour or more than ninety days away, or sooner than the house rule says
                  for this type; nobody may vote; the question is asked in another way than its rule says (only
                  everyday ones may be); there is nothing to choose from.
    Tells         governance.ballot.opened: type, call, closing time, number of seats on the roll, way of voting.
    """
    if not at + SHORTEST <= closes_at <= at + LONGEST:
        raise BadDeadline(
            _("Cette date de clôture ne convient pas."),
            do=_("Choisissez une date entre une heure et trois mois d’ici."),
        )
    with act("governance.ballot.opened", book=grouping.book, by=by, at=at) as facts:
        asks = acting_seat(grouping, by) if isinstance(by, Actor) else seat
        if asks is None or not permissions.may_propose(asks):
            raise NotAllowed(_("Seuls les membres proposent une décision."))
        closes_at = _time_to_think(grouping, decision_type, closes_at, at=at, fixed=not effect)
        resolution = Resolution.objects.create(
            grouping=grouping,
            title=title,
            text=text,
            decision_type=decision_type,
            cents=cents,
            effect=effect,
            effect_on=effect_on,
            effect_data=effect_data or {},
            proposed_by=asks,
            proposed_at=at,
        )
        ballot = open_ballot(resolution, way=way, call=1, closes_at=closes_at, at=at)
        facts.on = address(ballot)
        facts |= _opening(ballot)
    return ballot


def _time_to_think(
    grouping: Grouping, decision_type: str, closes_at: datetime, *, at: datetime, fixed: bool
) -> datetime:
    """The house rule may say how many full days a vote of this type stays open at least.

    Whoever chose the date is told; a vote that another act opens, with a length of its own, stays open long enough.
    """
    days = rule_and_weights(grouping, decision_type)[0].delay_days
    earliest = localtime(at).date() + timedelta(days=days)
    missing = (earliest - localtime(closes_at).date()).days
    if missing > 0 and fixed:
        raise BadDeadline(
            ngettext(
                "Le règlement laisse %(days)s jour au moins pour cette décision.",
                "Le règlement laisse %(days)s jours au moins pour cette décision.",
                days,
            )
            % {"days": days},
            do=_("Choisissez une clôture à partir du %(day)s.") % {"day": date_format(earliest, "j F Y")},
        )
    return closes_at + timedelta(days=max(missing, 0))


def open_ballot(
    resolution: Resolution, *, call: int, closes_at: datetime, at: datetime, way: Way = HOUSE_WAY, in_room: bool = False
) -> Ballot:
    """Open the vote on a question, with the roll of the moment; called inside the act that asks it."""
    seats = list(Seat.objects.filter(grouping=resolution.grouping, state=Seat.State.MEMBER).select_related("company"))
    if not seats:
        raise Refusal(_("Personne ne peut voter : le groupement n’a pas de membre."))
    house, weights = rule_and_weights(resolution.grouping, resolution.decision_type)
    rule = _rule(house, way, resolution)
    options = list(dict.fromkeys(each.strip() for each in way.options if each.strip()))
    if rule.method == "sociocratic" and not options:
        options = [str(seat.company) for seat in seats]
    if rule.method in CHOOSING and not 2 <= len(options) <= MOST_OPTIONS:
        raise NotThatWay(
            _("Il faut entre deux et %(most)s réponses possibles.") % {"most": MOST_OPTIONS},
            do=_("Écrivez une réponse par ligne."),
        )
    ballot = Ballot.objects.create(
        grouping=resolution.grouping,
        resolution=resolution,
        call=call,
        rule=rule_to_json(rule),
        weights={seat.public_id: weights.get(seat.public_id, "1") for seat in seats} if rule.weighted else {},
        options=options if rule.method in CHOOSING else [],
        in_room=in_room,
        opened_at=at,
        closes_at=closes_at,
    )
    Voter.objects.bulk_create([Voter(ballot=ballot, seat=seat) for seat in seats])
    if rule.secret:
        keys.make_key(ballot.public_id)
    return ballot


def _rule(house: voting.Rule, way: Way, resolution: Resolution) -> voting.Rule:
    """The rule of one vote: the house’s, and what its author asked beyond it."""
    if way.method and way.method != house.method:
        if resolution.decision_type != DecisionType.ORDINARY or resolution.effect:
            raise NotThatWay(
                _("Cette décision se prend comme la règle le dit."),
                do=_("Gardez la façon de voter du règlement, ou proposez de changer la règle."),
            )
        house = replace(house, method=way.method)  # type: ignore[arg-type]
    rule = replace(
        house, secret=house.secret or way.secret, hidden_until_closed=house.hidden_until_closed or way.hidden
    )
    if rule.secret and rule.method in ("consent", "gradients", "sociocratic"):
        raise NotThatWay(
            _("Une objection se dit à voix haute : ce vote ne peut pas être secret."),
            do=_("Choisissez le vote pour ou contre, ou un vote non secret."),
        )
    return rule


def _opening(ballot: Ballot) -> dict[str, Any]:
    amount = {} if ballot.resolution.cents is None else {"cents": ballot.resolution.cents}
    return amount | {
        "resolution": ballot.resolution.public_id,
        "type": ballot.resolution.decision_type,
        "call": ballot.call,
        "closes_at": ballot.closes_at.isoformat(),
        "seats": ballot.voters.count(),
        "method": ballot.rule["method"],
        "secret": ballot.rule["secret"],
        "in_room": ballot.in_room,
    }


def close_ballot(ballot: Ballot, *, by: By, at: datetime) -> Ballot:
    """Close a vote, count it, and say the result. The papers of a secret vote are shuffled and tied to nobody.

    Allowed       who proposed it, facilitates or coordinates, once all have voted; Cordée itself at the closing time.
    Refused when  it is closed already; somebody has not voted and the time has not come; the key of the urn is lost.
    Tells         governance.ballot.closed: outcome, votes, quorum; no numbers where they would reveal a secret vote.
    """
    with act("governance.ballot.closed", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh = Ballot.objects.select_for_update().select_related("grouping", "resolution").get(pk=ballot.pk)
        if not fresh.is_open:
            raise BallotClosed(_("Ce vote est déjà clos."))
        if isinstance(by, Actor):
            seat = acting_seat(fresh.grouping, by)
            if not permissions.may_close(fresh, seat, at=at, everybody_voted=True):
                raise NotAllowed(_("Seuls l’auteur de la proposition, l’animation ou le mandataire closent un vote."))
        if at < fresh.closes_at and still_missing(fresh).exists():
            raise TooEarly(
                _("Certains n’ont pas encore voté."), do=_("Attendez la date de clôture, ou que chacun ait voté.")
            )
        if fresh.rule_in_force.secret:
            _empty_urn(fresh)
        else:
            announce(fresh, voting.count(votes_of(fresh), fresh.rule_in_force))
        fresh.closed_at = at
        fresh.save()
        facts |= {"outcome": fresh.outcome, "resolution": fresh.resolution.public_id}
        facts |= {name: value for name, value in fresh.figures.items() if isinstance(value, str)}
        if fresh.figures.get("winners"):
            facts["chosen"] = " ".join(str(fresh.options.index(name) + 1) for name in fresh.figures["winners"])
    return fresh


def announce(ballot: Ballot, tally: voting.Tally) -> None:
    """Write the result on a vote, in both languages, with its figures. The caller saves."""
    ballot.outcome = tally.outcome
    ballot.explanation = {"fr": voting.explain(tally, "fr"), "en": voting.explain(tally, "en")}
    ballot.figures = figures_of(tally)


def _empty_urn(ballot: Ballot) -> None:
    """Open the papers, count them, shuffle them; what tied a paper to a voter, and the key, are gone for good."""
    found = list(SealedPaper.objects.filter(voter__ballot=ballot))
    try:
        papers = {each.voter_id: keys.open_paper(ballot.public_id, each.box) for each in found}
    except keys.KeyLost:
        raise UrnUnreadable(
            _("L’urne de ce vote ne s’ouvre plus : sa clé a disparu du serveur."),
            do=_("Restaurez la clé depuis une sauvegarde, ou posez la question de nouveau."),
        ) from None
    votes, rule = votes_of(ballot, papers), ballot.rule_in_force
    tally = voting.count(votes, rule)
    announce(ballot, tally)
    ballot.withheld = not tally.quorum_met or bool(voting.privacy_warnings(votes, rule))
    if ballot.withheld:
        kept = ("present", "entitled", "quorum_needed", "winners")
        ballot.figures = {name: value for name, value in ballot.figures.items() if name in kept}
        ballot.explanation = {lang: said_without_numbers(ballot, lang) for lang in ("fr", "en")}
    shown = ("receipt",) if ballot.withheld else ("receipt", "choice", "answer")
    ballot.papers = keys.shuffled([{name: paper[name] for name in shown} for paper in papers.values()])
    SealedPaper.objects.filter(voter__ballot=ballot).delete()
    transaction.on_commit(lambda: keys.destroy_key(ballot.public_id))


def break_tie(ballot: Ballot, *, choice: str, by: Actor, at: datetime) -> Ballot:
    """Decide between equal votes, where the rules give the coordinator that say.

    Allowed       the coordinator.
    Refused when  the votes were not equal, or the rules say that a tie is a refusal.
    Tells         governance.tie.broken: which way.
    """
    with act("governance.tie.broken", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh = Ballot.objects.select_for_update().select_related("grouping", "resolution").get(pk=ballot.pk)
        seat = acting_seat(fresh.grouping, by)
        if not permissions.presides(seat):
            raise NotAllowed(_("Le mandataire départage les voix, personne d’autre."))
        tied = fresh.outcome == Ballot.Outcome.TIE and fresh.rule["method"] == "majority"
        if not tied or fresh.rule_in_force.tie != "chair" or choice not in ("for", "against"):
            raise Refusal(_("Il n’y a pas d’égalité à départager ici."))
        fresh.outcome = Ballot.Outcome.ADOPTED if choice == "for" else Ballot.Outcome.REJECTED
        words = {lang: voting.say_tie_broken(choice, lang) for lang in ("fr", "en")}
        fresh.explanation = {lang: f"{fresh.explanation.get(lang, '')} {words[lang]}".strip() for lang in words}
        fresh.save(update_fields=["outcome", "explanation"])
        facts |= {"choice": choice, "resolution": fresh.resolution.public_id}
    return fresh


def call_again(ballot: Ballot, *, closes_at: datetime, by: By, at: datetime) -> Ballot:
    """Open the second call of a vote that lacked its quorum.

    Allowed       Cordée itself, when the rules foresee a second call.
    Refused when  the vote did not lack its quorum, or the rules foresee no second call.
    Tells         governance.ballot.opened, with call 2.
    """
    with act("governance.ballot.opened", book=ballot.grouping.book, by=by, at=at) as facts:
        fresh = Ballot.objects.select_for_update().select_related("grouping", "resolution").get(pk=ballot.pk)
        if fresh.outcome != Ballot.Outcome.NO_QUORUM or fresh.call != 1 or fresh.rule_in_force.second_quorum is None:
            raise Refusal(_("Les règles ne prévoient pas de second vote ici."))
        same = Way(
            method=fresh.rule["method"],
            options=tuple(fresh.options),
            secret=fresh.rule["secret"],
            hidden=fresh.rule["hidden_until_closed"],
        )
        second = open_ballot(fresh.resolution, way=same, call=2, closes_at=closes_at, at=at)
        facts.on = address(second)
        facts |= _opening(second)
    return second


def note_reminder(ballot: Ballot, *, count: int, by: By, at: datetime) -> Ballot:
    """Note that those who have not voted are reminded for the `count`-th time; the letters follow from the register.

    Allowed       Cordée itself.
    Refused when  this reminder was noted already, or the vote is closed.
    Tells         governance.ballot.reminded: how many seats have not voted.
    """
    with act("governance.ballot.reminded", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        again = Ballot.objects.filter(pk=ballot.pk, closed_at=None, reminded__lt=count).update(reminded=count)
        if not again:
            raise BallotClosed(_("Ce rappel est déjà parti, ou le vote est clos."))
        facts["waiting"] = ballot.voters.filter(choice="", withdrawn_at=None, proxy_to=None).count()
    return ballot


def note_effect(resolution: Resolution, *, at: datetime) -> None:
    """Remember that the effect of a resolution was carried out; called inside the act that does it."""
    Resolution.objects.filter(pk=resolution.pk).update(effect_at=at)
