"""Bringing an existing groupement in, on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.groupings.reads import my_companies
from cordee.journeys import acts, forms


@signed_in
def bring_in(request: HttpRequest) -> HttpResponse:
    mine = my_companies(request.user)
    form = forms.ArrivalForm(request.POST or None, request.FILES or None, companies=mine)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            arrival = acts.bring_in_grouping(
                form.existing(),
                host=form.companies[form.cleaned_data["company"]],
                own_cents=form.cleaned_data["own_balance"] or 0,
                members=form.declared,
                papers=form.signed(),
                by=Actor(request.user),
                at=request.at,
            )
        except Refusal as no:
            refused = no  # what was typed is long: it stays on the page, with the reason
        else:
            messages.success(request, _("Le groupement est là. Chaque dirigeant reçoit un lien pour confirmer."))
            return done(request, reverse("groupings:grouping", args=[arrival.grouping.public_id]))
    status = 422 if form.errors or refused else 200
    return show(request, "journeys/arrival.html", {"form": form, "mine": mine, "refused": refused}, status=status)
