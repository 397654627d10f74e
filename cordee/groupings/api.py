"""The groupings of a caller, and the seat through which it sees each of them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from cordee.directory.api import NO, Caller, Scope, With
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.models import Grouping, Seat
from cordee.groupings.reads import my_seats, seats_with_offices

router = Router(tags=["Groupings"])


def seat_for(caller: Caller, grouping: str) -> Seat:
    """The seat of the caller's own company in a grouping; NotYours for any other."""
    found = my_seats(caller.person).filter(company=caller.company, grouping__public_id=grouping).first()
    if found is None:
        raise NotYours
    return found


class GroupingLine(Schema):
    """One grouping of mine."""

    id: str
    name: str
    stage: str
    stage_since: datetime
    paused: bool


class Member(Schema):
    """A company at the table, and the roles it holds."""

    seat: str
    company: str
    siren: str | None
    roles: list[str]
    mine: bool


class GroupingDetail(GroupingLine):
    """One grouping of mine, in full."""

    purpose: str
    end_condition: str
    members: list[Member]


def _line(grouping: Grouping) -> dict[str, Any]:
    return {
        "id": grouping.public_id,
        "name": grouping.name,
        "stage": grouping.stage,
        "stage_since": grouping.stage_since,
        "paused": grouping.paused_at is not None,
    }


@router.get("/groupings", response={200: list[GroupingLine], **NO}, auth=With(Scope.GROUPINGS), summary="My groupings")
def my_groupings(request: HttpRequest) -> list[dict[str, Any]]:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return [_line(seat.grouping) for seat in my_seats(caller.person).filter(company=caller.company)]


@router.get(
    "/groupings/{grouping}",
    response={200: GroupingDetail, **NO},
    auth=With(Scope.GROUPINGS),
    summary="One grouping and its members",
)
def one_grouping(request: HttpRequest, grouping: str) -> dict[str, Any]:
    mine = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    found = mine.grouping
    members = [
        {
            "seat": seat.public_id,
            "company": str(seat.company),
            "siren": seat.company.siren,
            "roles": [office.role for office in seat.offices.all()],
            "mine": seat.pk == mine.pk,
        }
        for seat in seats_with_offices(found)
        if seat.state == Seat.State.MEMBER
    ]
    return {**_line(found), "purpose": found.purpose, "end_condition": found.end_condition, "members": members}
