"""Decisions: the list, one vote, a new question, and the page that a mailed link opens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.governance import acts, reads
from cordee.governance.forms import (
    ONE_WORD,
    PhoneForm,
    PreparedForm,
    ProxyForm,
    ResolutionForm,
    TalkForm,
    WithdrawForm,
    read_answer,
)
from cordee.governance.models import Ballot
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.messages.acts import thread_about, write_message
from cordee.ground.messages.reads import attached, thread_of
from cordee.ground.people.reads import open_link
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, membership, my_seats, seat_of


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
    draft = reads.draft_question(seat.grouping, effect, form=request.GET.get("forme", ""))
    prepared = reads.prepared_of(seat.grouping) if not draft.effect else []
    taken = next((each for each in prepared if each.public_id == request.GET.get("question")), None)
    form = ResolutionForm(
        request.POST or None,
        at=request.at,
        effect=draft.effect,
        seats=draft.seats,
        effect_data=draft.data,
        initial=reads.words_of(taken) if taken else draft.initial,
    )
    if request.method == "POST" and form.is_valid():
        by = actor_for(request.user, seat)
        if taken:
            ballot = acts.put_prepared(taken, **form.question(), by=by, at=request.at)
        else:
            ballot = acts.propose_resolution(seat.grouping, **form.question(), by=by, at=request.at)
        messages.success(request, _("Le vote est ouvert. Chaque membre reçoit un lien pour voter."))
        return done(request, reverse("governance:ballot", args=[ballot.public_id]))
    context = {"form": form, "seat": seat, "prepared": prepared, "taken": taken}
    return show(request, "governance/propose.html", context, status=422 if form.errors else 200)


@signed_in
def prepare(request: HttpRequest, public_id: str) -> HttpResponse:
    """For who may not put a question: it is left to the representative and the members."""
    me = membership(request.user, public_id, voice=request.POST.get("voix") or request.GET.get("voix", ""))
    do, every = request.POST.get("do", ""), reads.prepared_of(me.grouping)
    form = PreparedForm(request.POST if do == "prepare" else None)
    here = reverse("governance:prepare", args=[public_id]) + me.voice
    if do == "drop":
        found = next((each for each in every if each.public_id == request.POST.get("question")), None)
        if found is None:
            raise NotYours
        acts.drop_prepared(found, by=me.actor, at=request.at)
        return done(request, here)
    if do == "prepare" and form.is_valid():
        acts.prepare_question(me.grouping, **form.cleaned_data, by=me.actor, at=request.at)
        messages.success(request, _("C’est préparé. Qui représente une entreprise peut ouvrir le vote."))
        return done(request, here)
    context = {"me": me, "grouping": me.grouping, "form": form, "prepared": every, "area": "governance:list"}
    return show(request, "governance/prepare.html", context, status=422 if form.errors else 200)


@signed_in
def ballot(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return show(request, "governance/ballot.html", _context(request, found, seat))


def _context(request: HttpRequest, found: Ballot, seat: Seat, receipts: tuple[str, ...] = ()) -> dict[str, object]:
    page = reads.ballot_page(found, seat, at=request.at)
    return {
        "page": page,
        "receipts": receipts,
        "one_word": ONE_WORD.get(page.method, []),
        "talk_form": TalkForm(),
        "proxy_form": ProxyForm(seats=page.others) if page.others else None,
        "phone_form": PhoneForm(seats=page.callable, method=page.method) if page.callable else None,
        "withdraw_form": WithdrawForm(),
    }


@signed_in
@require_POST
def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    (choice, answer), by = read_answer(found, request.POST), actor_for(request.user, seat)
    given, others = [], request.POST.getlist("pour")
    if request.POST.get("own", "1") == "1":
        given.append(acts.cast_vote(found, seat=seat, choice=choice, answer=answer, by=by, at=request.at))
    for voter in reads.carried_by(found, seat) if others else ():
        if voter.seat.public_id in others:
            given.append(acts.cast_vote(found, seat=voter.seat, choice=choice, answer=answer, by=by, at=request.at))
    receipts = tuple(each.receipt for each in given if hasattr(each, "receipt"))
    if getattr(request, "htmx", False):
        return show(request, "governance/ballot.html", _context(request, found, seat, receipts))
    if receipts:  # shown once, on the answer itself: it is kept nowhere
        return show(request, "governance/ballot.html", _context(request, found, seat, receipts))
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
def phone(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    page = reads.ballot_page(found, seat, at=request.at)
    form = PhoneForm(request.POST, seats=page.callable, method=page.method)
    if page.callable and form.is_valid():
        called, choice = form.seats[form.cleaned_data["who"]], form.cleaned_data["said"]
        acts.note_phoned_vote(found, seat=called, choice=choice, by=actor_for(request.user, seat), at=request.at)
        messages.success(
            request, _("C’est noté. %(company)s reçoit un lien pour confirmer.") % {"company": called.company}
        )
    else:
        messages.error(request, _("Choisissez une entreprise qui n’a pas encore voté, et son vote."))
    return _back(found, seat)


@open_door
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What another wrote down for me: GET shows it, the POST confirms it or says that it is wrong."""
    opened = open_link(token, purpose=acts.PHONED, at=request.at)
    page = reads.page_by_link(opened.link, at=request.at)
    context = {"opened": opened, "page": page, "one_word": dict(ONE_WORD.get(page.method, [])), "agreed": None}
    if request.method == "POST":
        agreed = request.POST.get("reponse") == "oui"
        acts.confirm_phoned_vote(opened.link, agreed=agreed, at=request.at)
        context["agreed"] = agreed
    return render(request, "governance/confirm_vote.html", context)


