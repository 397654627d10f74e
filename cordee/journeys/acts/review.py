"""The yearly question as one vote: counted under the rules in force, it takes by itself the step that it decides."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.engines.lifecycle import review_outcome
from cordee.governance.acts import propose_resolution, record_vote
from cordee.governance.models import Ballot, DecisionType
from cordee.governance.reads import tally_under
from cordee.ground.kit.words import for_the_papers
from cordee.ground.people.models import Clockwork
from cordee.ground.register.acts import act, address
from cordee.groupings.acts import close_review
from cordee.groupings.acts.at_the_table import living
from cordee.groupings.models import Grouping, Office, Review, Seat
from cordee.journeys.acts.decisions import NotNow
from cordee.journeys.reads import RULED_BY, being_voted, turn_of

ENDING_VOTE = timedelta(days=14)
"""How long the members vote on an end that the yearly question asks for and cannot decide."""


def conclude_review(review: Review, *, by: Clockwork, at: datetime) -> Review:
    """Close the yearly question, and take the step that it decides: the end begins, the grouping rests, or goes on.

    Each answer is counted under the rule in force for it, all other answers being against; what is decided so is one
    vote, kept among the decisions, and its effect follows by itself. A new purpose is then written and voted.

    Allowed       Cordée itself, once all have answered or the time is over.
    Refused when  it is closed, or somebody has not answered and the time has not come.
    Tells         journeys.review.concluded: the answer, and the vote that it makes; groupings.review.closed.
    """
    with act("journeys.review.concluded", book=review.grouping.book, by=by, at=at, on=review) as told:
        closed = close_review(review, by=by, at=at, decided=_decided)
        told["outcome"] = closed.outcome
        ballot = _keep(closed, by=by, at=at)
        if ballot is not None:
            closed.decision = address(ballot)
            closed.save(update_fields=["decision"])
            told["ballot"] = ballot.public_id
    return closed


def _answers(review: Review, option: str) -> dict[int, str]:
    given = review.answers.filter(seat__state=Seat.State.MEMBER).values_list("seat_id", "choice")
    return {seat: "for" if choice == option else "against" for seat, choice in given}


def _decided(review: Review, answers: Sequence[str]) -> str:
    """The gravest answer that its rule adopts; else going on, or a new purpose where most ask for something else."""
    by_half = review_outcome(answers)
    for option, kind in RULED_BY:
        tally = tally_under(review.grouping, kind, _answers(review, option))
        if by_half == option if tally is None else tally.outcome == "adopted":
            return option
    return Review.Outcome.CONTINUE if by_half in ("continue", "pause") else Review.Outcome.CHANGE


def _keep(review: Review, *, by: Clockwork, at: datetime) -> Ballot | None:
    """The vote that an end or a rest makes; nothing for the other answers, and where the rule asks for its own vote."""
    grouping, option = review.grouping, review.outcome
    said = _answers(review, option)
    turn = turn_of("wind_up", grouping) if option == Review.Outcome.WIND_UP else None
    if option not in (Review.Outcome.WIND_UP, Review.Outcome.PAUSE) or (option == "wind_up" and turn is None):
        return None
    if tally_under(grouping, _kind(option), said) is None or being_voted(grouping, option):
        return None
    lead = _leads(grouping)
    with for_the_papers():
        why = _said(review, option)
        title = str(turn.title) if turn else _("Mettre le groupement en pause")
        text = turn.text(lead) if turn else _("Le groupement se repose. Rien n’est perdu, et il reprend quand on veut.")
    return record_vote(
        grouping, title=title, text=f"{text}\n{why}", decision_type=_kind(option), effect=option,
        effect_on=address(lead) if turn else "", said=said, seat=lead, by=by, at=at,
    )  # fmt: skip


def _kind(option: str) -> DecisionType:
    return dict(RULED_BY)[Review.Outcome(option)]


def _said(review: Review, option: str) -> str:
    """« Au bilan du but, 3 entreprises sur 4 ont répondu « terminer ». »"""
    said = _answers(review, option)
    return _("Au bilan du but, %(count)s entreprises sur %(all)s ont répondu « %(answer)s ».") % {
        "count": list(said.values()).count("for"),
        "all": len(said),
        "answer": str(Review.Outcome(option).label).lower(),
    }


def put_ending_to_vote(review: Review, *, by: Clockwork, at: datetime) -> Ballot:
    """The yearly question asks to finish where the end needs a vote of its own (secret, say): it opens by itself.

    Allowed       Cordée itself, once the question is closed with that answer and decided nothing.
    Refused when  the grouping is not committed, the end is being voted, or this question has opened its vote.
    Tells         journeys.ending.put_to_vote, and governance.ballot.opened.
    """
    with act("journeys.ending.put_to_vote", book=review.grouping.book, by=by, at=at, on=review) as told:
        fresh = Review.objects.select_for_update(of=("self",)).select_related("grouping").get(pk=review.pk)
        grouping = living(fresh.grouping)
        known = turn_of("wind_up", grouping)
        if (
            fresh.outcome != Review.Outcome.WIND_UP
            or fresh.decision
            or known is None
            or being_voted(grouping, "wind_up")
        ):
            raise NotNow(_("Cette question ne se pose pas à cette étape."))
        lead = _leads(grouping)
        with for_the_papers():
            why = _said(fresh, Review.Outcome.WIND_UP)
            text, title = f"{known.text(lead)}\n{why}", str(known.title)
        ballot = propose_resolution(
            grouping,
            title=title[:160],
            text=text,
            decision_type=known.decision_type,
            closes_at=at + ENDING_VOTE,
            effect="wind_up",
            effect_on=address(lead),
            seat=lead,
            by=by,
            at=at,
        )
        fresh.decision = address(ballot)
        fresh.save(update_fields=["decision"])
        told |= {"ballot": ballot.public_id, "lead": lead.public_id}
    return ballot


def _leads(grouping: Grouping) -> Seat:
    """Who would lead the ending: the coordinator, else who facilitates, else the oldest member."""
    members = Seat.objects.filter(grouping=grouping, state=Seat.State.MEMBER).select_related("company").order_by("pk")
    held = {office.role: office.seat_id for office in grouping.offices.filter(until=None)}
    wanted = held.get(Office.Role.COORDINATOR) or held.get(Office.Role.FACILITATOR)
    found = next((seat for seat in members if seat.pk == wanted), None) or members.first()
    if found is None:
        raise NotNow(_("Personne n’est membre."))
    return found
