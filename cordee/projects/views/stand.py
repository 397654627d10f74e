"""The stand: its sketch and calendar; its turns of presence."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.reads import Membership
from cordee.projects import acts, permissions, reads
from cordee.projects.forms import CutForm, DateForm, OpeningForm, SketchForm
from cordee.projects.models import Project
from cordee.projects.views.inside import mine, to_tool, voice_of


def _stand(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.stand_page(project, me)
    context = {"page": page, "date_form": DateForm(), "cut_form": _cut(None, project), **forms}
    return show(request, "projects/stand.html", context, status=422 if forms else 200)


def _cut(data: object, project: Project) -> CutForm:
    told = project.told
    width = 10 * getattr(told, "width", 6)
    depth = 10 * getattr(told, "surface", 18) // max(1, getattr(told, "width", 6))
    return CutForm(data, seats=reads.partners_of(project), width=width, depth=depth)


@signed_in
def stand(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _stand(request, project, me)


@signed_in
@require_POST
def stand_cut(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = _cut(request.POST, project)
    if not form.is_valid():
        return _stand(request, project, me, cut_form=form)
    data = form.cleaned_data
    size = {"width": data["width"], "depth": data["depth"], "common": data["common"] or 0}
    acts.cut_stand(project, **size, asked=form.asked(), by=me.actor, at=request.at)
    return to_tool(request, "stand", project, me)


@signed_in
def stand_draw(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    sketch = reads.sketch_of(project)
    areas = sketch.areas.select_related("seat__company")
    form = SketchForm(request.POST or None, sketch=sketch, areas=areas, seats=reads.partners_of(project))
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("width", "depth", "version")}
        acts.draw_stand(project, rows=form.areas(), **data, by=me.actor, at=request.at)
        return to_tool(request, "stand", project, me)
    context = {"project": project, "me": me, "form": form}
    return show(request, "projects/sketch.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def stand_dates(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    day = reads.opens_on(project)
    if day is None:
        return _stand(request, project, me, no_day=True)
    acts.propose_dates(project, opens_on=day, by=me.actor, at=request.at)
    return to_tool(request, "stand", project, me, "#dates")


@signed_in
@require_POST
def stand_date_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = DateForm(request.POST)
    if not form.is_valid():
        return _stand(request, project, me, date_form=form)
    acts.add_date(project, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "stand", project, me, "#dates")


@signed_in
@require_POST
def stand_date_tick(request: HttpRequest, public_id: str, date: str) -> HttpResponse:
    project, me = mine(request, public_id)
    day = reads.stand_date_of(project, date)
    acts.tick_date(day, done=request.POST.get("done") == "1", by=me.actor, at=request.at)
    return to_tool(request, "stand", project, me, "#dates")


# --- Presence ---


def _presence(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.presence_page(project, me, may_lead=permissions.may_lead(project, me.seat))
    form = OpeningForm(plan=page.plan, opens_on=page.opens_on)
    return show(request, "projects/presence.html", {"page": page, "form": form, **forms}, status=422 if forms else 200)


@signed_in
def presence(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _presence(request, project, me)


@signed_in
@require_POST
def presence_open(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = OpeningForm(request.POST, plan=None, opens_on=None)
    if not form.is_valid():
        return _presence(request, project, me, form=form)
    acts.open_stand(project, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "presence", project, me)


@signed_in
@require_POST
def presence_hand(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.add_hand(project, name=request.POST.get("name", ""), by=me.actor, at=request.at)
    return to_tool(request, "presence", project, me, "#hands")


@signed_in
@require_POST
def presence_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.plan_presence(project, by=me.actor, at=request.at)
    return to_tool(request, "presence", project, me)


@signed_in
@require_POST
def presence_turn(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    slot = reads.slot_of(project, request.POST.get("slot", ""))
    hand = reads.hand_in(project, request.POST.get("hand", ""))
    version = int(request.POST.get("version", "0") if request.POST.get("version", "0").isdecimal() else 0)
    wanted = request.POST.get("wanted") == "1"
    acts.set_turn(slot, hand=hand, wanted=wanted, version=version, by=me.actor, at=request.at)
    return to_tool(request, "presence", project, me, f"#t-{slot.public_id}")


@signed_in
def hand(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.hand_of(request.user, public_id, voice=voice_of(request))
    lines = reads.wishes_of(found)
    if request.method == "POST":
        said = {line.slot.public_id: request.POST.get(f"slot_{line.slot.public_id}", "") for line in lines}
        away = [key for key, word in said.items() if word == "away"]
        rather = [key for key, word in said.items() if word == "rather_not"]
        acts.wish_presence(found, away=away, rather_not=rather, by=me.actor, at=request.at)
        return to_tool(request, "presence", found.plan.project, me)
    return show(request, "projects/hand.html", {"hand": found, "me": me, "lines": lines})


@signed_in
@require_POST
def hand_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.hand_of(request.user, public_id, voice=voice_of(request))
    acts.remove_hand(found, by=me.actor, at=request.at)
    return to_tool(request, "presence", found.plan.project, me)
