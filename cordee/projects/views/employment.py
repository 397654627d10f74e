"""The cost of shared people: what each owes for a month, a year, and the reserve."""

import csv
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.reads import Membership
from cordee.projects import acts, reads
from cordee.projects.forms import EmploymentForm, ReserveForm, YearForm
from cordee.projects.models import Project
from cordee.projects.views.inside import mine, to_tool


def _page(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.employment_page(project, me, at=request.at)
    context = {"page": page, "year_form": YearForm(), "reserve_form": ReserveForm(), **forms}
    return show(request, "projects/employment.html", context, status=422 if forms else 200)


@signed_in
def employment(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _page(request, project, me)


@signed_in
def employment_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="releves.csv"'
    answer.write("\ufeff")
    page = reads.employment_page(project, me, at=request.at)
    csv.writer(answer, delimiter=";").writerows(reads.employment_table(page))
    return answer


@signed_in
def employment_cost(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.shared_person_of(project, person)
    terms = reads.employment_terms_of(found)
    form = EmploymentForm(request.POST or None, project=project, seats=reads.partners_of(project), terms=terms)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "payer": reads.partner_of(project, form.cleaned_data["payer"])}
        acts.set_employment_cost(found, **data, by=me.actor, at=request.at)
        messages.success(request, _("Le coût complet est écrit."))
        return to_tool(request, "employment", project, me)
    context = {"project": project, "me": me, "person": found, "form": form}
    return show(request, "projects/employment_cost.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def employment_draw(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.shared_person_of(project, person)
    try:
        month = date.fromisoformat(f"{request.POST.get('mois', '')}-01")
    except ValueError:
        raise NotYours from None
    acts.draw_statement(found, month=month, by=me.actor, at=request.at)
    messages.success(request, _("Le relevé est arrêté. Portez-le aux comptes quand vous voulez."))
    return to_tool(request, "employment", project, me)


@signed_in
@require_POST
def employment_year(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.shared_person_of(project, person)
    form = YearForm(request.POST)
    if not form.is_valid():
        return _page(request, project, me, year_form=form)
    acts.close_employment_year(found, **form.cleaned_data, by=me.actor, at=request.at)
    messages.success(request, _("L’année est rééquilibrée."))
    return to_tool(request, "employment", project, me)


@signed_in
@require_POST
def employment_reserve(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.shared_person_of(project, person)
    if request.POST.get("back"):
        acts.give_back_reserve(found, by=me.actor, at=request.at)
        messages.success(request, _("La réserve revient à chacun."))
        return to_tool(request, "employment", project, me)
    form = ReserveForm(request.POST)
    if not form.is_valid():
        return _page(request, project, me, reserve_form=form)
    acts.use_reserve(found, **form.cleaned_data, by=me.actor, at=request.at)
    messages.success(request, _("C’est noté sur la réserve."))
    return to_tool(request, "employment", project, me)
