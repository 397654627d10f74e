"""The board, its cards, lots and sprints; what one does this week."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery import acts, reads
from cordee.delivery.forms import ItemForm, LotForm, SprintForm
from cordee.delivery.models import Blocker, Delivery, RetroNote, Sprint, WorkItem, WorkLot
from cordee.delivery.views.doing import acting, at, filled, mine, number, verb
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import Refusal
from cordee.groupings.reads import Membership


@signed_in
def board(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = SprintForm(initial={"starts_on": localtime(request.at).date()})
    context = {"board": reads.board_of(found, me, at=request.at), "delivery": found, "me": me, "sprint_form": form}
    return show(request, "delivery/board.html", context)


# --- Cards ---


def _item(delivery: Delivery, public_id: str) -> WorkItem:
    known = WorkItem.objects.select_related("delivery__grouping", "lot", "seat__company", "sprint", "moved_by__company")
    return get_object_or_404(known, delivery=delivery, public_id=public_id)


@signed_in
def item_new(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = ItemForm(request.POST or None, delivery=found, item=None, initial={"lot": request.GET.get("lot", "")})
    if request.method == "POST" and form.is_valid():
        acts.write_item(found, None, values=form.cleaned_data, by=me.actor, at=request.at)
        return done(request, at("board", found, me))
    context = {"form": form, "delivery": found, "me": me}
    return show(request, "delivery/item_new.html", context, status=422 if form.errors else 200)


@signed_in
def item(request: HttpRequest, public_id: str, item: str) -> HttpResponse:
    found, me = mine(request, public_id)
    one = _item(found, item)
    form = ItemForm(request.POST or None, delivery=found, item=one)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        back = at("item", found, me, item)
        return acting(
            request, back,
            lambda: acts.write_item(found, one, values=data, version=data["version"], by=me.actor, at=request.at),
            _("La carte est à jour."),
        )  # fmt: skip
    page = reads.board_of(found, me, at=request.at)
    card = next(card for column in page.columns for card in column.cards if card.item.pk == one.pk)
    context = {
        "form": form, "delivery": found, "me": me, "card": card, "sprint": page.sprint,
        "lifted": one.blockers.exclude(lifted_at=None).select_related("helper__company"),
        "notes": one.team_notes.select_related("by", "seat__company"),
    }  # fmt: skip
    return show(request, "delivery/item.html", context, status=422 if form.errors else 200)


def _take(one: WorkItem, data: Any, **who: Any) -> object:
    return acts.take_item(one, version=number(data.get("version", "")), **who)


def _release(one: WorkItem, data: Any, **who: Any) -> object:
    return acts.release_item(one, version=number(data.get("version", "")), why=data.get("text", ""), **who)


def _move(one: WorkItem, data: Any, **who: Any) -> object:
    version, checked = number(data.get("version", "")), len(data.getlist("checked"))
    return acts.move_item(one, to=data.get("to", ""), version=version, checked=checked, **who)


def _plan(one: WorkItem, data: Any, **who: Any) -> object:
    return acts.plan_item(one, wanted=data.get("wanted") == "1", **who)


def _block(one: WorkItem, data: Any, **who: Any) -> object:
    return acts.raise_blocker(one, text=data.get("text", ""), wants_help=data.get("help") == "1", **who)


def _note(one: WorkItem, data: Any, **who: Any) -> object:
    return acts.note_to_team(one, text=data.get("text", ""), **who)


@signed_in
@require_POST
def item_do(request: HttpRequest, public_id: str, item: str, what: str) -> HttpResponse:
    verbs = {
        "prendre": (_take, _("Votre entreprise porte cette carte.")),
        "rendre": (_release, _("La carte est de nouveau à prendre.")),
        "deplacer": (_move, _("La carte est déplacée.")),
        "sprint": (_plan, _("C’est noté pour ce sprint.")),
        "bloquer": (_block, _("Toute l’équipe voit ce blocage.")),
        "noter": (_note, _("L’équipe le lit, le client non.")),
    }
    found, me = mine(request, public_id)
    act, said = verb(verbs, what)
    back = _back(request, found, me, item)
    return acting(request, back, lambda: act(_item(found, item), request.POST, by=me.actor, at=request.at), said)


def _back(request: HttpRequest, delivery: Delivery, me: Membership, item: str) -> str:
    """The page the form stood on: the week, the card, or the board."""
    places = {"semaine": reverse("delivery:week"), "carte": at("item", delivery, me, item)}
    return places.get(request.POST.get("retour", ""), at("board", delivery, me))


@signed_in
@require_POST
def blocker_do(request: HttpRequest, public_id: str, blocker: str, what: str) -> HttpResponse:
    found, me = mine(request, public_id)
    one = get_object_or_404(
        Blocker.objects.select_related("item__delivery__grouping"), item__delivery=found, public_id=blocker
    )
    who: dict[str, Any] = {"by": me.actor, "at": request.at}
    verbs = {
        "aider": (lambda: acts.offer_help(one, **who), _("Merci : toute l’équipe voit que vous aidez.")),
        "lever": (lambda: acts.lift_blocker(one, how=request.POST.get("text", ""), **who), _("Le blocage est levé.")),
    }
    act, said = verb(verbs, what)
    return acting(request, _back(request, found, me, one.item.public_id), act, said)


# --- Lots ---


@signed_in
def lot_new(request: HttpRequest, public_id: str) -> HttpResponse:
    return _lot(request, public_id, "")


@signed_in
def lot(request: HttpRequest, public_id: str, lot: str) -> HttpResponse:
    return _lot(request, public_id, lot)


def _lot(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    found, me = mine(request, public_id)
    one = (
        get_object_or_404(WorkLot.objects.select_related("seat__company"), delivery=found, public_id=name)
        if name
        else None
    )
    form = LotForm(request.POST or None, lot=one)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        here = at("lot", found, me, name) if one else at("lot_new", found, me)
        try:
            acts.write_lot(found, one, values=data, version=data["version"] or 0, by=me.actor, at=request.at)
        except Refusal as refusal:
            refusal.back = here
            raise
        return done(request, at("board", found, me, part="#lots"))
    context = {"form": form, "delivery": found, "me": me, "lot": one}
    return show(request, "delivery/lot.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def lot_take(request: HttpRequest, public_id: str, lot: str) -> HttpResponse:
    found, me = mine(request, public_id)
    one = get_object_or_404(WorkLot.objects.select_related("delivery__grouping"), delivery=found, public_id=lot)
    back = at("board", found, me, part="#lots")
    said = _("Votre entreprise porte ce lot.")
    return acting(request, back, lambda: acts.take_lot(one, by=me.actor, at=request.at), said)


# --- Sprints ---


@signed_in
@require_POST
def sprint_new(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = SprintForm(request.POST)
    return acting(
        request, at("board", found, me),
        lambda: acts.open_sprint(found, **filled(form), by=me.actor, at=request.at), _("Le sprint est ouvert."),
    )  # fmt: skip


def _sprint(delivery: Delivery, rank: int) -> Sprint:
    known = Sprint.objects.select_related("delivery__grouping", "facilitator__company", "facilitator__holder")
    return get_object_or_404(known, delivery=delivery, number=rank)


@signed_in
def sprint(request: HttpRequest, public_id: str, rank: int) -> HttpResponse:
    found, me = mine(request, public_id)
    page = reads.sprint_page(_sprint(found, rank), me)
    context = {"page": page, "sprint": page.sprint, "delivery": found, "me": me, "kinds": RetroNote.Kind.choices}
    return show(request, "delivery/sprint.html", context)


def _decide(one: Sprint, data: Any, **who: Any) -> object:
    known = RetroNote.objects.select_related("sprint__delivery__grouping")
    return acts.decide_retro(get_object_or_404(known, sprint=one, public_id=data.get("note", "")), **who)


@signed_in
@require_POST
def sprint_do(request: HttpRequest, public_id: str, rank: int, what: str) -> HttpResponse:
    found, me = mine(request, public_id)
    one, data = _sprint(found, rank), request.POST
    who: dict[str, Any] = {"by": me.actor, "at": request.at}
    verbs = {
        "animer": (lambda: acts.take_facilitation(one, **who), _("Vous animez ce sprint.")),
        "revue": (lambda: acts.note_review(one, text=data.get("text", ""), **who), _("La revue est notée.")),
        "retro": (
            lambda: acts.add_retro(one, kind=data.get("kind", ""), text=data.get("text", ""), **who),
            _("C’est dit."),
        ),
        "decider": (lambda: _decide(one, data, **who), _("La proposition est au vote.")),
        "terminer": (
            lambda: acts.close_sprint(one, nothing_to_change=data.get("text", ""), **who),
            _("Le sprint est terminé."),
        ),
    }
    act, said = verb(verbs, what)
    return acting(request, at("sprint", found, me, rank), act, said)
