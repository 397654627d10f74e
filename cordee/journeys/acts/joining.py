"""Letting a company in: at once while one only exchanges, by the rule in force afterwards."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot, DecisionType
from cordee.ground.kit.ids import new_public_id
from cordee.ground.kit.refusals import Refusal
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import DecidedTogether, acting_seat, leading_seat, living
from cordee.groupings.acts.joining import waiting_request
from cordee.groupings.models import Grouping, JoinRequest, Seat
from cordee.journeys.reads import signed_agreements

VOTE_LENGTH = timedelta(days=10)


class NoLongerWaiting(Refusal):
    """The request was withdrawn or answered."""


def accept_request(request: JoinRequest, *, by: Actor, at: datetime) -> Seat | None:
    """Let a company in at its request, while the grouping only exchanges.

    Allowed       whoever leads.
    Refused when  the request was answered, or the grouping is past the exchange: then it is voted.
    Tells         journeys.request.accepted, and journeys.accession.recorded.
    """
    with act("journeys.request.accepted", book=request.grouping.book, by=by, at=at, on=request):
        fresh = waiting_request(request)
        grouping = living(fresh.grouping)
        leading_seat(grouping, by, _("répondre à cette demande"))
        if grouping.stage != Grouping.Stage.EXCHANGE:
            raise DecidedTogether(
                _("L’entrée d’une entreprise se vote à cette étape."), do=_("Mettez la demande au vote.")
            )
        return admit(fresh, by=by, at=at)


def put_request_to_vote(request: JoinRequest, *, by: Actor, at: datetime) -> Ballot:
    """Ask the members whether a company comes in, by the rule in force for an admission.

    Allowed       any member.
    Refused when  the request was answered or is being voted, or the grouping only exchanges.
    Tells         journeys.request.put_to_vote, and governance.ballot.opened.
    """
    with act("journeys.request.put_to_vote", book=request.grouping.book, by=by, at=at, on=request) as told:
        fresh = waiting_request(request)
        grouping = living(fresh.grouping)
        acting_seat(grouping, by)
        if grouping.stage == Grouping.Stage.EXCHANGE:
            raise NoLongerWaiting(
                _("Rien n’est engagé : la personne qui anime répond directement."), do=_("Acceptez, ou déclinez.")
            )
        with for_the_papers():
            title = _("Accueillir %(company)s") % {"company": fresh.company}
            lines = [
                _("%(company)s demande à entrer, représentée par %(who)s.")
                % {"company": fresh.company, "who": fresh.person.name or _("sa direction")}
            ]
            if fresh.words:
                lines.append(f"« {fresh.words} »")
            if grouping.stage == Grouping.Stage.COMMITTED:
                lines.append(_("Si vous acceptez, elle adhère à ce que les membres ont signé."))
        ballot = propose_resolution(
            grouping,
            title=title[:160],
            text="\n".join(lines),
            decision_type=DecisionType.ADMISSION,
            closes_at=at + VOTE_LENGTH,
            effect="admit",
            effect_on=address(fresh),
            by=by,
            at=at,
        )
        fresh.state, fresh.decision = JoinRequest.State.VOTING, address(ballot)
        fresh.save(update_fields=["state", "decision"])
        told["ballot"] = ballot.public_id
    return ballot


def admit(request: JoinRequest, *, by: By, at: datetime, by_decision: str = "") -> Seat | None:
    """Give a company that asked its seat; in a committed grouping, its accession to what was signed is recorded.

    Allowed  the effect of an adopted decision, or whoever leads an exchange; nothing happens to a withdrawn request.
    Tells    journeys.accession.recorded: the seat, the company, the signed texts it accedes to.
    """
    grouping = request.grouping
    seat = Seat.objects.filter(grouping=grouping, company=request.company).first()
    if request.state not in (JoinRequest.State.ASKED, JoinRequest.State.VOTING):
        return None
    seat = seat or Seat(public_id=new_public_id(), grouping=grouping, company=request.company)
    with act("journeys.accession.recorded", book=grouping.book, by=by, at=at, on=address(seat)) as told:
        seat.holder, seat.substitute, seat.state, seat.left_at = request.person, None, Seat.State.MEMBER, None
        seat.invited_at, seat.answered_at = request.asked_at, at
        seat.save()
        request.state, request.answered_at, request.seat = JoinRequest.State.ACCEPTED, at, seat
        request.save(update_fields=["state", "answered_at", "seat"])
        told |= {"company": request.company.public_id, "by_decision": by_decision, "stage": grouping.stage}
        told["agreements"] = signed_agreements(grouping)
    return seat


def note_refused_request(request: JoinRequest, *, by: By, at: datetime) -> JoinRequest:
    """Note that the members did not let a company in.

    Allowed       Cordée itself, once the vote is closed without adoption.
    Refused when  it is no longer being voted.
    Tells         journeys.request.refused.
    """
    with act("journeys.request.refused", book=request.grouping.book, by=by, at=at, on=request):
        done = JoinRequest.objects.filter(pk=request.pk, state=JoinRequest.State.VOTING)
        if not done.update(state=JoinRequest.State.DECLINED, answered_at=at):
            raise NoLongerWaiting(_("Cette demande n’est plus au vote."))
    return request
