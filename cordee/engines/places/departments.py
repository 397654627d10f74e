"""Departments and regions, with the European (NUTS) codes of today and of older notices."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .distance import Point


@dataclass(frozen=True, slots=True)
class Region:
    """A region, by its INSEE code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department. `point` is the mean of its town halls; `region` and `nuts3` are "" where there is none."""

    code: str
    name: str
    region: str
    nuts3: str
    point: Point

    @property
    def nuts2(self) -> str:
        return self.nuts3[:4]


REGIONS = MappingProxyType(
    {
        code: Region(code, name)
        for code, name in (
            ("01", "Guadeloupe"),
            ("02", "Martinique"),
            ("03", "Guyane"),
            ("04", "La Réunion"),
            ("06", "Mayotte"),
            ("11", "Île-de-France"),
            ("24", "Centre-Val de Loire"),
            ("27", "Bourgogne-Franche-Comté"),
            ("28", "Normandie"),
            ("32", "Hauts-de-France"),
            ("44", "Grand Est"),
            ("52", "Pays de la Loire"),
            ("53", "Bretagne"),
            ("75", "Nouvelle-Aquitaine"),
            ("76", "Occitanie"),
            ("84", "Auvergne-Rhône-Alpes"),
            ("93", "Provence-Alpes-Côte d’Azur"),
            ("94", "Corse"),
        )
    }
)

# NUTS 2010 and 2013, by their level 2: the third level kept its last digit when the second was renamed in 2016.
_RENAMED = {
    "FR21": "FRF2", "FR22": "FRE2", "FR23": "FRD2", "FR24": "FRB0", "FR25": "FRD1", "FR26": "FRC1", "FR30": "FRE1",
    "FR41": "FRF3", "FR42": "FRF1", "FR43": "FRC2", "FR51": "FRG0", "FR52": "FRH0", "FR53": "FRI3", "FR61": "FRI1",
    "FR62": "FRJ2", "FR63": "FRI2", "FR71": "FRK2", "FR72": "FRK1", "FR81": "FRJ1", "FR82": "FRL0", "FR83": "FRM0",
    "FR91": "FRY1", "FR92": "FRY2", "FR93": "FRY3", "FR94": "FRY4",
    "FRA1": "FRY1", "FRA2": "FRY2", "FRA3": "FRY3", "FRA4": "FRY4", "FRA5": "FRY5",
}  # fmt: skip


@cache
def _departments() -> dict[str, Department]:
    text = Path(__file__).with_name("departments.csv").read_text(encoding="utf-8")
    return {
        code: Department(code, name, region, nuts3, Point(float(lon), float(lat)))
        for code, name, region, nuts3, lon, lat in list(csv.reader(text.splitlines(), delimiter=";"))[1:]
    }


def all_departments() -> tuple[Department, ...]:
    """Every department and overseas place with a code of its own, in the order of codes."""
    return tuple(_departments().values())


def department(code: str) -> Department | None:
    """The department of that code, "2A" and "971" included; None when there is none.

    >>> department("34").name
    'Hérault'
    """
    return _departments().get(code.upper().zfill(2))


def region(code: str) -> Region | None:
    """The region of that INSEE code; None when there is none."""
    return REGIONS.get(code)


def department_of_insee(code: str) -> Department | None:
    """The department of a commune's INSEE code; None when there is none.

    >>> department_of_insee("2B033").name
    'Haute-Corse'
    """
    return department(code[:3] if code[:2] in {"97", "98"} else code[:2]) if len(code) == 5 else None


def department_of_postcode(code: str) -> Department | None:
    """The department that a postcode is written for (a few communes get their mail from a neighbouring one).

    >>> [department_of_postcode(code).code for code in ("34000", "20000", "20200", "97400", "97133")]
    ['34', '2A', '2B', '974', '977']
    """
    if len(code) != 5 or not (code.isascii() and code.isdigit()):
        return None
    if code.startswith("20"):
        # Corsica kept the postcodes of its former single department: 200 and 201 in the south.
        return department("2A" if code < "20200" else "2B")
    if code in {"97133", "97150"}:
        return department("977" if code == "97133" else "978")
    return department(code[:3] if code[:2] in {"97", "98"} else code[:2])


def departments_of_nuts(code: str) -> tuple[Department, ...]:
    """The departments of a NUTS code of any level, of 2010, 2013, 2016 or 2021; none when it is not a French one.

    >>> [one.code for one in departments_of_nuts("FR813")], len(departments_of_nuts("FRJ1"))
    (['34'], 5)
    """
    code = code.strip().upper()
    if not code.startswith("FR") or len(code) > 5 or not code.isascii():
        return ()
    if code.rstrip("0") == "FR":
        code = "FR"  # some notices write "FR0" or "FR000" for the whole country
    ways = {new + code[4:] for old, new in _RENAMED.items() if code.startswith(old)}
    ways |= {new for old, new in _RENAMED.items() if len(code) == 3 and old.startswith(code)}
    found = [
        one for one in all_departments() if one.nuts3 and any(one.nuts3.startswith(way) for way in (ways or {code}))
    ]
    return tuple(found)
