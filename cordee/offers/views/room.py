"""The restricted room of a bid: who knew what, who is inside, what came out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.offers import acts
from cordee.offers.forms import room as forms
from cordee.offers.reads.room import RoomPage, room_bid, room_page
from cordee.offers.views.bids import _voice


def _show(request: HttpRequest, page: RoomPage, **wrong: Any) -> HttpResponse:
    acts.read_room(page.opened, page.piece_reads, person=request.user, at=request.at)
    blank = {
        "piece_form": forms.PieceForm(),
        "name_form": forms.NameForm(prefix="name"),
        "release_form": forms.ReleaseForm(prefix="out"),
        "exchange_form": forms.ExchangeForm(prefix="x"),
    }
    context = {"page": page, "bid": page.bid, "me": page.me, **blank, **wrong}
    return show(request, "offers/room.html", context, status=422 if wrong else 200)


@signed_in
def room(request: HttpRequest, public_id: str) -> HttpResponse:
    form = forms.PieceForm(request.POST or None)
    if request.method == "POST":
        return _do(request, public_id, "piece_form", form, acts.put_in_room, _("La pièce est dans la salle, chiffrée."))
    return _show(request, room_page(request.user, public_id, voice=_voice(request)))


def _do(request: HttpRequest, public_id: str, key: str, form: Any, what: Any, note: str) -> HttpResponse:
    """One act in the room, from a form; a wrong form shows the page again."""
    found, me = room_bid(request.user, public_id, voice=_voice(request))
    back = reverse("offers:room", args=[public_id]) + (me.voice if me else "")
    if form is not None and not form.is_valid():
        return _show(request, room_page(request.user, public_id, voice=_voice(request)), **{key: form})
    data = form.cleaned_data if form is not None else {}
    try:
        what(found, **data, by=me.actor if me else Actor(request.user), at=request.at)
    except Refusal as refusal:
        refusal.back = refusal.back or back
        raise
    messages.success(request, note)
    return done(request, back)


@signed_in
@require_POST
def name(request: HttpRequest, public_id: str) -> HttpResponse:
    form = forms.NameForm(request.POST, prefix="name")
    return _do(request, public_id, "name_form", form, acts.name_to_room, _("Cette personne est nommée ; un mail part."))


@signed_in
@require_POST
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    return _do(request, public_id, "", None, acts.enter_room, _("Vous êtes dans la salle. Chaque lecture est notée."))


@signed_in
@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    form = forms.ReleaseForm(request.POST, prefix="out")
    return _do(request, public_id, "release_form", form, acts.release_summary, _("La synthèse est lue par tous."))


@signed_in
@require_POST
def exchange(request: HttpRequest, public_id: str) -> HttpResponse:
    form = forms.ExchangeForm(request.POST, prefix="x")
    return _do(request, public_id, "exchange_form", form, acts.log_exchange, _("L’échange est noté."))
