"""Where companies stand in the picture of an ecosystem: oneself in the middle, one's ties around, theirs outside.

A name is written where it hides nothing: of the places around its company, the one that covers least.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import cos, pi, sin

WIDTH, HEIGHT = 360, 400
LONGEST, LINE, SIGN = 14, 14, 6.6
"""Signs in a line of a name; how tall a line is, how wide a sign."""
RIGHT, LEFT = ("start", "end", "below", "above"), ("end", "start", "below", "above")
"""Where a name is tried first: away from the middle."""
TURNS = (0.3, -0.3, 0.5, -0.5, 0.12, -0.12, 0.75, -0.75)
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture, and its name in one line or two: the text, and where each begins.

    Shape   anchor: how the name hangs at its place, as SVG says it: "start", "middle" or "end".
    """

    x: int
    y: int
    anchor: str
    lines: tuple[tuple[str, int, int], ...]


def picture(ties: Sequence[tuple[str, str]], beyond: Sequence[tuple[str, str, str]] = ()) -> dict[str, Spot]:
    """Spots for one's own ties (key, name), beginning on top, and for whom they know (key, name, key of the tie).

    Holds   one spot per key, all inside the picture; no two companies at the same place.

    >>> [(key, spot.x, spot.y) for key, spot in picture([("a", "Ada"), ("b", "Bob")]).items()]
    [('a', 180, 90), ('b', 180, 310)]
    """
    angles = {key: -pi / 2 + 2 * pi * number / max(1, len(ties)) for number, (key, _name) in enumerate(ties)}
    centres = {key: _at(angle, 95, 110) for key, angle in angles.items()}
    taken = [_around(WIDTH // 2, HEIGHT // 2, 22), *(_around(x, y, 16) for x, y in centres.values())]
    spots: dict[str, Spot] = {}
    for key, name in ties:
        spots[key] = _best([(*centres[key], side) for side in _sides(centres[key][0])], _lines(name), 20, taken)
        taken.append(_box(spots[key]))
    for key, name, near in beyond:
        spread = product(((158, 178), (140, 160)), TURNS)
        around = [_at(angles[near] + turn, wide, tall) for (wide, tall), turn in spread]
        places = [(x, y, side) for x, y in around for side in _sides(x)]
        filled = {(spot.x, spot.y) for spot in spots.values()}
        spots[key] = _best([one for one in places if one[:2] not in filled], _lines(name), 11, taken, dot=8)
        taken += [_around(spots[key].x, spots[key].y, 8), _box(spots[key])]
    return spots


def _sides(x: int) -> tuple[str, ...]:
    return LEFT if x < WIDTH / 2 else RIGHT


def _at(angle: float, wide: int, tall: int) -> tuple[int, int]:
    return round(WIDTH / 2 + wide * cos(angle)), round(HEIGHT / 2 + tall * sin(angle))


def _around(x: int, y: int, half: int) -> Box:
    return (x - half, y - half, x + half, y + half)


def _best(
    places: Sequence[tuple[int, int, str]], lines: Sequence[str], gap: int, taken: Sequence[Box], dot: int = 0
) -> Spot:
    """Of all the places, that which covers least of what is there; the first of equals."""

    def cost(place: tuple[int, int, str]) -> int:
        spot = _hung(*place, lines, gap)
        boxes = [_box(spot), *([_around(spot.x, spot.y, dot)] if dot else [])]
        return sum(_outside(box) + sum(_shared(box, other) for other in taken) for box in boxes)

    return _hung(*min(places, key=cost), lines, gap)


def _hung(x: int, y: int, side: str, lines: Sequence[str], gap: int) -> Spot:
    if side in ("start", "end"):
        first, left = y + 5 - LINE * (len(lines) - 1) // 2, x + (gap if side == "start" else -gap)
    else:
        first, left = (y + gap + 10 if side == "below" else y - gap - LINE * (len(lines) - 1)), x
    anchor = side if side in ("start", "end") else "middle"
    return Spot(x, y, anchor, tuple((text, left, first + LINE * place) for place, text in enumerate(lines)))


def _box(spot: Spot) -> Box:
    wide = round(SIGN * max(len(text) for text, _x, _y in spot.lines))
    _text, x, top = spot.lines[0]
    left = {"start": x, "end": x - wide, "middle": x - wide // 2}[spot.anchor]
    return (left, top - LINE + 3, left + wide, spot.lines[-1][2] + 3)


def _shared(one: Box, two: Box) -> int:
    wide, tall = min(one[2], two[2]) - max(one[0], two[0]), min(one[3], two[3]) - max(one[1], two[1])
    return wide * tall if wide > 0 and tall > 0 else 0


def _outside(box: Box) -> int:
    """What leaves the picture is worse than what hides another."""
    over = max(0, -box[0]) + max(0, box[2] - WIDTH) + max(0, -box[1]) + max(0, box[3] - HEIGHT)
    return over * 100


def _lines(name: str) -> tuple[str, ...]:
    """A name in two lines at most, cut between words where it can be.

    >>> _lines("Charpente Roques"), _lines("Entreprise générale de bâtiment Lambert")
    (('Charpente', 'Roques'), ('Entreprise', 'générale de…'))
    """
    lines: list[str] = []
    for word in name.split() or ["–"]:
        if lines and len(lines[-1]) + 1 + len(word) <= LONGEST:
            lines[-1] += f" {word}"
        elif len(lines) < 2:
            lines.append(word if len(word) <= LONGEST else word[: LONGEST - 1] + "…")
        else:
            lines[-1] = lines[-1][: LONGEST - 1].rstrip() + "…"
            break
    return tuple(lines)
