"""A joint bid: the list, its page, its terms, its roles, parts, prices, the note, the submission."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.money import read_cents
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.groupings.reads import membership
from cordee.offers import acts
from cordee.offers.forms import bids as forms
from cordee.offers.models import Bid, BidMember, BidQuestion, BidRequirement, Need
from cordee.offers.reads.bids import assembled_by, bid_of, bid_page, my_bids, part_of, seats_of
from cordee.offers.reads.competition import members_in, note_page
from cordee.offers.reads.prices import readable_parts
from cordee.offers.reads.room import room_bid
from cordee.offers.reads.submission import submission_zip


def _voice(request: HttpRequest) -> str:
    return request.POST.get("voix") or request.GET.get("voix", "")


def at(bid: Bid, me: Any = None, anchor: str = "") -> str:
    """The address of a bid's page."""
    return reverse("offers:bid", args=[bid.public_id]) + (me.voice if me else "") + anchor


def do(
    request: HttpRequest, public_id: str, what: Callable[[Bid, Any], object], note: str, anchor: str = ""
) -> HttpResponse:
    """Load through the seat, do one thing, go back to the page."""
    bid, me = bid_of(request.user, public_id, voice=_voice(request))
    try:
        what(bid, me)
    except Refusal as refusal:
        refusal.back = refusal.back or at(bid, me, anchor)
        raise
    messages.success(request, note)
    return done(request, at(bid, me, anchor))


@signed_in
def bids(request: HttpRequest) -> HttpResponse:
    return show(request, "offers/bids.html", {"bids": my_bids(request.user)[:200]})


@signed_in
def open_offer(request: HttpRequest, grouping: str) -> HttpResponse:
    me = membership(request.user, grouping, voice=_voice(request))
    form = forms.OpenOfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bid = acts.open_bid(me.grouping, kind="offer", **form.cleaned_data, by=me.actor, at=request.at)
        return done(request, at(bid, me))
    return show(request, "offers/open_offer.html", {"form": form, "me": me}, status=422 if form.errors else 200)


@signed_in
@require_POST
def open_tender(request: HttpRequest, public_id: str, grouping: str) -> HttpResponse:
    me = membership(request.user, grouping, voice=_voice(request))
    need = get_object_or_404(Need, public_id=public_id, pursuits__grouping=me.grouping)
    known = Bid.objects.filter(need=need, grouping=me.grouping, kind="tender").first()
    bid = known or acts.open_bid(me.grouping, kind="tender", need=need, by=me.actor, at=request.at)
    return done(request, at(bid, me))


