"""The directory: finding companies, one's own card, one's ecosystem, lists to import."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.directory import acts, forms, reads
from cordee.directory.models import Company
from cordee.directory.tasks import run_import
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import Stale
from cordee.ground.people.models import Actor

MOST_NUMBER = 2**62
"""What a database can hold; a greater number in an address is nobody's."""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 7 else 1


def _card(company: Company) -> HttpResponse:
    return redirect("directory:company", company.public_id)


@signed_in
def companies(request: HttpRequest) -> HttpResponse:
    form = forms.SearchForm({"rayon": "25", **request.GET.dict()})
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    query = reads.Query(
        text=said.get("q", ""),
        trade=said.get("metier", ""),
        place=said.get("lieu", ""),
        radius=said.get("rayon") or 25,
        size=said.get("taille", ""),
    )
    page = reads.list_page(query, person=request.user, number=_number(request.GET.get("page", "")))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"form": form, "page": page, "query": query, "kept": kept.urlencode(), "metiers": reads.trade_labels()}
    context["register"] = reads.register_lines(query) if page.page.number == 1 else ()
    return show(request, "directory/list.html", {**context, "mine": reads.my_companies(request.user)[:5]})


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """« C'est mon entreprise »: typed, picked, or made by hand."""
    text = request.GET.get("q", "")[:120]
    context = {
        "text": text,
        "lines": reads.register_matches(text, person=request.user),
        "register": reads.register_lines(reads.Query(text=text))[:8],
        "mine": reads.my_companies(request.user)[:10],
        "form": forms.CreateForm(initial={"name": "" if text.isdecimal() else text}),
    }
    return show(request, "directory/mine.html", context)


@signed_in
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    form = forms.CreateForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "text": "", "lines": (), "mine": reads.my_companies(request.user)[:10]}
        return show(request, "directory/mine.html", context, status=422)
    data = form.cleaned_data
    made = acts.create_company(name=data["name"], insee=data["lieu"], by=Actor(request.user), at=request.at)
    messages.success(request, _("La fiche existe. Dites maintenant ce que vous apportez."))
    return redirect("directory:edit", made.public_id)


@signed_in
@require_POST
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.company_of(request.user, public_id)
    acts.claim_company(found, by=Actor(request.user), at=request.at)
    messages.success(request, _("C’est noté : vous représentez %(company)s.") % {"company": found})
    return redirect("directory:edit", found.public_id)


@signed_in
@require_POST
def take(request: HttpRequest, siren: int) -> HttpResponse:
    """From a line of the national register to a card."""
    found = acts.take_from_register(f"{siren:09d}"[:9], by=Actor(request.user), at=request.at)
    if request.POST.get("mienne") == "1":
        acts.claim_company(found, by=Actor(request.user), at=request.at)
        return redirect("directory:edit", found.public_id)
    return _card(found)


def _company(request: HttpRequest, found: Company, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "page": reads.company_page(found, request.user, at=request.at),
        "metiers": reads.trade_labels(),
        "trade_form": forms.TradeForm(),
        "certificate_form": forms.CertificateForm(),
        "tie_form": forms.TieForm(),
        **more,
    }
    return show(request, "directory/company.html", context, status=status)


@signed_in
def company(request: HttpRequest, public_id: str) -> HttpResponse:
    return _company(request, reads.company_of(request.user, public_id))


@signed_in
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.own_company_of(request.user, public_id)
    place = found.places.order_by("-is_head", "id").first()
    where = f"{place.city} ({place.postcode})" if place and place.city and place.postcode else ""
    first = {**acts.as_values(found), "version": found.version, "lieu": where}
    form = forms.CardForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        insee, version = data.pop("lieu"), data.pop("version")
        try:
            acts.edit_company(found, values=data, insee=insee, version=version, by=Actor(request.user), at=request.at)
        except Stale as stale:
            stale.back = reverse("directory:edit", args=[public_id])
            raise
        messages.success(request, _("C’est enregistré."))
        return _card(found)
    return show(request, "directory/edit.html", {"form": form, "company": found}, status=422 if form.errors else 200)


