"""Which column says what, in each kind of file."""

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType

from cordee.engines.sentences import listed

from .model import FileRefused

OWN, SITES, UNITS = "cordee", "sirene-etablissements", "sirene-unites-legales"

_ALIASES = MappingProxyType(
    {
        "siren": "siren numero_siren",
        "siret": "siret numero_siret",
        "name": "nom name raison_sociale denomination entreprise company",
        "brand": "enseigne brand nom_commercial brand_name marque",
        "legal_form": "forme forme_juridique legal_form",
        "naf": "naf ape code_naf code_ape activite_principale",
        "trades": "metiers metier trades trade",
        "postcode": "code_postal postcode cp zip",
        "city": "ville city commune",
        "insee": "insee code_insee code_commune",
        "lon": "lon longitude lng",
        "lat": "lat latitude",
        "headcount": "effectif effectifs headcount salaries",
        "band": "tranche_effectif tranche_effectifs headcount_code",
        "certificates": "certificats certificates certifications qualifications",
        "turnover": "chiffre_affaires chiffre_d_affaires turnover ca",
        "capacity": "capacite capacity",
        "group": "groupe group",
        "ties": "liens ties",
        "head_office": "siege head_office",
        "leaders": "dirigeants dirigeant nom_dirigeant representant leaders leader",
    }
)
_OWN = MappingProxyType({alias: field for field, names in _ALIASES.items() for alias in names.split()})

_SITES = MappingProxyType(
    {
        "siren": "siren",
        "nic": "nic",
        "siret": "siret",
        "diffusion": "statutDiffusionEtablissement",
        "state": "etatAdministratifEtablissement",
        "site_brand": "enseigne1Etablissement",
        "site_naf": "activitePrincipaleEtablissement",
        "nomenclature": "nomenclatureActivitePrincipaleEtablissement",
        "postcode": "codePostalEtablissement",
        "city": "libelleCommuneEtablissement",
        "insee": "codeCommuneEtablissement",
        "site_band": "trancheEffectifsEtablissement",
        "head_office": "etablissementSiege",
    }
)
_SITES_MORE = MappingProxyType(
    {"site_usual": "denominationUsuelleEtablissement", "lon": "longitude", "lat": "latitude"}
)

_UNITS = MappingProxyType(
    {
        "siren": "siren",
        "diffusion": "statutDiffusionUniteLegale",
        "state": "etatAdministratifUniteLegale",
        "name": "denominationUniteLegale",
        "family_name": "nomUniteLegale",
        "naf": "activitePrincipaleUniteLegale",
        "nomenclature": "nomenclatureActivitePrincipaleUniteLegale",
        "legal_form": "categorieJuridiqueUniteLegale",
        "band": "trancheEffectifsUniteLegale",
        "head_nic": "nicSiegeUniteLegale",
    }
)
_UNITS_MORE = MappingProxyType(
    {
        "used_name": "nomUsageUniteLegale",
        "first_name": "prenomUsuelUniteLegale",
        "acronym": "sigleUniteLegale",
        "brand": "denominationUsuelle1UniteLegale",
    }
)
OFFICIAL = MappingProxyType(
    {
        SITES: {**_SITES, **_SITES_MORE},
        UNITS: {**_UNITS, **_UNITS_MORE},
    }
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The kind of a table, the place of each field in its lines, and the titles to quote to people."""

    kind: str
    places: tuple[tuple[str, int], ...]
    titles: dict[str, str]
    width: int


def _plain(title: str) -> str:
    text = unicodedata.normalize("NFKD", title.strip().lower())
    return "_".join(re.findall(r"[a-z0-9]+", "".join(c for c in text if not unicodedata.combining(c))))


def _official(header: list[str], kind: str, wanted: MappingProxyType[str, str]) -> Layout:
    missing = [column for column in wanted.values() if column not in header]
    if missing:
        raise FileRefused("missing_column", {"columns": listed(missing), "n": len(missing)})
    titles = {field: column for field, column in OFFICIAL[kind].items() if column in header}
    return Layout(kind, tuple((field, header.index(title)) for field, title in titles.items()), titles, len(header))


def layout(header: list[str]) -> Layout:
    """Recognise a table by its titles.

    Errors  FileRefused when there is no SIREN nor SIRET, or when an official file lacks a column.

    >>> layout(["SIRET", "Raison sociale", "Code postal"]).kind
    'cordee'
    """
    header = [title.strip() for title in header]
    if sum(title.endswith("Etablissement") for title in header) >= 3:
        return _official(header, SITES, _SITES)
    if sum(title.endswith("UniteLegale") for title in header) >= 3:
        return _official(header, UNITS, _UNITS)
    places: dict[str, int] = {}
    for at, title in enumerate(header):
        field = _OWN.get(_plain(title))
        if field:
            places.setdefault(field, at)
    if not {"siren", "siret"} & set(places):
        raise FileRefused("columns")
    return Layout(OWN, tuple(places.items()), {field: header[at] for field, at in places.items()}, len(header))