@signed_in
def bid(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        page = bid_page(request.user, public_id, at=request.at, voice=_voice(request))
    except NotYours:
        found, _me = room_bid(request.user, public_id)  # whoever is named to its room alone reads that
        return done(request, reverse("offers:room", args=[found.public_id]))
    context = {"page": page, "bid": page.bid, "me": page.me, "requirement_form": forms.RequirementForm()}
    return show(request, "offers/bid.html", {**context, "acting_company": page.me.seat.company})


@signed_in
def terms(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    form = forms.TermsForm(request.POST or None, bid=found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        acts.set_terms(found, values=form.values(), version=version, by=me.actor, at=request.at)
        messages.success(request, _("C’est noté."))
        return done(request, at(found, me))
    context = {"form": form, "bid": found, "me": me, "title": _("Les termes de l’offre")}
    return show(request, "offers/bid_form.html", context, status=422 if form.errors else 200)


@signed_in
def roles(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    form = forms.RolesForm(request.POST or None, bid=found, seats=seats_of(found.grouping))
    if request.method == "POST" and form.is_valid():
        acts.name_roles(found, **form.values(), by=me.actor, at=request.at)
        messages.success(request, _("Les rôles sont notés au registre."))
        return done(request, at(found, me))
    context = {"form": form, "bid": found, "me": me, "title": _("Qui fait quoi")}
    return show(request, "offers/bid_form.html", context, status=422 if form.errors else 200)


@signed_in
def part(request: HttpRequest, public_id: str, part: str = "") -> HttpResponse:
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    known = part_of(found, part) if part else None
    lots = list(found.need.lots.all()) if found.need and not known else []
    form = forms.PartForm(request.POST or None, bid=found, part=known, lots=lots)
    if request.method == "POST" and form.is_valid():
        if known is not None:
            version = form.cleaned_data.get("version") or 0
            acts.change_part(known, values=form.values(), version=version, by=me.actor, at=request.at)
        else:
            lot, values = form.lots.get(form.cleaned_data.get("lot", "")), form.values()
            title = values.get("title", "")
            acts.take_part(found, title=title, lot=lot, values=values, by=me.actor, at=request.at)
        messages.success(request, _("Votre part est notée."))
        return done(request, at(found, me, "#parts"))
    context = {"form": form, "bid": found, "me": me, "title": _("Votre part")}
    return show(request, "offers/bid_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def drop_part(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    def act(found: Bid, me: Any) -> None:
        acts.drop_part(part_of(found, part), by=me.actor, at=request.at)

    return do(request, public_id, act, _("Votre part est retirée."), "#parts")


@signed_in
def prices(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """One's own prices: whoever else asks finds nothing here, not even how many lines there are."""
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    one = part_of(found, part)
    mine = next((each for each in readable_parts(found, request.user) if each.part.pk == one.pk), None)
    if mine is None or one.seat_id != me.seat.pk:
        acts.note_read(found, [one], person=request.user, at=request.at)
    lines = mine.lines if mine else ()
    form = forms.PriceForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        rows = [acts.Priced(*line) for line in form.lines()]
        acts.price_part(one, lines=rows, by=me.actor, at=request.at)
        noted = _("Vos prix sont notés. Seul l’assembleur les lira.") if rows else _("Cette part n’a plus de prix.")
        messages.success(request, noted)
        return done(request, at(found, me, "#parts"))
    context = {"form": form, "bid": found, "me": me, "part": one, "mine": mine}
    return show(request, "offers/prices.html", context, status=422 if form.errors else 200)


@signed_in
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    page, seats = note_page(found), [one.seat for one in members_in(found)]
    answers, version = (page.note.answers, page.note.version) if page.note else ({}, 1)
    form = forms.NoteForm(request.POST or None, answers=answers, seats=seats, version=version)
    if request.method == "POST" and form.is_valid():
        opened = form.cleaned_data["version"]
        acts.write_note(found, answers=form.values(), version=opened, by=me.actor, at=request.at)
        messages.success(request, _("La note est enregistrée. Chaque dirigeant la signe."))
        return done(request, reverse("offers:note", args=[public_id]) + me.voice)
    signed = BidMember.objects.filter(bid=found, seat=me.seat, note_version=version).exists()
    context = {"form": form, "bid": found, "me": me, "page": page, "signed": signed, "in_it": me.seat in seats}
    return show(request, "offers/note.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def sign_note(request: HttpRequest, public_id: str) -> HttpResponse:
    return do(
        request,
        public_id,
        lambda found, me: acts.sign_note(found, by=me.actor, at=request.at),
        _("Vous avez signé la note."),
    )


@signed_in
def assembly(request: HttpRequest, public_id: str) -> HttpResponse:
    """For the named assembler alone: every price, each reading kept."""
    found = assembled_by(request.user, public_id)
    parts = readable_parts(found, request.user)
    acts.note_read(found, [each.part for each in parts], person=request.user, at=request.at)
    context = {
        "bid": found, "parts": parts, "reads": found.price_reads.count(),
        "total": sum(each.cents for each in parts if not each.part.optional),
        "options": sum(each.cents for each in parts if each.part.optional),
        "lacking": [each.part for each in parts if not each.lines],
    }  # fmt: skip
    return show(request, "offers/assembly.html", context)


@signed_in
def pack(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file of the submission, with the prices that this reader may read."""
    if Bid.objects.filter(public_id=public_id, assembler=request.user).exists():
        found = assembled_by(request.user, public_id)
        if found.sealed_at is None:
            acts.note_read(
                found, [each.part for each in readable_parts(found, request.user)], person=request.user, at=request.at
            )
    else:
        found, _me = bid_of(request.user, public_id, voice=_voice(request))
    answer = HttpResponse(
        submission_zip(found, at=request.at, reader=request.user).content, content_type="application/zip"
    )
    answer["Content-Disposition"] = f'attachment; filename="reponse-{found.public_id}.zip"'
    return answer


@signed_in
@require_POST
def require(request: HttpRequest, public_id: str) -> HttpResponse:
    form = forms.RequirementForm(request.POST)
    if not form.is_valid():
        raise Refusal(
            _("Cette exigence ne se lit pas."),
            do=" ".join(error for errors in form.errors.values() for error in errors),
            back=reverse("offers:bid", args=[public_id]),
        )

    def act(found: Bid, me: Any) -> None:
        acts.ask_requirement(found, **form.cleaned_data, by=me.actor, at=request.at)

    return do(request, public_id, act, _("L’exigence est notée."), "#capacity")


@signed_in
@require_POST
def unrequire(request: HttpRequest, public_id: str, requirement: str) -> HttpResponse:
    def act(found: Bid, me: Any) -> None:
        one = get_object_or_404(BidRequirement, bid=found, public_id=requirement)
        acts.drop_requirement(one, by=me.actor, at=request.at)

    return do(request, public_id, act, _("L’exigence est retirée."), "#capacity")


@signed_in
@require_POST
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    text = request.POST.get("text", "")
    return do(
        request,
        public_id,
        lambda found, me: acts.ask_question(found, text, by=me.actor, at=request.at),
        _("La question est notée."),
        "#questions",
    )


@signed_in
@require_POST
def answer(request: HttpRequest, public_id: str, question: str) -> HttpResponse:
    def act(found: Bid, me: Any) -> None:
        one = get_object_or_404(BidQuestion.objects.select_related("bid__grouping"), bid=found, public_id=question)
        acts.answer_question(one, request.POST.get("text", ""), by=me.actor, at=request.at)

    return do(request, public_id, act, _("La réponse est notée."), "#questions")


@signed_in
@require_POST
def honour(request: HttpRequest, public_id: str) -> HttpResponse:
    iban = request.POST.get("iban", "")
    return do(
        request,
        public_id,
        lambda found, me: acts.declare_honour(found, iban=iban, by=me.actor, at=request.at),
        _("Votre déclaration est notée."),
    )


@signed_in
@require_POST
def go(request: HttpRequest, public_id: str) -> HttpResponse:
    return do(
        request,
        public_id,
        lambda found, me: acts.call_go(found, by=me.actor, at=request.at),
        _("Le vote est ouvert. Chacun reçoit un mail."),
    )


@signed_in
@require_POST
def step(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    finished = request.POST.get("done") != "0"
    return do(
        request,
        public_id,
        lambda found, me: acts.finish_step(found, code, done=finished, by=me.actor, at=request.at),
        _("Le planning est à jour."),
        "#steps",
    )


@signed_in
@require_POST
def freeze(request: HttpRequest, public_id: str) -> HttpResponse:
    return do(
        request,
        public_id,
        lambda found, me: acts.freeze_bid(found, by=me.actor, at=request.at),
        _("L’équipe et les prix sont figés."),
    )


@signed_in
@require_POST
def replace(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(found: Bid, me: Any) -> None:
        leaving = next(
            (one.seat for one in members_in(found) if one.seat.public_id == request.POST.get("leaving")), None
        )
        if leaving is None:
            raise Refusal(_("Choisissez l’entreprise qui part."))
        case, evidence = request.POST.get("case", ""), request.POST.get("evidence", "")
        acts.replace_member(found, leaving=leaving, case=case, evidence=evidence, by=me.actor, at=request.at)

    return do(request, public_id, act, _("L’équipe est rouverte. Prévenez l’acheteur, preuve à l’appui."))


@signed_in
@require_POST
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    return do(
        request,
        public_id,
        lambda found, me: acts.submit_bid(found, by=me.actor, at=request.at),
        _("Le dossier commun est complet. Déposez-le sur le profil d’acheteur."),
    )


@signed_in
@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    data = {name: request.POST.get(name, "") for name in ("result", "why", "lessons")}
    return do(
        request,
        public_id,
        lambda found, me: acts.close_bid(found, **data, by=me.actor, at=request.at),
        _("C’est noté. Les prix sont scellés."),
    )


@signed_in
@require_POST
def relay(request: HttpRequest, public_id: str) -> HttpResponse:
    text = request.POST.get("until", "").strip()
    try:
        until = date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(_("Cette date ne se lit pas."), back=reverse("offers:bid", args=[public_id])) from None
    return do(
        request,
        public_id,
        lambda found, me: acts.hand_over(found, until=until, by=me.actor, at=request.at),
        _("Le relais est passé.") if until else _("L’interlocuteur reprend le client."),
    )


@signed_in
@require_POST
def subcontract(request: HttpRequest, public_id: str) -> HttpResponse:
    data = {name: request.POST.get(name, "").strip() for name in ("siren", "name", "work")}
    data["siren"] = "".join(data["siren"].split())[:9]

    def act(found: Bid, me: Any) -> None:
        if not all(data.values()):
            raise Refusal(_("Dites le nom, le SIREN et le travail confié."))
        try:
            cents = read_cents(request.POST.get("amount", ""))
        except ValueError:
            raise Refusal(_("Ce montant ne se lit pas."), do=_("Écrivez par exemple 1 284,50.")) from None
        more = {
            "address": request.POST.get("address", "")[:300],
            "representative": request.POST.get("representative", "")[:120],
        }
        acts.declare_subcontractor(found, **data, cents=cents, values=more, by=me.actor, at=request.at)

    return do(request, public_id, act, _("Le sous-traitant est déclaré : son DC4 est dans le dossier."), "#parts")
