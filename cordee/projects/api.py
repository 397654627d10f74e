"""The projects of a caller over the HTTP API: those in which its company takes part."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from cordee.directory.api import NO, Caller, Scope, Text, With
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.api import seat_for
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for
from cordee.projects.acts import open_project
from cordee.projects.kinds import every_kind
from cordee.projects.models import Project

router = Router(tags=["Projects"])
KindName = StrEnum("KindName", {one.slug.upper(): one.slug for one in every_kind()})  # type: ignore[misc]


class ProjectLine(Schema):
    """A project of some members."""

    id: str
    name: str
    kind: str
    stage: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str


class Planned(Schema):
    """A line of the first budget, in cents without tax."""

    label: str
    cents: int


class Measured(Schema):
    """What an indicator said one day, in hundredths."""

    indicator: str
    on: date
    hundredths: int


class ProjectDetail(ProjectLine):
    """With its budget and what was measured."""

    purpose: str
    companies: list[str]
    budget: list[Planned]
    measures: list[Measured]


class NewProject(Schema):
    """A project to open: its kind is one of those of this house; without companies, every member takes part."""

    name: Text = Field(min_length=1, max_length=120, pattern=r"\S")
    kind: KindName
    purpose: Text = Field("", max_length=2000)
    seats: list[Text] = Field(default=[], max_length=50, description="The seats that take part, mine always.")


def _line(project: Project) -> dict[str, Any]:
    columns = ("name", "kind", "stage", "opened_at", "ended_at", "outcome")
    return {"id": project.public_id, **{name: getattr(project, name) for name in columns}}


def _mine(seat: Seat) -> list[Project]:
    taking_part = {"participants__seat": seat, "participants__left_at": None}
    return list(Project.objects.filter(grouping=seat.grouping, **taking_part))


@router.get(
    "/groupings/{grouping}/projects",
    response={200: list[ProjectLine], **NO},
    auth=With(Scope.PROJECTS),
    summary="The projects in which my company takes part",
)
def projects(request: HttpRequest, grouping: str) -> list[dict[str, Any]]:
    seat = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    return [_line(each) for each in _mine(seat)]


@router.get(
    "/projects/{project}", response={200: ProjectDetail, **NO}, auth=With(Scope.PROJECTS), summary="One project"
)
def one_project(request: HttpRequest, project: str) -> dict[str, Any]:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    found = Project.objects.select_related("grouping").filter(public_id=project).first()
    if found is None or found not in _mine(seat_for(caller, found.grouping.public_id)):
        raise NotYours
    return _detail(found)


@router.post(
    "/groupings/{grouping}/projects",
    response={200: ProjectDetail, **NO},
    auth=With(Scope.PROJECTS_WRITE),
    summary="Open a project",
)
def new_project(request: HttpRequest, grouping: str, given: NewProject) -> dict[str, Any]:
    seat = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    by = actor_for(request.auth.person, seat)  # type: ignore[attr-defined]
    members = {each.public_id: each for each in Seat.objects.filter(grouping=seat.grouping, state=Seat.State.MEMBER)}
    if any(one not in members for one in given.seats):
        raise NotYours
    chosen = [members[one] for one in dict.fromkeys(given.seats)] or None
    made = open_project(
        seat.grouping, kind=given.kind, name=given.name, purpose=given.purpose, seats=chosen, by=by,
        at=request.at,  # type: ignore[attr-defined]
    )  # fmt: skip
    return _detail(made)


def _detail(found: Project) -> dict[str, Any]:
    companies = found.participants.filter(left_at=None).select_related("seat__company")
    return {
        **_line(found),
        "purpose": found.purpose,
        "companies": [str(each.seat.company) for each in companies],
        "budget": list(found.budget.values("label", "cents")),
        "measures": list(found.measures.values("indicator", "on", "hundredths")),
    }
