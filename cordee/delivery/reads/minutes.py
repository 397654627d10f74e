"""The minutes of a reception: what is received, with which reserves, and until when each legal guarantee runs."""

import hashlib
import json
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.delivery.models import Delivery, Reception
from cordee.engines.delivery import legal_guarantees
from cordee.engines.procurement.paper import Block, Paper, print_paper
from cordee.ground.kit.words import for_the_papers


def minutes_pdf(delivery: Delivery, reception: Reception, *, at: datetime) -> bytes:
    """The minutes as both sign them (procès-verbal de réception), an archival PDF."""
    with for_the_papers():
        return print_paper(_paper(delivery, reception), at=at)


def _day(day: object) -> str:
    return date_format(day, "j F Y") if day else "–"  # type: ignore[arg-type]


def _paper(delivery: Delivery, reception: Reception) -> Paper:
    assert reception.received_on is not None
    day = _day(reception.received_on)
    lots = tuple(
        (lot.shown, str(lot.seat.company) if lot.seat else "–") for lot in delivery.lots.select_related("seat__company")
    )
    reserves = tuple(
        (one.text, str(one.seat.company) if one.seat else "–", _day(one.due_on))
        for one in reception.reserves.filter(lifted_at=None).select_related("seat__company")
    )
    guarantees = tuple(
        (one.label(), one.covers(), _day(one.ends_on)) for one in legal_guarantees(reception.received_on)
    )
    outcome = _("Le maître d’ouvrage reçoit les travaux sans réserve, à la date du %(day)s.")
    if reserves:
        outcome = _("Le maître d’ouvrage reçoit les travaux avec les réserves ci-dessous, à la date du %(day)s.")
    contact = delivery.contact
    address = ", ".join(
        part for part in (delivery.client_street, f"{delivery.client_postcode} {delivery.client_city}".strip()) if part
    )
    blocks = [
        Block("parties", _("Entre"), (
            (_("Maître d’ouvrage"), delivery.client), (_("Adresse"), address or "–"),
            (_("Pour les entreprises"), f"{contact.holder.name}, {contact.company}"),
            (_("Visite"), _day(localtime(reception.visit_at).date())),
        )),
        Block("lots", _("Ce qui est reçu"), head=(_("Travaux"), _("Entreprise")), table=lots),
        Block("outcome", _("Décision"), text=(outcome % {"day": day},)),
    ]  # fmt: skip
    if reserves:
        head = (_("Réserve"), _("Entreprise"), _("À lever avant le"))
        blocks.append(Block("reserves", _("Réserves"), head=head, table=reserves))
    blocks += [
        Block("guarantees", _("Garanties légales"), text=(_("Elles courent à partir du %(day)s.") % {"day": day},),
              head=(_("Garantie"), _("Ce qu’elle couvre"), _("Jusqu’au")), table=guarantees),
        Block("sign", _("Signatures"), text=(_("Signé en ligne par le maître d’ouvrage et l’interlocuteur unique."),)),
    ]  # fmt: skip
    return Paper("", _("Procès-verbal de réception"), delivery.grouping.name, delivery.title, day, "", tuple(blocks))


def minutes_fingerprint(delivery: Delivery, reception: Reception) -> str:
    """The digest of what is received: the day, the lots, the reserves."""
    words = {
        "delivery": delivery.public_id,
        "received_on": str(reception.received_on),
        "lots": [lot.public_id for lot in delivery.lots.all()],
        "reserves": [[one.public_id, one.text] for one in reception.reserves.filter(lifted_at=None)],
    }
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
