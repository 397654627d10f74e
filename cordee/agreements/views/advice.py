"""The adviser on the legal form: its questionnaire, and a comparison that was kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cordee.agreements import acts, reads
from cordee.agreements.forms import FormAdviceForm
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.reads import actor_for, seat_of


@signed_in
def ask_form(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    form = FormAdviceForm(request.POST or None, questions=reads.form_questions())
    if request.method == "POST" and form.is_valid():
        by = actor_for(request.user, seat)
        kept = acts.keep_advice(seat.grouping, answers=form.answers(), by=by, at=request.at)
        return redirect(f"{reverse('agreements:advice', args=[kept.public_id])}?voix={seat.public_id}")
    context = {
        "seat": seat,
        "form": form,
        "kept": reads.advices_of(seat.grouping)[:20],
        "area": "agreements:list",
    }
    return show(request, "agreements/ask_form.html", context, status=422 if form.errors else 200)


@signed_in
def advice(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.advice_of(request.user, public_id, voice=request.GET.get("voix", ""))
    context = {"page": reads.advice_page(found, seat), "area": "agreements:list"}
    return show(request, "agreements/advice.html", context)
