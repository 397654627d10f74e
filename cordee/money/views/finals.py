"""Where each stands over all accounts; final accounts drawn up, read, sent to be signed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.reads import link_address
from cordee.ground.signing.acts import link_of
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, seat_of
from cordee.money import acts, reads


def _address(seat: Seat) -> str:
    return f"{reverse('money:finals', args=[seat.grouping.public_id])}?voix={seat.public_id}"


@signed_in
def finals(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    return show(request, "money/finals.html", {"page": reads.finals_page(seat, request.user)})


@signed_in
@require_POST
def draw_final(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    of = get_object_or_404(
        Seat.objects.select_related("company", "grouping"),
        grouping=seat.grouping_id,
        public_id=request.POST.get("de") or seat.public_id,
    )
    acts.draw_final_account(of, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Le décompte est arrêté : ses chiffres ne changent plus."))
    return redirect(_address(seat))


@signed_in
def final(request: HttpRequest, public_id: str) -> HttpResponse:
    page = reads.final_page(request.user, public_id, voice=request.GET.get("voix", ""))
    return show(request, "money/final.html", {"page": page})


@signed_in
@require_POST
def sign_final(request: HttpRequest, public_id: str) -> HttpResponse:
    """From this page to one's own signing link; the code is asked there, as from the mail."""
    page = reads.final_page(request.user, public_id, voice=request.POST.get("voix", ""))
    if page.mine is None:
        raise NotYours
    return redirect(link_address(link_of(page.mine, at=request.at), "signing:sign"))


@signed_in
def final_paper(request: HttpRequest, grouping: str, final: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    return hand_over(reads.paper_of_final(get_object_or_404(reads.finals_of(seat), public_id=final)))


@signed_in
@require_POST
def send_final(request: HttpRequest, grouping: str, final: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    found = get_object_or_404(reads.finals_of(seat), public_id=final)
    acts.send_final_account(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Le décompte est parti à la signature. Chaque signataire reçoit son lien."))
    return redirect(_address(seat))
