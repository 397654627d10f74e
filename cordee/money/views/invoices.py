"""Invoices: the list, a draft, one invoice, what figures on them, mandates, checking any file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery.reads import to_invoice
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, my_seats, seat_of
from cordee.money import acts, reads
from cordee.money.forms import CheckForm, IdentityForm, InvoiceForm, MandateForm
from cordee.money.models import BillingMandate, Invoice


def _voice(request: HttpRequest) -> str:
    return request.POST.get("voix") or request.GET.get("voix", "")


def _list(seat: Seat) -> str:
    return f"{reverse('money:invoices', args=[seat.grouping.public_id])}?voix={seat.public_id}"


def _one(invoice: Invoice, seat: Seat) -> str:
    return f"{reverse('money:invoice', args=[invoice.public_id])}?voix={seat.public_id}"


@signed_in
def all_invoices(request: HttpRequest) -> HttpResponse:
    return show(request, "money/all_invoices.html", {"seats": my_seats(request.user), "form": CheckForm()})


@signed_in
def invoices(request: HttpRequest, grouping: str) -> HttpResponse:
    page = reads.invoices_page(request.user, grouping, voice=_voice(request))
    context = {"page": page, "mandate_form": MandateForm(seats=page.others), "accepted": to_invoice(page.seat)}
    return show(request, "money/invoices.html", context)


@signed_in
def check_invoice(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        context |= {
            "report": reads.check_file(form.cleaned_data["file"].read()),
            "name": form.cleaned_data["file"].name,
        }
    return show(request, "money/check.html", context, status=422 if form.errors else 200)


@signed_in
def identity(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=_voice(request))
    form = IdentityForm(request.POST or None, initial=reads.first_identity(seat))
    if request.method == "POST" and form.is_valid():
        acts.note_identity(seat.grouping, values=form.cleaned_data, by=actor_for(request.user, seat), at=request.at)
        messages.success(request, _("C’est noté."))
        return done(request, _list(seat))
    return show(request, "money/identity.html", {"form": form, "seat": seat}, status=422 if form.errors else 200)


@signed_in
def invoice_new(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=_voice(request))
    seller = reads.seller_for(seat, request.POST.get("pour") or request.GET.get("pour", ""))
    form = InvoiceForm(request.POST or None, earlier=reads.down_payments(seller))
    if request.method == "POST" and form.is_valid():
        lines = [acts.DraftLine(**one) for one in form.lines()]
        by = actor_for(request.user, seat)
        made = acts.draft_invoice(seller, lines=lines, **form.draft(), by=by, at=request.at)
        return done(request, _one(made, seat))
    context = {"form": form, "seat": seat, "seller": seller}
    return show(request, "money/invoice_new.html", context, status=422 if form.errors else 200)


@signed_in
def invoice(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.invoice_of(request.user, public_id, voice=_voice(request))
    return show(request, "money/invoice.html", reads.invoice_page(found, seat, at=request.at))


@signed_in
@require_POST
def invoice_do(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    found, seat = reads.invoice_of(request.user, public_id, voice=_voice(request))
    by = actor_for(request.user, seat)
    if what == "emettre":
        made = acts.issue_invoice(found, by=by, at=request.at)
        messages.success(request, _("La facture %(number)s est émise.") % {"number": made.number})
    elif what == "remettre":
        made = acts.hand_over(found, by=by, at=request.at)
        messages.success(request, _("Téléchargez-la, puis déposez-la dans votre logiciel."))
    elif what == "avoir":
        made = acts.credit_invoice(found, by=by, at=request.at)
        messages.success(request, _("L’avoir est prêt : relisez-le, puis émettez-le."))
    elif what == "jeter":
        acts.discard_draft(found, by=by, at=request.at)
        return redirect(_list(seat))
    else:
        raise NotYours
    return redirect(_one(made, seat))


@signed_in
def invoice_file(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    found, _seat = reads.invoice_of(request.user, public_id, voice=_voice(request))
    if kind not in ("pdf", "xml"):
        raise NotYours
    name, data = reads.papers_of(found, kind, at=request.at)
    answer = HttpResponse(data, content_type={"pdf": "application/pdf", "xml": "application/xml"}[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@signed_in
@require_POST
def give_mandate(request: HttpRequest, grouping: str) -> HttpResponse:
    page = reads.invoices_page(request.user, grouping, voice=_voice(request))
    form = MandateForm(request.POST, seats=page.others)
    if not form.is_valid():
        context = {"page": page, "mandate_form": form, "accepted": to_invoice(page.seat)}
        return show(request, "money/invoices.html", context, status=422)
    holder = form.seats[form.cleaned_data["holder"]]
    acts.give_mandate(page.seat, holder=holder, by=actor_for(request.user, page.seat), at=request.at)
    messages.success(request, _("Le mandat est donné. Vous pouvez le retirer à tout moment."))
    return redirect(_list(page.seat))


@signed_in
@require_POST
def end_mandate(request: HttpRequest, grouping: str, mandate: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=_voice(request))
    found = get_object_or_404(
        BillingMandate.objects.select_related("grouping"), grouping=seat.grouping_id, public_id=mandate
    )
    acts.end_mandate(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Le mandat est retiré."))
    return redirect(_list(seat))
