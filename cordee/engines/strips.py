"""The sketch of a stand: its surface cut into strips, one a company, by the surface that each asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from cordee.engines.sharing.rounding import share
from cordee.engines.units import Cents, MemberId


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the stand. Units: decimetres from the front left corner."""

    key: str
    x: int
    y: int
    width: int
    depth: int

    @property
    def surface(self) -> int:
        """Square decimetres: a hundred make a square metre."""
        return self.width * self.depth


def strips(width: int, depth: int, asked: Mapping[str, int]) -> tuple[Area, ...]:
    """Cut a stand into strips from left to right, in proportion to what each asked for.

    Shape   asked: surfaces in any unit, at least one above zero, in the order in which they stand.
    Units   width, depth: decimetres.
    Holds   the strips fill the stand without overlap; each is within one decimetre of its exact width.
    Errors  ValueError for a stand without surface, or when nobody asks for any.

    >>> [(one.key, one.width) for one in strips(60, 30, {"A": 9, "B": 6, "common": 3})]
    [('A', 30), ('B', 20), ('common', 10)]
    """
    if width <= 0 or depth <= 0 or min(asked.values(), default=0) < 0 or not any(asked.values()):
        raise ValueError("a stand has a surface, and somebody asks for a part of it")
    parts = share(Cents(width), {MemberId(key): Fraction(value) for key, value in asked.items()})
    found, x = [], 0
    for key in asked:
        found.append(Area(key, x, 0, int(parts[MemberId(key)]), depth))
        x += int(parts[MemberId(key)])
    return tuple(one for one in found if one.width)


def overlaps(areas: tuple[Area, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of rectangles that cover the same ground.

    >>> overlaps((Area("A", 0, 0, 20, 30), Area("B", 10, 0, 20, 30)))
    (('A', 'B'),)
    """
    return tuple(
        (one.key, other.key)
        for place, one in enumerate(areas)
        for other in areas[place + 1 :]
        if one.x < other.x + other.width and other.x < one.x + one.width
        if one.y < other.y + other.depth and other.y < one.y + one.depth
    )


def outside(width: int, depth: int, areas: tuple[Area, ...]) -> tuple[str, ...]:
    """Rectangles that leave the stand."""
    return tuple(one.key for one in areas if one.x + one.width > width or one.y + one.depth > depth)
