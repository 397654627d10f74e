"""The client’s side, for the team: what was handed over, reserves, changes, invoices; a member that fails."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery import acts, reads
from cordee.delivery.forms import (
    BillingForm,
    ClientForm,
    DefaultForm,
    DeliverableForm,
    PriceForm,
    TakeOverForm,
    VerdictForm,
    VisitForm,
)
from cordee.delivery.models import BillingPart, ChangeRequest, Deliverable, Delivery, MemberDefault, Reserve
from cordee.delivery.views.doing import acting, at, filled, mine, verb
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.groupings.reads import Membership


@signed_in
def client(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    page = reads.client_side(found, me)
    own = list(found.lots.filter(seat=me.seat))
    context = {
        "page": page, "delivery": found, "me": me, "own": own, "client_form": ClientForm(delivery=found),
        "deliverable_form": DeliverableForm(delivery=found), "billing_form": BillingForm(delivery=found),
        "visit_form": VisitForm(), "price_form": PriceForm(lots=own), "verdict_form": VerdictForm(),
    }  # fmt: skip
    return show(request, "delivery/client.html", context)


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
            lambda: acts.prepare_deliverable(found, values=filled(DeliverableForm(data, delivery=found)), **who),
            _("Le livrable est annoncé."),
        ),
        "facturer": (
            lambda: acts.write_billing(found, **filled(BillingForm(data, delivery=found)), **who),
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
    return acting(request, at("client", found, me), act, said)


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
        "retirer": (lambda: acts.drop_billing(of(BillingPart), **who), _("C’est retiré.")),
    }
    act, said = verb(verbs, what)
    return acting(request, at("client", found, me), act, said)


def _price(change: ChangeRequest, found: Delivery, me: Membership, data: Any, **who: Any) -> object:
    return acts.price_change(change, **filled(PriceForm(data, lots=list(found.lots.filter(seat=me.seat)))), **who)


@signed_in
def file(request: HttpRequest, public_id: str, kind: str, one: str) -> HttpResponse:
    found, _me = mine(request, public_id)
    return hand_over(reads.file_of(found, kind, one))


# --- A member that fails ---


def _members(found: Delivery) -> list[Any]:
    rows = found.members.filter(left_at=None).select_related("seat__company", "seat__holder")
    return [row.seat for row in rows]


@signed_in
def failing(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    order = list(found.substitutes.select_related("seat__company"))
    form = DefaultForm(members=_members(found), initial={"answer_by": localtime(request.at).date()})
    context = {
        "delivery": found, "me": me, "cards": reads.defaults_of(found, me.seat), "order": order,
        "listed": any(one.seat_id == me.seat.pk for one in order), "form": form, "take_form": TakeOverForm(),
        "speaks": me.seat.pk in (found.contact_id, found.deputy_id),
    }  # fmt: skip
    return show(request, "delivery/failing.html", context)


def _raise(found: Delivery, data: Any, **who: Any) -> object:
    form = DefaultForm(data, members=_members(found))
    values = filled(form)
    return acts.raise_default(found, **{**values, "failing": form.members[values["failing"]]}, **who)


@signed_in
@require_POST
def failing_do(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    found, me = mine(request, public_id)
    data, who = request.POST, {"by": me.actor, "at": request.at}
    verbs = {
        "ordre": (lambda: acts.stand_by(found, wanted=data.get("wanted") == "1", **who), _("C’est noté.")),
        "alerter": (
            lambda: _raise(found, data, **who),
            _("L’entreprise concernée est prévenue : elle répond d’abord."),
        ),
    }
    act, said = verb(verbs, what)
    return acting(request, at("failing", found, me), act, said)


@signed_in
@require_POST
def failing_on(request: HttpRequest, public_id: str, what: str, one: str) -> HttpResponse:
    found, me = mine(request, public_id)
    data, who = request.POST, {"by": me.actor, "at": request.at}
    mine_ = get_object_or_404(MemberDefault.objects.select_related("delivery__grouping"), delivery=found, public_id=one)
    verbs = {
        "repondre": (
            lambda: acts.answer_default(
                mine_, text=data.get("text", ""), resumes=data.get("resumes") == "1", **who
            ),
            _("Votre réponse est notée."),
        ),
        "appeler": (lambda: acts.seek_substitute(mine_, **who), _("L’ordre convenu est appelé.")),
        "reprendre": (
            lambda: acts.answer_call(mine_, takes_over=True, **filled(TakeOverForm(data)), **who),
            _("Vous proposez de reprendre. Reste à voter le pacte."),
        ),
        "passer": (lambda: acts.answer_call(mine_, takes_over=False, **who), _("L’entreprise suivante est appelée.")),
        "voter": (
            lambda: acts.put_pact_to_vote(mine_, borne=data.get("text", ""), **who),
            _("Le pacte d’achèvement est au vote."),
        ),
        "appliquer": (
            lambda: acts.carry_out_pact(mine_, tell=data.get("text", ""), **who),
            _("C’est fait. Le client est informé si le pacte est adopté."),
        ),
    }  # fmt: skip
    act, said = verb(verbs, what)
    return acting(request, at("failing", found, me), act, said)
