"""The client’s side, for the team: what was handed over, reserves, changes, invoices."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery import acts, reads
from cordee.delivery.forms import (
    BillingForm,
    ClientForm,
    DeliverableForm,
    DepositForm,
    PriceForm,
    VerdictForm,
    VisitForm,
)
from cordee.delivery.models import BillingPart, ChangeRequest, Deliverable, Delivery, Reserve
from cordee.delivery.views.doing import acting, at, filled, mine, verb
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.reads import Membership


@signed_in
def client(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    page = reads.client_side(found, me)
    context = {
        "page": page, "delivery": found, "me": me, "client_form": ClientForm(delivery=found),
        "deliverable_form": DeliverableForm(lots=page.lots), "visit_form": VisitForm(), "verdict_form": VerdictForm(),
    }  # fmt: skip
    return show(request, "delivery/client.html", context)


@signed_in
def prices(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    page = reads.price_side(found, me)
    context = {
        "page": page, "delivery": found, "me": me, "own": page.lots, "price_form": PriceForm(lots=page.lots),
        "deposit_form": DepositForm(), "billing_form": BillingForm(delivery=found, deliverables=page.deliverables),
    }  # fmt: skip
    return show(request, "delivery/prices.html", context)


PRICES = ("facturer", "modification", "chiffrer", "voter", "proposer", "retirer", "acompte")
"""What is done from the page of prices; the rest is done from the client’s."""


def _page(what: str) -> str:
    return "prices" if what in PRICES else "client"


def _client_note(found: Delivery, request: HttpRequest, **who: Any) -> object:
    form = ClientForm(request.POST, delivery=found)
    filled(form)
    return acts.note_client(found, values=form.values(), version=form.cleaned_data["version"], **who)


@signed_in
@require_POST
def client_do(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    found, me = mine(request, public_id)
    data, who = request.POST, {"by": me.actor, "at": request.at}
    verbs = {
        "fiche": (lambda: _client_note(found, request, **who), _("La fiche du client est à jour.")),
        "lien": (lambda: acts.send_portal(found, **who), _("Le lien part au client.")),
        "retirer-lien": (lambda: acts.shut_portal(found, **who), _("Le lien ne s’ouvre plus.")),
        "ecrire": (
            lambda: acts.write_to_portal(found, text=data.get("text", ""), **who),
            _("Votre message part au client."),
        ),
        "livrable": (
            lambda: acts.prepare_deliverable(
                found, values=filled(DeliverableForm(data, lots=list(found.lots.all()))), **who
            ),
            _("Le livrable est annoncé."),
        ),
        "facturer": (
            lambda: acts.write_billing(
                found, **filled(BillingForm(data, delivery=found, deliverables=list(found.deliverables.all()))), **who
            ),
            _("C’est noté. Vous seul le voyez."),
        ),
        "reception": (
            lambda: acts.call_reception(found, **filled(VisitForm(data)), **who),
            _("La réception est convoquée, le client est prévenu."),
        ),
        "modification": (
            lambda: acts.ask_change(found, text=data.get("text", ""), **who),
            _("Chaque entreprise peut chiffrer sa part."),
        ),
        "terminer": (lambda: acts.end_delivery(found, **who), _("Le chantier est terminé.")),
        "verdict": (lambda: acts.give_verdict(found, **filled(VerdictForm(data)), **who), _("Merci. C’est noté.")),
    }
    act, said = verb(verbs, what)
    return acting(request, at(_page(what), found, me), act, said)


@signed_in
@require_POST
def client_on(request: HttpRequest, public_id: str, what: str, one: str) -> HttpResponse:
    found, me = mine(request, public_id)
    data, who = request.POST, {"by": me.actor, "at": request.at}

    def of(model: Any) -> Any:
        return get_object_or_404(model.objects.select_related("delivery__grouping"), delivery=found, public_id=one)

    verbs = {
        "remettre": (
            lambda: acts.show_deliverable(of(Deliverable), file=request.FILES.get("file"), **who),
            _("C’est chez le client : il répond de son lien."),
        ),
        "corrigee": (
            lambda: acts.say_put_right(
                of(Reserve), said_so=data.get("text", ""), photos=request.FILES.getlist("photos"), **who
            ),
            _("Le client est prévenu : c’est lui qui lève la réserve."),
        ),
        "chiffrer": (lambda: _price(of(ChangeRequest), found, me, data, **who), _("Votre prix est noté.")),
        "voter": (lambda: acts.put_change_to_vote(of(ChangeRequest), **who), _("La modification est au vote.")),
        "proposer": (lambda: acts.offer_change(of(ChangeRequest), **who), _("Le client est prévenu.")),
        "acompte": (
            lambda: acts.ask_deposit(of(BillingPart), **filled(DepositForm(data)), **who),
            _("L’acompte est à facturer ; le reste attend la levée des réserves."),
        ),
        "retirer": (lambda: acts.drop_billing(of(BillingPart), **who), _("C’est retiré.")),
    }
    act, said = verb(verbs, what)
    return acting(request, at(_page(what), found, me), act, said)


def _price(change: ChangeRequest, found: Delivery, me: Membership, data: Any, **who: Any) -> object:
    return acts.price_change(change, **filled(PriceForm(data, lots=list(found.lots.filter(seat=me.seat)))), **who)


@signed_in
def file(request: HttpRequest, public_id: str, kind: str, one: str) -> HttpResponse:
    found, _me = mine(request, public_id)
    return hand_over(reads.file_of(found, kind, one))
