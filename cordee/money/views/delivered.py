"""From what the client accepted to a draft invoice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery.models import BillingPart
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.refusals import Refusal
from cordee.groupings.reads import actor_for, seat_of
from cordee.money import acts


@signed_in
@require_POST
def draft_accepted(request: HttpRequest, grouping: str, part: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    found = get_object_or_404(
        BillingPart.objects.select_related("delivery__grouping"), seat=seat, public_id=part, ready_at__isnull=False
    )
    try:
        made = acts.draft_accepted(found, by=actor_for(request.user, seat), at=request.at)
    except Refusal as refusal:
        refusal.back = f"{reverse('money:invoices', args=[grouping])}?voix={seat.public_id}"
        raise
    messages.success(request, _("Le brouillon est prêt : relisez-le, puis émettez-le."))
    return redirect(f"{reverse('money:invoice', args=[made.public_id])}?voix={seat.public_id}")
