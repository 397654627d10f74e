"""The state of a grouping's documents over the HTTP API. Their text is read where it is signed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from cordee.agreements.acts import prepare_agreement
from cordee.agreements.models import Agreement
from cordee.agreements.permissions import seen_by
from cordee.directory.api import NO, Scope, Text, With
from cordee.engines.assembly import document_types
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.api import seat_for
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for

router = Router(tags=["Documents"])
PaperKind = StrEnum("PaperKind", {slug.upper(): slug for slug in document_types()})  # type: ignore[misc]


class Paper(Schema):
    """A document: being prepared, sent to be signed, signed."""

    id: str
    kind: str
    title: str
    state: str
    prepared_at: datetime
    signed_on: date | None
    change: str


@router.get(
    "/groupings/{grouping}/documents",
    response={200: list[Paper], **NO},
    auth=With(Scope.DOCUMENTS),
    summary="The documents of a grouping",
)
def documents(request: HttpRequest, grouping: str) -> list[dict[str, Any]]:
    seat = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    found = Agreement.objects.filter(seen_by([seat]), grouping=seat.grouping).order_by("-prepared_at", "-pk")[:200]
    return [_paper(each) for each in found]


class NewPaper(Schema):
    """A document to prepare: the house fills in what it knows; who reads it over and sends it does so on its page."""

    kind: PaperKind
    seats: list[Text] = Field(default=[], max_length=50, description="Between whom; every member where it is empty.")


def _paper(agreement: Agreement) -> dict[str, Any]:
    columns = ("kind", "title", "state", "prepared_at", "signed_on", "change")
    return {"id": agreement.public_id, **{name: getattr(agreement, name) for name in columns}}


@router.post(
    "/groupings/{grouping}/documents",
    response={200: Paper, **NO},
    auth=With(Scope.DOCUMENTS_WRITE),
    summary="Prepare the draft of a document",
)
def new_document(request: HttpRequest, grouping: str, given: NewPaper) -> dict[str, Any]:
    seat = seat_for(request.auth, grouping)  # type: ignore[attr-defined]
    by = actor_for(request.auth.person, seat)  # type: ignore[attr-defined]
    known = set(
        Seat.objects.filter(grouping=seat.grouping, state=Seat.State.MEMBER).values_list("public_id", flat=True)
    )
    if not known.issuperset(given.seats):
        raise NotYours
    at = request.at  # type: ignore[attr-defined]
    return _paper(prepare_agreement(seat.grouping, kind=given.kind, parties=given.seats, by=by, at=at))
