"""A shared sales person: the opportunities, the terms, the time and the account of each month, the client file."""

import csv
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.ids import new_key
from cordee.groupings.reads import Membership
from cordee.projects import acts, reads
from cordee.projects.forms import ORDERS, FieldForm, MoveForm, OpportunityForm, TermsForm, TimeForm
from cordee.projects.models import Project
from cordee.projects.views.inside import mine, to_tool, voice_of


def _pipeline(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.pipeline_page(project, me, today=localtime(request.at).date())
    rule = dict(ORDERS).get(" ".join(page.terms.order), "") if page.terms else ""
    context = {"page": page, "rule": rule, "field_form": FieldForm(field=page.my_field), **forms}
    return show(request, "projects/pipeline.html", context, status=422 if forms else 200)


@signed_in
def pipeline(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _pipeline(request, project, me)


@signed_in
def opportunity_new(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    fields = reads.fields_of(project).values()
    words = {"seats": reads.partners_of(project), "trades": [trade for one in fields for trade in one.trades]}
    form = OpportunityForm(request.POST or None, key=new_key(), **words)
    noted, why = None, []
    if request.method == "POST" and form.is_valid():
        noted = acts.note_opportunity(project, form.row(), by=me.actor, at=request.at)
        noted, me, _mine = reads.opportunity_of(request.user, noted.public_id, voice=me.seat.public_id)
        why, form = reads.why_it_went(noted), OpportunityForm(key=new_key(), **words)
    context = {"project": project, "me": me, "form": form, "noted": noted, "why": why}
    return show(request, "projects/opportunity_new.html", context, status=422 if form.errors else 200)


@signed_in
def opportunity(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me, is_mine = reads.opportunity_of(request.user, public_id, voice=voice_of(request))
    form = MoveForm(request.POST or None, opportunity=found)
    if request.method == "POST" and form.is_valid():
        acts.move_opportunity(found, **form.values(), by=me.actor, at=request.at)
        return to_tool(request, "pipeline", found.project, me)
    seats = [part.seat for part in found.parts.all()]
    context = {
        "one": found, "me": me, "is_mine": is_mine, "form": form, "why": reads.why_it_went(found),
        "disputes": reads.disputes_of(found), "holds": me.seat in seats, "seats": seats,
    }  # fmt: skip
    return show(request, "projects/opportunity.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def opportunity_dispute(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me, _mine = reads.opportunity_of(request.user, public_id, voice=voice_of(request))
    acts.dispute_opportunity(found, why=request.POST.get("why", ""), by=me.actor, at=request.at)
    return to_tool(request, "pipeline", found.project, me)


@signed_in
@require_POST
def opportunity_erase(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me, _mine = reads.opportunity_of(request.user, public_id, voice=voice_of(request))
    acts.erase_opportunity(found, by=me.actor, at=request.at)
    return to_tool(request, "pipeline", found.project, me)


@signed_in
def sales_terms(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    month = sum(project.budget.values_list("cents", flat=True)) // 12
    form = TermsForm(request.POST or None, seats=reads.partners_of(project), terms=reads.terms_of(project), month=month)
    if request.method == "POST" and form.is_valid():
        data = {**form.values(), "payer": reads.partner_of(project, form.cleaned_data["payer"])}
        acts.set_sales_terms(project, **data, by=me.actor, at=request.at)
        return to_tool(request, "pipeline", project, me)
    decided = reads.decisions_of(project, "lead_rule").get("lead_rule")
    context = {"project": project, "me": me, "form": form, "decided": decided}
    return show(request, "projects/sales_terms.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def sales_field(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = FieldForm(request.POST, field=None)
    if not form.is_valid():
        return _pipeline(request, project, me, field_form=form)
    acts.cover_field(project, **form.values(), by=me.actor, at=request.at)
    return to_tool(request, "pipeline", project, me, "#fields")


@signed_in
def sales_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="clients.csv"'
    answer.write("\ufeff")
    csv.writer(answer, delimiter=";").writerows(reads.file_of(project, me))
    return answer


@signed_in
@require_POST
def sales_hand_back(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.hand_back_file(project, by=me.actor, at=request.at)
    return to_tool(request, "sales", project, me, "#file")


def _month(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(f"{request.GET.get('mois') or request.POST.get('mois', '')}-01")
    except ValueError:
        return localtime(request.at).date()


def _sales(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    today = localtime(request.at).date()
    page = reads.sales_page(project, me, month=_month(request), today=today)
    form = TimeForm(seats=page.partners if page.for_all else [me.seat], today=today)
    return show(
        request, "projects/sales.html", {"page": page, "time_form": form, **forms}, status=422 if forms else 200
    )


@signed_in
def sales(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _sales(request, project, me)


@signed_in
@require_POST
def sales_time(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = TimeForm(request.POST, seats=reads.partners_of(project), today=localtime(request.at).date())
    if not form.is_valid():
        return _sales(request, project, me, time_form=form)
    data = {**form.cleaned_data, "seat": reads.partner_of(project, form.cleaned_data["seat"])}
    acts.note_time(project, **data, by=me.actor, at=request.at)
    return to_tool(request, "sales", project, me, "#times")


@signed_in
@require_POST
def sales_time_strike(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.strike_time(reads.sales_time_of(project, request.POST.get("time", "")), by=me.actor, at=request.at)
    return to_tool(request, "sales", project, me, "#times")


@signed_in
@require_POST
def sales_close(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.close_sales_month(project, month=_month(request), by=me.actor, at=request.at)
    return to_tool(request, "sales", project, me)
