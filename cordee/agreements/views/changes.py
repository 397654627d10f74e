"""Changing what was signed: an amendment, a member that joins, the end; the dates not to miss; the powers to sign."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.agreements import acts, reads
from cordee.agreements.forms import AGREED, LEAVE, DelegationForm, EndForm
from cordee.agreements.models import Agreement
from cordee.agreements.views.documents import address_of
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Actor
from cordee.groupings.reads import actor_for


@signed_in
@require_POST
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    by = actor_for(request.user, seat)
    made = acts.prepare_change(found, change=Agreement.Change.AMENDMENT, by=by, at=request.at)
    messages.success(request, _("L’avenant part du texte signé : changez les réponses, il n’écrit que ce qui change."))
    return redirect(address_of(made, seat))


@signed_in
@require_POST
def join(request: HttpRequest, public_id: str, newcomer: str) -> HttpResponse:
    found, seat = reads.agreement_of(request.user, public_id, voice=request.POST.get("voix", ""))
    joining = next((one for one in reads.members_of(found.grouping) if one.public_id == newcomer), None)
    if joining is None:
        raise NotYours
    by = actor_for(request.user, seat)
    made = acts.prepare_change(found, change=Agreement.Change.ACCESSION, newcomer=joining, by=by, at=request.at)
    return redirect(address_of(made, seat))


@signed_in
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """One company leaves with notice, or all end it by a document that they sign."""
    given = request.POST if request.method == "POST" else request.GET
    found, seat = reads.agreement_of(request.user, public_id, voice=given.get("voix", ""))
    if not found.in_force or found.change:
        return redirect(address_of(found, seat))
    life = reads.life_of(found, seat, at=request.at)
    form = EndForm(
        request.POST or None,
        company=str(seat.company),
        may_leave=life.may_leave,
        parties=sum(1 for party in life.parties if party.key),
        leave_from=life.leave_from,
    )
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, actor_for(request.user, seat)
        words = {"effect_on": data["effect_on"], "reason": data["reason"], "by": by, "at": request.at}
        if data["how"] == LEAVE:
            acts.notice_ending(found, **words)
            messages.success(request, _("Votre départ est notifié : les autres membres en reçoivent la date par mail."))
            return redirect(address_of(found, seat))
        leaver = seat if data["how"] == AGREED else None
        made = acts.prepare_change(found, change=Agreement.Change.TERMINATION, leaver=leaver, **words)
        return redirect(address_of(made, seat))
    context = {"agreement": found, "seat": seat, "life": life, "form": form, "area": "agreements:list"}
    return show(request, "agreements/end.html", context, status=422 if form.errors else 200)


@signed_in
def dates(request: HttpRequest) -> HttpResponse:
    context = {"dates": reads.my_dates(request.user, at=request.at), "area": "agreements:list"}
    return show(request, "agreements/dates.html", context)


@signed_in
def powers(request: HttpRequest) -> HttpResponse:
    """Who may sign for my companies; a new delegation, with its writing."""
    page = reads.powers_page(request.user, at=request.at)
    initial = {"since": localtime(request.at).date()}
    form = DelegationForm(request.POST or None, request.FILES or None, companies=page.led, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        company = form.companies[data.pop("company")]
        acts.write_delegation(company, **data, by=Actor(request.user), at=request.at)
        messages.success(request, _("La délégation est enregistrée : elle vaut pour les documents qu’elle couvre."))
        return redirect("agreements:powers")
    context = {"page": page, "form": form if page.led else None, "area": "agreements:list"}
    return show(request, "agreements/powers.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    acts.revoke_delegation(reads.delegation_of(request.user, public_id), by=Actor(request.user), at=request.at)
    messages.success(request, _("La délégation est retirée."))
    return redirect("agreements:powers")


@signed_in
def delegation_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    return hand_over(reads.delegation_of(request.user, public_id).paper)
