"""The state of a grouping's documents over the HTTP API. Their text is read where it is signed."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from cordee.agreements.models import Agreement
from cordee.directory.api import NO, Scope, With
from cordee.groupings.api import seat_for

router = Router(tags=["Documents"])


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
    found = Agreement.objects.filter(grouping=seat.grouping).order_by("-prepared_at", "-pk")[:200]
    columns = ("kind", "title", "state", "prepared_at", "signed_on", "change")
    return [{"id": each.public_id, **{name: getattr(each, name) for name in columns}} for each in found]
