"""Hours: the person's own page, opened by a link; the page of each company."""

import csv
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.projects import acts, reads
from cordee.projects.forms import CorrectForm, HoursForm, SheetLinkForm
from cordee.projects.models import SharedPerson
from cordee.projects.views.inside import mine, month_in, to_tool


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotYours from None


# --- The person, by link ---


def _sheet(request: HttpRequest, person: SharedPerson, token: str, form: HoursForm | None = None) -> HttpResponse:
    page = reads.person_sheet(person, token, month=month_in(request.GET.get("mois", "")), at=request.at)
    made = form or HoursForm(seats=page.seats, today=localtime(request.at).date())
    context = {"page": page, "host": person.project.grouping.name, "hours_form": made, "token": token}
    return show(request, "projects/sheet.html", context, status=422 if form else 200)


@open_door
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    _link, person = reads.sheet_link_of(token, at=request.at)
    return _sheet(request, person, token)


@open_door
@require_POST
def sheet_do(request: HttpRequest, token: str, what: str) -> HttpResponse:
    link, person = reads.sheet_link_of(token, at=request.at)
    data, at = request.POST, request.at
    if what == "ecrire":
        return _write(request, token)
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "confirmer": (
            lambda: acts.confirm_day(person, link, day=_day(data.get("day", "")), at=at),
            _("C’est noté, comme prévu."),
        ),
        "absent": (
            lambda: acts.say_absent(person, link, day=_day(data.get("day", "")), at=at),
            _("C’est noté : vous n’étiez pas là."),
        ),
        "retirer": (
            lambda: acts.take_back_hours(person, link, entry=reads.entry_of(person, data.get("entry", "")), at=at),
            _("C’est retiré."),
        ),
        "contester": (
            lambda: acts.object_to_hours(
                person, link, entry=reads.entry_of(person, data.get("entry", "")), why=data.get("why", ""), at=at
            ),
            _("L’entreprise lit votre réponse."),
        ),
    }
    if what not in verbs:
        raise NotYours
    act, said = verbs[what]
    return _acting(request, token, act, said)


def _acting(request: HttpRequest, token: str, act: Callable[[], object], said: str) -> HttpResponse:
    back = reverse("projects:sheet", args=[token])
    try:
        act()
    except Refusal as refusal:
        refusal.back = back
        raise
    messages.success(request, said)
    return done(request, back)


def _write(request: HttpRequest, token: str) -> HttpResponse:
    link, person = reads.sheet_link_of(token, at=request.at)
    form = HoursForm(request.POST, seats=reads.partners_of(person.project), today=localtime(request.at).date())
    if not form.is_valid():
        return _sheet(request, person, token, form)
    known = request.POST.get("entry", "")
    entry = reads.entry_of(person, known) if known else None
    return _acting(
        request, token, lambda: acts.say_hours(person, link, **form.values(), entry=entry, at=request.at),
        _("Vos heures sont notées."),
    )  # fmt: skip


# --- A company ---


@signed_in
def sheets(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    page = reads.sheets_page(project, me, month=month_in(request.GET.get("mois", "")), at=request.at)
    return show(request, "projects/sheets.html", {"page": page})


@signed_in
@require_POST
def sheets_agree(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    acts.agree_hours(project, entries=request.POST.getlist("entry"), by=me.actor, at=request.at)
    messages.success(request, _("Ces heures sont validées."))
    month = month_in(request.POST.get("mois", ""))
    mark = "&" if me.voice else "?"
    return to_tool(request, "sheets", project, me, f"{mark}mois={month:%Y-%m}" if month else "")


@signed_in
def sheet_correct(request: HttpRequest, public_id: str, entry: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.my_entry(project, me, entry)
    form = CorrectForm(request.POST or None, entry=found)
    if request.method == "POST" and form.is_valid():
        acts.correct_hours(found, **form.values(), by=me.actor, at=request.at)
        messages.success(request, _("C’est corrigé ; la personne lit pourquoi."))
        return to_tool(request, "sheets", project, me)
    context = {"project": project, "me": me, "entry": found, "form": form}
    return show(request, "projects/sheet_correct.html", context, status=422 if form.errors else 200)


@signed_in
def sheet_link(request: HttpRequest, public_id: str, person: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found = reads.shared_person_of(project, person)
    form = SheetLinkForm(request.POST or None)
    if request.method == "POST" and request.POST.get("shut"):
        acts.shut_sheet_link(found, by=me.actor, at=request.at)
        messages.success(request, _("Le lien ne s’ouvre plus."))
        return to_tool(request, "sheets", project, me)
    if request.method == "POST" and form.is_valid():
        acts.give_sheet_link(found, email=form.cleaned_data["email"], by=me.actor, at=request.at)
        messages.success(request, _("Le lien part par e-mail."))
        return to_tool(request, "sheets", project, me)
    context = {"project": project, "me": me, "person": found, "form": form}
    return show(request, "projects/sheet_link.html", context, status=422 if form.errors else 200)


@signed_in
def sheets_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    page = reads.sheets_page(project, me, month=month_in(request.GET.get("mois", "")), at=request.at)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="heures-{page.month:%Y-%m}.csv"'
    answer.write("\ufeff")
    csv.writer(answer, delimiter=";").writerows(reads.my_hours_table(page))
    return answer