@signed_in
@require_POST
def trade(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.own_company_of(request.user, public_id)
    if slug := request.POST.get("retirer", ""):
        acts.declare_trade(found, slug, has=False, by=Actor(request.user), at=request.at)
        return _card(found)
    form = forms.TradeForm(request.POST)
    if not form.is_valid():
        return _company(request, found, 422, trade_form=form)
    acts.declare_trade(found, form.cleaned_data["metier"], by=Actor(request.user), at=request.at)
    return _card(found)


@signed_in
@require_POST
def certificate(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.own_company_of(request.user, public_id)
    form = forms.CertificateForm(request.POST)
    if not form.is_valid():
        return _company(request, found, 422, certificate_form=form)
    acts.note_certificate(found, **form.cleaned_data, by=Actor(request.user), at=request.at)
    return _card(found)


@signed_in
@require_POST
def drop_certificate(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    found = reads.own_company_of(request.user, public_id)
    acts.drop_certificate(reads.certificate_of(found, min(number, MOST_NUMBER)), by=Actor(request.user), at=request.at)
    return _card(found)


@signed_in
@require_POST
def visible(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.own_company_of(request.user, public_id)
    acts.show_company(found, listed=request.POST.get("listed") == "1", by=Actor(request.user), at=request.at)
    return _card(found)


@signed_in
@require_POST
def tie(request: HttpRequest, public_id: str) -> HttpResponse:
    other = reads.company_of(request.user, public_id)
    own = reads.chosen_company(request.user, request.POST.get("pour", ""))
    form = forms.TieForm(request.POST)
    if not form.is_valid():
        return _company(request, other, 422, tie_form=form)
    acts.declare_tie(own, other, **form.cleaned_data, by=Actor(request.user), at=request.at)
    messages.success(request, _("Ce lien est noté. Vous seul le voyez."))
    return _card(other)


@signed_in
@require_POST
def hide(request: HttpRequest, public_id: str) -> HttpResponse:
    other = reads.company_of(request.user, public_id)
    own = reads.chosen_company(request.user, request.POST.get("pour", ""))
    acts.hide_from(own, other, hidden=request.POST.get("hidden") == "1", by=Actor(request.user), at=request.at)
    messages.success(request, _("C’est enregistré."))
    return _card(other)


@signed_in
def ties(request: HttpRequest) -> HttpResponse:
    page = reads.ties_page(request.user, request.GET.get("pour", ""))
    context: dict[str, Any] = {"page": page}
    if page:
        context["advice"] = reads.suggestions(page, request.user, at=request.at)
        context["asked"] = reads.introductions(page.companies)
    return show(request, "directory/ties.html", context)


@signed_in
@require_POST
def drop_tie(request: HttpRequest, number: int) -> HttpResponse:
    found = reads.tie_of(request.user, min(number, MOST_NUMBER))
    acts.drop_tie(found, by=Actor(request.user), at=request.at)
    messages.success(request, _("Ce lien est retiré."))
    return redirect(f"{reverse('directory:ties')}?pour={found.company.public_id}")


def _operator(request: HttpRequest) -> None:
    reads.may_open_imports(request.user, _("Seule la personne qui tient ce serveur importe des listes d’entreprises."))


@signed_in
def imports(request: HttpRequest) -> HttpResponse:
    _operator(request)
    form = forms.ImportForm(request.POST, request.FILES) if request.method == "POST" else forms.ImportForm()
    if request.method == "POST" and form.is_valid():
        run = acts.ask_import(form.uploads(), by=Actor(request.user), at=request.at)
        run_import.enqueue(run.public_id)
        return redirect("directory:import_run", run.public_id)
    context = {"form": form, "runs": reads.last_imports()}
    return show(request, "directory/import.html", context, status=422 if form.errors else 200)


@signed_in
def import_run(request: HttpRequest, public_id: str) -> HttpResponse:
    _operator(request)
    run = reads.import_of(public_id)
    context = {
        "run": run,
        "problem": reads.problem_of(run),
        "stopped": reads.has_stopped(run, at=request.at),
        "report": Paginator(reads.report_of(run), 50).get_page(_number(request.GET.get("page", ""))),
    }
    answer = show(request, "directory/import_run.html", context)
    if run.over and getattr(request, "htmx", False):
        answer["HX-Refresh"] = "true"  # the report comes with the end
    return answer


@signed_in
@require_POST
def resume_import(request: HttpRequest, public_id: str) -> HttpResponse:
    _operator(request)
    run = acts.note_resumed(reads.import_of(public_id), at=request.at)
    if not run.over and run.contents:
        run_import.enqueue(run.public_id)
    return redirect("directory:import_run", run.public_id)


@signed_in
def import_report(request: HttpRequest, public_id: str) -> HttpResponse:
    _operator(request)
    run = reads.import_of(public_id)
    titles = [_("ligne"), _("colonne"), _("raison"), _("refusée")]
    answer = HttpResponse(reads.report_csv(run, titles), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rapport-{run.public_id}.csv"'
    return answer
