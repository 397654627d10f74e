"""One’s voice in a vote: given, changed, lent, withdrawn, said by telephone."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.engines import voting
from cordee.governance import keys, permissions
from cordee.governance.acts.ballots import BallotClosed, NotThatWay
from cordee.governance.models import Ballot, SealedPaper, Voter
from cordee.governance.reads import choice_of
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.acts import use_link
from cordee.ground.people.models import Actor, Link
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat, within_mandate
from cordee.groupings.models import Seat
from cordee.groupings.permissions import is_outside

PHONED = "vote_phoned"
"""The purpose of the link by which a voter confirms what another wrote down."""


NOTED = (
    *("choice", "answer", "named", "cast_at", "cast_by", "proxy_to", "proxy_at"),
    *("phoned", "phoned_by", "phoned_at"),
)
"""What giving one’s voice changes of a line of the roll."""


class NotFitToVote(Refusal):
    """The seat has left the vote, or gave its voice to another."""


class NothingPhoned(Refusal):
    """Nothing said by telephone waits to be confirmed."""


def cast_vote(
    ballot: Ballot,
    *,
    seat: Seat,
    choice: str,
    by: Actor,
    at: datetime,
    link: Link | None = None,
    answer: dict[str, Any] | None = None,
) -> Voter:
    """Vote for one's seat, or for a seat that gave one its proxy. It can be changed until the vote closes.

    Allowed       the holder or the substitute of the seat, or of the seat that holds its proxy.
    Refused when  the vote is closed or its time is over; the seat withdrew; the answer is none that can be counted;
                  an objection without its reason; the mandate of a substitute does not cover it.
    Tells         governance.vote.cast: whether a proxy cast it, and the choice where it is neither secret nor hidden.
    """
    with act("governance.vote.cast", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh, voter = _voter(ballot, seat, at=at)
        by_proxy = by.seat != address(seat)
        if by_proxy:
            holder = acting_seat(fresh.grouping, by)
            if voter.proxy_to_id != holder.pk:
                raise NotAllowed(_("Cette entreprise ne vous a pas donné son pouvoir pour ce vote."))
            _covered(fresh, holder, by, at=at)
        elif voter.proxy_to_id:
            voter.proxy_to, voter.proxy_at = None, None  # who votes in person takes the proxy back
        if not by_proxy and not permissions.may_vote(voter, by.person):
            raise NotAllowed(
                _("Seul le représentant de l’entreprise vote pour elle."),
                do=_("Demandez-lui de voter ou de vous nommer suppléant."),
            )
        if not by_proxy:  # it may have left, or no longer speak for the company, a moment ago
            _covered(fresh, acting_seat(fresh.grouping, by), by, at=at)
        if link is not None:
            use_link(link, at=at)
        changed = bool(voter.choice)
        facts |= {"seat": seat.public_id, "by_proxy": by_proxy, "changed": changed}
        facts |= _note(fresh, voter, choice, answer or {}, by=by, at=at)
    return voter


def _covered(ballot: Ballot, seat: Seat, by: Actor, *, at: datetime) -> None:
    """Refuse a substitute whose mandate does not cover this question."""
    question = ballot.resolution
    within_mandate(seat, by.person, decision_type=question.decision_type, cents=question.cents, at=at)


def _note(
    ballot: Ballot, voter: Voter, choice: str, answer: dict[str, Any], *, by: Actor, at: datetime
) -> dict[str, Any]:
    """Keep what was chosen, in the urn where it is secret; give what the book may say of it."""
    rule = ballot.rule_in_force
    _countable(ballot, choice, answer)
    voter.cast_at, voter.cast_by = at, by.person
    voter.phoned, voter.phoned_by, voter.phoned_at = "", None, None
    if rule.secret:
        receipt = keys.new_receipt()
        paper = {"choice": choice, "answer": answer, "receipt": receipt}
        voter.choice, voter.answer = "cast", {}
        voter.save(update_fields=NOTED)
        box = keys.close_paper(ballot.public_id, paper)
        SealedPaper.objects.update_or_create(voter=voter, defaults={"box": box})
        voter.receipt = receipt  # type: ignore[attr-defined]  # shown once, kept nowhere that can be read
        return {}
    if ballot.is_naming and choice == "cast":
        voter.named = answer["named"]
    voter.choice, voter.answer = choice, answer
    voter.save(update_fields=NOTED)
    if rule.hidden_until_closed:
        return {}
    said = {name: value for name, value in answer.items() if name != "why"}
    return {"choice": choice} | ({"answer": json.dumps(_by_number(ballot, said), sort_keys=True)} if said else {})


def _by_number(ballot: Ballot, said: Any) -> Any:
    """Options by their number: their words may be names, and names stay out of the book."""
    if isinstance(said, dict):
        return {str(_by_number(ballot, name)): _by_number(ballot, value) for name, value in said.items()}
    if isinstance(said, list):
        return [_by_number(ballot, each) for each in said]
    return ballot.options.index(said) + 1 if said in ballot.options else said


def _countable(ballot: Ballot, choice: str, answer: dict[str, Any]) -> None:
    """Refuse what could not be counted: better now, with a sentence, than at the closing."""
    rule, why = ballot.rule_in_force, str(answer.get("why", ""))
    if choice == "object" and not why.strip():
        raise NotThatWay(_("Une objection a besoin d’une raison."), do=_("Dites en une phrase ce qui vous empêche."))
    if ballot.is_naming:
        if choice not in ("cast", "abstain") or (choice == "cast" and answer.get("named") not in ballot.options):
            raise NotThatWay(_("Choisissez une des personnes proposées, ou abstenez-vous."))
        return
    try:
        vote = voting.Vote("x", choice_of(rule.method, choice, answer), why=why)
        voting.count(voting.Votes(("x",), (vote,), options=tuple(ballot.options), proposed=ballot.proposed), rule)
    except (ValueError, KeyError, TypeError, AttributeError):
        do = (
            _("Choisissez pour, contre ou abstention.")
            if rule.method == "majority"
            else _("Reprenez votre réponse : chaque ligne attend un seul choix.")
        )
        raise NotThatWay(_("Ce choix n’existe pas."), do=do) from None


def give_proxy(ballot: Ballot, *, seat: Seat, to: Seat, by: Actor, at: datetime) -> Voter:
    """Give one's voice, for this vote, to another member.

    Allowed       the holder or the substitute of the seat.
    Refused when  the vote is closed; the other seat is not on the roll, or already carries as many as the rule allows;
                  an adviser of one’s own company would carry it.
    Tells         governance.proxy.given.
    """
    with act("governance.proxy.given", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh, voter = _voter(ballot, seat, at=at)
        if not permissions.may_vote(voter, by.person):
            raise NotAllowed(_("Seul le représentant de l’entreprise donne son pouvoir."))
        _covered(fresh, acting_seat(fresh.grouping, by), by, at=at)
        if to.pk == seat.pk or not fresh.voters.filter(seat=to, seat__state="member", withdrawn_at=None).exists():
            raise Refusal(_("Ce pouvoir ne peut pas aller à cette entreprise."), do=_("Choisissez un autre votant."))
        for carrier in filter(None, (to.holder, to.substitute)):
            if is_outside(carrier, seat):
                raise Refusal(
                    _("%(person)s conseille votre entreprise de l’extérieur.") % {"person": carrier},
                    why=_("Un conseil prépare ; il ne vote pas pour vous."),
                    do=_("Choisissez un autre votant, ou votez vous-même."),
                )
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
        voter.proxy_to, voter.proxy_at, voter.choice, voter.answer = to, at, "", {}
        voter.save()
        SealedPaper.objects.filter(voter=voter).delete()
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
        voter.proxy_to, voter.answer, voter.named, voter.phoned = None, {}, "", ""
        voter.save()
        SealedPaper.objects.filter(voter=voter).delete()
        facts["seat"] = seat.public_id
    return voter


def set_aside(ballot: Ballot, *, seat: Seat, by: By, at: datetime) -> Voter | None:
    """Leave the company that a question is about out of its vote: it stays on the roll, and the quorum counts without.

    Allowed       the act that puts the question (an exclusion), and Cordée itself at a second call.
    Refused when  the vote is closed; nothing happens where the company is not on the roll or is out already.
    Tells         governance.voter.set_aside: which seat.
    """
    with act("governance.voter.set_aside", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh = Ballot.objects.select_for_update().get(pk=ballot.pk)
        if not fresh.is_open:
            raise BallotClosed(_("Ce vote est clos."))
        voter = fresh.voters.filter(seat=seat, withdrawn_at=None).first()
        if voter is not None:
            with for_the_papers():
                voter.withdrawn_why = _("Concernée par la décision")
            voter.choice, voter.withdrawn_at, voter.concerned, voter.proxy_to = "", at, True, None
            voter.save()
            SealedPaper.objects.filter(voter=voter).delete()
        facts["seat"] = seat.public_id
    return voter


def note_phoned_vote(ballot: Ballot, *, seat: Seat, choice: str, by: Actor, at: datetime, why: str = "") -> Voter:
    """Write down what a voter said by telephone; it counts once the voter confirms it, by a link of their own.

    Allowed       any member of the grouping, for another seat than their own.
    Refused when  the vote is closed, secret, or needs more than one word; the seat voted already.
    Tells         governance.vote.phoned: which seat, not what was said.
    """
    with act("governance.vote.phoned", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh, voter = _voter(ballot, seat, at=at)
        clerk = acting_seat(fresh.grouping, by)
        if clerk.pk == seat.pk:
            raise NotAllowed(_("Pour votre entreprise, votez vous-même."))
        if voter.choice:
            raise NotFitToVote(_("%(company)s a déjà voté.") % {"company": voter.seat.company})
        if fresh.rule_in_force.secret or choice == "cast":
            raise NotThatWay(_("Ce vote ne se donne pas par téléphone."), do=_("Envoyez à chacun son lien."))
        _countable(fresh, choice, {"why": why})
        voter.phoned, voter.phoned_by, voter.phoned_at = choice, clerk, at
        voter.answer = {"why": why} if why else {}
        voter.save()
        facts["seat"] = seat.public_id
    return voter


def confirm_phoned_vote(link: Link, *, agreed: bool, at: datetime) -> Voter:
    """Confirm what another wrote down, or say that it is not what was said.

    Allowed       the holder or the substitute of the seat, by the link sent to them.
    Refused when  the vote is closed, nothing waits to be confirmed, the link was used.
    Tells         governance.vote.confirmed: which seat, whether it was right, the choice where it is not hidden.
    """
    ballot = Ballot.objects.select_related("grouping").get(public_id=link.subject.rpartition("/")[2])
    with act("governance.vote.confirmed", book=ballot.grouping.book, by=link.actor, at=at, on=ballot) as facts:
        seat = acting_seat(ballot.grouping, link.actor)
        fresh, voter = _voter(ballot, seat, at=at)
        if not permissions.may_vote(voter, link.person):
            raise NotAllowed(_("Seul le représentant de l’entreprise vote pour elle."))
        _covered(fresh, seat, link.actor, at=at)
        if not voter.phoned:
            raise NothingPhoned(_("Rien n’attend votre confirmation."), do=_("Votre vote est peut-être déjà donné."))
        use_link(link, at=at)
        choice, answer = voter.phoned, dict(voter.answer)
        facts |= {"seat": seat.public_id, "agreed": agreed}
        if agreed:
            facts |= _note(fresh, voter, choice, answer, by=link.actor, at=at)
        else:
            voter.phoned, voter.phoned_by, voter.phoned_at, voter.answer = "", None, None, {}
            voter.save()
    return voter


def propose_named(ballot: Ballot, *, name: str = "", by: Actor, at: datetime) -> Ballot:
    """After all said whom they would name: propose one, and ask everybody’s consent.

    Allowed       who asked the question, facilitates or coordinates.
    Refused when  this is no election without candidates, somebody is proposed already, nobody named anybody; several
                  were named equally often and none is given.
    Tells         governance.candidate.proposed: the number of the person on the list.
    """
    with act("governance.candidate.proposed", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh = Ballot.objects.select_for_update().select_related("grouping", "resolution").get(pk=ballot.pk)
        if not permissions.may_close(fresh, acting_seat(fresh.grouping, by), at=at, everybody_voted=True):
            raise NotAllowed(_("Seuls l’auteur de la question, l’animation ou le mandataire proposent quelqu’un."))
        if not fresh.is_open or not fresh.is_naming:
            raise BallotClosed(_("Ce n’est plus le moment de proposer quelqu’un."))
        named = list(fresh.voters.filter(withdrawn_at=None).exclude(named="").values_list("named", flat=True))
        most = [each for each in dict.fromkeys(named) if named.count(each) == max(map(named.count, named))]
        chosen = name or (most[0] if len(most) == 1 else "")
        if chosen not in named:
            raise NotThatWay(
                _("Plusieurs personnes sont nommées autant de fois.") if most else _("Personne n’a été nommé."),
                do=_("Parlez-en, puis choisissez qui proposer."),
            )
        fresh.proposed = chosen
        fresh.save(update_fields=["proposed"])
        fresh.voters.update(choice="", answer={}, cast_at=None, cast_by=None)
        facts |= {"option": fresh.options.index(chosen) + 1, "resolution": fresh.resolution.public_id}
    return fresh


def name_again(ballot: Ballot, *, by: Actor, at: datetime) -> Ballot:
    """Open another naming round: names and reasons are shown to all, each may change; or nobody consented to the first.

    Allowed       who asked the question, facilitates or coordinates.
    Refused when  this is no election without candidates, it is closed, or not everybody has named somebody.
    Tells         governance.naming.opened_again: which round.
    """
    with act("governance.naming.opened_again", book=ballot.grouping.book, by=by, at=at, on=ballot) as facts:
        fresh = Ballot.objects.select_for_update().select_related("grouping", "resolution").get(pk=ballot.pk)
        if not permissions.may_close(fresh, acting_seat(fresh.grouping, by), at=at, everybody_voted=True):
            raise NotAllowed(_("Seuls l’auteur de la question, l’animation ou le mandataire ouvrent un autre tour."))
        if not fresh.is_open or fresh.rule["method"] != "sociocratic":
            raise BallotClosed(_("Ce n’est pas une élection sans candidat en cours."))
        if fresh.is_naming and fresh.voters.filter(choice="", withdrawn_at=None).exists():
            raise NotThatWay(_("Certains n’ont encore nommé personne."), do=_("Attendez-les, ou relancez-les."))
        if fresh.proposed:  # back from the consent: what each had named stands until changed
            fresh.voters.filter(withdrawn_at=None).update(choice="", answer={}, cast_at=None, cast_by=None)
        fresh.proposed, fresh.naming_round = "", fresh.naming_round + 1
        fresh.save(update_fields=["proposed", "naming_round"])
        facts |= {"round": fresh.naming_round, "resolution": fresh.resolution.public_id}
    return fresh


def _voter(ballot: Ballot, seat: Seat, *, at: datetime) -> tuple[Ballot, Voter]:
    """Re-read the ballot and its line for this seat, inside the lock: one query."""
    roll = Voter.objects.select_for_update(of=("self", "ballot")).select_related("ballot__resolution", "seat")
    voter = next(iter(roll.filter(ballot=ballot, seat=seat)), None)
    fresh = Ballot.objects.get(pk=ballot.pk) if voter is None else voter.ballot
    fresh.grouping = ballot.grouping  # a vote never goes to another one; `acting_seat` re-reads it
    if not fresh.is_open or at >= fresh.closes_at:
        raise BallotClosed(_("Ce vote est clos."), do=_("Le résultat est sur la page de la décision."))
    if voter is None:
        raise NotYours
    if voter.withdrawn_at:
        raise NotFitToVote(_("Votre entreprise s’est retirée de ce vote."))
    return fresh, voter
