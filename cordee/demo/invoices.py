"""What one company of the demo invoices: paid, half paid and late, deducted, still in draft; what its bank says."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.demo.stories import CLOCK, DAY, acting, seat
from cordee.ground.people.models import Actor
from cordee.groupings.models import Grouping, Seat
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
    acts.note_identity(grouping, values=values, by=by, at=at - 61 * DAY)
    words = {"buyer": CLIENT, "contract": "2026-07", "by": by}
    _deducted(seller, by, at)
    _late(seller, by, at)
    doors = acts.DraftLine("Portes de la mairie annexe", 8_400_000, quantity=3000, rate=1000)
    first = acts.draft_invoice(
        seller,
        lines=[doors],
        due=(at + 12 * DAY).date(),
        at=at - 18 * DAY,
        **words,  # type: ignore[arg-type]
    )
    issued = acts.issue_invoice(first, by=by, at=at - 18 * DAY)
    acts.mark_paid(issued, on=(at - 6 * DAY).date(), by=by, at=at - 5 * DAY)
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


def _late(seller: Seat, by: Actor, at: datetime) -> None:
    """A shop that paid the half, and is late with the rest; the bank statement shows a second part."""
    shop = {
        **CLIENT,
        "name": "Librairie de la Soulondre",
        "siren": "000920140",
        "street": "4 rue de la Sous-Préfecture",
    }
    shelves = acts.DraftLine("Rayonnages en chêne, fourniture et pose", 27_500_000)
    words = {"buyer": shop, "due": (at - 12 * DAY).date(), "case": "1"}
    made = acts.draft_invoice(seller, lines=[shelves], by=by, at=at - 34 * DAY, **words)  # type: ignore[arg-type]
    made = acts.issue_invoice(made, by=by, at=at - 34 * DAY)
    acts.mark_paid(made, on=(at - 14 * DAY).date(), cents=165_000, by=by, at=at - 13 * DAY)
    acts.remind_late(made, by=CLOCK, at=at - 8 * DAY)
    rows = f"{at - DAY:%d/%m/%Y};VIR SEPA SOULONDRE {made.number} 2E VERSEMENT;900,00\n"
    statement = SimpleUploadedFile("releve-novembre.csv", f"Date;Libellé;Montant\n{rows}".encode())
    acts.bring_statement(seller, statement, by=by, at=at)


def _deducted(seller: Seat, by: Actor, at: datetime) -> None:
    """Two down payments, and the final invoice that deducts both, waiting to be issued."""
    house = {**CLIENT, "name": "SCI Les Terrasses", "siren": "000920272", "street": "18 boulevard Gambetta"}
    downs = []
    for label, price, day in (("Acompte à la commande", 24_000_000, 60), ("Acompte à mi-chantier", 16_000_000, 35)):
        one = acts.draft_invoice(
            seller, lines=[acts.DraftLine(label, price, rate=1000)], buyer=house, kind="386", case="1",
            due=(at - (day - 10) * DAY).date(), by=by, at=at - day * DAY,
        )  # fmt: skip
        one = acts.issue_invoice(one, by=by, at=at - day * DAY)
        acts.mark_paid(one, on=(at - (day - 8) * DAY).date(), by=by, at=at - (day - 9) * DAY)
        downs.append(one)
    stairs = acts.DraftLine("Escalier et garde-corps, trois niveaux", 81_500_000, rate=1000)
    acts.draft_invoice(
        seller, lines=[stairs], buyer=house, deducts=downs, due=(at + 25 * DAY).date(), by=by, at=at - DAY
    )
