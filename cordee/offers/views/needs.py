"""Occasions: the list, a notice to bring or a need to write, one need, its lots, its teams."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.directory.models import Company
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.groupings.acts import name_company
from cordee.groupings.reads import membership
from cordee.offers import acts, forms, reads
from cordee.offers.models import Need
from cordee.offers.permissions import companies_of
from cordee.offers.tasks import find_teams

MOST_LINES = 40


def _to(name: str, *args: object) -> str:
    return reverse(f"offers:{name}", args=args)


def _company(request: HttpRequest, form: forms.NoticeForm | forms.NeedForm) -> Company:
    """The company one acts for; naming it for the first time makes it known."""
    by = Actor(request.user)
    return form.company() or name_company(form.cleaned_data["company_text"], by=by, at=request.at)


@signed_in
def needs(request: HttpRequest) -> HttpResponse:
    return show(request, "offers/list.html", {"lines": reads.my_needs(request.user, at=request.at)})


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    form = forms.NoticeForm(request.POST if files is not None else None, files, companies=companies_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            company = _company(request, form)
            need = acts.bring_notice(
                form.cleaned_data["notice"], company=company, by=Actor(request.user), at=request.at
            )
        except Refusal as refusal:
            if isinstance(refusal, NotAllowed):
                raise
            form.add_error(None, " ".join(part for part in (refusal.what, refusal.why, refusal.do) if part))
        else:
            messages.success(request, _("L’avis est lu. Vérifiez les métiers, puis cherchez des équipes."))
            return done(request, _to("need", need.public_id))
    return show(request, "offers/new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
def write(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("lines", "")
    lines = min(int(asked), MOST_LINES) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 4 else 3
    more = "more" in request.POST
    form = forms.NeedForm(
        request.POST if request.method == "POST" and not more else None,
        companies=companies_of(request.user),
        lines=max(1, min(lines + 3, MOST_LINES) if more else lines),
        initial=request.POST.dict() if more else None,
    )
    if request.method == "POST" and not more and form.is_valid():
        data, by = form.cleaned_data, Actor(request.user)
        deadline, has_hour = form.deadline()
        need = acts.write_need(
            title=data["title"],
            client=data["client"],
            description=data["description"],
            where=form.where,
            deadline=deadline,
            deadline_has_hour=has_hour,
            lots=form.lots(),
            company=_company(request, form),
            by=by,
            at=request.at,
        )
        messages.success(request, _("Le besoin est noté. Vous pouvez chercher des équipes."))
        return done(request, _to("need", need.public_id))
    return show(request, "offers/write.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
def need(request: HttpRequest, public_id: str) -> HttpResponse:
    return _need(request, public_id)


def _need(request: HttpRequest, public_id: str, form: forms.FindForm | None = None) -> HttpResponse:
    page = reads.need_page(request.user, public_id, at=request.at, number=request.GET.get("page", "1"))
    usual = {"members": 12, "around": True, "competitors": True}
    context = {"page": page, "need": page.need, "form": form or forms.FindForm(initial=usual)}
    return show(request, "offers/need.html", context, status=422 if form else 200)


@signed_in
def file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    return hand_over(reads.file_of(request.user, public_id))


@signed_in
def lot(request: HttpRequest, public_id: str, rank: int) -> HttpResponse:
    found = reads.lot_of(request.user, public_id, rank)
    if not companies_of(request.user).filter(pk=found.need.company_id).exists():
        raise NotAllowed(_("Seule %(company)s corrige les lots de cette occasion.") % {"company": found.need.company})
    form = forms.LotForm(request.POST or None, lot=found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            acts.change_lot(found, version=version, values=form.values(), by=Actor(request.user), at=request.at)
        except Refusal as refusal:
            refusal.back = request.path
            raise
        messages.success(request, _("Le lot est corrigé."))
        return done(request, f"{_to('need', public_id)}#lot-{rank}")
    return show(request, "offers/lot.html", {"form": form, "lot": found}, status=422 if form.errors else 200)


@signed_in
@require_POST
def find(request: HttpRequest, public_id: str) -> HttpResponse:
    found = reads.need_of(request.user, public_id)
    form = forms.FindForm(request.POST)
    if not form.is_valid():
        return _need(request, public_id, form)
    try:
        search = acts.ask_for_teams(
            found, company=found.company, **form.cleaned_data, by=Actor(request.user), at=request.at
        )
    except Refusal as refusal:
        refusal.back = _to("need", public_id)
        raise
    find_teams.enqueue(search.public_id)
    return done(request, _to("teams", search.public_id))


@signed_in
def teams(request: HttpRequest, search: str) -> HttpResponse:
    page = reads.teams_page(request.user, search)
    htmx = getattr(request, "htmx", None)
    if htmx and page.over:
        return done(request, request.path)
    return show(request, "offers/teams.html", {"page": page, "search": page.search, "need": page.search.need})


@signed_in
@require_POST
def open_exchange(request: HttpRequest, search: str, number: int) -> HttpResponse:
    found = reads.search_of(request.user, search)
    try:
        grouping = acts.open_exchange_with(found, team=number, by=Actor(request.user), at=request.at)
    except Refusal as refusal:
        refusal.back = _to("teams", search)
        raise
    messages.success(request, _("L’échange est ouvert. Les invitations partent ; complétez les adresses qui manquent."))
    return done(request, reverse("groupings:members", args=[grouping.public_id]))


@signed_in
@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    found: Need = reads.need_of(request.user, public_id)
    acts.drop_need(found, by=Actor(request.user), at=request.at)
    messages.success(request, _("L’occasion est classée."))
    return done(request, _to("list"))


@signed_in
@require_POST
def share(request: HttpRequest, public_id: str, grouping: str) -> HttpResponse:
    need = reads.need_of(request.user, public_id)
    me = membership(request.user, grouping, voice=request.GET.get("voix", ""))
    acts.look_together(need, me.grouping, by=me.actor, at=request.at)
    messages.success(request, _("Les membres voient l’occasion. Préparez la réponse ensemble."))
    return done(request, reverse("groupings:grouping", args=[grouping]) + me.voice)
