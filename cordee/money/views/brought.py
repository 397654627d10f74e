"""The costs that projects settled: what is to bring into the accounts, what is there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import Refusal
from cordee.groupings.reads import actor_for, seat_of
from cordee.money import acts, reads


@signed_in
def project_costs(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    return show(request, "money/project_costs.html", {"page": reads.costs_of_projects(seat)})


@signed_in
@require_POST
def bring_project_cost(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    pool = reads.open_pool_at(seat, request.POST.get("pool", ""))
    rate = 2000 if request.POST.get("vat") == "2000" else 0
    source = request.POST.get("source", "")
    acts.bring_project_cost(pool, source=source, vat_rate=rate, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Porté aux comptes."))
    return done(request, f"{reverse('money:project_costs', args=[grouping])}?voix={seat.public_id}")


@signed_in
@require_POST
def draft_project_cost(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    by, source = actor_for(request.user, seat), request.POST.get("source", "")
    try:
        made = acts.draft_project_cost(seat.grouping, source=source, by=by, at=request.at)
    except Refusal as refusal:
        refusal.back = f"{reverse('money:project_costs', args=[grouping])}?voix={seat.public_id}"
        raise
    messages.success(request, _("Le brouillon est prêt : relisez-le, puis émettez-le."))
    return redirect(f"{reverse('money:invoice', args=[made.public_id])}?voix={seat.public_id}")
