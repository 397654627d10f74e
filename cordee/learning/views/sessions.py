"""Peer sessions."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.reads import Membership
from cordee.learning import acts, reads
from cordee.learning.forms import FollowForm, PlanForm, SessionForm
from cordee.learning.models import PeerAction, PeerSession
from cordee.learning.views.measures import me_of


@signed_in
def session_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sessions of a grouping, and a new one."""
    me = me_of(request, public_id)
    start = {"starts_at": (request.at + timedelta(days=14)).replace(hour=8, minute=0)}
    form = SessionForm(request.POST or None, seat=me.seat, initial=start)
    if request.method == "POST" and form.is_valid():
        made = acts.plan_session(me.grouping, **form.cleaned_data, by=me.actor, at=request.at)
        messages.success(request, _("La séance est prévue. Chacun y entre en promettant la confidentialité."))
        return _to(request, made, me)
    context = {"me": me, "grouping": me.grouping, "form": form, "sessions": reads.sessions_of(me)}
    return show(request, "learning/sessions.html", context, status=422 if form.errors else 200)


def _to(request: HttpRequest, session: PeerSession, me: Membership) -> HttpResponse:
    return done(request, reverse("learning:session", args=[session.public_id]) + me.voice)


@signed_in
def session(request: HttpRequest, public_id: str) -> HttpResponse:
    """One session: coming in, moving on, the plan at the end."""
    voice = request.POST.get("voix", "") or request.GET.get("voix", "")
    found, me = reads.session_of(request.user, public_id, voice=voice)
    plan = PlanForm(request.POST if request.POST.get("do") == "close" else None)
    if request.method == "POST":
        what, by, at = request.POST.get("do", ""), me.actor, request.at
        if what == "join":
            acts.join_session(found, by=by, at=at)
        elif what == "step" and request.POST.get("to", "") in "123456":
            acts.move_on(found, to=int(request.POST.get("to") or 1), by=by, at=at)
        elif what == "cancel":
            acts.cancel_session(found, by=by, at=at)
        elif what == "close" and plan.is_valid():
            acts.close_session(found, actions=plan.actions(), by=by, at=at)
            messages.success(request, _("La séance est finie. Il n’en reste que votre plan d’action."))
        elif what != "close":
            raise NotYours
        if not plan.errors:
            return _to(request, found, me)
    page = reads.session_page(found, me, at=request.at)
    context = {"page": page, "me": me, "grouping": me.grouping, "plan": plan, "follow": FollowForm()}
    return show(request, "learning/session.html", context, status=422 if plan.errors else 200)


@signed_in
@require_POST
def action(request: HttpRequest, public_id: str) -> HttpResponse:
    """What came of an action of one's plan."""
    found = get_object_or_404(PeerAction.objects.select_related("session__grouping"), public_id=public_id)
    kept, me = reads.session_of(request.user, found.session.public_id, voice=request.POST.get("voix", ""))
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise NotYours
    acts.follow_action(found, **form.cleaned_data, by=me.actor, at=request.at)
    messages.success(request, _("C’est noté."))
    back = request.POST.get("session", "")
    return done(request, reverse("learning:session", args=[back if back.isalnum() else kept.public_id]) + me.voice)
