"""What one company of the demo invoices: an issued invoice, and a progress claim still in draft."""

from datetime import datetime

from cordee.demo.stories import DAY, acting, seat
from cordee.groupings.models import Grouping
from cordee.money import acts

CLIENT = {
    "name": "Commune de Lodève",
    "siren": "213401425",
    "street": "1 place de l’Hôtel-de-Ville",
    "postcode": "34700",
    "city": "Lodève",
}
NAME = "Menuiserie Fabrègues"


def invoices(*, at: datetime) -> None:
    """Menuiserie Fabrègues invoices its part of a contract of « Bois & Pierre »."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    seller, by = seat(grouping, NAME), acting(grouping, NAME)
    siren = str(seller.company.siren)
    values = {
        "vat_number": f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}",
        "legal": "SARL au capital de 30 000 €, RCS Montpellier",
        "street": "12 avenue Denfert",
        "postcode": "34700",
        "city": "Lodève",
        "issues_here": True,
    }
    acts.note_identity(grouping, values=values, by=by, at=at - 20 * DAY)
    words = {"buyer": CLIENT, "contract": "2026-07", "by": by}
    doors = acts.DraftLine("Portes de la mairie annexe", 8_400_000, quantity=3000, rate=1000)
    first = acts.draft_invoice(
        seller,
        lines=[doors],
        due=(at + 12 * DAY).date(),
        at=at - 18 * DAY,
        **words,  # type: ignore[arg-type]
    )
    acts.issue_invoice(first, by=by, at=at - 18 * DAY)
    claim = acts.DraftLine(
        "Fenêtres, façade sud", 61_250_000, rate=1000, detail="Situation n° 1 : 35 % du marché de 17 500,00 €."
    )
    acts.draft_invoice(
        seller,
        lines=[claim],
        due=(at + 30 * DAY).date(),
        at=at - DAY,
        retention_cents=33_688,
        **words,  # type: ignore[arg-type]
    )
