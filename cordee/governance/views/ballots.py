"""Decisions: the list, one vote, a new question, and the page that a mailed link opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.governance import acts, reads
from cordee.governance.forms import ProxyForm, ResolutionForm, TalkForm, WithdrawForm
from cordee.governance.models import Ballot
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.messages.acts import thread_about, write_message
from cordee.ground.people.reads import open_link
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, my_seats, seat_of


@signed_in
def ballots(request: HttpRequest) -> HttpResponse:
    context = {
        "awaiting": reads.awaiting_me(request.user, at=request.at),
        "ballots": reads.my_ballots(request.user)[:100],
        "seats": my_seats(request.user),
    }
    return show(request, "governance/ballots.html", context)


@signed_in
def propose(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    effect = request.GET.get("effet", "")
    draft = reads.draft_question(seat.grouping, effect)
    form = ResolutionForm(
        request.POST or None, at=request.at, effect=draft.effect, seats=draft.seats, initial=draft.initial
    )
    if request.method == "POST" and form.is_valid():
        by = actor_for(request.user, seat)
        ballot = acts.propose_resolution(seat.grouping, **form.question(), by=by, at=request.at)
        messages.success(request, _("Le vote est ouvert. Chaque membre reçoit un lien pour voter."))
        return done(request, reverse("governance:ballot", args=[ballot.public_id]))
    return show(request, "governance/propose.html", {"form": form, "seat": seat}, status=422 if form.errors else 200)


@signed_in
def ballot(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return show(request, "governance/ballot.html", _context(request, found, seat))


def _context(request: HttpRequest, found: Ballot, seat: Seat) -> dict[str, object]:
    page = reads.ballot_page(found, seat, at=request.at)
    return {
        "page": page,
        "talk_form": TalkForm(),
        "proxy_form": ProxyForm(seats=page.others) if page.others else None,
        "withdraw_form": WithdrawForm(),
    }


@signed_in
@require_POST
def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    choice, by = request.POST.get("choix", ""), actor_for(request.user, seat)
    if request.POST.get("own", "1") == "1":
        acts.cast_vote(found, seat=seat, choice=choice, by=by, at=request.at)
    for voter in reads.ballot_page(found, seat, at=request.at).carried:
        if voter.seat.public_id in request.POST.getlist("pour"):
            acts.cast_vote(found, seat=voter.seat, choice=choice, by=by, at=request.at)
    if getattr(request, "htmx", False):
        return show(request, "governance/ballot.html", _context(request, found, seat))
    return _back(found, seat)


def _back(found: Ballot, seat: Seat) -> HttpResponse:
    return redirect(f"{reverse('governance:ballot', args=[found.public_id])}?voix={seat.public_id}")


@signed_in
@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    acts.close_ballot(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Le vote est clos. Chaque membre reçoit le résultat."))
    return _back(found, seat)


@signed_in
@require_POST
def proxy(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    form = ProxyForm(request.POST, seats=reads.ballot_page(found, seat, at=request.at).others)
    if form.is_valid():
        to = form.seats[form.cleaned_data["to"]]
        acts.give_proxy(found, seat=seat, to=to, by=actor_for(request.user, seat), at=request.at)
        messages.success(request, _("%(company)s votera pour vous.") % {"company": to})
    else:
        messages.error(request, _("Choisissez à qui va votre pouvoir."))
    return _back(found, seat)


@signed_in
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    form = WithdrawForm(request.POST)
    if form.is_valid():
        by = actor_for(request.user, seat)
        acts.withdraw_from_ballot(found, seat=seat, why=form.cleaned_data["why"], by=by, at=request.at)
        messages.success(request, _("Votre entreprise ne compte plus dans ce vote."))
    else:
        messages.error(request, _("Dites en une phrase quel est le lien d’intérêt."))
    return _back(found, seat)


@signed_in
@require_POST
def talk(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    thread = thread_about(found, book=found.grouping.book, at=request.at, title=found.resolution.title)
    write_message(thread, request.POST.get("text", ""), by=actor_for(request.user, seat), at=request.at)
    return _back(found, seat)


@open_door
def vote_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the question and three buttons, however often it is opened; only the POST votes."""
    opened = open_link(token, purpose="vote", at=request.at)
    page = reads.page_by_link(opened.link, at=request.at)
    said = ""
    if request.method == "POST":
        choice = request.POST.get("choix", "")
        acts.cast_vote(
            page.ballot, seat=page.seat, choice=choice, by=opened.link.actor, at=request.at, link=opened.link
        )
        said, page = choice, reads.page_by_link(opened.link, at=request.at)
    return render(request, "governance/vote_by_link.html", {"opened": opened, "page": page, "said": said})
