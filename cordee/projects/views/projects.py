"""Projects: the list of a grouping, the choice of a kind, one project and what is done in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.groupings.models import Seat
from cordee.groupings.reads import Membership, actor_for, seat_of
from cordee.projects import acts, reads
from cordee.projects.forms import BudgetForm, EndForm, MeasureForm, NewProjectForm, NoteForm, ProjectForm, VoteForm
from cordee.projects.kinds import every_kind
from cordee.projects.kinds.tools import TOOLS
from cordee.projects.models import Project
from cordee.projects.views.inside import mine, voice_of


def _back(request: HttpRequest, project: Project, me: Membership, part: str = "") -> HttpResponse:
    return done(request, f"{reverse('projects:project', args=[project.public_id])}{me.voice}{part}")


@signed_in
def projects(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=voice_of(request))
    lines = reads.projects_of(seat.grouping, seat)
    return show(request, "projects/projects.html", {"seat": seat, "lines": lines})


@signed_in
def new(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=voice_of(request))
    return show(request, "projects/kinds.html", {"seat": seat, "kinds": every_kind()})


@signed_in
def new_of_kind(request: HttpRequest, grouping: str, kind: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=voice_of(request))
    found = reads.kind_page(kind)
    members = Seat.objects.filter(grouping=seat.grouping, state=Seat.State.MEMBER).select_related("company")
    form = NewProjectForm(request.POST or None, kind=found, members=members)
    if request.method == "POST" and form.is_valid():
        project = acts.open_project(
            seat.grouping,
            kind=kind,
            name=form.cleaned_data["name"],
            purpose=form.cleaned_data["purpose"],
            particulars=form.particulars(),
            seats=form.chosen(),
            by=actor_for(request.user, seat),
            at=request.at,
        )
        return done(request, f"{reverse('projects:project', args=[project.public_id])}?voix={seat.public_id}")
    context = {"seat": seat, "kind": found, "form": form, "budget": reads.budget_of(found, {})}
    return show(request, "projects/new.html", context, status=422 if form.errors else 200)


def _show(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.project_page(project, me)
    context = {
        "page": page,
        "tools": [(tool, tool.slug in project.tools) for tool in TOOLS],
        "vote_form": VoteForm(),
        "note_form": NoteForm(),
        "measure_form": MeasureForm(today=request.at.date()),
        "end_form": EndForm(),
        **forms,
    }
    return show(request, "projects/project.html", context, status=422 if forms else 200)


@signed_in
def project(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    return _show(request, found, me)


@signed_in
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = ProjectForm(request.POST or None, project=found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        acts.change_project(found, version=version, values=form.values(), by=me.actor, at=request.at)
        return _back(request, found, me)
    context = {"project": found, "me": me, "form": form}
    return show(request, "projects/change.html", context, status=422 if form.errors else 200)


@signed_in
def budget(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = BudgetForm(request.POST or None, project=found, lines=found.budget.all())
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        acts.write_budget(found, rows=form.rows(), version=version, by=me.actor, at=request.at)
        return _back(request, found, me, "#budget")
    context = {"project": found, "me": me, "form": form}
    return show(request, "projects/budget.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Project.objects.select_related("grouping"), public_id=public_id)
    seat = seat_of(request.user, found.grouping.public_id, voice=voice_of(request))
    acts.join_project(found, brings=request.POST.get("brings", ""), by=actor_for(request.user, seat), at=request.at)
    return done(request, f"{reverse('projects:project', args=[public_id])}?voix={seat.public_id}")


@signed_in
@require_POST
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    acts.leave_project(found, reason=request.POST.get("reason", ""), by=me.actor, at=request.at)
    return done(request, reverse("projects:list", args=[found.grouping.public_id]) + me.voice)


@signed_in
@require_POST
def role(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    acts.take_role(found, role=request.POST.get("role", ""), by=me.actor, at=request.at)
    return _back(request, found, me, "#people")


@signed_in
@require_POST
def vote(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _show(request, found, me, vote_form=form, open_check=slug)
    acts.put_to_vote(found, slug=slug, text=form.cleaned_data["text"], by=me.actor, at=request.at)
    return _back(request, found, me)


@signed_in
@require_POST
def note(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, found, me, note_form=form, open_check=slug)
    acts.note_checkpoint(found, slug=slug, note=form.cleaned_data["note"], by=me.actor, at=request.at)
    return _back(request, found, me)


@signed_in
@require_POST
def next_stage(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    acts.enter_next_stage(found, by=me.actor, at=request.at)
    return _back(request, found, me)


@signed_in
@require_POST
def stage_back(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    acts.step_back(found, reason=request.POST.get("reason", ""), by=me.actor, at=request.at)
    return _back(request, found, me)


@signed_in
@require_POST
def measure(request: HttpRequest, public_id: str, indicator: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = MeasureForm(request.POST, today=request.at.date())
    if not form.is_valid():
        return _show(request, found, me, measure_form=form, open_indicator=indicator)
    value, day = form.cleaned_data["value"], form.cleaned_data["on"]
    acts.note_measure(found, indicator=indicator, hundredths=value, on=day, by=me.actor, at=request.at)
    return _back(request, found, me, "#measures")


@signed_in
@require_POST
def tool(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    found, me = mine(request, public_id)
    acts.switch_tool(found, tool=slug, wanted=request.POST.get("wanted") == "1", by=me.actor, at=request.at)
    return _back(request, found, me, "#tools")


@signed_in
@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, found, me, end_form=form)
    acts.end_project(found, **form.cleaned_data, by=me.actor, at=request.at)
    return _back(request, found, me)
