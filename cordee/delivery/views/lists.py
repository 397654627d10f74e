"""The deliveries of a grouping; opening one; joining one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery import acts, reads
from cordee.delivery.forms import OpenForm
from cordee.delivery.models import Delivery
from cordee.delivery.views.doing import at, voice
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.groupings.models import Seat
from cordee.groupings.reads import membership


@signed_in
def deliveries(request: HttpRequest, grouping: str) -> HttpResponse:
    page = reads.deliveries_of(request.user, grouping, voice=voice(request))
    return show(request, "delivery/deliveries.html", {"page": page, "me": page.me})


@signed_in
def new(request: HttpRequest, grouping: str) -> HttpResponse:
    page = reads.deliveries_of(request.user, grouping, voice=voice(request))
    me = page.me
    bid = next((one for one in page.bids if one.public_id == request.GET.get("offre")), None)
    project = next((one for one in page.projects if one.public_id == request.GET.get("projet")), None)
    others = Seat.objects.filter(grouping=me.grouping, state=Seat.State.MEMBER).exclude(pk=me.seat.pk)
    initial: dict[str, Any] = {"starts_on": localtime(request.at).date()}
    if bid is not None:
        initial |= {"title": bid.title, "client": bid.client, "works": bid.building, "starts_on": bid.starts_on}
    elif project is not None:
        initial |= {"title": project.name}
    form = OpenForm(
        request.POST or None,
        initial=initial,
        members=list(others.select_related("company")),
        fixed=bool(bid or project),
    )
    if request.method == "POST" and form.is_valid():
        made = acts.open_delivery(
            me.grouping, **form.values(), bid=bid, project=project, by=me.actor, at=request.at
        )  # fmt: skip
        messages.success(request, _("Le chantier est ouvert."))
        return done(request, at("board", made, me))
    context = {"form": form, "me": me, "bid": bid, "project": project}
    return show(request, "delivery/new.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Delivery.objects.select_related("grouping"), public_id=public_id)
    me = membership(request.user, found.grouping.public_id, voice=voice(request))
    acts.join_delivery(found, by=me.actor, at=request.at)
    return done(request, at("board", found, me))
