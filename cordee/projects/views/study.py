"""A study: the call and its offers, the promises, the tranches."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.reads import Membership
from cordee.projects import acts, reads
from cordee.projects.forms import CallForm, FundForm, OfferForm, PledgeForm, TrancheForm
from cordee.projects.models import Project
from cordee.projects.views.inside import mine, to_tool


def _providers(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.providers_page(project, me)
    first = getattr(project.told, "question", "")
    context = {"page": page, "call_form": CallForm(call=page.call, brief=first), "offer_form": OfferForm(), **forms}
    return show(request, "projects/providers.html", context, status=422 if forms else 200)


@signed_in
def providers(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _providers(request, project, me)


@signed_in
@require_POST
def providers_call(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = CallForm(request.POST, call=None)
    if not form.is_valid():
        return _providers(request, project, me, call_form=form)
    acts.open_call(project, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "providers", project, me)


@signed_in
@require_POST
def providers_offer(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form, call = OfferForm(request.POST, request.FILES), reads.providers_page(project, me).call
    if call is None:
        raise Http404
    if not form.is_valid():
        return _providers(request, project, me, offer_form=form)
    acts.note_offer(call, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "providers", project, me, "#offers")


@signed_in
@require_POST
def providers_mark(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    offer, mark = reads.offer_of(project, request.POST.get("offer", "")), request.POST.get("mark", "")
    words = request.POST.get("words", "")
    acts.mark_offer(offer, mark=int(mark) if mark in "012345" and mark else 9, words=words, by=me.actor, at=request.at)
    return to_tool(request, "providers", project, me, f"#o-{offer.public_id}")


@signed_in
@require_POST
def providers_vote(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    call = reads.providers_page(project, me).call
    if call is None:
        raise Http404
    acts.put_offers_to_vote(call, by=me.actor, at=request.at)
    return to_tool(request, "providers", project, me)


@signed_in
def providers_file(request: HttpRequest, public_id: str, offer: str) -> HttpResponse:
    project, _me = mine(request, public_id)
    found = reads.offer_of(project, offer).document
    if found is None:
        raise Http404
    return hand_over(found)


# --- Promises and tranches ---


def _pledges(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.pledges_page(project, me, today=localtime(request.at).date())
    named = getattr(project.told, "threshold", 0) * 100
    pledged = page.mine.pledge if page.mine else None
    pledge_form = PledgeForm(initial={"cents": pledged.cents, "note": pledged.note} if pledged else None)
    if page.binds:
        pledge_form.fields["cents"].help_text = _("Elle peut augmenter, pas baisser.")
    context = {
        "page": page,
        "fund_form": FundForm(seats=reads.partners_of(project), fund=page.fund, threshold=named),
        "pledge_form": pledge_form,
        "tranche_form": TrancheForm(auto_id="tranche_%s"),
        **forms,
    }
    return show(request, "projects/pledges.html", context, status=422 if forms else 200)


@signed_in
def pledges(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _pledges(request, project, me)


@signed_in
@require_POST
def pledges_open(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = FundForm(request.POST, seats=reads.partners_of(project), fund=None)
    if not form.is_valid():
        return _pledges(request, project, me, fund_form=form)
    data = {**form.cleaned_data, "buyer": reads.partner_of(project, form.cleaned_data["buyer"])}
    acts.open_pledges(project, **data, by=me.actor, at=request.at)
    return to_tool(request, "pledges", project, me)


@signed_in
@require_POST
def pledge_make(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = PledgeForm(request.POST)
    if not form.is_valid():
        return _pledges(request, project, me, pledge_form=form)
    acts.make_pledge(reads.fund_of(project), **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "pledges", project, me)


@signed_in
@require_POST
def tranche_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = TrancheForm(request.POST, auto_id="tranche_%s")
    if not form.is_valid():
        return _pledges(request, project, me, tranche_form=form)
    acts.add_tranche(reads.fund_of(project), **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "pledges", project, me, "#tranches")


@signed_in
@require_POST
def tranche_do(request: HttpRequest, public_id: str, tranche: str, what: str) -> HttpResponse:
    project, me = mine(request, public_id)
    found, said = reads.tranche_of(project, tranche), request.POST.get("words", "")
    by = {"by": me.actor, "at": request.at}
    match what:
        case "voter":
            acts.ask_tranche(found, why=said, **by)
        case "retirer":
            acts.drop_tranche(found, **by)
        case "livrer" if "upload" in request.FILES:
            acts.receive_deliverable(found, upload=request.FILES["upload"], **by)
        case "accepter" | "renvoyer":
            acts.answer_deliverable(found, accepted=what == "accepter", remarks=said, **by)
        case _:
            raise Http404
    return to_tool(request, "pledges", project, me, "#tranches")


@signed_in
def tranche_file(request: HttpRequest, public_id: str, tranche: str) -> HttpResponse:
    project, _me = mine(request, public_id)
    found = reads.tranche_of(project, tranche).document
    if found is None:
        raise Http404
    return hand_over(found)
