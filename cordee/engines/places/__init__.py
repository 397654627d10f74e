"""Places of France: departments, regions, communes, their points, and how far one is from another."""

from .communes import Commune, all_communes, commune, communes_of_postcode, point_of_postcode, search_communes
from .departments import (
    Department,
    Region,
    all_departments,
    department,
    department_of_insee,
    department_of_postcode,
    departments_of_nuts,
    region,
)
from .distance import Point, distance_km
from .place import Place, place_of

__all__ = [
    "Commune",
    "Department",
    "Place",
    "Point",
    "Region",
    "all_communes",
    "all_departments",
    "commune",
    "communes_of_postcode",
    "department",
    "department_of_insee",
    "department_of_postcode",
    "departments_of_nuts",
    "distance_km",
    "place_of",
    "point_of_postcode",
    "region",
    "search_communes",
]
