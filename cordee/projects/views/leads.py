"""Contacts: the quick page that works without network, the list, one contact."""

import csv
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.ids import new_key
from cordee.projects import acts, permissions, reads
from cordee.projects.forms import FollowForm, LeadForm, leads_in
from cordee.projects.models import LeadRule
from cordee.projects.views.inside import mine, to_tool, voice_of


@signed_in
def leads(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    page = reads.leads_page(project, me, may_lead=permissions.may_lead(project, me.seat))
    return show(request, "projects/leads.html", {"page": page, "rules": LeadRule.Rule.choices})


@signed_in
@require_POST
def lead_rule(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.set_lead_rule(project, rule=request.POST.get("rule", ""), by=me.actor, at=request.at)
    return to_tool(request, "leads", project, me, "#rule")


@signed_in
@require_POST
def leads_deal(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.deal_leads(project, by=me.actor, at=request.at)
    return to_tool(request, "leads", project, me)


@signed_in
def fair(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = LeadForm(request.POST or None, seats=reads.partners_of(project), key=new_key())
    kept = 0
    if request.method == "POST" and form.is_valid():
        kept = len(acts.take_leads(project, [form.lead()], by=me.actor, at=request.at))
        form = LeadForm(seats=reads.partners_of(project), key=new_key())
    context = {"project": project, "me": me, "form": form, "kept": kept}
    return show(request, "projects/fair.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def leads_receive(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    try:
        rows = leads_in(json.loads(request.POST.get("leads", "")))
    except ValueError:
        return JsonResponse({"kept": []}, status=400)
    return JsonResponse({"kept": acts.take_leads(project, rows, by=me.actor, at=request.at)})


@open_door
def offline_worker(request: HttpRequest) -> HttpResponse:
    answer = render(request, "projects/offline.js", content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@signed_in
def lead(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me, is_mine = reads.lead_of(request.user, public_id, voice=voice_of(request))
    form = FollowForm(request.POST or None, lead=found)
    if request.method == "POST" and form.is_valid():
        acts.follow_lead(found, **form.cleaned_data, by=me.actor, at=request.at)
        return to_tool(request, "leads", found.project, me)
    others = [seat for seat in reads.partners_of(found.project) if seat.pk != me.seat.pk]
    context = {"lead": found, "me": me, "is_mine": is_mine, "form": form, "others": others, "why": reads.why_of(found)}
    return show(request, "projects/lead.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def lead_hand(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me, _mine = reads.lead_of(request.user, public_id, voice=voice_of(request))
    to = reads.partner_of(found.project, request.POST.get("to", ""))
    acts.hand_lead(found, to=to, by=me.actor, at=request.at)
    return to_tool(request, "leads", found.project, me)


@signed_in
@require_POST
def lead_erase(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me, _mine = reads.lead_of(request.user, public_id, voice=voice_of(request))
    acts.erase_lead(found, by=me.actor, at=request.at)
    return to_tool(request, "leads", found.project, me)


@signed_in
def leads_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="contacts.csv"'
    answer.write("\ufeff")
    csv.writer(answer, delimiter=";").writerows(reads.my_leads_table(project, me))
    return answer
