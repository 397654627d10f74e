"""A country that does not exist, in the official Sirene format: companies, establishments, names, trades, places.

Names are made of syllables and of the words that companies bear; trades follow the weights below; places follow the
number of postcodes of each commune, as a stand-in for its size. Nothing of it is kept in the project.
"""

import csv
import random
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


def write_country(folder: Path, sites: int, seed: int = 1) -> tuple[Path, Path]:
    """Write both stock files, with about this many active establishments; one line in twelve is closed or withheld."""
    chance = random.Random(seed)
    places, weights = [], []
    for one in all_communes():
        if one.postcodes:
            places.append((one.insee, one.postcodes[0], one.name.upper()))
            weights.append(len(one.postcodes) ** 3 + 1)
    sums = list(accumulate(weights))
    nafs = list(_TRADES)
    shares = [_TRADES[naf][1] for naf in nafs]
    units, stock = folder / "StockUniteLegale.csv", folder / "StockEtablissement.csv"
    with units.open("w", newline="", encoding="utf-8") as one, stock.open("w", newline="", encoding="utf-8") as two:
        unit, site = csv.writer(one), csv.writer(two)
        unit.writerow(UNITS)
        site.writerow(SITES)
        made, number = 0, 10_000_000
        while made < sites:
            number += chance.randint(1, 4)
            siren = _siren(number)
            naf = chance.choices(nafs, shares)[0]
            family = "".join(chance.choices(_SOUNDS, k=chance.randint(1, 2))) + chance.choice(_ENDS)
            alone = chance.random() < 0.4
            open_, seen = chance.random() > 0.06, chance.random() > 0.02
            name = "" if alone else f"{_TRADES[naf][0]} {family}".upper()
            unit.writerow(
                (siren, "O" if seen else "P", "", "2001-01-01", "", "", "PAUL" if alone else "",
                 "PAUL" if alone else "", chance.choice(_BANDS), "2023", "PME", "2001-01-01", "A" if open_ else "C",
                 family.upper() if alone else "", "", name, "", "1000" if alone else "5499", naf, "NAFRev2", "00011",
                 "N", "N")
            )  # fmt: skip
            count = 1 if chance.random() < 0.85 else chance.randint(2, 4)
            for rank, (insee, postcode, city) in enumerate(chance.choices(places, cum_weights=sums, k=count)):
                made += open_ and seen
                site.writerow(
                    (siren, f"{rank:04d}1", f"{siren}{rank:04d}1", "O" if seen else "P", "2001-01-01", "NN", "", "",
                     "false" if rank else "true", "1", str(rank + 1), "RUE", "DE LA GARE", postcode, city, insee,
                     "2001-01-01", "A" if open_ else "F", "", "", naf, "NAFRev2", "N")
                )  # fmt: skip
    return units, stock


def _siren(number: int) -> str:
    digits = f"{number:08d}"
    total = sum(int(d) if at % 2 == 0 else sum(divmod(2 * int(d), 10)) for at, d in enumerate(digits))
    return digits + str(-total % 10)
