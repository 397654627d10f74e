"""One cost: its receipt, its approval, its dispute; the dispute of a payment."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.reads import actor_for
from cordee.money import acts, reads
from cordee.money.models import Dispute
from cordee.money.views.pools import address_of


@signed_in
def receipt(request: HttpRequest, public_id: str, line: str) -> HttpResponse:
    found, _seat = reads.pool_of(request.user, public_id, voice=request.GET.get("voix", ""))
    row = get_object_or_404(found.lines.select_related("receipt"), public_id=line)
    if row.receipt is None:
        raise Http404
    return hand_over(row.receipt)


@signed_in
@require_POST
def approve_line(request: HttpRequest, public_id: str, line: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    row = get_object_or_404(found.lines.select_related("pool__grouping"), public_id=line)
    acts.approve_line(row, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("C’est noté : cette dépense compte."))
    return redirect(address_of(found, seat))


@signed_in
@require_POST
def dispute(request: HttpRequest, public_id: str, what: str, about: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    rows = found.lines if what == "depense" else found.transfers
    row = get_object_or_404(rows.select_related("pool__grouping"), public_id=about)
    reason = request.POST.get("raison", "")
    acts.raise_dispute(row, reason=reason, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("C’est noté. L’autre entreprise reçoit votre raison et vous répond ici."))
    return redirect(address_of(found, seat))


@signed_in
@require_POST
def answer(request: HttpRequest, public_id: str, dispute: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    row = _dispute(found.pk, dispute)
    text = request.POST.get("reponse", "")
    acts.answer_dispute(row, answer=text, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Votre réponse est partie."))
    return redirect(address_of(found, seat))


@signed_in
@require_POST
def end(request: HttpRequest, public_id: str, dispute: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    row, outcome = _dispute(found.pk, dispute), request.POST.get("issue", "")
    if outcome not in (Dispute.Outcome.ACCEPTED, Dispute.Outcome.CORRECTED, Dispute.Outcome.SETTLED):
        messages.error(request, _("Choisissez comment clore."))
        return redirect(address_of(found, seat))
    acts.end_dispute(row, outcome=outcome, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("La contestation est close."))
    return redirect(address_of(found, seat))


def _dispute(pool: int, public_id: str) -> Dispute:
    """A dispute about something of this pool."""
    rows = Dispute.objects.select_related("line__pool__grouping", "transfer__pool__grouping", "seat")
    row = rows.filter(public_id=public_id).first()
    about = row and (row.line or row.transfer)
    if row is None or about is None or about.pool_id != pool:
        raise NotYours
    return row
