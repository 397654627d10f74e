"""The budget: planned, committed, spent, left; what recurs, is brought, is called."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.people.models import Actor
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for
from cordee.money import acts, reads
from cordee.money.forms import (
    AdvanceForm,
    CallForm,
    CommitmentForm,
    ContributionForm,
    HeadingForm,
    RateForm,
    RecurringForm,
)
from cordee.money.models import Commitment, CostPool, FundPart
from cordee.money.views.pools import address_of


def _show(request: HttpRequest, pool: CostPool, seat: Seat, **wrong: object) -> HttpResponse:
    page = reads.budget_page(pool, seat)
    headings = [line.heading for line in page.lines if line.heading]
    forms = {
        "heading_form": HeadingForm(prefix="poste"),
        "commitment_form": CommitmentForm(prefix="engage", headings=headings),
        "recurring_form": RecurringForm(prefix="revient", members=page.members),
        "rate_form": RateForm(prefix="valeur"),
        "contribution_form": ContributionForm(prefix="apport", rates=page.rates),
        "advance_form": AdvanceForm(
            prefix="avance", members=[each for each in page.members if each.seat_id != seat.pk]
        ),
        "call_form": CallForm(prefix="appel", members=page.members),
        **wrong,
    }
    return show(request, "money/budget.html", {"page": page, **forms}, status=422 if wrong else 200)


@signed_in
def budget(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return _show(request, found, seat)


def _answer(
    request: HttpRequest,
    public_id: str,
    name: str,
    made: Callable[[reads.BudgetPage], Any],
    do: Callable[[CostPool, Any, Actor], object],
    said: str,
) -> HttpResponse:
    """Read one form of the page; do its act, or show the page again with what is wrong."""
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    form = made(reads.budget_page(found, seat))
    if not form.is_valid():
        return _show(request, found, seat, **{name: form})
    do(found, form, actor_for(request.user, seat))
    messages.success(request, said)
    return redirect(address_of(found, seat, "money:budget"))


@signed_in
@require_POST
def add_heading(request: HttpRequest, public_id: str) -> HttpResponse:
    return _answer(
        request,
        public_id,
        "heading_form",
        lambda page: HeadingForm(request.POST, prefix="poste"),
        lambda pool, form, by: acts.add_heading(pool, **form.cleaned_data, by=by, at=request.at),
        _("Le poste est ajouté."),
    )


@signed_in
@require_POST
def propose_budget(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    acts.propose_budget(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Le budget est au vote. Chaque membre reçoit un lien pour voter."))
    return redirect(address_of(found, seat, "money:budget"))


@signed_in
@require_POST
def make_commitment(request: HttpRequest, public_id: str) -> HttpResponse:
    def made(page: reads.BudgetPage) -> CommitmentForm:
        headings = [line.heading for line in page.lines if line.heading]
        return CommitmentForm(request.POST, request.FILES, prefix="engage", headings=headings)

    def do(pool: CostPool, form: CommitmentForm, by: Actor) -> object:
        data = form.cleaned_data
        heading = form.headings[data.pop("heading")]
        heading.pool = pool
        return acts.make_commitment(heading, **data, by=by, at=request.at)

    return _answer(request, public_id, "commitment_form", made, do, _("L’engagement est noté."))


@signed_in
@require_POST
def close_commitment(request: HttpRequest, public_id: str, commitment: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    rows = Commitment.objects.filter(heading__pool=found).select_related("heading__pool__grouping")
    row = get_object_or_404(rows, public_id=commitment)
    acts.close_commitment(row, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("L’engagement est clos : ce qui en restait est libre."))
    return redirect(address_of(found, seat, "money:budget"))


@signed_in
@require_POST
def add_recurring(request: HttpRequest, public_id: str) -> HttpResponse:
    def do(pool: CostPool, form: RecurringForm, by: Actor) -> object:
        data = {**form.cleaned_data, "paid_by": form.chosen()}
        return acts.add_recurring(pool, **data, by=by, at=request.at)

    return _answer(
        request,
        public_id,
        "recurring_form",
        lambda page: RecurringForm(request.POST, prefix="revient", members=page.members),
        do,
        _("C’est noté : Cordée l’écrira à chaque échéance."),
    )


@signed_in
@require_POST
def stop_recurring(request: HttpRequest, public_id: str, recurring: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    row = get_object_or_404(found.recurrings.select_related("pool__grouping"), public_id=recurring)
    acts.stop_recurring(row, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Cette dépense ne reviendra plus."))
    return redirect(address_of(found, seat, "money:budget"))


@signed_in
@require_POST
def propose_rate(request: HttpRequest, public_id: str) -> HttpResponse:
    return _answer(
        request,
        public_id,
        "rate_form",
        lambda page: RateForm(request.POST, prefix="valeur"),
        lambda pool, form, by: acts.propose_rate(pool, **form.cleaned_data, by=by, at=request.at),
        _("La valeur est au vote. Chaque membre reçoit un lien pour voter."),
    )


@signed_in
@require_POST
def add_contribution(request: HttpRequest, public_id: str) -> HttpResponse:
    def do(pool: CostPool, form: ContributionForm, by: Actor) -> object:
        data = {**form.cleaned_data, "rate": form.rates[form.cleaned_data["rate"]]}
        return acts.add_contribution(pool, **data, by=by, at=request.at)

    return _answer(
        request,
        public_id,
        "contribution_form",
        lambda page: ContributionForm(request.POST, prefix="apport", rates=page.rates),
        do,
        _("Votre apport est noté."),
    )


@signed_in
@require_POST
def add_advance(request: HttpRequest, public_id: str) -> HttpResponse:
    def do(pool: CostPool, form: AdvanceForm, by: Actor) -> object:
        data = {**form.cleaned_data, "to": form.chosen()}
        return acts.add_advance(pool, **data, by=by, at=request.at)

    return _answer(
        request,
        public_id,
        "advance_form",
        lambda page: AdvanceForm(request.POST, prefix="avance", members=page.members),
        do,
        _("Votre avance est notée ; elle compte dès que l’autre entreprise la confirme."),
    )


@signed_in
@require_POST
def call_funds(request: HttpRequest, public_id: str) -> HttpResponse:
    def do(pool: CostPool, form: CallForm, by: Actor) -> object:
        data = {**form.cleaned_data, "held_by": form.chosen()}
        return acts.call_funds(pool, **data, by=by, at=request.at)

    return _answer(
        request,
        public_id,
        "call_form",
        lambda page: CallForm(request.POST, prefix="appel", members=page.members),
        do,
        _("L’appel est parti : chacun reçoit sa part et la date."),
    )


def _part(pool: CostPool, public_id: str) -> FundPart:
    return get_object_or_404(
        FundPart.objects.filter(call__pool=pool).select_related("call__pool__grouping"), public_id=public_id
    )


@signed_in
@require_POST
def declare_paid(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    acts.declare_paid(_part(found, part), by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("C’est noté. Qui reçoit l’argent le confirmera."))
    return redirect(address_of(found, seat, "money:budget"))


@signed_in
@require_POST
def receive_part(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    acts.receive_part(_part(found, part), by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("C’est noté : l’avance est dans les comptes."))
    return redirect(address_of(found, seat, "money:budget"))
