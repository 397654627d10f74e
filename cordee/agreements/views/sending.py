"""Sending a document to be signed, leaving more time, keeping what was signed on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.agreements import acts, reads
from cordee.agreements.forms import MoreTimeForm, PaperForm, SendForm, end_of
from cordee.agreements.permissions import may_send, powers_of_seats
from cordee.agreements.views.documents import address_of
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import NotAllowed, NotYours
from cordee.ground.register.acts import address
from cordee.ground.signing.acts import move_deadline, remind_now
from cordee.ground.signing.reads import papers_about, provider
from cordee.groupings.reads import actor_for


@signed_in
def sending(request: HttpRequest, public_id: str) -> HttpResponse:
    """In which order, until when each, who signs for whom, who only receives a copy."""
    given = request.POST if request.method == "POST" else request.GET
    found, seat = reads.agreement_of(request.user, public_id, voice=given.get("voix", ""))
    page = reads.agreement_page(found, seat, at=request.at)
    parties = {key for key, _name in page.parties}
    seats = [one for one in reads.members_of(found.grouping) if one.public_id in parties]
    values = reads.values_of(found, at=request.at)
    powers = powers_of_seats(seats, kind=found.kind, values=values, at=request.at)
    also = reads.signs_too(found, values)
    form = SendForm(request.POST or None, seats=seats, powers=powers, at=request.at, outside=provider(), also=also)
    if request.method == "POST" and form.is_valid():
        acts.send_to_sign(found, how=form.sending(), by=actor_for(request.user, seat), at=request.at)
        messages.success(request, _("Le document est parti. Chacun reçoit un lien à son tour."))
        return redirect(address_of(found, seat))
    context = {"page": page, "form": form, "without": [one for one in seats if not powers[one.pk]]}
    context["area"] = "agreements:list"
    return show(request, "agreements/sending.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def more_time(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    if found.ceremony is None:
        raise NotYours
    if not may_send(found, seat):
        raise NotAllowed(_("Seuls l’auteur du document, l’animation ou le mandataire laissent plus de temps."))
    form = MoreTimeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez un jour à venir."))
        return redirect(address_of(found, seat))
    by = actor_for(request.user, seat)
    move_deadline(found.ceremony, until=end_of(form.cleaned_data["until"]), by=by, at=request.at)
    messages.success(request, _("C’est noté : ceux qui n’ont pas signé reçoivent un nouveau lien."))
    return redirect(address_of(found, seat))


@signed_in
@require_POST
def remind(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    if found.ceremony is None:
        raise NotYours
    if not may_send(found, seat):
        raise NotAllowed(_("Seuls l’auteur du document, l’animation ou le mandataire relancent."))
    told = remind_now(found.ceremony, by=actor_for(request.user, seat), at=request.at)
    who = ", ".join(one.company for one in told)
    messages.success(request, _("Relance envoyée : %(who)s.") % {"who": who})
    return redirect(address_of(found, seat))


@signed_in
def on_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The scan of what all signed by hand, and who vouches for it."""
    given = request.POST if request.method == "POST" else request.GET
    found, seat = reads.agreement_of(request.user, public_id, voice=given.get("voix", ""))
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        by, data = actor_for(request.user, seat), form.cleaned_data
        acts.keep_on_paper(found, pages=form.scans(), signed_on=data["signed_on"], by=by, at=request.at)
        messages.success(request, _("Le scan est conservé, scellé tel quel, avec votre attestation."))
        return redirect(address_of(found, seat))
    context = {"agreement": found, "seat": seat, "form": form, "area": "agreements:list"}
    return show(request, "agreements/on_paper.html", context, status=422 if form.errors else 200)


@signed_in
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sealed scan of what was signed by hand."""
    found, _seat = reads.agreement_of(request.user, public_id)
    copies = papers_about(address(found))
    if not copies:
        raise NotYours
    return hand_over(copies[-1].scan)
