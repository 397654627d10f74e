"""Doors: who is asking. What they may see is decided by each room's permissions, inside its queries."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cordee.ground.kit.refusals import Refusal

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for a person who is signed in; anybody else is led to the sign-in page and back."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    door.door = "signed_in"  # type: ignore[attr-defined]
    return door


def open_door(view: View) -> View:
    """Open to everybody, on purpose: a public page, or a page that a signed link opens."""
    view.door = "open"  # type: ignore[attr-defined]
    return view


class PlainRequestMiddleware:
    """Before the doors: no zero byte gets in. After them: pages are nobody else's, and a wrong method gets a sentence.

    PostgreSQL takes no zero byte in a text, and no keyboard types one: whoever sends it gets the page « 400 ».
    Everything that a view answers may be personal, so no cache on the way, nor the next user of a shared computer, may
    keep it, unless the view says otherwise. Static files do not come this way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_zero_byte(request):
            raise BadRequest("a zero byte in the address or in the form")
        answer = self.get_response(request)
        if answer.status_code == 405 and not answer.streaming and not answer.content:
            refusal = Refusal(_("Cette adresse ne s’ouvre pas ainsi."), do=_("Revenez à la page d’où vous veniez."))
            allowed = answer["Allow"]
            answer = render(request, "kit/refusal.html", {"refusal": refusal, "back": "/"}, status=405)
            answer["Allow"] = allowed
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer


def _has_zero_byte(request: HttpRequest) -> bool:
    given = [request.path, *(text for name in request.GET for text in (name, *request.GET.getlist(name)))]
    if request.method == "POST":
        given += [text for name in request.POST for text in (name, *request.POST.getlist(name))]
        given += [file.name or "" for name in request.FILES for file in request.FILES.getlist(name)]
    return any("\x00" in text for text in given)
