"""The blueprint of a service, and its pilot clients."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.reads import Membership
from cordee.projects import reads
from cordee.projects.acts import blueprint as acts
from cordee.projects.forms import PilotEndForm, PilotForm, StepForm
from cordee.projects.models import Project
from cordee.projects.views.inside import mine, to_tool


def _blueprint(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.blueprint_page(project, me)
    context = {"page": page, "step_form": StepForm(), "pilot_form": PilotForm(), "end_form": PilotEndForm(), **forms}
    return show(request, "projects/blueprint.html", context, status=422 if forms else 200)


@signed_in
def blueprint(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _blueprint(request, project, me)


@signed_in
@require_POST
def service_step_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _blueprint(request, project, me, step_form=form)
    words = {name: form.cleaned_data[name] for name in ("title", "seen", "promise")}
    step = acts.write_step(
        project, **words, position=form.cleaned_data["position"] or 0, by=me.actor, at=request.at
    )  # fmt: skip
    return to_tool(request, "blueprint", project, me, f"#s-{step.public_id}")


@signed_in
def service_step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.step_of(project, step)
    form = StepForm(request.POST or None, step=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("title", "seen", "promise")}
        words |= {"position": data["position"] or 0, "version": data["version"] or 0}
        acts.write_step(project, found, **words, by=me.actor, at=request.at)
        return to_tool(request, "blueprint", project, me, f"#s-{found.public_id}")
    context = {"project": project, "me": me, "form": form, "step": found}
    return show(request, "projects/service_step.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def service_step_remove(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.remove_step(reads.step_of(project, step), by=me.actor, at=request.at)
    return to_tool(request, "blueprint", project, me)


@signed_in
@require_POST
def service_act_add(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found, data = reads.step_of(project, step), request.POST
    words = {"front": data.get("front") == "1", "mine": data.get("mine") == "1"}
    acts.add_service_act(found, words=data.get("words", ""), **words, by=me.actor, at=request.at)
    return to_tool(request, "blueprint", project, me, f"#s-{found.public_id}")


@signed_in
@require_POST
def service_act(request: HttpRequest, public_id: str, done: str) -> HttpResponse:
    """Take it, hand it back, or remove it."""
    project, me = mine(request, public_id)
    found = reads.service_act_of(project, done)
    if request.POST.get("remove"):
        acts.remove_service_act(found, by=me.actor, at=request.at)
    else:
        acts.hold_service_act(found, taken=request.POST.get("taken") == "1", by=me.actor, at=request.at)
    return to_tool(request, "blueprint", project, me, f"#s-{found.step.public_id}")


@signed_in
@require_POST
def pilot_open(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = PilotForm(request.POST)
    if not form.is_valid():
        return _blueprint(request, project, me, pilot_form=form)
    acts.open_pilot(project, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "blueprint", project, me, "#pilots")


@signed_in
@require_POST
def pilot_close(request: HttpRequest, public_id: str, pilot: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found, form = reads.pilot_of(project, pilot), PilotEndForm(request.POST)
    if not form.is_valid():
        return _blueprint(request, project, me, end_form=form, open_pilot=found.public_id)
    acts.close_pilot(found, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "blueprint", project, me, "#pilots")
