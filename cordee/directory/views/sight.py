"""Who sees what of a card, and the question asked twice a year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.directory import acts, forms, reads
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor


@signed_in
def sight(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.own_company_of(request.user, public_id)
    first = {**found.visibility, "blind_name": found.blind_name}
    form = forms.SightForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        levels = dict(form.cleaned_data)
        blind = levels.pop("blind_name")
        acts.choose_sight(found, levels=levels, blind_name=blind, by=Actor(request.user), at=request.at)
        messages.success(request, _("C’est enregistré."))
        return redirect("directory:company", public_id)
    context = {"form": form, "company": found, "hidden_from": reads.hidden_from(found, request.user)}
    return show(request, "directory/sight.html", context, status=422 if form.errors else 200)


@open_door
def card_question(request: HttpRequest, token: str) -> HttpResponse:
    page = reads.card_question(token, at=request.at)
    if request.method != "POST":
        return show(request, "directory/question.html", {"page": page, "token": token})
    try:
        acts.confirm_card(page.company, link=page.opened.link, by=Actor(page.opened.person), at=request.at)
    except Refusal as refusal:
        refusal.back = reverse("directory:card_question", args=[token])
        raise
    return redirect("directory:card_question", token)
