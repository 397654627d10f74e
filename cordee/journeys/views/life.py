"""The turns of a grouping's life: its stages, its purpose, the yearly question, its companies' independence."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.groupings import acts as groupings
from cordee.groupings.reads import GroupingPage, Membership, grouping_page, membership
from cordee.journeys import acts, forms, reads


def voice_of(request: HttpRequest) -> str:
    """For which seat one speaks."""
    return request.POST.get("voix") or request.GET.get("voix", "")


def page_of(request: HttpRequest, public_id: str) -> GroupingPage:
    """A grouping, through the member's seat."""
    return grouping_page(request.user, public_id, at=request.at, voice=voice_of(request))


def me_of(request: HttpRequest, public_id: str) -> Membership:
    """The seat through which one acts."""
    return membership(request.user, public_id, voice=voice_of(request))


def around(page: GroupingPage, **more: Any) -> dict[str, Any]:
    """What every page of a grouping shows."""
    company = page.me.seat.company
    return {"page": page, "me": page.me, "grouping": page.grouping, "acting_company": company, **more}


def back_to(request: HttpRequest, name: str, me: Membership, note: str = "", *args: str) -> HttpResponse:
    """After an act, to a page of the grouping."""
    if note:
        messages.success(request, note)
    return done(request, reverse(name, args=[me.grouping.public_id, *args]) + me.voice)


@signed_in
def life(request: HttpRequest, public_id: str) -> HttpResponse:
    page = page_of(request, public_id)
    return show(request, "journeys/life.html", around(page, life=reads.life_page(page, at=request.at)))


@signed_in
def turn(request: HttpRequest, public_id: str, turn: str) -> HttpResponse:
    page = page_of(request, public_id)
    known = reads.turn_of(turn, page.grouping)
    if known is None:
        raise (
            NotYours
            if turn not in reads.TURNS
            else Refusal(
                _("Cette question ne se pose pas à cette étape."), back=reverse("journeys:life", args=[public_id])
            )
        )
    members = [member.seat for member in page.members] if turn == "wind_up" else None
    form = forms.TurnForm(request.POST or None, at=request.at, members=members)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        acts.propose_turn(
            page.grouping,
            turn=turn,
            why=data["why"],
            lead=form.lead(),
            closes_at=data["closes_at"],
            by=page.me.actor,
            at=request.at,
        )
        note = _("Le vote est ouvert. Chaque membre reçoit un lien pour voter.")
        return back_to(request, "journeys:life", page.me, note)
    context = around(page, turn=known, form=form)
    return show(request, "journeys/turn.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def two(request: HttpRequest, public_id: str) -> HttpResponse:
    """Going on as two, while nothing is signed."""
    me = me_of(request, public_id)
    acts.go_on_as_two(me.grouping, by=me.actor, at=request.at)
    return back_to(request, "journeys:life", me, _("C’est noté : vous êtes un partenariat, à deux."))


@signed_in
def purpose(request: HttpRequest, public_id: str) -> HttpResponse:
    page = page_of(request, public_id)
    names = ("purpose", "end_condition", "necessity")
    initial = {name: getattr(page.grouping, name) for name in names} | {"closes_at": forms.evening(request.at, 14)}
    form = forms.NewPurposeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        acts.propose_purpose(page.grouping, **form.cleaned_data, by=page.me.actor, at=request.at)
        note = _("Le nouveau but est au vote. Chaque membre reçoit un lien pour voter.")
        return back_to(request, "journeys:life", page.me, note)
    return show(request, "journeys/purpose.html", around(page, form=form), status=422 if form.errors else 200)


@signed_in
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    page = page_of(request, public_id)
    found = reads.review_page(page)
    form = forms.ReviewForm(request.POST or None)
    if request.method == "POST" and request.POST.get("do") == "open":
        groupings.open_review(page.grouping, by=page.me.actor, at=request.at)
        return back_to(request, "journeys:review", page.me, _("La question est posée à chaque membre."))
    if request.method == "POST" and form.is_valid():
        if found.review is None:
            raise NotYours
        groupings.answer_review(found.review, **form.cleaned_data, by=page.me.actor, at=request.at)
        return back_to(request, "journeys:review", page.me, _("C’est noté. Vous pouvez changer d’avis jusqu’à la fin."))
    context = around(page, review=found, form=form)
    return show(request, "journeys/review.html", context, status=422 if form.errors else 200)


@signed_in
def independence(request: HttpRequest, public_id: str) -> HttpResponse:
    page = page_of(request, public_id)
    others = [member.seat.company for member in page.members if member.seat.company_id != page.me.seat.company_id]
    do = request.POST.get("do", "")
    form = forms.HoldingForm(request.POST if do == "declare" else None, companies=others)
    found = reads.independence_page(page)
    if do == "declare" and form.is_valid():
        groupings.declare_holding(page.me.seat, **form.declared(), by=page.me.actor, at=request.at)
        return back_to(request, "journeys:independence", page.me, _("C’est déclaré."))
    if do == "end":
        holding = next((each for each in found.mine if each.public_id == request.POST.get("holding")), None)
        if holding is None:
            raise NotYours
        groupings.end_holding(holding, seat=page.me.seat, by=page.me.actor, at=request.at)
        return back_to(request, "journeys:independence", page.me, _("C’est noté."))
    if do == "exempt":
        seats = {member.seat.public_id: member.seat for member in page.members}
        pair = [seats.get(request.POST.get(name, "")) for name in ("first", "second")]
        if pair[0] is None or pair[1] is None:
            raise NotYours
        why = request.POST.get("why", "")
        groupings.exempt(page.grouping, pair[0], pair[1], why=why, by=page.me.actor, at=request.at)
        return back_to(
            request, "journeys:independence", page.me, _("La raison est inscrite. Chaque membre peut la lire.")
        )
    context = around(page, found=found, form=form)
    return show(request, "journeys/independence.html", context, status=422 if form.errors else 200)
