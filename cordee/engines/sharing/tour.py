"""One delivery round for several companies: what the shortest round of any subgroup would cost."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.game import NOTHING, Game, from_table
from cordee.engines.sharing.words import Unfit
from cordee.engines.units import Cents, MemberId

MOST = 16  # stops: beyond, all shortest rounds would take too long and too much memory


def tour(members: Sequence[MemberId], metres: Sequence[Sequence[int]], per_km: Cents, fixed: Cents = NOTHING) -> Game:
    """A joint round of deliveries, from the depot through every stop and back, by the shortest way.

    Shape   metres: distances between the depot (row and column 0) and each member's stop, in the order of members;
            they may differ by direction. At most 16 stops.
    Units   metres; per_km and fixed (the vehicle going out at all) in cents.
    Errors  ValueError when the table is not square, negative, or has too many stops.
    Source  all rounds at once by dynamic programming (Held & Karp, 1962).

    >>> game = tour(["a", "b"], [[0, 10000, 10000], [10000, 0, 1000], [10000, 1000, 0]], Cents(100))
    >>> game.alone(), game.whole
    ({'a': 2000, 'b': 2000}, 2100)
    """
    count = len(members)
    if count > MOST:
        raise Unfit("too_many", {"count": count, "most": MOST})
    if len(metres) != count + 1 or any(len(row) != count + 1 for row in metres):
        raise Unfit("distances", {"count": count + 1})
    away = np.array(metres, dtype=np.int64)
    if away.min() < 0:
        raise Unfit("negative_distance")
    if int(away.max()) * (count + 1) * (abs(per_km) + 1) >= 1 << 53:
        raise Unfit("too_large")
    rounds = _shortest(away)
    cents = (2 * rounds * per_km + 1000) // 2000 + fixed
    cents[0] = 0
    return from_table(members, cents, "cost")


def _shortest(away: NDArray[np.int64]) -> NDArray[np.int64]:
    """The length of the shortest round through every subset of stops."""
    count = len(away) - 1
    between = away[1:, 1:]
    far = np.int64(1) << 60
    best = np.full((1 << count, count), far)  # by subset and last stop
    masks = np.arange(1 << count)
    sizes = np.bitwise_count(masks)
    for last in range(count):
        best[1 << last, last] = away[0, last + 1]
    for size in range(2, count + 1):
        layer = masks[sizes == size]
        for last in range(count):
            here = layer[layer >> last & 1 == 1]
            best[here, last] = (best[here ^ (1 << last)] + between[:, last]).min(axis=1)
    rounds: NDArray[np.int64] = (best + away[1:, 0]).min(axis=1)
    rounds[0] = 0
    return rounds
