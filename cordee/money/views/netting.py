"""Settling several common accounts at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.reads import actor_for, seat_of
from cordee.money import acts, reads
from cordee.money.forms import NettingForm
from cordee.money.views.pools import address_of


@signed_in
def netting(request: HttpRequest, grouping: str) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    seat = seat_of(request.user, grouping, voice=asked.get("voix", ""))
    chosen = asked.getlist("comptes") if "comptes" in asked or "choisi" in asked else None
    form = NettingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        title, by = form.cleaned_data["title"], actor_for(request.user, seat)
        made = acts.net_pools(seat.grouping, pools=asked.getlist("comptes"), title=title, by=by, at=request.at)
        messages.success(request, _("Tout est soldé ensemble. Chacun reçoit ce qu’il paie, ou ce qu’il reçoit."))
        return redirect(address_of(made, seat))
    context = {"page": reads.netting_page(seat, chosen), "form": form}
    return show(request, "money/netting.html", context, status=422 if form.errors else 200)
