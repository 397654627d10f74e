"""The client’s own page, from the link in a mail. It reads `reads.portal` and nothing else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.delivery import acts, reads
from cordee.delivery.forms import ClientVerdictForm, ReserveForm
from cordee.delivery.models import ChangeRequest, Deliverable, Delivery, Reception, Reserve
from cordee.delivery.views.doing import acting, filled, verb
from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door
from cordee.ground.kit.htmx import show


@open_door
def portal(request: HttpRequest, token: str) -> HttpResponse:
    page = reads.portal_page(token, at=request.at)
    lots = [(line.lot.public_id, line.lot.shown) for line in page.lots]
    context = {
        "page": page, "delivery": page.delivery, "host": page.delivery.grouping.name, "token": token,
        "reserve_form": ReserveForm(), "place_form": ReserveForm(lots=lots), "verdict_form": ClientVerdictForm(),
    }  # fmt: skip
    return show(request, "delivery/portal.html", context)


def _back(token: str) -> str:
    return reverse("delivery:portal", args=[token])


@open_door
@require_POST
def portal_do(request: HttpRequest, token: str, what: str) -> HttpResponse:
    opened, found = reads.portal_link_of(token, at=request.at)
    link, data = opened.link, request.POST
    verbs = {
        "ecrire": (
            lambda: acts.write_from_portal(found, link, text=data.get("text", ""), at=request.at),
            _("Votre message est parti. Votre interlocuteur vous répond ici."),
        ),
        "modification": (
            lambda: acts.ask_change(found, text=data.get("text", ""), link=link, at=request.at),
            _("Votre demande est partie. Les entreprises la chiffrent, puis vous répondez."),
        ),
        "verdict": (
            lambda: acts.give_client_verdict(found, link, **filled(ClientVerdictForm(data)), at=request.at),
            _("Merci. Les entreprises lisent vos réponses."),
        ),
    }
    act, said = verb(verbs, what)
    return acting(request, _back(token), act, said)


@open_door
@require_POST
def portal_on(request: HttpRequest, token: str, what: str, one: str) -> HttpResponse:
    opened, found = reads.portal_link_of(token, at=request.at)
    link, data = opened.link, request.POST
    words: dict[str, Any] = {"outcome": data.get("outcome", ""), "why": data.get("why", ""), "at": request.at}

    def of(model: Any) -> Any:
        return get_object_or_404(model.objects.select_related("delivery__grouping"), delivery=found, public_id=one)

    verbs = {
        "livrable": (lambda: acts.answer_deliverable(of(Deliverable), link, **words), _("Votre réponse est notée.")),
        "reserve-livrable": (lambda: _reserve(of(Deliverable), request, link, found), _("La réserve est notée.")),
        "reception": (
            lambda: acts.answer_reception(of(Reception), link, **words),
            _("C’est noté. Si vous recevez, le procès-verbal à signer arrive par e-mail."),
        ),
        "reserve-reception": (lambda: _reserve(of(Reception), request, link, found), _("La réserve est notée.")),
        "levee": (
            lambda: acts.answer_reserve(of(Reserve), link, lifted=data.get("lifted") == "1", at=request.at),
            _("Votre réponse est notée."),
        ),
        "changement": (
            lambda: acts.answer_change(
                of(ChangeRequest), link, agreed=data.get("agreed") == "1", why=data.get("why", ""), at=request.at
            ),
            _("Votre réponse est notée."),
        ),
    }
    act, said = verb(verbs, what)
    return acting(request, _back(token), act, said)


def _reserve(about: Any, request: HttpRequest, link: Any, found: Delivery) -> object:
    lots = [(lot.public_id, lot.shown) for lot in found.lots.all()] if isinstance(about, Reception) else ()
    values = filled(ReserveForm(request.POST, lots=lots))
    return acts.raise_reserve(about, link, **values, photos=request.FILES.getlist("photos"), at=request.at)


@open_door
def portal_file(request: HttpRequest, token: str, kind: str, one: str) -> HttpResponse:
    """A file of this delivery, of those that the client may have."""
    _opened, found = reads.portal_link_of(token, at=request.at)
    return hand_over(reads.file_of(found, kind, one, for_client=True))
