"""Capacity and orders: one's own figures, the rule, the orders; the neutral person sees all of them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Actor
from cordee.groupings.reads import Membership
from cordee.projects import acts, reads
from cordee.projects.forms import CapacityForm, NeutralForm, OrderForm, OrderRuleForm, PoolForm
from cordee.projects.models import CapacityPool, Project
from cordee.projects.views.inside import mine, to_tool, voice_of


def _capacity(request: HttpRequest, project: Project, me: Membership | None, **forms: object) -> HttpResponse:
    page = reads.capacity_page(request.user, project, me, today=localtime(request.at).date())
    context = {
        "page": page,
        "form": CapacityForm(periods=page.periods),
        "pool_form": PoolForm(),
        "neutral_form": NeutralForm(),
        "rule_form": OrderRuleForm(),
        "order_form": OrderForm(),
        **forms,
    }
    return show(request, "projects/capacity.html", context, status=422 if forms else 200)


def _pool(project: Project) -> CapacityPool:
    pool = CapacityPool.objects.select_related("project__grouping").filter(project=project).first()
    if pool is None:
        raise NotYours
    return pool


def _back(request: HttpRequest, project: Project, me: Membership | None, part: str = "") -> HttpResponse:
    if me is not None:
        return to_tool(request, "capacity", project, me, part)
    return done(request, reverse("projects:capacity", args=[project.public_id]) + part)


def _actor(request: HttpRequest, me: Membership | None) -> Actor:
    return me.actor if me is not None else Actor(request.user)


@signed_in
def capacity(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = reads.pool_of(request.user, public_id, voice=voice_of(request))
    return _capacity(request, project, me)


@signed_in
@require_POST
def capacity_open(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = PoolForm(request.POST)
    if not form.is_valid():
        return _capacity(request, project, me, pool_form=form)
    acts.open_pool(project, **form.cleaned_data, by=me.actor, at=request.at)
    return _back(request, project, me)


@signed_in
@require_POST
def capacity_neutral(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = NeutralForm(request.POST)
    if not form.is_valid():
        return _capacity(request, project, me, neutral_form=form)
    acts.name_neutral(_pool(project), **form.cleaned_data, by=me.actor, at=request.at)
    return _back(request, project, me)


@signed_in
@require_POST
def capacity_declare(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    page = reads.capacity_page(request.user, project, me, today=localtime(request.at).date())
    form = CapacityForm(request.POST, periods=page.periods)
    if not form.is_valid():
        return _capacity(request, project, me, form=form)
    acts.declare_capacity(_pool(project), figures=form.figures(), by=me.actor, at=request.at)
    return _back(request, project, me, "#mine")


@signed_in
@require_POST
def capacity_total(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = reads.pool_of(request.user, public_id, voice=voice_of(request))
    try:
        start = date.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        raise NotYours from None
    acts.tell_total(_pool(project), start=start, by=_actor(request, me), at=request.at)
    return _back(request, project, me, "#totals")


@signed_in
@require_POST
def order_rule(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = OrderRuleForm(request.POST)
    if not form.is_valid():
        return _capacity(request, project, me, rule_form=form)
    acts.propose_order_rule(project, **form.cleaned_data, by=me.actor, at=request.at)
    return _back(request, project, me, "#rule")


@signed_in
@require_POST
def order_enter(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = reads.pool_of(request.user, public_id, voice=voice_of(request))
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _capacity(request, project, me, order_form=form)
    acts.enter_order(_pool(project), **form.cleaned_data, by=_actor(request, me), at=request.at)
    return _back(request, project, me, "#orders")


@signed_in
@require_POST
def order_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    part, me = reads.part_of(request.user, public_id, voice=voice_of(request))
    acts.answer_part(part, accept=request.POST.get("accept") == "1", by=me.actor, at=request.at)
    return _back(request, part.order.project, me, "#orders")
