"""Look at a share of a game: rounded, explained, and who would do better apart."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sentences import Reason, reason
from cordee.engines.sharing.game import Game, group_of
from cordee.engines.sharing.result import BetterApart, Certificate, Share
from cordee.engines.sharing.rounding import whole_cents
from cordee.engines.units import Cents, MemberId

_NAMED = 5  # subgroups named at most
_TRIED = 256  # subgroups compared exactly at most


def judged(
    game: Game,
    exact: Mapping[MemberId, Fraction],
    method: str,
    certificate: Certificate,
    reasons: Mapping[MemberId, tuple[Reason, ...]],
) -> Share:
    """Make a Share of exact parts of a game: cents, what each would pay alone, who would do better apart."""
    shares = whole_cents(exact)
    alone = game.alone()
    said = {}
    for member in game.members:
        saved = alone[member] - exact[member] if game.kind == "cost" else exact[member] - alone[member]
        found = [*reasons[member]]
        if exact[member].denominator != 1:
            found.append(reason("rounded", exact=exact[member], cents=shares[member]))
        code = "alone_better" if saved < 0 else "alone_worse" if saved else "alone_same"
        found.append(reason(f"{code}_{game.kind}", alone=alone[member], saved=abs(saved)))
        said[member] = tuple(found)
    return Share(
        method=method,
        total=game.whole,
        shares=shares,
        exact=dict(exact),
        reasons=said,
        certificate=certificate,
        alone=alone,
        better_apart=better_apart(game, exact),
    )


def better_apart(game: Game, exact: Mapping[MemberId, Fraction]) -> tuple[BetterApart, ...]:
    """The subgroups that would do better on their own, the largest gain first (five at most).

    Beyond 24 members only single companies and all but one are looked at.

    Holds   empty exactly when the share is in the core (up to 24 members); every gain is exact.
    """
    count = len(game.members)
    sign = 1 if game.kind == "benefit" else -1
    parts = [sign * exact[member] for member in game.members]
    scale = lcm(*(part.denominator for part in parts))
    whole_parts = [int(part * scale) for part in parts]
    if game.table is None:
        masks = [1 << i for i in range(count)] + [(1 << count) - 1 - (1 << i) for i in range(count)]
    else:
        masks = _promising(excesses(game.gains(), [float(part) for part in parts]), parts)
    found = []
    for mask in masks:
        worth = game.worth(group_of(game.members, mask))
        excess = sign * worth * scale - sum(part for i, part in enumerate(whole_parts) if mask >> i & 1)
        if excess > 0:
            found.append((-excess, mask.bit_count(), mask, worth))
    return tuple(
        BetterApart(
            members=group_of(game.members, mask),
            alone=Cents(worth),
            together=sum((exact[member] for member in group_of(game.members, mask)), Fraction(0)),
            gain=Fraction(-negative, scale),
        )
        for negative, _, mask, worth in sorted(found)[:_NAMED]
    )


def excesses(gains: NDArray[np.int64], parts: list[float]) -> NDArray[np.float64]:
    """For every subgroup, what it would gain apart (in floating point: to choose, never to decide)."""
    sums = np.zeros(gains.size)
    for i, part in enumerate(parts):
        half = 1 << i
        np.add(sums[:half], part, out=sums[half : 2 * half])
    return np.subtract(gains, sums, out=sums)


def _promising(excess: NDArray[np.float64], parts: list[Fraction]) -> list[int]:
    """The masks of the largest excesses that may be above zero, leaving room for floating-point error."""
    room = 1e-9 * (1 + sum(abs(float(part)) for part in parts))
    above = np.flatnonzero(excess > -room)
    above = above[above > 0]
    if above.size > _TRIED:
        chosen = np.argpartition(-excess[above], _TRIED)[:_TRIED]
        above = above[chosen]
    return [int(mask) for mask in above]
