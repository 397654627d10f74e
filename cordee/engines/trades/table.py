"""The table of trades, read once from `trades.csv`."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cordee.engines.sentences import Lang, typeset

FAMILIES = MappingProxyType(
    {
        "batiment": ("Bâtiment", "Building"),
        "travaux-publics": ("Travaux publics", "Civil works"),
        "energie": ("Énergie et eau", "Energy and water"),
        "espaces-verts": ("Espaces verts et nature", "Green spaces and nature"),
        "proprete": ("Propreté et services aux bâtiments", "Cleaning and building services"),
        "dechets": ("Déchets et réemploi", "Waste and re-use"),
        "restauration": ("Restauration et accueil", "Catering and hospitality"),
        "alimentation": ("Agriculture et alimentation", "Farming and food"),
        "transport": ("Transport et véhicules", "Transport and vehicles"),
        "communication": ("Communication et imprimerie", "Communication and printing"),
        "informatique": ("Informatique et télécoms", "IT and telecoms"),
        "etudes": ("Architecture, études et contrôles", "Architecture, engineering and inspection"),
        "conseil": ("Conseil et ressources humaines", "Consulting and human resources"),
        "formation": ("Formation", "Training"),
        "securite": ("Sécurité", "Security"),
        "evenement": ("Événements, culture et sport", "Events, culture and sport"),
        "industrie": ("Industrie et maintenance", "Industry and maintenance"),
        "textile": ("Textile et cuir", "Textile and leather"),
        "negoce": ("Négoce et fournitures", "Trade and supplies"),
        "sante-social": ("Santé, social et insertion", "Health and social care"),
        "services": ("Autres services", "Other services"),
    }
)


class Reach(StrEnum):
    """How far a stated code goes."""

    OWN = "own"  # the code and everything beneath it is this trade
    ONLY = "only"  # this code itself, nothing beneath it
    NEAR = "near"  # companies of this trade often answer it, but it is not its own


_MARKS = {"=": Reach.ONLY, "~": Reach.NEAR}


@dataclass(frozen=True, slots=True)
class Link:
    """One stated fact: this code belongs, to that extent, to the trade."""

    code: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Trade:
    """What a company does, in words its owner uses, with the codes that name it."""

    slug: str
    label_fr: str
    label_en: str
    family: str
    naf: tuple[Link, ...]
    cpv: tuple[Link, ...]
    words: tuple[str, ...]

    def label(self, lang: Lang = "fr") -> str:
        return self.label_en if lang == "en" else self.label_fr


def _links(cell: str) -> tuple[Link, ...]:
    return tuple(Link(code.lstrip("=~"), _MARKS.get(code[0], Reach.OWN)) for code in cell.split())


@cache
def _table() -> dict[str, Trade]:
    text = Path(__file__).with_name("trades.csv").read_text(encoding="utf-8")
    return {
        row[0]: Trade(row[0], row[1], row[2], row[3], _links(row[4]), _links(row[5]), tuple(row[6].split()))
        for row in list(csv.reader(text.splitlines(), delimiter=";"))[1:]
    }


def all_trades() -> tuple[Trade, ...]:
    """Every trade, in the order of the table (kindred trades stand together)."""
    return tuple(_table().values())


def trade(slug: str) -> Trade:
    """The trade of that name.

    Errors  ValueError when there is none.

    >>> trade("electricite").label("en")
    'Electrical installation'
    """
    try:
        return _table()[slug]
    except KeyError:
        raise ValueError(
            typeset(f"« {slug[:40]} » n’est pas un métier de la table : choisissez-en un dans la liste des métiers.")
        ) from None
