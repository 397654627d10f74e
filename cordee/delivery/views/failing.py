"""Who takes over: the agreed order, a part that is passed on, the client’s voice, a member that fails."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery import acts, reads
from cordee.delivery.forms import DefaultForm, PartForm, TakeOverForm, VoiceForm
from cordee.delivery.models import Delivery, HandOver, MemberDefault
from cordee.delivery.views.doing import acting, at, filled, mine, verb
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import Refusal
from cordee.groupings.reads import Membership


def _members(found: Delivery) -> list[Any]:
    rows = found.members.filter(left_at=None).select_related("seat__company", "seat__holder")
    return [row.seat for row in rows]


@signed_in
def failing(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    page = reads.taking_over(found, me)
    form = DefaultForm(members=page.members, initial={"answer_by": localtime(request.at).date()})
    hello = _("À partir d’aujourd’hui, c’est moi qui vous réponds pour « %(title)s ».") % {"title": found.title}
    context = {
        "delivery": found, "me": me, "page": page, "form": form, "take_form": TakeOverForm(), "hello": hello,
        "part_form": PartForm(lots=page.lots), "voice_form": VoiceForm(members=page.others),
    }  # fmt: skip
    return show(request, "delivery/failing.html", context)


def _offer(found: Delivery, me: Membership, data: Any, **who: Any) -> object:
    form = PartForm(data, lots=list(found.lots.filter(seat=me.seat)))
    return acts.offer_part(found, **{"lots": (), **filled(form)}, **who)


def _voice(found: Delivery, data: Any, **who: Any) -> object:
    form = VoiceForm(data, members=_members(found))
    values = filled(form)
    return acts.offer_contact(found, taker=form.members[values["taker"]], note=values["note"], **who)


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
        "ceder": (lambda: _offer(found, me, data, **who), _("L’ordre convenu est appelé, chacun décide pour lui.")),
        "voix": (lambda: _voice(found, data, **who), _("C’est proposé : cette entreprise accepte, ou non.")),
        "parler": (
            lambda: acts.take_contact(found, hello=data.get("text", ""), **who),
            _("Vous parlez au client, et il le sait."),
        ),
        "suppleer": (lambda: acts.be_deputy(found, wanted=data.get("wanted") == "1", **who), _("C’est noté.")),
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


@signed_in
@require_POST
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = mine(request, public_id)
    back = reverse("delivery:list", args=[found.grouping.public_id]) + me.voice
    try:
        acts.leave_delivery(found, by=me.actor, at=request.at)
    except Refusal as refusal:
        refusal.back = at("failing", found, me)
        raise
    messages.success(request, _("Vous avez quitté le chantier."))
    return done(request, back)


@signed_in
@require_POST
def handing(request: HttpRequest, public_id: str, what: str, one: str) -> HttpResponse:
    found, me = mine(request, public_id)
    data, who = request.POST, {"by": me.actor, "at": request.at}
    hand = get_object_or_404(HandOver.objects.select_related("delivery__grouping"), delivery=found, public_id=one)
    verbs = {
        "reprendre": (lambda: acts.answer_part(hand, takes=True, **who), _("Vous portez désormais cette part.")),
        "passer": (lambda: acts.answer_part(hand, takes=False, **who), _("L’entreprise suivante est appelée.")),
        "garder": (lambda: acts.withdraw_part(hand, **who), _("Vous gardez votre part.")),
        "dire": (lambda: acts.tell_hand_over(hand, text=data.get("text", ""), **who), _("Le client est informé.")),
    }
    act, said = verb(verbs, what)
    return acting(request, at("failing", found, me), act, said)
