"""Shared posts: opening one, a month of it, entering it in the accounts."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, seat_of
from cordee.money import acts, reads
from cordee.money.forms import BillForm, MonthForm, PostForm, YearForm
from cordee.money.models import SharedPost


@signed_in
def new_post(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    seats = list(Seat.objects.filter(grouping=seat.grouping_id, state="member").select_related("company"))
    form = PostForm(request.POST or None, seats=seats)
    if request.method == "POST" and form.is_valid():
        by = actor_for(request.user, seat)
        post = acts.open_post(seat.grouping, **form.facts(), by=by, at=request.at)
        return redirect(_address(post, seat))
    return show(request, "money/new_post.html", {"form": form, "seat": seat}, status=422 if form.errors else 200)


def _address(post: SharedPost, seat: Seat, month: date | None = None) -> str:
    query = f"?voix={seat.public_id}" + (f"&mois={month:%Y-%m}" if month else "")
    return reverse("money:post", args=[post.public_id]) + query


def _month(text: str, request: HttpRequest) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return localtime(request.at).date().replace(day=1)


def _show(request: HttpRequest, post: SharedPost, seat: Seat, month: date, **wrong: object) -> HttpResponse:
    page = reads.post_page(post, seat, month)
    mine = page.members if seat.pk == post.employer_id else tuple(one for one in page.members if one.pk == seat.pk)
    known = list(post.months.filter(month=month))
    context = {
        "page": page,
        "month_form": MonthForm(post=post, seats=mine, known=known, initial={"month": month}),
        "bill_form": BillForm(pools=page.pools),
        **wrong,
    }
    return show(request, "money/post.html", context, status=422 if wrong else 200)


@signed_in
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.post_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return _show(request, found, seat, _month(request.GET.get("mois", ""), request))


@signed_in
@require_POST
def note_month(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.post_of(request.user, public_id, voice=request.POST.get("voix", ""))
    month = _month(request.POST.get("month", ""), request)
    members = reads.post_page(found, seat, month).members
    mine = members if seat.pk == found.employer_id else tuple(one for one in members if one.pk == seat.pk)
    form = MonthForm(request.POST, post=found, seats=mine)
    if not form.is_valid():
        return _show(request, found, seat, month, month_form=form)
    by = actor_for(request.user, seat)
    acts.note_month(found, month=form.chosen(), rows=form.rows(), by=by, at=request.at)
    return redirect(_address(found, seat, form.chosen()))


@signed_in
@require_POST
def bill_month(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.post_of(request.user, public_id, voice=request.POST.get("voix", ""))
    month = _month(request.POST.get("mois", ""), request)
    form = BillForm(request.POST, pools=reads.post_page(found, seat, month).pools)
    if not form.is_valid():
        return _show(request, found, seat, month, bill_form=form)
    pool = form.pools[form.cleaned_data["pool"]]
    acts.bill_month(found, month=month, pool=pool, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Ce mois est dans les comptes : chacun y voit sa part."))
    return redirect(_address(found, seat, month))


@signed_in
def year(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    found, seat = reads.post_of(request.user, public_id, voice=asked.get("voix", ""))
    pools = reads.post_page(found, seat, date(min(max(year, 2000), 9999), 12, 1)).pools
    form = YearForm(request.POST if request.method == "POST" else None, pools=pools)
    if request.method == "POST" and form.is_valid():
        pool, by = form.pools[form.cleaned_data["pool"]], actor_for(request.user, seat)
        acts.regularise_year(found, year=year, actual=form.cleaned_data["actual"], pool=pool, by=by, at=request.at)
        messages.success(request, _("L’année est régularisée : l’écart est dans les comptes, selon les heures."))
        return redirect(_address(found, seat))
    rows = reads.year_statement(found, year)
    context = {
        "post": found,
        "seat": seat,
        "year": year,
        "rows": rows,
        "actual": found.settled_years.get(str(year)),
        "wages": sum(one.wages for one in rows),
        "may": seat.pk == found.employer_id and year < localtime(request.at).year and bool(rows),
        "form": form,
    }
    return show(request, "money/post_year.html", context, status=422 if form.errors else 200)
