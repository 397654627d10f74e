"""Who comes and who goes: requests, departures, exclusions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.groupings import acts as groupings
from cordee.groupings.reads import kind_word, my_companies, seats_with_offices
from cordee.journeys import acts, forms, reads
from cordee.journeys.views.life import around, back_to, me_of, page_of


@signed_in
def requests(request: HttpRequest, public_id: str) -> HttpResponse:
    """The requests of a grouping, and the page on which companies make them."""
    page = page_of(request, public_id)
    every = reads.requests_of(page.grouping)
    if request.method == "POST":
        do, by = request.POST.get("do", ""), page.me.actor
        asked = next((each for each in every if each.public_id == request.POST.get("demande")), None)
        doors = {"open": groupings.open_door, "shut": groupings.shut_door}
        answers = {
            "accept": acts.accept_request,
            "vote": acts.put_request_to_vote,
            "decline": groupings.decline_request,
        }
        if do in doors:
            doors[do](page.grouping, by=by, at=request.at)
        elif do in answers and asked is not None:
            answers[do](asked, by=by, at=request.at)
        else:
            raise NotYours
        return back_to(request, "journeys:requests", page.me, _("C’est fait."))
    address = reverse("journeys:ask", args=[page.grouping.door]) if page.grouping.door else ""
    door = request.build_absolute_uri(address) if address else ""
    return show(request, "journeys/requests.html", around(page, requests=every, door=door))


@signed_in
def ask(request: HttpRequest, door: str) -> HttpResponse:
    """For a company that asks to come in: what the grouping is for, and nothing else."""
    grouping = reads.grouping_behind(door)
    mine = my_companies(request.user)
    sent = grouping.requests.filter(person=request.user).order_by("-asked_at").first()
    form = forms.AskForm(request.POST or None, companies=mine)
    if request.method == "POST" and request.POST.get("do") == "withdraw" and sent is not None:
        groupings.withdraw_request(sent, by=Actor(request.user), at=request.at)
        messages.success(request, _("Votre demande est retirée."))
        return done(request, reverse("journeys:ask", args=[door]))
    if request.method == "POST" and form.is_valid():
        company = form.companies[form.cleaned_data["company"]]
        words = form.cleaned_data["words"]
        groupings.ask_to_join(grouping, company, words, door=door, by=Actor(request.user), at=request.at)
        messages.success(request, _("Votre demande est partie. Les membres vous répondent par mail."))
        return done(request, reverse("journeys:ask", args=[door]))
    members = [seat for seat in seats_with_offices(grouping) if seat.state == "member"]
    context = {
        "grouping": grouping,
        "form": form,
        "mine": mine,
        "sent": sent,
        "count": len(members),
        "kind": kind_word(grouping, len(members)),
    }
    return show(request, "journeys/ask.html", context, status=422 if form.errors else 200)


@signed_in
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leaving: what it costs and by when, before one says so."""
    page = page_of(request, public_id)
    seat = page.me.seat
    if request.method == "POST":
        try:
            departure = acts.leave_grouping(seat, by=page.me.actor, at=request.at)
        except Refusal as refusal:
            refusal.back = refusal.back or reverse("groupings:leave", args=[public_id]) + page.me.voice
            raise
        if departure is not None:
            note = _("Votre départ est annoncé aux membres.")
            return back_to(request, "journeys:departure", page.me, note, departure.public_id)
        note = _("%(company)s a quitté « %(grouping)s ».") % {"company": seat.company, "grouping": page.grouping}
        messages.success(request, note)
        return done(request, reverse("groupings:list"))
    going = next((each for each in reads.departures_seen(seat, page.grouping) if each.seat_id == seat.pk), None)
    context = around(
        page,
        statement=reads.statement_of(seat),
        left=reads.left_to_settle(seat),
        going=going,
        effective=reads.would_leave_on(page.grouping, at=request.at),
    )
    return show(request, "journeys/leave.html", context)


@signed_in
def exclusion(request: HttpRequest, public_id: str, seat: str) -> HttpResponse:
    page = page_of(request, public_id)
    target = next((member.seat for member in page.members if member.seat.public_id == seat), None)
    if target is None:
        raise NotYours
    form = forms.ExclusionForm(request.POST or None, at=request.at)
    if request.method == "POST" and form.is_valid():
        made = acts.open_exclusion(target, **form.cleaned_data, by=page.me.actor, at=request.at)
        note = _("L’entreprise reçoit vos griefs. Elle seule les lit, avec vous.")
        return back_to(request, "journeys:departure", page.me, note, made.public_id)
    context = around(page, target=target, form=form)
    return show(request, "journeys/exclusion.html", context, status=422 if form.errors else 200)


@signed_in
def departure(request: HttpRequest, public_id: str, departure: str) -> HttpResponse:
    page = page_of(request, public_id)
    found = reads.departure_of(page.me.seat, departure)
    form = forms.AnswerForm(request.POST if request.POST.get("do") == "answer" else None)
    if request.method == "POST":
        do, by = request.POST.get("do", ""), page.me.actor
        verbs = {
            "vote": acts.put_exclusion_to_vote,
            "drop": acts.drop_exclusion,
            "stay": acts.stay_after_all,
        }
        if do == "answer" and form.is_valid():
            acts.answer_exclusion(found, answer=form.cleaned_data["answer"], by=by, at=request.at)
        elif do in verbs:
            verbs[do](found, by=by, at=request.at)
        elif do != "answer":
            raise NotYours
        if not form.errors:
            return back_to(request, "journeys:life", me_of(request, public_id), _("C’est fait."))
    context = around(page, departure=found, form=form, mine=found.seat_id == page.me.seat.pk)
    context["balance"] = sum(cents for _words, cents in found.statement)
    return show(request, "journeys/departure.html", context, status=422 if form.errors else 200)
