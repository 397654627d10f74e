"""The cost of shared people: what each owes for a month, a year, and the reserve."""

import csv

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
from cordee.projects.models import Project, SharedPerson
from cordee.projects.views.inside import mine, month_in, to_tool, voice_of

Wrong = tuple[SharedPerson, YearForm | ReserveForm]


def _page(request: HttpRequest, project: Project, me: Membership, wrong: Wrong | None = None) -> HttpResponse:
    page = reads.employment_page(project, me, at=request.at)
    people = [(one, _form(YearForm, one.person, wrong), _form(ReserveForm, one.person, wrong)) for one in page.people]
    context = {"page": page, "people": people, "wrong": wrong}
    return show(request, "projects/employment.html", context, status=422 if wrong else 200)


def _form(kind: type[YearForm] | type[ReserveForm], person: SharedPerson, wrong: Wrong | None) -> object:
    """The form of one person: what was sent where it is wrong, else a new one."""
    if wrong and wrong[0].pk == person.pk and isinstance(wrong[1], kind):
        return wrong[1]
    return kind(auto_id=f"{person.public_id}_%s")


@signed_in
def employment(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = reads.accounts_of(request.user, public_id, voice=voice_of(request))
    return _page(request, project, me)


@signed_in
def employment_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = reads.accounts_of(request.user, public_id, voice=voice_of(request))
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
        payer = reads.partner_of(project, form.cleaned_data["payer"])
        acts.set_employment_cost(found, **form.values(), payer=payer, by=me.actor, at=request.at)
        messages.success(request, _("Le coût complet est écrit."))
        return to_tool(request, "employment", project, me)
    context = {"project": project, "me": me, "person": found, "form": form}
    return show(request, "projects/employment_cost.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def employment_draw(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.shared_person_of(project, person)
    month = month_in(request.POST.get("mois", ""))
    if month is None:
        raise NotYours
    acts.draw_statement(found, month=month, by=me.actor, at=request.at)
    messages.success(request, _("Le relevé est arrêté : chaque entreprise lit sa ligne."))
    return to_tool(request, "employment", project, me)


@signed_in
@require_POST
def employment_year(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.shared_person_of(project, person)
    form = YearForm(request.POST, auto_id=f"{found.public_id}_%s")
    if not form.is_valid():
        return _page(request, project, me, (found, form))
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
    form = ReserveForm(request.POST, auto_id=f"{found.public_id}_%s")
    if not form.is_valid():
        return _page(request, project, me, (found, form))
    acts.use_reserve(found, **form.cleaned_data, by=me.actor, at=request.at)
    messages.success(request, _("C’est noté sur la réserve."))
    return to_tool(request, "employment", project, me)
