"""Answers for documents: a public job by eight firms, a small private one by three."""

from typing import Any

from cordee.engines.assembly.rules import siren_holds

TRADES = ("Charpente", "Couverture", "Menuiseries", "Plomberie", "Électricité", "Plâtrerie", "Peinture", "Maçonnerie")
NAMES = (
    "Aude Carrère",
    "Bruno Salles",
    "Chloé Vidal",
    "Denis Roux",
    "Élise Cazals",
    "Farid Benali",
    "Gaëlle Pons",
    "Hugo",
)


def siren(place: int) -> str:
    start = f"{52140000 + place * 37:08d}"
    return next(start + digit for digit in "0123456789" if siren_holds(start + digit))


def members(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"m{place}",
            "name": f"{TRADES[place]} d’Oc",
            "legal_form": "SARL",
            "capital": 1_000_000,
            "siren": siren(place),
            "rcs": "Montpellier",
            "address": f"{place + 3}, rue des Aires, 34700 Lodève",
            "representative": NAMES[place],
            "capacity": "gérante",
            "email": f"contact@entreprise{place}.example",
            "insurer": "Assureur d’Oc",
            "policy": f"RC-{place}",
            "insured_until": "2028-12-31",
        }
        for place in range(count)
    ]


def lots(count: int, amount: int) -> list[dict[str, Any]]:
    dates = {"start": "2027-02-01", "end": "2027-09-30"}
    return [
        {"id": f"{place + 1:02d}", "title": TRADES[place], "member": f"m{place}", "amount": amount + place, **dates}
        for place in range(count)
    ]


def public_works(count: int = 8) -> dict[str, Any]:
    return {
        "grouping_name": "Les Bâtisseurs du Larzac",
        "members": members(count),
        "lots": lots(count, 2_500_000),
        "lead": "m0",
        "signature_place": "Montpellier",
        "contract_title": "Réhabilitation de l’école Jean-Moulin",
        "contract_reference": "2026-TX-014",
        "client_name": "Commune de Lodève",
        "client_address": "7, place de l’Hôtel-de-Ville, 34700 Lodève",
        "client_kind": "public",
        "works_place": "Lodève",
        "building_works": True,
        "lead_solidary": True,
        "lead_fee": "2.5",
        "common_expenses": True,
        "common_expenses_object": "base vie, bennes",
        "common_expenses_cap": 450_000,
        "start_date": "2026-12-01",
        "court": "le tribunal de commerce de Montpellier",
    }


def small_private_works() -> dict[str, Any]:
    return {
        **public_works(3),
        "lots": lots(3, 1_500_000),
        "client_kind": "private",
        "client_name": "Mme Jeanne Roque",
        "lead_solidary": False,
        "lead_fee": 0,
        "common_expenses": False,
    }


def charter() -> dict[str, Any]:
    return {
        "grouping_name": "Les Bâtisseurs du Larzac",
        "members": members(4),
        "signature_place": "Lodève",
        "purpose": "Rénover ensemble des bâtiments anciens sans nous marcher sur les pieds",
        "territory": "le Lodévois et le Larzac",
        "meeting_place": "chez chacun à tour de rôle",
        "review_date": "2027-11-30",
    }


def secrecy() -> dict[str, Any]:
    return {
        "grouping_name": "Les Bâtisseurs du Larzac",
        "members": members(3),
        "signature_place": "Lodève",
        "project": "Une offre commune de rénovation énergétique",
        "start_date": "2026-12-01",
        "court": "le tribunal de commerce de Montpellier",
    }
