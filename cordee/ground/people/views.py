"""Signing in by a link of ours; choosing a language."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.people.acts import sign_in_by_link
from cordee.ground.people.models import Person
from cordee.ground.people.reads import THEME_COOKIE, THEMES, open_link, sign_in_means

YEAR = 60 * 60 * 24 * 365


@open_door
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows who enters; only the POST signs in."""
    opened = open_link(token, purpose="sign_in", at=request.at)
    if request.method == "POST":
        person = sign_in_by_link(opened.link, at=request.at)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("/")
    return render(request, "people/enter.html", {"opened": opened})


@open_door
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language on this machine, and for the person who is signed in."""
    chosen = request.POST.get("language", "")
    answer = redirect(_back(request))
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax", httponly=True)
        if request.user.is_authenticated:
            Person.objects.filter(pk=request.user.pk).update(language=chosen)
    return answer


@open_door
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine prefers: remembered on this machine."""
    answer = redirect(_back(request))
    if request.POST.get("theme") in THEMES:
        answer.set_cookie(
            THEME_COOKIE, request.POST["theme"], max_age=60 * 60 * 24 * 365, samesite="Lax", httponly=True
        )
    return answer


def _back(request: HttpRequest) -> str:
    """Where the form says to go back to, if that is a page of ours."""
    back = request.POST.get("next", "/")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if ours else "/"


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """How one enters, and the few settings of a person."""
    return render(request, "people/account.html", sign_in_means(request.user))


@open_door
def no_password(request: HttpRequest, rest: str = "") -> HttpResponse:
    """There is no password here: whoever looks for one is led to the code by e-mail."""
    return redirect("people:account" if request.user.is_authenticated else "account_login")
