"""Passing a gate."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done
from cordee.ground.kit.refusals import Refusal
from cordee.groupings.reads import membership
from cordee.journeys.acts import pass_gate as pass_the_gate


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
