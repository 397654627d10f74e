"""The register of decisions, and a decision taken around a table."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.governance import acts, reads
from cordee.governance.forms import FollowForm, RoomForm
from cordee.governance.models import FollowUp
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, membership, seats_with_offices


def _members(me: Membership) -> list[Seat]:
    return [seat for seat in seats_with_offices(me.grouping) if seat.state == Seat.State.MEMBER]


@signed_in
def decided(request: HttpRequest, public_id: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.GET.get("voix", ""))
    context = {
        "me": me,
        "grouping": me.grouping,
        "lines": reads.decided_by(me.grouping, me.seat, at=request.at),
        "form": FollowForm(seats=_members(me)),
        "area": "governance:list",
    }
    return show(request, "governance/decided.html", context)


@signed_in
@require_POST
def follow(request: HttpRequest, public_id: str, resolution: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.POST.get("voix", ""))
    found, form = reads.resolution_of(me.grouping, resolution), FollowForm(request.POST, seats=_members(me))
    if "fait" in request.POST:
        line = FollowUp.objects.filter(resolution=found).select_related("grouping", "resolution").first()
        if line is None:
            raise NotYours
        is_done, note = request.POST["fait"] == "oui", request.POST.get("note", "")
        acts.note_done(line, done=is_done, note=note, by=me.actor, at=request.at)
        messages.success(request, _("C’est noté : fait.") if is_done else _("C’est noté : à refaire."))
    elif form.is_valid():
        owner = form.seats[form.cleaned_data["owner"]]
        dates = {name: form.cleaned_data[name] for name in ("due_on", "review_on")}
        acts.follow_decision(found, owner=owner, **dates, by=me.actor, at=request.at)
        messages.success(request, _("C’est noté. %(company)s s’en charge.") % {"company": owner.company})
    else:
        messages.error(request, _("Dites qui s’en charge, avec des dates à venir."))
    return redirect(reverse("governance:decided", args=[public_id]) + me.voice)


@signed_in
def room(request: HttpRequest, public_id: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.POST.get("voix", "") or request.GET.get("voix", ""))
    form = RoomForm(request.POST if request.method == "POST" else None, seats=_members(me))
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("sentence", "decision_type")}
        ballot = acts.enter_room_decision(me.grouping, present=form.there(), **asked, by=me.actor, at=request.at)
        messages.success(request, _("C’est inscrit. Chacun de ceux qui étaient là reçoit un lien pour confirmer."))
        return done(request, reverse("governance:ballot", args=[ballot.public_id]) + me.voice)
    context = {"me": me, "grouping": me.grouping, "form": form, "area": "governance:list"}
    return show(request, "governance/room.html", context, status=422 if form.errors else 200)
