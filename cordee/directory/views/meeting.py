"""Events that a company hosts, and introductions through a common tie."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.directory import acts, forms, reads
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.people.models import Actor


@signed_in
def events(request: HttpRequest) -> HttpResponse:
    """My events, and announcing one."""
    own = reads.my_companies(request.user)
    form = forms.EventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        host = reads.chosen_company(request.user, request.POST.get("pour", ""))
        made = acts.create_event(host, **form.cleaned_data, by=Actor(request.user), at=request.at)
        messages.success(request, _("L’événement existe. Affichez son code à l’entrée."))
        return redirect("directory:poster", made.public_id)
    context = {"form": form, "events": reads.my_events(request.user), "own": own[:10]}
    return show(request, "directory/events.html", context, status=422 if form.errors else 200)


@signed_in
def poster(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.hosted_event(request.user, public_id)
    address = reads.event_address(found)
    context = {"event": found, "address": address, "code": reads.code_of(address)}
    return show(request, "directory/poster.html", context)


@signed_in
@require_POST
def ask_introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    target = reads.company_of(request.user, public_id)
    through = reads.company_of(request.user, request.POST.get("par", ""))
    own = reads.chosen_company(request.user, request.POST.get("pour", ""))
    why = request.POST.get("pourquoi", "")
    acts.ask_introduction(own, through, target, why=why, by=Actor(request.user), at=request.at)
    messages.success(request, _("C’est demandé à %(company)s, qui transmettra ou non.") % {"company": through})
    return redirect("directory:ties")


@signed_in
@require_POST
def introduction(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.introduction_of(request.user, public_id)
    yes, word = request.POST.get("choix") == "oui", request.POST.get("mot", "")
    acts.answer_introduction(found, yes=yes, word=word, by=Actor(request.user), at=request.at)
    messages.success(request, _("C’est noté."))
    return redirect("directory:ties")
