"""Shared employees: the page of needs and wishes, the timetable."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.groupings.reads import Membership
from cordee.projects import acts, reads
from cordee.projects.forms import AskForm, LeaveForm, PersonForm, ShareForm, TimeWishForm
from cordee.projects.models import Project, Timetable
from cordee.projects.tasks import work_out
from cordee.projects.views.inside import mine, to_tool, voice_of


def _staff(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.staff_page(project, me)
    context = {
        "page": page,
        "person_form": PersonForm(),
        "leave_form": LeaveForm(people=page.people),
        "share_form": ShareForm(share=page.mine),
        "wish_form": TimeWishForm(people=page.people, seats=page.partners),
        "ask_form": AskForm(today=request.at.date()),
        **forms,
    }
    return show(request, "projects/staff.html", context, status=422 if forms else 200)


@signed_in
def timetable(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _staff(request, project, me)


@signed_in
@require_POST
def staff_person(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _staff(request, project, me, person_form=form)
    data = form.cleaned_data
    hours = {"contract": 60 * data["hours"], "overtime": 60 * (data["overtime"] or 0)}
    acts.add_person(project, name=data["name"], available=data["available"], **hours, by=me.actor, at=request.at)
    return to_tool(request, "timetable", project, me)


@signed_in
@require_POST
def staff_person_end(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    person = reads.shared_person_of(project, request.POST.get("person", ""))
    acts.end_person(person, by=me.actor, at=request.at)
    return to_tool(request, "timetable", project, me)


@signed_in
@require_POST
def staff_leave(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = LeaveForm(request.POST, people=reads.staff_page(project, me).people)
    if not form.is_valid():
        return _staff(request, project, me, leave_form=form)
    person = reads.shared_person_of(project, form.cleaned_data["person"])
    days = {name: form.cleaned_data[name] for name in ("first", "last")}
    acts.note_leave(person, **days, by=me.actor, at=request.at)
    return to_tool(request, "timetable", project, me)


@signed_in
@require_POST
def staff_share(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = ShareForm(request.POST, share=None)
    if not form.is_valid():
        return _staff(request, project, me, share_form=form)
    acts.agree_share(project, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "timetable", project, me)


@signed_in
@require_POST
def staff_apart(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    other = reads.partner_of(project, request.POST.get("other", ""))
    acts.keep_apart(project, other=other, wanted=request.POST.get("wanted") == "1", by=me.actor, at=request.at)
    return to_tool(request, "timetable", project, me, "#apart")


@signed_in
@require_POST
def staff_wish(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    page = reads.staff_page(project, me)
    form = TimeWishForm(request.POST, people=page.people, seats=page.partners)
    if not form.is_valid():
        return _staff(request, project, me, wish_form=form)
    acts.add_time_wish(project, **form.values(), by=me.actor, at=request.at)
    return to_tool(request, "timetable", project, me, "#wishes")


@signed_in
@require_POST
def staff_wish_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.drop_time_wish(reads.time_wish_of(project, request.POST.get("wish", "")), by=me.actor, at=request.at)
    return to_tool(request, "timetable", project, me, "#wishes")


@signed_in
@require_POST
def timetable_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = AskForm(request.POST, today=request.at.date())
    if not form.is_valid():
        return _staff(request, project, me, ask_form=form)
    made = acts.ask_timetable(project, **form.cleaned_data, by=me.actor, at=request.at)
    work_out.enqueue(made.public_id)
    return _to(request, made, me)


def _to(request: HttpRequest, made: Timetable, me: Membership) -> HttpResponse:
    return done(request, f"{reverse('projects:planning', args=[made.public_id])}{me.voice}")


@signed_in
def planning(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.timetable_of(request.user, public_id, voice=voice_of(request))
    page = reads.timetable_page(found, me)
    if getattr(request, "htmx", None) and page.over:
        return done(request, request.get_full_path())
    week = (localtime(request.at).date() - found.start).days // 7 + 1
    return show(request, "projects/planning.html", {"page": page, "this_week": week if week <= found.weeks else 0})


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 6 else -1


@signed_in
@require_POST
def planning_set(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.timetable_of(request.user, public_id, voice=voice_of(request))
    person = reads.shared_person_of(found.project, request.POST.get("person", ""))
    seat = me.seat if request.POST.get("seat") == "mine" else None
    numbers = {"slot": _number(request, "slot"), "version": _number(request, "version")}
    acts.set_half(found, person=person, seat=seat, **numbers, by=me.actor, at=request.at)
    return _to(request, found, me)


@signed_in
@require_POST
def planning_move(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.timetable_of(request.user, public_id, voice=voice_of(request))
    person = reads.shared_person_of(found.project, request.POST.get("person", ""))
    numbers = {name: _number(request, name) for name in ("slot", "to", "version")}
    acts.move_half(found, person=person, **numbers, by=me.actor, at=request.at)
    return _to(request, found, me)
