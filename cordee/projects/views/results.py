"""The results of a study: rights of use, newcomers."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.groupings.reads import Membership
from cordee.projects import acts, reads
from cordee.projects.forms import RightForm, RuleForm
from cordee.projects.models import BuyIn, Project
from cordee.projects.views.inside import mine, to_tool, voice_of


def _results(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    today = localtime(request.at).date()
    page = reads.results_page(project, me, today=today)
    context = {
        "page": page,
        "right_form": RightForm(seats=reads.partners_of(project)),
        "rule_form": RuleForm(rule=page.rule, today=today),
        **forms,
    }
    return show(request, "projects/results.html", context, status=422 if forms else 200)


@signed_in
def results(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _results(request, project, me)


@signed_in
@require_POST
def right_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = RightForm(request.POST, seats=reads.partners_of(project))
    if not form.is_valid():
        return _results(request, project, me, right_form=form)
    data = {**form.cleaned_data, "seat": reads.partner_of(project, form.cleaned_data["seat"])}
    acts.grant_right(project, **data, by=me.actor, at=request.at)
    return to_tool(request, "results", project, me)


@signed_in
@require_POST
def right_end(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    right = reads.right_of(project, request.POST.get("right", ""))
    acts.end_right(right, why=request.POST.get("why", ""), by=me.actor, at=request.at)
    return to_tool(request, "results", project, me)


@signed_in
@require_POST
def result_rule(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = RuleForm(request.POST, rule=None, today=localtime(request.at).date())
    if not form.is_valid():
        return _results(request, project, me, rule_form=form)
    acts.set_result_rule(project, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "results", project, me, "#newcomers")


@signed_in
@require_POST
def buy_in_offer(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    to = reads.member_of(project, request.POST.get("to", ""))
    acts.offer_buy_in(project, to=to, by=me.actor, at=request.at)
    return to_tool(request, "results", project, me, "#newcomers")


@signed_in
def buy_in(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me, back = reads.buy_in_of(request.user, public_id, voice=voice_of(request))
    if request.method == "POST":
        answered = acts.answer_buy_in(found, accepted=request.POST.get("answer") == "yes", by=me.actor, at=request.at)
        if answered.state == BuyIn.State.ACCEPTED:
            return to_tool(request, "results", found.project, me)
        return done(request, f"{reverse('projects:buy_in', args=[public_id])}{me.voice}")
    context = {"buy_in": found, "me": me, "back": back, "said": reads.said_then(found)}
    return show(request, "projects/buy_in.html", context)
