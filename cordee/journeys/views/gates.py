"""Passing a gate."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import Refusal
from cordee.groupings.reads import membership
from cordee.journeys.acts import pass_gate as pass_the_gate
from cordee.journeys.acts import prepare_convention
from cordee.journeys.reads import convention_values


@signed_in
def convention(request: HttpRequest, public_id: str) -> HttpResponse:
    """Prepare the convention from what the grouping and its occasion already say; GET shows what that is."""
    me = membership(request.user, public_id, voice=request.POST.get("voix", "") or request.GET.get("voix", ""))
    if request.method == "POST":
        made = prepare_convention(me.grouping, by=me.actor, at=request.at)
        return done(request, reverse("agreements:agreement", args=[made.public_id]) + me.voice)
    values, need = convention_values(me.grouping)
    lots = len({lot["id"] for lot in values.get("lots", [])})
    context = {
        "me": me,
        "grouping": me.grouping,
        "values": values,
        "need": need,
        "lots": lots,
        "area": "agreements:list",
    }
    return show(request, "journeys/convention.html", context)


@signed_in
@require_POST
def pass_gate(request: HttpRequest, public_id: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.POST.get("voix", ""))
    back = reverse("groupings:grouping", args=[public_id]) + me.voice
    try:
        grouping = pass_the_gate(me.grouping, to=request.POST.get("to", ""), by=me.actor, at=request.at)
    except Refusal as refusal:
        refusal.back = back
        raise
    messages.success(request, _("C’est fait. Nouvelle étape : %(stage)s.") % {"stage": grouping.get_stage_display()})
    return done(request, back)
