"""What the code of an event opens: saying « j’y suis », seeing who else is, opening an exchange."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.directory import acts as directory
from cordee.directory import reads
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.people.models import Actor
from cordee.journeys import acts


@signed_in
def event(request: HttpRequest, code: str) -> HttpResponse:
    chosen, pour = request.GET.get("avec", ""), request.GET.get("pour", "")
    page = reads.event_page(request.user, code, pour=pour, chosen=chosen, at=request.at)
    return show(request, "journeys/event.html", {"page": page, "event": page.event})


@signed_in
@require_POST
def presence(request: HttpRequest, code: str) -> HttpResponse:
    found = reads.event_of(code)
    own = reads.chosen_company(request.user, request.POST.get("pour", ""))
    if request.POST.get("present") == "0":
        directory.leave_event(found, own, by=Actor(request.user), at=request.at)
    else:
        directory.join_event(found, own, by=Actor(request.user), at=request.at)
        messages.success(request, _("C’est noté. Voici qui d’autre est là."))
    more = f"&avec={request.POST['avec']}" if request.POST.get("avec", "").isalnum() else ""
    return redirect(f"{reverse('directory:event', args=[code])}?pour={own.public_id}{more}")


@signed_in
@require_POST
def exchange(request: HttpRequest, code: str) -> HttpResponse:
    found = reads.event_of(code)
    own = reads.chosen_company(request.user, request.POST.get("pour", ""))
    others = [reads.company_of(request.user, each) for each in request.POST.getlist("avec")[:12]]
    made = acts.open_exchange_at(found, own, others, by=Actor(request.user), at=request.at)
    messages.success(request, _("L’échange est ouvert. Les invitations partent."))
    return redirect("groupings:grouping", made.public_id)


@signed_in
@require_POST
def introduced(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.introduction_of(request.user, public_id)
    made = acts.open_exchange_introduced(found, by=Actor(request.user), at=request.at)
    messages.success(request, _("L’échange est ouvert. Les invitations partent."))
    return redirect("groupings:grouping", made.public_id)
