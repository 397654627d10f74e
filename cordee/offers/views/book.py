"""The price book of a project, the bids made within it, and how often they are won."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import Refusal
from cordee.groupings.reads import Membership, membership
from cordee.offers import acts as bidding
from cordee.offers.acts import book as acts
from cordee.offers.forms.book import InProjectForm, LineForm, PackageForm, UseForm
from cordee.offers.models import Bid, BidPart
from cordee.offers.reads.book import book_page, line_of, package_of
from cordee.offers.reads.results import bids_page, wins_of_grouping
from cordee.offers.views.bids import _voice
from cordee.projects.models import Project
from cordee.projects.reads import project_of


def _mine(request: HttpRequest, public_id: str) -> tuple[Project, Membership]:
    return project_of(request.user, public_id, voice=_voice(request))


def _to(request: HttpRequest, name: str, project: Project, me: Membership, part: str = "") -> HttpResponse:
    return done(request, reverse(f"offers:{name}", args=[project.public_id]) + me.voice + part)


def _do(
    request: HttpRequest, public_id: str, name: str, what: Callable[[Project, Membership], object], note: str = ""
) -> HttpResponse:
    """Load through the seat, do one thing, go back to the tool."""
    project, me = _mine(request, public_id)
    try:
        what(project, me)
    except Refusal as refusal:
        refusal.back = refusal.back or reverse(f"offers:{name}", args=[project.public_id]) + me.voice
        raise
    if note:
        messages.success(request, note)
    return _to(request, name, project, me)


def _book(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = book_page(project, me)
    own = [one.line for one in page.mine]
    context = {
        "page": page,
        "line_form": LineForm(),
        "package_form": PackageForm(lines=page.lines, auto_id="package_%s"),
        "use_form": UseForm(lines=own, parts=page.parts, auto_id="use_%s"),
        **forms,
    }
    return show(request, "offers/book.html", context, status=422 if forms else 200)


@signed_in
def book(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = _mine(request, public_id)
    return _book(request, project, me)


@signed_in
@require_POST
def line_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = _mine(request, public_id)
    form = LineForm(request.POST)
    if not form.is_valid():
        return _book(request, project, me, line_form=form)
    words = {name: form.cleaned_data[name] for name in ("title", "unit", "cents", "vat")}
    acts.write_line(project, **words, by=me.actor, at=request.at)
    return _to(request, "book", project, me, "#mine")


@signed_in
def line(request: HttpRequest, public_id: str, line: str) -> HttpResponse:
    project, me = _mine(request, public_id)
    own = next((one for one in book_page(project, me).mine if one.line.public_id == line), None)
    found = line_of(project, me, line)
    names = ("title", "unit", "vat", "version")
    initial = {**{name: getattr(found, name) for name in names}, "cents": own.cents if own else None}
    form = LineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        acts.write_line(project, found, **words, by=me.actor, at=request.at)
        return _to(request, "book", project, me, "#mine")
    context = {"project": project, "me": me, "form": form, "line": found}
    return show(request, "offers/book_line.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def line_drop(request: HttpRequest, public_id: str, line: str) -> HttpResponse:
    return _do(
        request, public_id, "book",
        lambda project, me: acts.drop_line(line_of(project, me, line), by=me.actor, at=request.at),
    )  # fmt: skip


@signed_in
@require_POST
def package_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = _mine(request, public_id)
    form = PackageForm(request.POST, lines=book_page(project, me).lines, auto_id="package_%s")
    if not form.is_valid():
        return _book(request, project, me, package_form=form)
    data = form.cleaned_data
    words = {"title": data["title"], "promise": data["promise"], "coordination": data["coordination"] or 0}
    return _do(
        request, public_id, "book",
        lambda found, who: acts.make_package(
            found, **words, quantities=form.quantities(), by=who.actor, at=request.at
        ),
    )  # fmt: skip


@signed_in
@require_POST
def package_do(request: HttpRequest, public_id: str, package: str, what: str) -> HttpResponse:
    verbs = {"vendre": acts.sell_package, "retirer": acts.withdraw_package}
    verb = verbs.get(what)
    if verb is None:
        raise Refusal(_("Cela ne se fait pas ici."))
    return _do(
        request, public_id, "book",
        lambda project, me: verb(package_of(project, package), by=me.actor, at=request.at),
    )  # fmt: skip


@signed_in
@require_POST
def book_use(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = _mine(request, public_id)
    page = book_page(project, me)
    form = UseForm(request.POST, lines=[one.line for one in page.mine], parts=page.parts, auto_id="use_%s")
    if not form.is_valid():
        return _book(request, project, me, use_form=form)
    known = BidPart.objects.select_related("bid__grouping")
    part = get_object_or_404(known, public_id=form.cleaned_data["part"], seat=me.seat)
    return _do(
        request, public_id, "book",
        lambda _project, who: acts.price_from_book(
            part, quantities=form.quantities(), by=who.actor, at=request.at
        ),
        _("Votre part est chiffrée avec votre carnet. Seul l’assembleur lira ces prix."),
    )  # fmt: skip


# --- The bids of a project ---


def _bids(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    context = {"page": bids_page(project, me), "form": InProjectForm(), **forms}
    return show(request, "offers/project_bids.html", context, status=422 if forms else 200)


@signed_in
def project_bids(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = _mine(request, public_id)
    return _bids(request, project, me)


@signed_in
@require_POST
def bid_tie(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(project: Project, me: Membership) -> None:
        bid = Bid.objects.filter(grouping=project.grouping_id, public_id=request.POST.get("bid", "")).first()
        if bid is None:
            raise Refusal(_("Choisissez une offre de la liste."))
        acts.tie_bid(project, bid, by=me.actor, at=request.at)

    return _do(request, public_id, "project_bids", act)


@signed_in
@require_POST
def bid_untie(request: HttpRequest, public_id: str, bid: str) -> HttpResponse:
    def act(project: Project, me: Membership) -> None:
        found = get_object_or_404(Bid, within__project=project, public_id=bid)
        acts.untie_bid(project, found, by=me.actor, at=request.at)

    return _do(request, public_id, "project_bids", act)


@signed_in
@require_POST
def bid_open(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = _mine(request, public_id)
    form = InProjectForm(request.POST)
    if not form.is_valid():
        return _bids(request, project, me, form=form)
    bid = bidding.open_bid(project.grouping, kind="offer", **form.cleaned_data, by=me.actor, at=request.at)
    acts.tie_bid(project, bid, by=me.actor, at=request.at)
    return done(request, reverse("offers:bid", args=[bid.public_id]) + me.voice)


@signed_in
def results(request: HttpRequest, grouping: str) -> HttpResponse:
    me = membership(request.user, grouping, voice=_voice(request))
    return show(request, "offers/results.html", {"me": me, "wins": wins_of_grouping(me.grouping)})
