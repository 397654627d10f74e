"""Where companies stand in the picture of an ecosystem: oneself in the middle, one's ties around, theirs outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin

WIDTH, HEIGHT = 360, 300


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture. `side`: on which side of it its name is written ("start": right, "end": left)."""

    x: int
    y: int
    side: str
    angle: float

    def text(self, gap: int = 18) -> tuple[int, int]:
        """Where its name begins."""
        high = sin(self.angle)
        down = 28 if high > 0.9 else -20 if high < -0.9 else 4
        return self.x + (gap if self.side == "start" else -gap if self.side == "end" else 0), self.y + down


def ring(
    names: Sequence[str], near: Mapping[str, Spot] | None = None, *, wide: int = 95, tall: int = 105
) -> dict[str, Spot]:
    """Spots around the middle, beginning on top. With `near`, each stands on the side of whom it is near to.

    Holds   one spot per name, all inside the picture; no two at the same place.

    >>> [(name, spot.x, spot.y) for name, spot in ring(["a", "b"]).items()]
    [('a', 180, 45), ('b', 180, 255)]
    """
    order = list(names)
    if near:
        order.sort(key=lambda name: (near[name].angle if name in near else 0.0, name))
    count = max(1, len(order))
    first = -pi / 2 if not near else _middle(near, order) - pi * (count - 1) / count
    spots = {}
    for number, name in enumerate(order):
        angle = first + 2 * pi * number / count
        side = cos(angle)
        x, y = round(WIDTH / 2 + wide * cos(angle)), round(HEIGHT / 2 + tall * sin(angle))
        spots[name] = Spot(x, y, "middle" if abs(side) < 0.3 else "start" if side > 0 else "end", angle)
    return spots


def _middle(near: Mapping[str, Spot], names: Sequence[str]) -> float:
    """The direction in which most of them lie."""
    angles = [near[name].angle for name in names if name in near]
    return atan2(sum(map(sin, angles)), sum(map(cos, angles))) if angles else -pi / 2
