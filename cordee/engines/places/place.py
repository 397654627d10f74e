"""One place out of whatever is known of it."""

from dataclasses import dataclass

from .communes import commune, communes_of_postcode, point_of_postcode
from .departments import REGIONS, Department, department_of_insee, department_of_postcode, departments_of_nuts
from .distance import Point, mean_point


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in France: how precisely it is known, its departments, and a point to measure from.

    `level` is "commune", "postcode", "department", "area" (several departments) or "country".
    """

    level: str
    code: str
    name: str
    departments: tuple[str, ...]
    point: Point


def _of_insee(code: str) -> Place | None:
    one = commune(code.strip().upper())
    where = department_of_insee(one.insee) if one else None
    if one is None or where is None:
        return None
    return Place("commune", one.insee, one.name, (where.code,), one.point or where.point)


def _of_postcode(code: str) -> Place | None:
    code = code.replace(" ", "")
    served = communes_of_postcode(code)
    where = department_of_postcode(code)
    if len(served) == 1:
        return _of_insee(served[0].insee)
    point = point_of_postcode(code)
    if point is not None:
        found = dict.fromkeys(one.code for one in map(department_of_insee, (one.insee for one in served)) if one)
        return Place("postcode", code, code, tuple(found), point)
    return Place("department", where.code, where.name, (where.code,), where.point) if where else None


def _of_nuts(code: str) -> Place | None:
    code = code.strip().upper()
    found = departments_of_nuts(code)
    if not found:
        return None
    if len(found) == 1:
        return Place("department", found[0].code, found[0].name, (found[0].code,), found[0].point)
    if code.rstrip("0") == "FR":
        return Place("country", "FR", "France", tuple(one.code for one in found), _middle(found))
    regions = {one.region for one in found}
    whole = len(regions) == 1 and len(found) == sum(one.region in regions for one in departments_of_nuts("FR"))
    name = REGIONS[found[0].region].name if whole else ", ".join(one.name for one in found)
    return Place("area", code, name, tuple(one.code for one in found), _middle(found))


def _middle(found: tuple[Department, ...]) -> Point:
    # Far islands would drag the point of the whole country into the sea.
    near = [one.point for one in found if not one.code.startswith("97")]
    return mean_point(near or [one.point for one in found])


def place_of(*, nuts: str = "", postcode: str = "", insee: str = "") -> Place | None:
    """Say where something is from its INSEE code, else its postcode, else its NUTS code; None when none is known.

    >>> place_of(nuts="FRJ13").name, place_of(nuts="FR813").name, place_of(postcode="34200").name
    ('Hérault', 'Hérault', 'Sète')
    >>> place_of(nuts="FRK").name, place_of(nuts="DE212")
    ('Auvergne-Rhône-Alpes', None)
    """
    return (insee and _of_insee(insee)) or (postcode and _of_postcode(postcode)) or (nuts and _of_nuts(nuts)) or None
