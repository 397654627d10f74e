"""Putting a question, voting, withdrawing, closing."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines import voting
from cordee.governance import permissions
from cordee.governance.models import Ballot, HouseRule, Resolution, Voter, rule_to_json
from cordee.governance.reads import rule_for, votes_of
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.acts import use_link
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat

CHOICES = ("for", "against", "abstain")
SHORTEST = timedelta(hours=1)
LONGEST = timedelta(days=90)


class BallotClosed(Refusal):
    """The vote is over."""


class TooEarly(Refusal):
    """Not everybody has voted and the time has not come."""


class BadDeadline(Refusal):
    """The vote would close too soon or too late."""


class NotFitToVote(Refusal):
    """The seat has left the vote, or gave its voice to another."""


def propose_resolution(
    grouping: Grouping,
    *,
    title: str,
    text: str,
    decision_type: str,
    closes_at: datetime,
    by: Actor,
    at: datetime,
    effect: str = "",
    effect_on: str = "",
) -> Ballot:
    """Put a question to the members and open the vote at once.

    Allowed       any member of the grouping.
    Refused when  the deadline is less than an hour or more than ninety days away; nobody may vote.
    Tells         governance.ballot.opened: type, call, closing time, number of seats on the roll.
    """
    if not at + SHORTEST <= closes_at <= at + LONGEST:
        raise BadDeadline(
            _("Cette date de clôture ne convient pas."),
            do=_("Choisissez une date entre une heure et trois mois d’ici."),
        )
    with act("governance.ballot.opened", book=grouping.book, by=by, at=at) as facts:
        seat = acting_seat(grouping, by)
        if not permissions.may_propose(seat):
            raise NotAllowed(_("Seuls les membres proposent une décision."))
        resolution = Resolution.objects.create(
            grouping=grouping,
            title=title,
            text=text,
            decision_type=decision_type,
            effect=effect,
            effect_on=effect_on,
            proposed_by=seat,
            proposed_at=at,
        )
        ballot = _open(resolution, call=1, closes_at=closes_at, at=at)
        facts.on = address(ballot)
        facts |= _opening(ballot)
    return ballot


def _open(resolution: Resolution, *, call: int, closes_at: datetime, at: datetime) -> Ballot:
    seats = list(Seat.objects.filter(grouping=resolution.grouping, state=Seat.State.MEMBER))
    if not seats:
        raise Refusal(_("Personne ne peut voter : le groupement n’a pas de membre."))
    ballot = Ballot.objects.create(
        grouping=resolution.grouping,
        resolution=resolution,
        call=call,
        rule=rule_to_json(rule_for(resolution.grouping, resolution.decision_type)),
        opened_at=at,
        closes_at=closes_at,
    )
    Voter.objects.bulk_create([Voter(ballot=ballot, seat=seat) for seat in seats])
    return ballot


def _opening(ballot: Ballot) -> dict[str, Any]:
    return {
        "resolution": ballot.resolution.public_id,
        "type": ballot.resolution.decision_type,
        "call": ballot.call,
        "closes_at": ballot.closes_at.isoformat(),
        "seats": ballot.voters.count(),
    }


def cast_vote(ballot: Ballot, *, seat: Seat, choice: str, by: Actor, at: datetime, link: Link | None = None) -> Voter:
    """Vote for one's seat, or for a seat that gave one its proxy. It can be changed until the vote closes.

    Allowed       the holder or the substitute of the seat, or of the seat that holds its proxy.
    Refused when  the vote is closed or its time is over; the seat withdrew; the choice is none of the three.
    Tells         governance.vote.cast: the choice, and whether a proxy cast it.
    """
    if choice not in CHOICES:
        raise Refusal(_("Ce choix n’existe pas."), do=_("Choisissez pour, contre ou abstention."))
    with act("governance.vote.cast", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh, voter = _voter(ballot, seat, at=at)
        by_proxy = by.seat != address(seat)
        if by_proxy:
            holder = acting_seat(fresh.grouping, by)
            if voter.proxy_to_id != holder.pk:
                raise NotAllowed(_("Cette entreprise ne vous a pas donné son pouvoir pour ce vote."))
        elif voter.proxy_to_id:
            voter.proxy_to, voter.proxy_at = None, None  # who votes in person takes the proxy back
        if not by_proxy and not permissions.may_vote(voter, by.person):
            raise NotAllowed(
                _("Seul le représentant de l’entreprise vote pour elle."),
                do=_("Demandez-lui de voter ou de vous nommer suppléant."),
            )
        if not by_proxy:
            acting_seat(fresh.grouping, by)  # it may have left, or no longer speak for the company, a moment ago
        if link is not None:
            use_link(link, at=at)
        changed = bool(voter.choice)
        voter.choice, voter.cast_at, voter.cast_by = choice, at, by.person
        voter.save()
        facts |= {"seat": seat.public_id, "choice": choice, "by_proxy": by_proxy, "changed": changed}
    return voter


def give_proxy(ballot: Ballot, *, seat: Seat, to: Seat, by: Actor, at: datetime) -> Voter:
    """Give one's voice, for this vote, to another member.

    Allowed       the holder or the substitute of the seat.
    Refused when  the vote is closed; the other seat is not on the roll, or already carries as many as the rule allows.
    Tells         governance.proxy.given.
    """
    with act("governance.proxy.given", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh, voter = _voter(ballot, seat, at=at)
        if not permissions.may_vote(voter, by.person):
            raise NotAllowed(_("Seul le représentant de l’entreprise donne son pouvoir."))
        acting_seat(fresh.grouping, by)
        if to.pk == seat.pk or not fresh.voters.filter(seat=to, seat__state="member", withdrawn_at=None).exists():
            raise Refusal(_("Ce pouvoir ne peut pas aller à cette entreprise."), do=_("Choisissez un autre votant."))
        limit = fresh.rule_in_force.proxies
        if fresh.voters.filter(proxy_to=to).exclude(pk=voter.pk).count() >= limit:
            raise Refusal(
                ngettext(
                    "La règle permet %(limit)s pouvoir par entreprise, pas plus.",
                    "La règle permet %(limit)s pouvoirs par entreprise, pas plus.",
                    limit,
                )
                % {"limit": limit},
                do=_("Choisissez un autre votant, ou votez vous-même."),
            )
        voter.proxy_to, voter.proxy_at, voter.choice = to, at, ""
        voter.save()
        facts |= {"seat": seat.public_id, "to": to.public_id}
    return voter


def withdraw_from_ballot(ballot: Ballot, *, seat: Seat, why: str, by: Actor, at: datetime) -> Voter:
    """Leave a vote for a conflict of interest; the quorum is then counted without this seat.

    Allowed       the holder or the substitute of the seat.
    Refused when  the vote is closed, or the seat already left it.
    Tells         governance.voter.withdrew.
    """
    with act("governance.voter.withdrew", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh, voter = _voter(ballot, seat, at=at)
        if not permissions.may_vote(voter, by.person):
            raise NotAllowed(_("Seul le représentant de l’entreprise peut la retirer d’un vote."))
        acting_seat(fresh.grouping, by)
        voter.choice, voter.withdrawn_at, voter.withdrawn_why = "", at, why[:300]
        voter.proxy_to = None
        voter.save()
        facts["seat"] = seat.public_id
    return voter


def close_ballot(ballot: Ballot, *, by: By, at: datetime) -> Ballot:
    """Close a vote, count it, and say the result.

    Allowed       who proposed it, facilitates or coordinates, once all have voted; Cordée itself at the closing time.
    Refused when  it is closed already; somebody has not voted and the time has not come.
    Tells         governance.ballot.closed: outcome, votes, quorum.
    """
    with act("governance.ballot.closed", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh = Ballot.objects.select_for_update().select_related("grouping", "resolution").get(pk=ballot.pk)
        if not fresh.is_open:
            raise BallotClosed(_("Ce vote est déjà clos."))
        waiting = fresh.voters.filter(choice="", withdrawn_at=None, proxy_to=None).exists()
        if isinstance(by, Actor):
            seat = acting_seat(fresh.grouping, by)
            if not permissions.may_close(fresh, seat, at=at, everybody_voted=True):
                raise NotAllowed(_("Seuls l’auteur de la proposition, l’animation ou le mandataire closent un vote."))
        if waiting and at < fresh.closes_at:
            raise TooEarly(
                _("Certains n’ont pas encore voté."), do=_("Attendez la date de clôture, ou que chacun ait voté.")
            )
        tally = voting.count(votes_of(fresh), fresh.rule_in_force)
        fresh.closed_at, fresh.outcome = at, tally.outcome
        fresh.explanation = {"fr": voting.explain(tally, "fr"), "en": voting.explain(tally, "en")}
        fresh.figures = {
            "for": str(tally.in_favour),
            "against": str(tally.against),
            "abstain": str(tally.abstain),
            "present": str(tally.present),
            "entitled": str(tally.entitled),
            "quorum_needed": str(tally.quorum_needed),
            "needed": str(tally.needed),
        }
        fresh.save()
        facts |= {"outcome": tally.outcome, "resolution": fresh.resolution.public_id, **fresh.figures}
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
        second = _open(fresh.resolution, call=2, closes_at=closes_at, at=at)
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


def adopt_rule(
    grouping: Grouping, decision_type: str, rule: voting.Rule, *, by: By, at: datetime, by_decision: str = ""
) -> HouseRule:
    """Put a house rule in force, as the members adopted it.

    Allowed  the effect of an adopted resolution, or the signed agreement.
    Tells    governance.rule.adopted.
    """
    with act("governance.rule.adopted", book=grouping.book, by=by, at=at) as facts:
        made = HouseRule.objects.create(
            grouping=grouping, decision_type=decision_type, rule=rule_to_json(rule), since=at, by_decision=by_decision
        )
        facts.on = address(grouping)
        facts |= {"type": decision_type, "rule": rule_to_json(rule), "by_decision": by_decision}
    return made


def note_effect(resolution: Resolution, *, at: datetime) -> None:
    """Remember that the effect of a resolution was carried out; called inside the act that does it."""
    Resolution.objects.filter(pk=resolution.pk).update(effect_at=at)


def _voter(ballot: Ballot, seat: Seat, *, at: datetime) -> tuple[Ballot, Voter]:
    """Re-read the ballot and its line for this seat, inside the lock."""
    fresh = Ballot.objects.select_for_update().select_related("grouping", "resolution").get(pk=ballot.pk)
    if not fresh.is_open or at >= fresh.closes_at:
        raise BallotClosed(_("Ce vote est clos."), do=_("Le résultat est sur la page de la décision."))
    voter = fresh.voters.select_related("seat").filter(seat=seat).first()
    if voter is None:
        raise NotYours
    if voter.withdrawn_at:
        raise NotFitToVote(_("Votre entreprise s’est retirée de ce vote."))
    return fresh, voter