@signed_in
@require_POST
def name(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    by = actor_for(request.user, seat)
    acts.propose_named(found, name=request.POST.get("nom", ""), by=by, at=request.at)
    messages.success(request, _("Chacun est maintenant invité à dire s’il y consent."))
    return _back(found, seat)


@signed_in
@require_POST
def name_again(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    acts.name_again(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Un autre tour est ouvert : chacun lit les raisons des autres et peut changer."))
    return _back(found, seat)


@signed_in
@require_POST
def break_tie(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    choice = request.POST.get("choix", "")
    acts.break_tie(found, choice=choice, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("L’égalité est départagée."))
    return _back(found, seat)


@signed_in
@require_POST
def talk(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.ballot_of(request.user, public_id, voice=request.POST.get("voix", ""))
    thread = thread_about(found, book=found.grouping.book, at=request.at, title=found.resolution.title)
    write_message(thread, request.POST.get("text", ""), by=actor_for(request.user, seat), at=request.at)
    return _back(found, seat)


@signed_in
def talk_file(request: HttpRequest, public_id: str, document: str) -> HttpResponse:
    """A file that came with a message under a decision."""
    found, _seat = reads.ballot_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return hand_over(attached(document, thread=thread_of(found, book=found.grouping.book)))


@open_door
def vote_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the question and three buttons, however often it is opened; only the POST votes."""
    opened = open_link(token, purpose="vote", at=request.at)
    (found, seat), link = reads.ballot_by_link(opened.link), opened.link
    said, receipts = "", []
    if request.method == "POST":
        said, answer = read_answer(found, request.POST)
        voter = acts.cast_vote(found, seat=seat, choice=said, answer=answer, by=link.actor, at=request.at, link=link)
        receipts = [voter.receipt] if hasattr(voter, "receipt") else []
    page = reads.ballot_page(found, seat, at=request.at)
    one_word = ONE_WORD.get(page.method, [])
    context = {
        "opened": opened,
        "page": page,
        "said": said,
        "one_word": one_word,
        "receipts": list(filter(None, receipts)),
    }
    return render(request, "governance/vote_by_link.html", context)
