"""A country that does not exist, in the official Sirene format: companies, establishments, names, trades, places.

Names are made of syllables and of the words that companies bear; trades follow the weights below; places follow the
number of postcodes of each commune, as a stand-in for its size. Nothing of it is kept in the project.
"""

import csv
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from cordee.engines.places import all_communes

UNITS = [
    "siren",
    "statutDiffusionUniteLegale",
    "unitePurgeeUniteLegale",
    "dateCreationUniteLegale",
    "sigleUniteLegale",
    "sexeUniteLegale",
    "prenom1UniteLegale",
    "prenomUsuelUniteLegale",
    "trancheEffectifsUniteLegale",
    "anneeEffectifsUniteLegale",
    "categorieEntreprise",
    "dateDebut",
    "etatAdministratifUniteLegale",
    "nomUniteLegale",
    "nomUsageUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "categorieJuridiqueUniteLegale",
    "activitePrincipaleUniteLegale",
    "nomenclatureActivitePrincipaleUniteLegale",
    "nicSiegeUniteLegale",
    "economieSocialeSolidaireUniteLegale",
    "caractereEmployeurUniteLegale",
]
SITES = [
    "siren",
    "nic",
    "siret",
    "statutDiffusionEtablissement",
    "dateCreationEtablissement",
    "trancheEffectifsEtablissement",
    "anneeEffectifsEtablissement",
    "dateDernierTraitementEtablissement",
    "etablissementSiege",
    "nombrePeriodesEtablissement",
    "numeroVoieEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "codeCommuneEtablissement",
    "dateDebut",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "denominationUsuelleEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
]
_TRADES = {
    "43.32A": ("Menuiserie", 30),
    "43.21A": ("Électricité", 40),
    "43.22A": ("Plomberie", 35),
    "43.34Z": ("Peinture", 40),
    "43.99C": ("Maçonnerie", 45),
    "43.91A": ("Charpente", 10),
    "43.91B": ("Couverture", 15),
    "43.31Z": ("Plâtrerie", 15),
    "43.12A": ("Terrassement", 20),
    "81.30Z": ("Paysage", 25),
    "25.62B": ("Mécanique", 10),
    "62.01Z": ("Logiciel", 40),
    "10.71C": ("Boulangerie", 35),
    "56.10A": ("Restaurant", 90),
    "96.02A": ("Coiffure", 60),
    "47.11B": ("Épicerie", 20),
    "68.20B": ("Immobilière", 220),
    "70.22Z": ("Conseil", 110),
    "86.90E": ("Cabinet", 100),
    "01.21Z": ("Domaine", 40),
    "49.41A": ("Transports", 25),
    "71.12B": ("Bureau d’études", 40),
    "81.21Z": ("Nettoyage", 35),
    "45.20A": ("Garage", 40),
}
_BANDS = ("NN", "NN", "NN", "00", "01", "01", "02", "03", "11", "12", "21")
_SOUNDS = (
    "ba",
    "ber",
    "bou",
    "car",
    "cha",
    "da",
    "dou",
    "fa",
    "fer",
    "ga",
    "gui",
    "jo",
    "la",
    "lam",
    "le",
    "ma",
    "mar",
    "mo",
    "na",
    "pe",
    "ri",
    "ro",
    "sa",
    "ser",
    "ta",
    "tho",
    "va",
    "vi",
)
_ENDS = (
    "bert",
    "din",
    "ges",
    "lier",
    "mont",
    "nard",
    "net",
    "quet",
    "rand",
    "rel",
    "ret",
    "reux",
    "rin",
    "tier",
    "ton",
)


_FAMILIES = 2_000_000
"""How many family names there are to draw from: as many words as the names of a country hold."""


def write_country(folder: Path, sites: int, seed: int = 1) -> tuple[Path, Path]:
    """Write both stock files, with about this many active establishments; one line in twelve is closed or withheld."""
    chance = random.Random(seed)
    places, weights = [], []
    for one in all_communes():
        if one.postcodes:
            places.append((one.insee, one.postcodes[0], one.name.upper()))
            weights.append(len(one.postcodes) ** 3 + 1)
    draws = _draws(chance, places, list(accumulate(weights)))
    units, stock = folder / "StockUniteLegale.csv", folder / "StockEtablissement.csv"
    with units.open("w", newline="", encoding="utf-8") as one, stock.open("w", newline="", encoding="utf-8") as two:
        unit, site = csv.writer(one), csv.writer(two)
        unit.writerow(UNITS)
        site.writerow(SITES)
        made, number = 0, 10_000_000
        while made < sites:
            naf, first, band, where, luck, step = next(draws)
            number += step
            siren = _siren(number)
            family = _family(int(_FAMILIES * luck**3))  # a few names are borne by many, most by few
            alone, open_, seen = luck * 977 % 1 < 0.4, luck * 7919 % 1 > 0.06, luck * 104_729 % 1 > 0.02
            name = "" if alone else f"{_TRADES[naf][0]} {family}".upper()
            unit.writerow(
                (siren, "O" if seen else "P", "", "2001-01-01", "", "", first if alone else "",
                 first if alone else "", band, "2023", "PME", "2001-01-01", "A" if open_ else "C",
                 family.upper() if alone else "", "", name, "", "1000" if alone else "5499", naf, "NAFRev2", "00011",
                 "N", "N")
            )  # fmt: skip
            count = 1 if luck * 1_299_709 % 1 < 0.85 else 2 + step % 3
            for rank, (insee, postcode, city) in enumerate((where, *(next(draws)[3] for _ in range(count - 1)))):
                made += open_ and seen
                site.writerow(
                    (siren, f"{rank:04d}1", f"{siren}{rank:04d}1", "O" if seen else "P", "2001-01-01", "NN", "", "",
                     "false" if rank else "true", "1", str(rank + 1), "RUE", "DE LA GARE", postcode, city, insee,
                     "2001-01-01", "A" if open_ else "F", "", "", naf, "NAFRev2", "N")
                )  # fmt: skip
    return units, stock


_FIRST = ("PAUL", "CLAIRE", "AHMED", "JEAN", "MARIE", "NADIA", "LUC", "AUDE", "BRUNO", "DENIS", "SOPHIE", "KARIM")


def _draws(
    chance: random.Random, places: list[tuple[str, str, str]], sums: list[int]
) -> Iterator[tuple[str, str, str, tuple[str, str, str], float, int]]:
    """A trade, a first name, a band, a place, a number below one, a step: a thousand drawn at a time."""
    nafs = list(_TRADES)
    shares = list(accumulate(_TRADES[naf][1] for naf in nafs))
    while True:
        yield from zip(
            chance.choices(nafs, cum_weights=shares, k=1000),
            chance.choices(_FIRST, k=1000),
            chance.choices(_BANDS, k=1000),
            chance.choices(places, cum_weights=sums, k=1000),
            [chance.random() for _ in range(1000)],
            chance.choices((1, 2, 3, 4), k=1000),
            strict=True,
        )


def _family(number: int) -> str:
    """The family name of this number: two to five syllables."""
    number, end = divmod(number, len(_ENDS))
    said = []
    while number or not said:
        number, sound = divmod(number, len(_SOUNDS))
        said.append(_SOUNDS[sound])
    return "".join(said) + _ENDS[end]


_DOUBLED = str.maketrans("0123456789", "0246813579")  # twice a digit, its own digits added up


def _siren(number: int) -> str:
    digits = f"{number:08d}"
    total = sum(map(int, digits[::2] + digits[1::2].translate(_DOUBLED)))
    return digits + str(-total % 10)
