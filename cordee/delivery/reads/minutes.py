"""The minutes of a reception: a document of the library, filled in by the delivery, that all sign."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.agreements.reads.knowing import members_of, party_of
from cordee.delivery.models import Delivery, Reception
from cordee.engines import assembly
from cordee.ground.kit.words import for_the_papers
from cordee.groupings.models import Seat

KIND = "reception_minutes"
UNSAID = "–"


def who_signs(delivery: Delivery) -> list[Seat]:
    """The companies that sign: those that carry a lot, the single contact always."""
    carry = set(delivery.lots.exclude(seat=None).values_list("seat", flat=True)) | {delivery.contact_id}
    return [seat for seat in members_of(delivery.grouping) if seat.pk in carry]


def minutes_of(delivery: Delivery, reception: Reception) -> assembly.Document:
    """The document of the library, with what the delivery knows."""
    with for_the_papers():
        return assembly.assemble(KIND, _answers(delivery, reception))


def minutes_pdf(document: assembly.Document, *, at: datetime) -> bytes:
    """The minutes as all sign them (procès-verbal de réception), an archival PDF."""
    return assembly.render_pdf(document, at=localtime(at))


def _answers(delivery: Delivery, reception: Reception) -> dict[str, Any]:
    """What the library asks; a company whose address nobody noted does not stop the client: a dash says so."""
    lots = [
        _("%(what)s par %(company)s") % {"what": lot.shown, "company": lot.seat.company}
        for lot in delivery.lots.select_related("seat__company")
        if lot.seat is not None
    ]
    reserves = [
        _("%(what)s (%(company)s, %(day)s)")
        % {
            "what": one.text,
            "company": one.seat.company if one.seat else UNSAID,
            "day": _("avant le %(day)s") % {"day": date_format(one.due_on, "j F Y")} if one.due_on else _("sans date"),
        }
        for one in reception.reserves.filter(lifted_at=None).select_related("seat__company")
    ]
    parties = [{name: value or UNSAID for name, value in party_of(seat, ()).items()} for seat in who_signs(delivery)]
    for party, seat in zip(parties, who_signs(delivery), strict=True):
        party["siren"] = seat.company.siren or UNSAID
        single = seat.pk == delivery.contact_id
        party["capacity"] = _("interlocuteur unique des entreprises") if single else _("pour l’entreprise")
    place = f"{delivery.client_postcode} {delivery.client_city}".strip()
    client = delivery.client_person
    return {
        "grouping_name": delivery.grouping.name,
        "members": parties,
        "client_name": delivery.client,
        "client_address": ", ".join(part for part in (delivery.client_street, place) if part) or UNSAID,
        "also": {"client_name": {"representative": client.name if client else "", "capacity": _("maître d’ouvrage")}},
        "signature_place": delivery.client_city or UNSAID,
        "contract_title": delivery.title,
        "works_received": " ; ".join(lots) or delivery.title,
        "received_on": reception.received_on,
        "with_reserves": bool(reserves),
        "reserves_noted": " ; ".join(reserves),
    }
