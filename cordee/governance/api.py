"""Decisions and meetings over the HTTP API; a vote is cast as on the page, by the same act."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from cordee.directory.api import NO, Caller, Scope, Text, With
from cordee.governance.acts import cast_vote, note_done
from cordee.governance.models import Ballot, FollowUp, Meeting, Voter
from cordee.governance.reads import announced
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.api import seat_for
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for

router = Router(tags=["Decisions"])
AT_MOST = 200


class Decision(Schema):
    """A question put to the members. What others answered is told once the vote is closed, in `said`."""

    id: str
    title: str
    type: str
    method: str
    secret: bool
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    outcome: str
    said: str
    my_choice: str


class DecisionDetail(Decision):
    """With the very words that are voted, and what one may choose from."""

    text: str
    options: list[str]
    carried_out_by: str = Field("", description="The company in charge of it; empty where nobody was named.")
    due_on: date | None = None
    done_at: datetime | None = None


class Done(Schema):
    """Whether a decision is carried out, by the word of who is in charge of it."""

    done: bool
    note: Text = Field("", max_length=300)


class Vote(Schema):
    """My company's answer to a yes-or-no question; it may be changed until the vote closes."""

    choice: Literal["for", "against", "abstain"]
    why: Text = Field("", max_length=500)


class MeetingLine(Schema):
    """A meeting of the members."""

    id: str
    title: str
    state: str
    place: str
    starts_at: datetime | None
    minutes: int


def _decision(ballot: Ballot, choice: str) -> dict[str, Any]:
    return {
        "id": ballot.public_id,
        "title": ballot.resolution.title,
        "type": ballot.resolution.decision_type,
        "method": ballot.rule["method"],
        "secret": bool(ballot.rule["secret"]),
        "opened_at": ballot.opened_at,
        "closes_at": ballot.closes_at,
        "closed_at": ballot.closed_at,
        "outcome": ballot.outcome,
        "said": announced(ballot) if ballot.closed_at else "",
        "my_choice": choice,
    }


def _detail(ballot: Ballot, seat: Seat) -> dict[str, Any]:
    mine = Voter.objects.filter(ballot=ballot, seat=seat).first()
    plain = _decision(ballot, mine.choice if mine else "")
    follow = FollowUp.objects.filter(resolution=ballot.resolution_id).select_related("owner__company").first()
    carried = (
        {"carried_out_by": str(follow.owner), "due_on": follow.due_on, "done_at": follow.done_at} if follow else {}
    )
    return {**plain, "text": ballot.resolution.text, "options": list(ballot.options), **carried}


def _ballot(caller: Caller, decision: str) -> tuple[Ballot, Seat]:
    ballot = Ballot.objects.select_related("resolution", "grouping").filter(public_id=decision).first()
    if ballot is None:
        raise NotYours
    return ballot, seat_for(caller, ballot.grouping.public_id)


@router.get(
    "/groupings/{grouping}/decisions",
    response={200: list[Decision], **NO},
    auth=With(Scope.DECISIONS),
    summary="The decisions of a grouping, the last ones first",
)
def decisions(request: HttpRequest, grouping: str) -> list[dict[str, Any]]:
    seat = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    ballots = list(Ballot.objects.filter(grouping=seat.grouping).select_related("resolution").order_by("-pk")[:AT_MOST])
    mine = dict(Voter.objects.filter(seat=seat, ballot__in=ballots).values_list("ballot", "choice"))
    return [_decision(ballot, mine.get(ballot.pk, "")) for ballot in ballots]


@router.get(
    "/decisions/{decision}", response={200: DecisionDetail, **NO}, auth=With(Scope.DECISIONS), summary="One decision"
)
def one_decision(request: HttpRequest, decision: str) -> dict[str, Any]:
    return _detail(*_ballot(request.auth, decision))  # type: ignore[attr-defined]


@router.post("/decisions/{decision}/vote", response={200: DecisionDetail, **NO}, auth=With(Scope.VOTE), summary="Vote")
def vote(request: HttpRequest, decision: str, given: Vote) -> dict[str, Any]:
    ballot, seat = _ballot(request.auth, decision)  # type: ignore[attr-defined]
    by = actor_for(request.auth.person, seat)  # type: ignore[attr-defined]
    answer = {"why": given.why} if given.why.strip() else {}
    cast_vote(ballot, seat=seat, choice=given.choice, by=by, at=request.at, answer=answer)  # type: ignore[attr-defined]
    return _detail(ballot, seat)


@router.post(
    "/decisions/{decision}/done",
    response={200: DecisionDetail, **NO},
    auth=With(Scope.DECISIONS_WRITE),
    summary="Say whether a decision is carried out",
)
def done(request: HttpRequest, decision: str, given: Done) -> dict[str, Any]:
    ballot, seat = _ballot(request.auth, decision)  # type: ignore[attr-defined]
    follow = FollowUp.objects.filter(resolution=ballot.resolution_id).select_related("grouping", "resolution").first()
    if follow is None:
        raise NotYours
    by = actor_for(request.auth.person, seat)  # type: ignore[attr-defined]
    note_done(follow, done=given.done, note=given.note, by=by, at=request.at)  # type: ignore[attr-defined]
    return _detail(ballot, seat)


@router.get(
    "/groupings/{grouping}/meetings",
    response={200: list[MeetingLine], **NO},
    auth=With(Scope.DECISIONS),
    summary="The meetings of a grouping",
)
def meetings(request: HttpRequest, grouping: str) -> list[dict[str, Any]]:
    seat = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    found = Meeting.objects.filter(grouping=seat.grouping).order_by("-pk")[:AT_MOST]
    return [
        {
            "id": each.public_id,
            "title": each.title,
            "state": each.state,
            "place": each.place,
            "starts_at": each.starts_at,
            "minutes": each.length,
        }
        for each in found
    ]
