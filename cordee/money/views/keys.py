"""The keys side by side, their figures, the ready-made costs, the vote."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.models import Seat
from cordee.groupings.reads import actor_for
from cordee.money import acts, reads
from cordee.money.forms import FiguresForm, GameForm
from cordee.money.models import CostPool, KeyKind, SharingKey
from cordee.money.views.pools import address_of


def _show(request: HttpRequest, pool: CostPool, seat: Seat, **forms: object) -> HttpResponse:
    page = reads.keys_page(pool, seat)
    asked = request.GET.get("jeu") or pool.game
    game = asked if asked in CostPool.Game.values else ""
    context = {
        "page": page,
        "games": [each for each in CostPool.Game if each.value],
        "game": game,
        "headings": list(pool.headings.all()),
        "rules": SharingKey.Later.choices,
        "figures_form": FiguresForm(members=page.members, seat=seat, pool=pool, initial={"version": pool.version}),
        "game_form": GameForm(pool=pool, game=game, members=page.members) if game else None,
        **forms,
    }
    return show(request, "money/keys.html", context, status=422 if forms else 200)


@signed_in
def keys(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.GET.get("voix", ""))
    return _show(request, found, seat)


@signed_in
@require_POST
def note_figures(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    members = reads.keys_page(found, seat).members
    form = FiguresForm(request.POST, members=members, seat=seat, pool=found)
    if not form.is_valid():
        return _show(request, found, seat, figures_form=form)
    version, by = form.cleaned_data["version"], actor_for(request.user, seat)
    acts.note_figures(found, rows=form.rows(), settings=form.settings(), version=version, by=by, at=request.at)
    return redirect(address_of(found, seat, "money:keys"))


@signed_in
@require_POST
def describe_game(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    game = request.POST.get("game", "")
    if game not in CostPool.Game.values or not game:
        messages.error(request, _("Choisissez ce que vous partagez."))
        return redirect(address_of(found, seat, "money:keys"))
    form = GameForm(request.POST, pool=found, game=game, members=reads.keys_page(found, seat).members)
    if not form.is_valid():
        return _show(request, found, seat, game_form=form, game=game)
    acts.describe_game(found, game=game, values=form.values(), by=actor_for(request.user, seat), at=request.at)
    return redirect(address_of(found, seat, "money:keys"))


@signed_in
@require_POST
def propose_key(request: HttpRequest, public_id: str) -> HttpResponse:
    found, seat = reads.pool_of(request.user, public_id, voice=request.POST.get("voix", ""))
    kind, later = request.POST.get("cle", ""), request.POST.get("ensuite", SharingKey.Later.SAME)
    if kind not in KeyKind.values or later not in SharingKey.Later.values:
        messages.error(request, _("Choisissez une clé."))
        return redirect(address_of(found, seat, "money:keys"))
    asked = request.POST.get("poste", "")
    heading = get_object_or_404(found.headings, public_id=asked) if asked else None
    by = actor_for(request.user, seat)
    acts.propose_key(found, kind=kind, heading=heading, later=later, by=by, at=request.at)
    messages.success(request, _("La clé est proposée au vote. Chaque membre reçoit un lien pour voter."))
    return redirect(address_of(found, seat))
