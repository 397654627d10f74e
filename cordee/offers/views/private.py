"""Offers to private clients, the client’s thread, guarantees, common purchases; what one’s company can show."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.directory.models import Company
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.people.reads import open_link
from cordee.groupings.reads import membership
from cordee.offers import acts
from cordee.offers.forms import bids as forms
from cordee.offers.forms import companies as papers
from cordee.offers.models import Bid, CatalogueItem, Guarantee, Paper, Reference, Variant, VolumePool, YearFigure
from cordee.offers.permissions import companies_of
from cordee.offers.reads.bids import bid_of, catalogue_of, volumes_of
from cordee.offers.reads.contact import client_thread
from cordee.offers.reads.offer import blocks_of, figures_of, guarantees_of, offer_pdf, schedule_of
from cordee.offers.reads.sums import shown_figures, told_by_sending
from cordee.offers.reads.volumes import volume_page
from cordee.offers.views.bids import _voice, at, do


@signed_in
def catalogue(request: HttpRequest, grouping: str) -> HttpResponse:
    me = membership(request.user, grouping, voice=_voice(request))
    form = forms.CatalogueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.add_to_catalogue(me.grouping, values=form.cleaned_data, by=me.actor, at=request.at)
        messages.success(request, _("C’est dans le catalogue."))
        return done(request, request.path + me.voice)
    context = {"form": form, "me": me, "items": catalogue_of(me.grouping)}
    return show(request, "offers/catalogue.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def use_item(request: HttpRequest, public_id: str) -> HttpResponse:
    def act(found: Bid, me: Any) -> None:
        item = get_object_or_404(CatalogueItem, public_id=request.POST.get("item", ""), grouping=found.grouping)
        acts.use_item(found, item, by=me.actor, at=request.at)

    return do(request, public_id, act, _("La part est dans l’offre."), "#parts")


@signed_in
def variants(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    parts = list(found.parts.select_related("seat__company"))
    form = forms.VariantForm(request.POST or None, parts=parts)
    if request.method == "POST" and form.is_valid():
        acts.make_variant(found, **form.cleaned_data, by=me.actor, at=request.at)
        messages.success(request, _("La variante est prête."))
        return done(request, request.path + me.voice)
    made, assembles = list(found.variants.all()), found.assembler_id == request.user.pk and found.sealed_at is None
    if assembles and made:
        acts.note_read(found, parts, person=request.user, at=request.at)
    shown = {} if assembles else shown_figures(found, made, viewer=me.seat.pk, parts=parts)
    leads = me.seat.pk == (found.lead_id or found.opened_by_id)
    telling = told_by_sending(found, made) if leads and found.state == Bid.State.PREPARING else {}
    rows = [
        (
            one,
            figures_of(found, one) if assembles else shown.get(one.pk),
            set(one.parts),
            telling.get(one.pk, ""),
            forms.SendForm(warned=one.pk in telling, auto_id=f"{one.public_id}_%s"),
        )
        for one in made
    ]
    context = {
        "form": form, "bid": found, "me": me, "parts": parts, "rows": rows, "leads": leads,
        "schedule": schedule_of(found), "items": catalogue_of(found.grouping), "assembles": assembles,
    }  # fmt: skip
    return show(request, "offers/variants.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def send(request: HttpRequest, public_id: str, variant: str) -> HttpResponse:
    form = forms.SendForm(request.POST)

    def act(found: Bid, me: Any) -> None:
        if not form.is_valid():
            raise Refusal(_("Donnez le nom et l’adresse du client."))
        one = get_object_or_404(Variant.objects.select_related("bid__grouping"), bid=found, public_id=variant)
        acts.send_offer(one, **form.cleaned_data, by=me.actor, at=request.at)

    return do(request, public_id, act, _("L’offre est partie. Le client l’accepte depuis le lien de son mail."))


@signed_in
def offer_paper(request: HttpRequest, public_id: str, variant: str) -> HttpResponse:
    """The PDF of a variant: with each part's price for the assembler, with the sums for the others once it was sent."""
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    one = get_object_or_404(Variant, bid=found, public_id=variant)
    made = list(found.variants.all())
    assembles = found.assembler_id == request.user.pk and found.sealed_at is None
    figures = figures_of(found, one) if assembles else shown_figures(found, made, viewer=me.seat.pk).get(one.pk)
    if figures is None:
        raise Refusal(_("Le prix de cette variante n’est pas encore à montrer."), back=at(found, me))
    if assembles:
        acts.note_read(found, list(found.parts.select_related("seat")), person=request.user, at=request.at)
    answer = HttpResponse(
        offer_pdf(found, one, figures, at=request.at, for_client=assembles), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="offre-{one.public_id}.pdf"'
    return answer


@signed_in
def guarantees(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    rows = guarantees_of(found, on=request.at.date())
    stops = blocks_of(found, 0)  # as for a small sum: whether it is one is not told here
    return show(request, "offers/guarantees.html", {"bid": found, "me": me, "rows": rows, "stops": stops})


@signed_in
def client(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = bid_of(request.user, public_id, voice=_voice(request))
    if request.method == "POST":
        data = {name: request.POST.get(name, "") for name in ("subject", "text")}
        try:
            acts.write_to_client(found, **data, by=me.actor, at=request.at)
        except Refusal as refusal:
            refusal.back = request.path
            raise
        messages.success(request, _("Votre message part au client."))
        return done(request, request.path + me.voice)
    return show(
        request, "offers/client.html", {"thread": client_thread(found, on=request.at.date()), "bid": found, "me": me}
    )


@open_door
def client_door(request: HttpRequest, token: str) -> HttpResponse:
    """The client's own page of the thread, from the link in a mail; it may be opened as often as one likes."""
    opened = open_link(token, purpose="client", at=request.at)
    found = Bid.objects.filter(public_id=opened.link.subject.rpartition("/")[2]).select_related("grouping").first()
    if found is None or found.client_person_id != opened.person.pk or opened.state not in ("open", "used"):
        raise NotYours
    if request.method == "POST":
        acts.client_writes(found, opened.link, subject="", text=request.POST.get("text", ""), at=request.at)
        messages.success(request, _("Votre message est parti. L’interlocuteur unique vous répond."))
        return done(request, request.path)
    return show(
        request, "offers/client_door.html", {"thread": client_thread(found, on=request.at.date()), "bid": found}
    )


@signed_in
def volumes(request: HttpRequest, grouping: str) -> HttpResponse:
    me = membership(request.user, grouping, voice=_voice(request))
    form = forms.VolumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pool = acts.open_volume(me.grouping, **form.cleaned_data, by=me.actor, at=request.at)
        return done(request, reverse("offers:volume", args=[pool.public_id]))
    context = {"form": form, "me": me, "pools": volumes_of(me.grouping)}
    return show(request, "offers/volumes.html", context, status=422 if form.errors else 200)


@signed_in
def volume(request: HttpRequest, public_id: str) -> HttpResponse:
    page = volume_page(request.user, public_id)
    if request.method == "POST":
        text = "".join(request.POST.get("quantity", "").split())
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Refusal(_("Cette quantité ne va pas."), do=_("Écrivez un nombre entier."), back=request.path)
        pool = VolumePool.objects.select_related("grouping").get(pk=page.pool.pk)
        acts.pledge_volume(pool, int(text), by=page.me.actor, at=request.at)
        messages.success(request, _("Votre quantité est notée."))
        return done(request, request.path)
    return show(request, "offers/volume.html", {"page": page})


# --- What one's company can show ---


def _company(request: HttpRequest, public_id: str) -> Company:
    found = companies_of(request.user).filter(public_id=public_id).first()
    if found is None:
        raise NotYours
    return found


FORMS = {
    "exercice": papers.FigureForm,
    "reference": papers.ReferenceForm,
    "piece": papers.PaperForm,
    "garantie": papers.GuaranteeForm,
}


@signed_in
def proofs(request: HttpRequest, public_id: str) -> HttpResponse:
    company = _company(request, public_id)
    kind = request.POST.get("kind_of_form", "")
    shown = {name: form(auto_id=f"{name}_%s") for name, form in FORMS.items()}
    if request.method == "POST" and kind in FORMS:
        form = FORMS[kind](request.POST, request.FILES, auto_id=f"{kind}_%s")
        if form.is_valid():
            _keep(company, kind, form, request)
            messages.success(request, _("C’est noté."))
            return done(request, request.path)
        shown[kind] = form
    context = {
        "company": company,
        "forms": shown,
        "failed": kind if request.method == "POST" else "",
        "figures": YearFigure.objects.filter(company=company),
        "references": Reference.objects.filter(company=company),
        "papers": Paper.objects.filter(company=company).select_related("file"),
        "guarantees": Guarantee.objects.filter(company=company).select_related("proof"),
    }
    return show(request, "offers/proofs.html", context, status=422 if request.method == "POST" else 200)


def _keep(company: Company, kind: str, form: Any, request: HttpRequest) -> None:
    by, data = Actor(request.user), form.cleaned_data
    if kind == "exercice":
        acts.note_figure(company, **data, by=by, at=request.at)
    elif kind == "reference":
        acts.add_reference(company, values=data, by=by, at=request.at)
    elif kind == "piece":
        acts.add_paper(company, **data, by=by, at=request.at)
    else:
        acts.add_guarantee(company, values=form.values(), proof=data["proof"], by=by, at=request.at)


@signed_in
def proof_file(request: HttpRequest, public_id: str, paper: str) -> HttpResponse:
    company = _company(request, public_id)
    paper_of = Paper.objects.filter(company=company, public_id=paper).select_related("file").first()
    cover = Guarantee.objects.filter(company=company, public_id=paper).select_related("proof").first()
    file = (paper_of and paper_of.file) or (cover and cover.proof)
    if not file:
        raise NotYours
    return hand_over(file)
