"""The bank matters of one company: its account, its payment file, its statement."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, seat_of
from cordee.money import acts, reads
from cordee.money.forms import AccountForm, StatementForm
from cordee.money.models import BankRow


def _address(seat: Seat) -> str:
    return f"{reverse('money:bank', args=[seat.grouping.public_id])}?voix={seat.public_id}"


def _show(request: HttpRequest, seat: Seat, **wrong: object) -> HttpResponse:
    page = reads.bank_page(seat, request.user)
    known = page.account
    initial = {"holder": known.holder, "iban": known.iban, "bic": known.bic} if known else {"holder": seat.company.name}
    context = {
        "page": page,
        "today": localtime(request.at).date(),
        "account_form": AccountForm(initial=initial),
        "statement_form": StatementForm(),
        **wrong,
    }
    return show(request, "money/bank.html", context, status=422 if wrong else 200)


@signed_in
def bank(request: HttpRequest, grouping: str) -> HttpResponse:
    return _show(request, seat_of(request.user, grouping, voice=request.GET.get("voix", "")))


@signed_in
@require_POST
def give_account(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            by = actor_for(request.user, seat)
            acts.give_account(seat.company, **form.cleaned_data, by=by, at=request.at)
        except acts.BadAccount as wrong:
            form.add_error("iban", wrong.what)
    if form.errors:
        return _show(request, seat, account_form=form)
    messages.success(request, _("C’est noté. Seules les entreprises qui vous doivent de l’argent le lisent."))
    return redirect(_address(seat))


@signed_in
def payment_file(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    page = reads.bank_page(seat, request.user)
    if not page.payable or page.account is None:
        messages.error(request, _("Rien à mettre dans ce fichier : il faut votre compte, et celui de qui vous payez."))
        return redirect(_address(seat))
    on = localtime(request.at).date() + timedelta(days=1)
    answer = HttpResponse(reads.payment_file(page, at=localtime(request.at), on=on), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="virements-{on:%Y-%m-%d}.xml"'
    return answer


@signed_in
@require_POST
def bring_statement(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    form = StatementForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            by, upload = actor_for(request.user, seat), form.cleaned_data["statement"]
            made = acts.bring_statement(seat, upload, by=by, at=request.at)
        except acts.BadStatement as wrong:
            form.add_error("statement", " ".join(part for part in (wrong.what, wrong.why, wrong.do) if part))
    if form.errors:
        return _show(request, seat, statement_form=form)
    count = made.rows.count()
    said = ngettext("Un paiement reconnu : confirmez-le.", "%(n)s paiements reconnus : confirmez-les.", count)
    messages.success(request, said % {"n": count} if count else _("Aucun paiement attendu dans ce relevé."))
    return redirect(_address(seat))


@signed_in
@require_POST
def confirm_row(request: HttpRequest, grouping: str, row: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.POST.get("voix", ""))
    found = get_object_or_404(BankRow.objects.filter(statement__seat=seat), public_id=row)
    acts.confirm_row(found, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("C’est noté."))
    return redirect(_address(seat))
