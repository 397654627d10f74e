"""Distances as the crow flies. Floats are fine here: a distance is neither money nor a vote."""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0


class Point(NamedTuple):
    """Degrees of longitude (east positive) and of latitude (north positive)."""

    lon: float
    lat: float


def distance_km(a: Point, b: Point) -> float:
    """How many kilometres lie between two points, as the crow flies.

    Holds   the same in both directions; 0 for the same point; at most half the way around the Earth.
    Source  haversine formula on a sphere: within 0.6 % of the real distance.

    >>> round(distance_km(Point(2.35, 48.86), Point(3.88, 43.61)))  # Paris, Montpellier
    595
    """
    lon_a, lat_a, lon_b, lat_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))


def mean_point(points: Sequence[Point]) -> Point:
    """The mean of points that lie near each other (it does not look across the 180th meridian)."""
    return Point(sum(p.lon for p in points) / len(points), sum(p.lat for p in points) / len(points))
