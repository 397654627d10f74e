"""Where companies stand in the picture of an ecosystem: oneself in the middle, one's ties around, theirs outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

WIDTH, HEIGHT = 360, 300
ASIDE = 0.32


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
    spots: dict[str, Spot] = {}
    beside: dict[float, int] = {}
    for number, name in enumerate(names):
        if near and name in near:
            # A little aside: the name of whom it is near to stands straight ahead. The next one on the other side.
            middle = near[name].angle
            rank = beside[middle] = beside.get(middle, 0) + 1
            angle = middle + ASIDE * (rank // 2 + 1) * (1 if rank % 2 else -1)
        else:
            angle = -pi / 2 + 2 * pi * number / max(1, len(names))
        side = cos(angle)
        x, y = round(WIDTH / 2 + wide * cos(angle)), round(HEIGHT / 2 + tall * sin(angle))
        spots[name] = Spot(x, y, "middle" if abs(side) < 0.3 else "start" if side > 0 else "end", angle)
    return spots
