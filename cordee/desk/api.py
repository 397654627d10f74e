"""The HTTP API under /api/v1: every room's addresses, one description, refusals as JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from ninja import NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError

from cordee.agreements.api import router as agreements
from cordee.desk.reads import api_groups
from cordee.directory.api import NO, Caller, Scope, TooOften, With
from cordee.directory.api import router as directory
from cordee.governance.api import router as governance
from cordee.ground.kit.access import open_door
from cordee.ground.kit.refusals import Refusal
from cordee.ground.register.models import Entry
from cordee.groupings.api import router as groupings
from cordee.groupings.api import seat_for
from cordee.money.api import router as money
from cordee.projects.api import router as projects

router = Router(tags=["Register"])


class Line(Schema):
    """One act of a grouping's book, as it is sealed. `by` is a pseudonym, and the seat it acted for."""

    number: int
    act: str
    at: str
    by: str
    subject: str
    facts: dict[str, Any]
    previous: str
    seal: str


@router.get(
    "/groupings/{grouping}/register",
    response={200: list[Line], **NO},
    auth=With(Scope.REGISTER),
    summary="The book of a grouping, past a number",
)
def register(
    request: HttpRequest, grouping: str, after: int = Query(0, ge=0, le=2**53), most: int = Query(100, ge=1, le=500)
) -> list[Entry]:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    book = seat_for(caller, grouping).grouping.book
    return list(Entry.objects.of(book).filter(number__gt=after)[:most])


api = NinjaAPI(
    title="Cordée",
    version="1",
    description="What a leader reads and does in Cordée, for the programs of their company. Every address asks for a "
    "key that the leader makes on « Mes données », for the uses they choose; it sees what that company sees, no more.",
    urls_namespace="api",
    docs_url=None,
)
for each in (directory, groupings, governance, agreements, money, projects, router):
    api.add_router("", each)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The same words as on the page."""
    said = {"what": refusal.what, "why": refusal.why, "do": refusal.do}
    answer = api.create_response(request, said, status=refusal.status)
    if isinstance(refusal, TooOften):
        answer["Retry-After"] = str(refusal.wait)
    return answer


@api.exception_handler(HttpError)
def wrong(request: HttpRequest, error: HttpError) -> HttpResponse:
    return api.create_response(request, {"what": str(error)}, status=error.status_code)


def addresses() -> tuple[list[Any], str, str]:
    """What config/urls.py mounts: the description is open, every other address asks for a key."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback = _in_words(pattern.callback)
        pattern.callback.door = "open" if pattern.name in ("openapi-json", "api-root") else "key"
    return patterns, app_name, namespace


def _in_words(view: Any) -> Any:
    """The view of an address; a method that it does not take is refused as everything else is, in JSON."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        said = {"what": f"This address takes {response['Allow']} only.", "why": "", "do": "Read /api/v1/openapi.json."}
        return JsonResponse(said, status=405, headers={"Allow": response["Allow"]})

    answered.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
    return answered


@open_door
def api_page(request: HttpRequest) -> HttpResponse:
    """What programs may ask, as a person reads it."""
    return render(request, "desk/api.html", {"groups": api_groups(api.get_openapi_schema())})
