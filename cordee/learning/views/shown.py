"""What is shown to others: the library, testimonies, the public page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.reads import Membership, actor_for
from cordee.learning import acts, reads
from cordee.learning.forms import CaseForm, PageForm, TestimonyForm
from cordee.learning.models import PublicPage, SharedCase
from cordee.learning.views.measures import me_of


def _around(me: Membership, **more: Any) -> dict[str, Any]:
    return {"me": me, "grouping": me.grouping, "acting_company": me.seat.company, **more}


def _to(request: HttpRequest, name: str, me: Membership, said: str) -> HttpResponse:
    messages.success(request, said)
    return done(request, reverse(name, args=[me.grouping.public_id]) + me.voice)


@signed_in
def library(request: HttpRequest, public_id: str) -> HttpResponse:
    me = me_of(request, public_id)
    found = reads.library(me.grouping, me.seat)
    return show(request, "learning/library.html", _around(me, library=found, form=CaseForm()))


@signed_in
@require_POST
def case_new(request: HttpRequest, public_id: str) -> HttpResponse:
    me, form = me_of(request, public_id), CaseForm(request.POST)
    lesson = form.cleaned_data["lesson"] if form.is_valid() else ""
    acts.propose_case(me.grouping, about=request.POST.get("about", ""), lesson=lesson, by=me.actor, at=request.at)
    return _to(request, "learning:library", me, _("C’est proposé. Il paraîtra quand chacun aura accepté."))


@signed_in
@require_POST
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """Agree to a case, or take it back."""
    found = get_object_or_404(SharedCase.objects.select_related("grouping"), public_id=public_id)
    me = me_of(request, found.grouping.public_id)
    what = {"agree": acts.consent_to_case, "withdraw": acts.withdraw_case}.get(request.POST.get("do", ""))
    if what is None:
        raise NotYours
    what(found, by=me.actor, at=request.at)
    return _to(request, "learning:library", me, _("C’est noté."))


@signed_in
def pages(request: HttpRequest, public_id: str) -> HttpResponse:
    me = me_of(request, public_id)
    return show(request, "learning/pages.html", _around(me, page=reads.pages_page(me)))


@signed_in
def page_new(request: HttpRequest, public_id: str) -> HttpResponse:
    me = me_of(request, public_id)
    form = PageForm(request.POST or None, initial={"name": me.grouping.name, "offer": me.grouping.purpose})
    if request.method == "POST" and form.is_valid():
        acts.propose_page(me.grouping, **form.cleaned_data, by=me.actor, at=request.at)
        return _to(request, "learning:pages", me, _("Le vote est ouvert pour sept jours, sur ces mots-là."))
    return show(request, "learning/page_new.html", _around(me, form=form), status=422 if form.errors else 200)


def _page(request: HttpRequest, public_id: str) -> tuple[PublicPage, Membership]:
    found = get_object_or_404(PublicPage.objects.select_related("grouping"), public_id=public_id)
    return found, me_of(request, found.grouping.public_id)


@signed_in
@require_POST
def page_open(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = _page(request, public_id)
    acts.open_page(found, by=me.actor, at=request.at)
    return _to(request, "learning:pages", me, _("La page est ouverte à tous."))


@signed_in
@require_POST
def page_close(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = _page(request, public_id)
    acts.close_page(found, by=me.actor, at=request.at)
    return _to(request, "learning:pages", me, _("La page est fermée."))


@signed_in
def testimony(request: HttpRequest, public_id: str) -> HttpResponse:
    """The short form of a testimony; and the button that takes it back."""
    found = reads.testimony_of(request.user, public_id)
    by = actor_for(request.user, found.seat)
    start = {"worked": found.worked, "words": found.words, "signed": found.signed or f"{request.user}, {found.seat}"}
    form = TestimonyForm(request.POST or None, request.FILES or None, initial={**start, "public": found.public})
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        acts.withdraw_testimony(found, by=by, at=request.at)
        messages.success(request, _("Votre témoignage est retiré."))
        return done(request, reverse("learning:testimony", args=[public_id]))
    if request.method == "POST" and form.is_valid():
        acts.give_testimony(found, **form.cleaned_data, by=by, at=request.at)
        messages.success(request, _("Merci, c’est enregistré."))
        return done(request, reverse("learning:testimony", args=[public_id]))
    context = {"testimony": found, "form": form, "grouping": found.grouping}
    return show(request, "learning/testimony.html", context, status=422 if form.errors else 200)


@open_door
def public(request: HttpRequest, public_id: str) -> HttpResponse:
    """What everybody reads."""
    shown = reads.public_page(public_id)
    here = request.build_absolute_uri(reverse("learning:public", args=[public_id]))
    card = request.build_absolute_uri(reverse("learning:public_card", args=[public_id]))
    return render(request, "learning/public.html", {"shown": shown, "page": shown.page, "here": here, "card": card})


@open_door
def public_card(request: HttpRequest, public_id: str) -> HttpResponse:
    answer = HttpResponse(reads.card_of(public_id), content_type="image/png")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@open_door
def photo(request: HttpRequest, public_id: str) -> HttpResponse:
    """The photo of a public testimony, shown in the page: it was written anew by us when it came in."""
    found = reads.shown_testimony(public_id)
    if found.photo is None:
        raise NotYours
    answer = hand_over(found.photo)
    answer["Content-Disposition"] = "inline"
    return answer
