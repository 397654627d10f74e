"""Invoices: the list, a draft, one invoice, what figures on them, mandates, checking any file."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cordee.delivery.reads import to_invoice
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.forms import Form
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.money import euros
from cordee.ground.kit.refusals import NotYours
from cordee.ground.people.models import Actor
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, my_seats, seat_of
from cordee.money import acts, reads
from cordee.money.forms import (
    CheckForm,
    ClaimForm,
    IdentityForm,
    InvoiceForm,
    LegalRateForm,
    LinesForm,
    MandateForm,
    PaidForm,
    VatRateForm,
    WorksForm,
)
from cordee.money.models import BillingMandate, Invoice, InvoiceLine

MONTH = timedelta(days=30)


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
    return show(request, "money/invoices.html", _beside(request, page, MandateForm(seats=page.others)))


def _beside(request: HttpRequest, page: reads.InvoicesPage, mandate_form: MandateForm) -> dict[str, Any]:
    """The page of the invoices with what stands beside them."""
    joint = reads.joint_contracts(page.seat) if page.leads else []
    context = {"page": page, "mandate_form": mandate_form, "accepted": to_invoice(page.seat), "joint": joint}
    return {**context, "today": localtime(request.at).date()}


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
    today = localtime(request.at).date()
    form = InvoiceForm(
        request.POST or None,
        earlier=reads.down_payments(seller),
        mandated=seller.pk != seat.pk,
        rates=reads.rate_choices(today),
        initial=_buyer(seat, request.GET.get("achat", "")) | {"due": today + MONTH},
    )
    if request.method == "POST" and form.is_valid():
        lines = [acts.DraftLine(**one) for one in form.lines()]
        by = actor_for(request.user, seat)
        made = acts.draft_invoice(seller, lines=lines, **form.draft(), by=by, at=request.at)
        return done(request, _one(made, seat))
    context = {"form": form, "seat": seat, "seller": seller}
    return show(request, "money/invoice_new.html", context, status=422 if form.errors else 200)


def _buyer(seat: Seat, ours: str) -> dict[str, Any]:
    """Self-billing starts with oneself as the client."""
    if not ours:
        return {}
    return {"kind": "389", "case": "1", **{f"buyer_{key}": value for key, value in reads.buyer_of(seat).items()}}


@signed_in
def credit_part(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.invoice_of(request.user, public_id, voice=_voice(request))
    rows = list(found.lines.select_related("post", "cost"))
    initial = {
        f"{name}_{place}": value
        for place, row in enumerate(rows)
        for name, value in (
            ("label", row.label),
            ("quantity", Decimal(row.quantity) / 1000),
            ("price", row.price // 100),
            ("vat", row.vat),
            ("rate", str(row.rate)),
        )
    }
    rates = reads.rate_choices(found.issued_on or localtime(request.at).date())
    form = LinesForm(request.POST or None, rates=rates, rows=max(len(rows), 1), initial=initial)
    if request.method == "POST" and form.is_valid():
        known = {row.label: row for row in rows}
        lines = [acts.DraftLine(**one, **_kept(known.get(one["label"]))) for one in form.lines()]
        made = acts.credit_invoice(found, lines=lines, by=actor_for(request.user, seat), at=request.at)
        messages.success(request, _("L’avoir est prêt : relisez-le, puis émettez-le."))
        return done(request, _one(made, seat))
    context = {"form": form, "seat": seat, "invoice": found}
    return show(request, "money/credit_part.html", context, status=422 if form.errors else 200)


def _kept(row: InvoiceLine | None) -> dict[str, Any]:
    return {"post": row.post, "cost": row.cost} if row else {}


@signed_in
def works_new(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=_voice(request))
    seller = reads.seller_for(seat, request.POST.get("pour") or request.GET.get("pour", ""))
    form = WorksForm(
        request.POST or None, rates=reads.rate_choices(localtime(request.at).date()), initial={"retention": 500}
    )
    if request.method == "POST" and form.is_valid():
        posts = [acts.PostGiven(**one) for one in form.posts()]
        by = actor_for(request.user, seat)
        made = acts.open_works(seller, posts=posts, **form.facts(), by=by, at=request.at)
        return done(request, f"{reverse('money:works', args=[made.public_id])}?voix={seat.public_id}")
    context = {"form": form, "seat": seat, "seller": seller}
    return show(request, "money/works_new.html", context, status=422 if form.errors else 200)


@signed_in
def works(request: HttpRequest, public_id: str) -> HttpResponse:
    page = reads.works_page(request.user, public_id, voice=_voice(request))
    initial = {"due": localtime(request.at).date() + MONTH}
    form = ClaimForm(request.POST or None, posts=page.posts, initial=initial)
    if request.method == "POST" and form.is_valid():
        by = actor_for(request.user, page.seat)
        made = acts.claim_progress(page.works, done=form.done(), due=form.cleaned_data["due"], by=by, at=request.at)
        messages.success(request, _("La situation est prête : relisez-la, puis émettez-la."))
        return done(request, _one(made, page.seat))
    context = {"page": page, "form": form, "site": reads.site_account(page.seat, reads.contract_of(page.works))}
    return show(request, "money/works.html", context, status=422 if form.errors else 200)


@signed_in
def rebill(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=_voice(request))
    if request.method == "POST":
        made = acts.rebill_costs(found, by=actor_for(request.user, seat), at=request.at)
        said = ngettext("%(n)s facture est prête.", "%(n)s factures sont prêtes.", len(made)) % {"n": len(made)}
        messages.success(request, said)
        return redirect(_list(seat))
    context = {"pool": found, "seat": seat, "rows": reads.to_rebill(found, seat)}
    return show(request, "money/rebill.html", context)


@signed_in
def rates(request: HttpRequest) -> HttpResponse:
    kinds: dict[str, tuple[type[Form], Callable[..., object]]] = {
        "retard": (LegalRateForm, acts.note_legal_rate),
        "tva": (VatRateForm, acts.note_vat_rate),
    }
    asked = request.POST.get("quoi", "")
    forms = {f"{name}_form": made(request.POST if asked == name else None) for name, (made, _act) in kinds.items()}
    if asked in kinds and forms[f"{asked}_form"].is_valid():
        kinds[asked][1](**forms[f"{asked}_form"].cleaned_data, by=Actor(request.user), at=request.at)
        messages.success(request, _("Le taux est noté."))
        return redirect("money:rates")
    page = reads.rates_page(request.user, localtime(request.at).date())
    wrong = asked in kinds and forms[f"{asked}_form"].errors
    return show(request, "money/rates.html", {"page": page, **forms}, status=422 if wrong else 200)


@signed_in
def invoice(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.invoice_of(request.user, public_id, voice=_voice(request))
    return _shown(request, found, seat)


def _shown(request: HttpRequest, found: Invoice, seat: Seat, form: PaidForm | None = None) -> HttpResponse:
    page = reads.invoice_page(found, seat, at=request.at)
    left = page["standing"].due or page["standing"].left
    shown = form or PaidForm(initial={"on": localtime(request.at).date(), "cents": left})
    return show(request, "money/invoice.html", {**page, "paid_form": shown}, status=422 if form else 200)


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
        messages.success(request, _("L’avoir est prêt : relisez-le, puis émettez-le."))
    elif what == "payee":
        form = PaidForm(request.POST)
        if not form.is_valid():
            return _shown(request, found, seat, form)
        made = acts.mark_paid(found, **form.cleaned_data, by=by, at=request.at)
        messages.success(request, _noted(made))
    elif what == "jeter":
        acts.discard_draft(found, by=by, at=request.at)
        return redirect(_list(seat))
    else:
        raise NotYours
    return redirect(_one(made, seat))


def _noted(invoice: Invoice) -> str:
    left = reads.standing_of(invoice).left
    if not left:
        return _("C’est noté : la facture est payée.")
    return _("C’est noté. Il reste %(left)s à recevoir.") % {"left": euros(left)}


@signed_in
@require_POST
def strike_payment(request: HttpRequest, public_id: str, payment: str) -> HttpResponse:
    found, seat = reads.invoice_of(request.user, public_id, voice=_voice(request))
    row = get_object_or_404(found.payments, public_id=payment)
    acts.strike_payment(row, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Ce paiement est rayé."))
    return redirect(_one(found, seat))


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
        return show(request, "money/invoices.html", _beside(request, page, form), status=422)
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
