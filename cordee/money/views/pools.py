"""Common costs: the list, one pool, why I owe this, confirming a payment."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for, my_seats, seat_of
from cordee.money import acts, reads
from cordee.money.forms import LineForm, PoolForm, ReceivedForm, UseForm
from cordee.money.models import CostPool


@signed_in
def pools(request: HttpRequest) -> HttpResponse:
    context = {
        "pools": reads.my_pools(request.user)[:100],
        "due": reads.due_by(request.user),
        "posts": reads.my_posts(request.user)[:50],
        "seats": my_seats(request.user),
        "my_seats": {seat.pk for seat in my_seats(request.user)},
    }
    return show(request, "money/pools.html", context)


@signed_in
def new(request: HttpRequest, grouping: str) -> HttpResponse:
    seat = seat_of(request.user, grouping, voice=request.GET.get("voix", ""))
    form = PoolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = acts.open_pool(seat.grouping, **form.facts(), by=actor_for(request.user, seat), at=request.at)
        return done(request, address_of(made, seat))
    return show(request, "money/new.html", {"form": form, "seat": seat}, status=422 if form.errors else 200)


def address_of(pool: CostPool, seat: Seat, page: str = "money:pool") -> str:
    """A page of a pool, for this seat."""
    return f"{reverse(page, args=[pool.public_id])}?voix={seat.public_id}"


def _show(request: HttpRequest, pool: CostPool, seat: Seat, **forms: object) -> HttpResponse:
    page = reads.pool_page(pool, seat)
    context = {
        "page": page,
        "headings": page.headings,
        "line_form": LineForm(members=page.members, headings=page.headings),
        "bill_form": ReceivedForm(prefix="facture", members=page.members),
        "use_form": UseForm(members=page.members, unit=pool.unit, initial={"version": pool.version}),
        **forms,
    }
    return show(request, "money/pool.html", context, status=422 if forms else 200)


@signed_in
def pool(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return _show(request, found, seat)


@signed_in
@require_POST
def add_line(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    page = reads.pool_page(found, seat)
    form = LineForm(request.POST, request.FILES, members=page.members, headings=page.headings)
    if not form.is_valid():
        return _show(request, found, seat, line_form=form)
    acts.add_line(found, **form.facts(), by=actor_for(request.user, seat), at=request.at)
    return done(request, address_of(found, seat))


@signed_in
@require_POST
def import_bill(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    members = list(found.members.select_related("seat__company"))
    form = ReceivedForm(request.POST, request.FILES, prefix="facture", members=members)
    if not form.is_valid():
        return _show(request, found, seat, bill_form=form)
    made = acts.import_bill(found, **form.facts(), by=actor_for(request.user, seat), at=request.at)
    if made.received.valid:
        messages.success(request, _("La facture est lue, et elle ne manque à aucune règle."))
    else:
        messages.warning(request, _("La facture est lue. Elle manque à des règles : voyez lesquelles."))
    return redirect(address_of(found, seat))


@signed_in
def received(request: HttpRequest, public_id: str, line: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.GET.get("voix", ""))
    rows = found.lines.filter(received__isnull=False).select_related("received", "receipt")
    context = {"pool": found, "seat": seat, "line": get_object_or_404(rows, public_id=line)}
    return show(request, "money/received.html", context)


@signed_in
@require_POST
def strike_line(request: HttpRequest, public_id: str, line: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    row = get_object_or_404(found.lines.select_related("pool__grouping"), public_id=line)
    acts.strike_line(row, by=actor_for(request.user, seat), at=request.at)
    return redirect(address_of(found, seat))


@signed_in
@require_POST
def note_use(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    form = UseForm(request.POST, members=reads.pool_page(found, seat).members, unit=found.unit)
    if not form.is_valid():
        return _show(request, found, seat, use_form=form)
    version, by = form.cleaned_data["version"], actor_for(request.user, seat)
    acts.note_use(found, rows=form.rows(), version=version, by=by, at=request.at)
    return done(request, address_of(found, seat))


@signed_in
@require_POST
def settle(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    along = request.POST.get("comment") == "dettes"
    acts.settle_pool(found, along=along, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("Les comptes sont soldés. Chacun voit ce qu’il paie ou reçoit."))
    return redirect(address_of(found, seat))


@signed_in
def why(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return show(request, "money/why.html", {"page": reads.why_page(found, seat), "pool": found, "seat": seat})


@signed_in
@require_POST
def confirm(request: HttpRequest, public_id: str, transfer: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    row = get_object_or_404(found.transfers.select_related("pool__grouping"), public_id=transfer)
    acts.confirm_payment(row, by=actor_for(request.user, seat), at=request.at)
    messages.success(request, _("C’est noté."))
    return redirect(address_of(found, seat))
