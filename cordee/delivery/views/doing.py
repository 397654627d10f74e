"""What every page of this room does: load through the seat, do one thing, say it, go back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cordee.delivery.models import Delivery
from cordee.delivery.reads import delivery_of
from cordee.ground.kit.forms import first_errors
from cordee.ground.kit.htmx import done
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.groupings.reads import Membership


def voice(request: HttpRequest) -> str:
    """The seat named in the address or the form."""
    return request.POST.get("voix") or request.GET.get("voix", "")


def mine(request: HttpRequest, public_id: str) -> tuple[Delivery, Membership]:
    """The delivery, through the seat that takes part in it."""
    return delivery_of(request.user, public_id, voice=voice(request))


def at(name: str, delivery: Delivery, me: Membership, *more: Any, part: str = "") -> str:
    """The address of a page of a delivery."""
    return reverse(f"delivery:{name}", args=[delivery.public_id, *more]) + me.voice + part


def acting(request: HttpRequest, back: str, what: Callable[[], object], note: str) -> HttpResponse:
    """Do one thing, say it, go back; a refusal leads back to the same place."""
    try:
        what()
    except Refusal as refusal:
        refusal.back = refusal.back or back
        raise
    messages.success(request, note)
    return done(request, back)


def filled(form: Form) -> dict[str, Any]:
    """What was filled in; a refusal in words where something is missing."""
    if not form.is_valid():
        wrong = first_errors(form)[0]
        raise Refusal(f"{wrong[1]} : {wrong[2]}" if wrong[1] else wrong[2])
    return dict(form.cleaned_data)


def number(text: str) -> int:
    """A whole number that a form carries; an address that was made up finds nothing."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotYours
    return int(text)


Verb = tuple[Callable[..., object], str]


def verb(verbs: dict[str, Verb], name: str) -> Verb:
    """What is done at an address; NotYours for a word that is not one."""
    if name not in verbs:
        raise NotYours
    return verbs[name]
