"""Mandates of my company, guests of a grouping, and what a guest sees and prepares."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.governance import acts as governance
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.people.reads import open_link
from cordee.groupings import acts as groupings
from cordee.groupings.reads import my_power, writing_page
from cordee.journeys import forms, reads
from cordee.journeys.views.life import around, back_to, me_of, page_of


@signed_in
def mandates(request: HttpRequest, public_id: str) -> HttpResponse:
    me, do = me_of(request, public_id), request.POST.get("do", "")
    form = forms.MandateForm(
        request.POST if do == "give" else None, request.FILES if do == "give" else None, at=request.at
    )
    if do == "end":
        found = reads.mandate_of(me, request.POST.get("mandat", ""))
        groupings.end_mandate(found, by=me.actor, at=request.at)
        return back_to(request, "groupings:mandates", me, _("C’est fini : ce mandat ne vaut plus rien."))
    if do == "ask":
        asked = forms.WritingAskedForm(request.POST)
        said = asked.cleaned_data if asked.is_valid() else {}
        try:
            groupings.ask_for_writing(me.seat, **said, by=me.actor, at=request.at)
        except Refusal as refusal:
            refusal.back = reverse("groupings:mandates", args=[public_id]) + me.voice
            raise
        return back_to(request, "groupings:mandates", me, _("La demande part. Vous saurez dès que l’écrit est là."))
    if do == "give" and form.is_valid():
        try:
            groupings.give_mandate(me.seat, **form.given(), by=me.actor, at=request.at)
        except Refusal as refusal:
            refusal.back = reverse("groupings:mandates", args=[public_id]) + me.voice
            raise
        return back_to(request, "groupings:mandates", me, _("Le mandat est donné. Chaque membre peut le lire."))
    context = {"me": me, "grouping": me.grouping, "acting_company": me.seat.company, "area": "groupings:list"}
    power = my_power(me.seat, request.user) if me.role != "assistant" else None
    context |= {"found": reads.mandates_page(me), "form": form, "power": power, "ask_form": forms.WritingAskedForm()}
    return show(request, "journeys/mandates.html", context, status=422 if form.errors else 200)


@open_door
def writing(request: HttpRequest, token: str) -> HttpResponse:
    """For the legal representative, by the link of a mail: GET shows the delegation, the POST gives it or not."""
    opened, do = open_link(token, purpose=groupings.WRITING, at=request.at), request.POST.get("do", "")
    page = writing_page(opened, at=request.at)
    form = forms.WritingForm(request.POST if do == "give" else None, request.FILES if do == "give" else None)
    if do == "decline" or (do == "give" and form.is_valid()):
        try:
            if do == "give":
                groupings.give_writing(opened.link, **form.given(), at=request.at)
            else:
                groupings.decline_writing(opened.link, at=request.at)
        except Refusal as refusal:
            refusal.back = reverse("groupings:writing", args=[token])
            raise
        return redirect("groupings:writing", token)
    return show(request, "journeys/writing.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@signed_in
def mandate_paper(request: HttpRequest, public_id: str, mandate: str) -> HttpResponse:
    return hand_over(reads.mandate_paper(me_of(request, public_id), mandate))


@signed_in
def guests(request: HttpRequest, public_id: str) -> HttpResponse:
    """The members’ side: who is welcomed, who still has to agree."""
    page, do = page_of(request, public_id), request.POST.get("do", "")
    form = forms.GuestForm(request.POST if do == "ask" else None)
    by = page.me.actor
    if do in ("agree", "refuse", "end"):
        guest = reads.guest_of(page.grouping, request.POST.get("invite", ""))
        if do == "end":
            groupings.end_guest(guest, by=by, at=request.at)
        else:
            groupings.answer_guest(guest, agreed=do == "agree", by=by, at=request.at)
        return back_to(request, "groupings:guests", page.me, _("C’est noté."))
    if do == "ask" and form.is_valid():
        try:
            groupings.ask_guest(page.grouping, **form.cleaned_data, by=by, at=request.at)
        except Refusal as refusal:
            refusal.back = reverse("groupings:guests", args=[public_id]) + page.me.voice
            raise
        note = _("C’est proposé. La porte s’ouvre quand chaque entreprise a dit oui.")
        return back_to(request, "groupings:guests", page.me, note)
    context = around(page, found=reads.guests_page(page), form=form)
    return show(request, "journeys/guests.html", context, status=422 if form.errors else 200)


@signed_in
def accompanied(request: HttpRequest) -> HttpResponse:
    """The guest’s side: every grouping that one accompanies, on one page."""
    return show(request, "journeys/accompanied.html", {"lines": reads.accompanied_by(request.user)})


@signed_in
def accompany(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.guest_page(request.user, public_id, at=request.at)
    do, by = request.POST.get("do", ""), Actor(request.user)
    form = forms.PreparedForm(request.POST if do == "prepare" else None)
    here = reverse("journeys:accompany", args=[public_id])
    if do == "leave":
        groupings.end_guest(found.guest, by=by, at=request.at)
        messages.success(request, _("C’est noté : vous n’accompagnez plus ce groupement."))
        return done(request, reverse("groupings:accompanied"))
    if do == "drop":
        prepared = next((each for each in found.prepared if each.public_id == request.POST.get("question")), None)
        if prepared is None:
            raise NotYours
        governance.drop_prepared(prepared, by=by, at=request.at)
        return done(request, here)
    if do == "prepare" and form.is_valid():
        governance.prepare_question(found.grouping, **form.cleaned_data, by=by, at=request.at)
        messages.success(request, _("C’est préparé. Les membres la voient et peuvent ouvrir le vote."))
        return done(request, here)
    status = 422 if form.errors else 200
    return show(request, "journeys/accompany.html", {"found": found, "form": form}, status=status)
