"""The books of an entity: the page, an entry, a member's statement, what is handed over."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, my_seats
from cordee.money import acts, reads
from cordee.money.forms import BalanceForm, EntryForm, LedgerForm, PeriodForm, ReverseForm
from cordee.money.models import Ledger


def _voice(request: HttpRequest) -> str:
    return request.POST.get("voix") or request.GET.get("voix", "")


def _address(seat: Seat, name: str = "ledger") -> str:
    return f"{reverse(f'money:{name}', args=[seat.grouping.public_id])}?voix={seat.public_id}"


def _own(request: HttpRequest, grouping: str) -> tuple[Ledger, Seat]:
    ledger, seat = reads.ledger_of(request.user, grouping, voice=_voice(request))
    if ledger is None:
        raise NotYours
    return ledger, seat


def _year(request: HttpRequest, ledger: Ledger) -> int:
    asked = request.GET.get("exercice", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else reads.year_of(ledger, request.at.date())


@signed_in
def ledgers(request: HttpRequest) -> HttpResponse:
    seats = list(my_seats(request.user))
    books = {one.grouping_id: one for one in Ledger.objects.filter(grouping__in=[seat.grouping_id for seat in seats])}
    rows = [(seat, books.get(seat.grouping_id)) for seat in seats]
    return show(request, "money/ledgers.html", {"rows": rows})


@signed_in
def ledger(request: HttpRequest, grouping: str) -> HttpResponse:
    found, seat = reads.ledger_of(request.user, grouping, voice=_voice(request))
    if found is None:
        return show(request, "money/ledger_none.html", {"seat": seat, "may_keep": reads.may_keep(seat)})
    return _show(request, found, seat)


def _show(request: HttpRequest, found: Ledger, seat: Seat, **forms: Any) -> HttpResponse:
    today = request.at.date().isoformat()
    context = {
        "page": reads.ledger_page(found, seat, year=_year(request, found)),
        "period_form": PeriodForm(),
        "balance_form": BalanceForm(initial={"day": today}),
        **forms,
    }
    return show(request, "money/ledger.html", context, status=422 if forms else 200)


@signed_in
def ledger_new(request: HttpRequest, grouping: str) -> HttpResponse:
    _found, seat = reads.ledger_of(request.user, grouping, voice=_voice(request))
    form = LedgerForm(request.POST or None, initial={"name": seat.grouping.name})
    if request.method == "POST" and form.is_valid():
        acts.open_ledger(seat.grouping, **form.cleaned_data, by=actor_for(request.user, seat), at=request.at)
        messages.success(request, _("Les livres sont ouverts."))
        return done(request, _address(seat))
    return show(request, "money/ledger_new.html", {"form": form, "seat": seat}, status=422 if form.errors else 200)


@signed_in
def entry_new(request: HttpRequest, grouping: str) -> HttpResponse:
    found, seat = _own(request, grouping)
    form = EntryForm(
        request.POST or None,
        request.FILES or None,
        **reads.entry_choices(found),
        initial={"day": request.at.date().isoformat()},
    )
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("journal", "day", "piece", "label", "receipt")}
        by = actor_for(request.user, seat)
        made = acts.post_entry(found, **data, lines=reads.as_lines(form.lines()), by=by, at=request.at)
        messages.success(request, _("L’écriture n° %(number)s est passée.") % {"number": made.number})
        return done(request, _address(seat))
    context = {"form": form, "seat": seat, "ledger": found}
    return show(request, "money/entry_new.html", context, status=422 if form.errors else 200)


@signed_in
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.entry_of(request.user, public_id, voice=_voice(request))
    form = ReverseForm(initial={"day": request.at.date().isoformat()})
    return show(request, "money/entry.html", {**reads.entry_page(found, seat), "form": form})


@signed_in
@require_POST
def reverse_entry(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.entry_of(request.user, public_id, voice=_voice(request))
    form = ReverseForm(request.POST)
    if not form.is_valid():
        return show(request, "money/entry.html", {**reads.entry_page(found, seat), "form": form}, status=422)
    made = acts.reverse_entry(found, **form.cleaned_data, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("L’écriture est contre-passée sous le n° %(number)s.") % {"number": made.number})
    return redirect(_address(seat))


@signed_in
@require_POST
def close_period(request: HttpRequest, grouping: str) -> HttpResponse:
    found, seat = _own(request, grouping)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _show(request, found, seat, period_form=form)
    acts.close_period(found, until=form.cleaned_data["until"], by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("La période est close."))
    return redirect(_address(seat))


@signed_in
@require_POST
def open_year(request: HttpRequest, grouping: str, year: int) -> HttpResponse:
    found, seat = _own(request, grouping)
    acts.open_year(found, year=year, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Les à-nouveaux de l’exercice sont passés."))
    return redirect(f"{_address(seat)}&exercice={year}")


@signed_in
@require_POST
def take_balance(request: HttpRequest, grouping: str) -> HttpResponse:
    found, seat = _own(request, grouping)
    form = BalanceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, seat, balance_form=form)
    data, by = form.cleaned_data["file"].read(), actor_for(request.user, seat)
    acts.take_balance(found, data=data, day=form.cleaned_data["day"], by=by, at=request.at)
    messages.success(request, _("La balance est reprise."))
    return redirect(_address(seat))


@signed_in
def statement(request: HttpRequest, grouping: str, member: str) -> HttpResponse:
    found, seat = _own(request, grouping)
    whose = get_object_or_404(Seat.objects.select_related("company"), grouping=found.grouping_id, public_id=member)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdigit() and len(asked) < 6 else 0
    page = reads.statement_page(found, seat, whose, year=_year(request, found), page=number)
    return show(request, "money/statement.html", {"page": page})


EXPORTS: dict[str, tuple[str, Callable[..., tuple[str, bytes]]]] = {
    "fec": ("text/plain; charset=utf-8", lambda ledger, year, at: reads.fec_of(ledger, year)),
    "tableur": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda ledger, year, at: reads.sheet_of(ledger, year, at=at),
    ),
    "archive": ("application/zip", lambda ledger, year, at: reads.archive_of(ledger, year, at=at)),
}


@signed_in
def ledger_export(request: HttpRequest, grouping: str, kind: str) -> HttpResponse:
    found, _seat = _own(request, grouping)
    if kind not in EXPORTS:
        raise NotYours
    content_type, make = EXPORTS[kind]
    name, data = make(found, _year(request, found), request.at)
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
