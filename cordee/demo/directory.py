"""The ecosystem of the demo: cards filled in, ties that both sides show, a fair, an evening, an introduction asked."""

import io
from datetime import date, datetime, timedelta

from cordee.directory.acts import (
    ask_introduction,
    choose_sight,
    create_event,
    declare_tie,
    declare_trade,
    edit_company,
    import_contracts,
    join_event,
)
from cordee.directory.models import Company, Event
from cordee.ground.people.models import Actor, Clockwork

CARDS = {
    "Menuiserie Fabrègues": {
        "brings": "Menuiseries bois sur mesure, du dessin à la pose ; un atelier de 600 m².",
        "looks_for": "Du levage pour nos charpentes, un électricien, de l’isolation biosourcée.",
        "capacity_left": "Une équipe de trois à partir de septembre.",
        "area": "80 km autour de Lodève.",
        "proofs": "École de Soubès (2024), halle de Clermont-l’Hérault, RGE.",
    },
    "Charpente Roques": {"brings": "Charpente traditionnelle et ossature bois.", "area": "L’Hérault et l’Aveyron."},
    "Couverture Saltel": {"brings": "Tuile, lauze, zinc ; une grue de 35 m avec son grutier."},
}
SHOWN = (
    ("Menuiserie Fabrègues", "Charpente Roques", "project"),
    ("Charpente Roques", "Couverture Saltel", "neighbour"),
    ("Charpente Roques", "Plâtrerie Lacan", "project"),
    ("Menuiserie Fabrègues", "Plomberie Vidal", "client"),
    ("Plomberie Vidal", "Terrassement Hérault", "supplier"),
    ("Plomberie Vidal", "Maçonnerie Durand", "neighbour"),
    ("Nouvel Électricité", "Réseaux Languedoc", "union"),
    ("Menuiserie Fabrègues", "Nouvel Électricité", "neighbour"),
)
"""Ties that both sides declare and show."""
AT_THE_FAIR = ("Menuiserie Fabrègues", "Nouvel Électricité", "Peinture Sanchis", "Plomberie Vidal", "Plâtrerie Lacan")
CONTRACTS = """uid,objet,acheteur_nom,titulaire_id,montant,dateNotification
DEMO-1,École de Soubès : menuiseries bois,Commune de Soubès,00011017100011,184200.00,2024-03-14
DEMO-2,Halle de Clermont-l’Hérault : charpente et menuiseries,Commune de Clermont-l’Hérault,00011017100011,412000.00,2023-06-02
DEMO-2,Halle de Clermont-l’Hérault : charpente et menuiseries,Commune de Clermont-l’Hérault,00011034600015,412000.00,2023-06-02
"""  # noqa: E501


def ecosystem(people: dict[str, Actor], at: datetime) -> None:
    """Fill the cards, show some ties, hold a fair, ask for an introduction."""
    firms = {one.name: one for one in Company.objects.filter(name__in=people)}
    for name, values in CARDS.items():
        one = firms[name]
        edit_company(one, values={**values, "name": name}, version=one.version, by=people[name], at=at)
    if not firms["Couverture Saltel"].trades.filter(trade="levage").exists():
        declare_trade(firms["Couverture Saltel"], "levage", by=people["Couverture Saltel"], at=at)
    for one, two, kind in SHOWN:
        for here, there in ((one, two), (two, one)):
            declare_tie(firms[here], firms[there], kind=kind, trust=75, offered=True, by=people[here], at=at)
    import_contracts(io.BytesIO(CONTRACTS.encode()), name="decp.csv", by=Clockwork(), at=at)
    day = at.date()
    host = "Charpente Roques"
    fair = _event(firms[host], people[host], "Salon du bois de Lodève", "fair", day - timedelta(days=12), at)
    for name in AT_THE_FAIR:
        join_event(fair, firms[name], by=people[name], at=at)
    host = "Menuiserie Fabrègues"
    _event(firms[host], people[host], "Soirée de la fédération du bâtiment", "union", day, at)
    ask_introduction(
        firms["Nouvel Électricité"],
        firms["Menuiserie Fabrègues"],
        firms["Plomberie Vidal"],
        why="Un lot fluides à deux sur la résidence de Paulhan.",
        by=people["Nouvel Électricité"],
        at=at,
    )
    discreet = firms["Mécanique Hérault Précision"]
    choose_sight(
        discreet,
        levels={"turnover": "me", "capacity": "groupings"},
        blind_name="Usinage de pièces, près de Montpellier",
        by=people["Mécanique Hérault Précision"],
        at=at,
    )


def _event(host: Company, by: Actor, name: str, kind: str, day: date, at: datetime) -> Event:
    return create_event(host, name=name, kind=kind, city="Lodève", starts_on=day, ends_on=day, by=by, at=at)
