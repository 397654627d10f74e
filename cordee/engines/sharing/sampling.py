"""The Shapley value of a large group, estimated from many orders of arrival."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sharing.game import Game
from cordee.engines.sharing.result import Certificate

_ROUNDS = 1000  # orders drawn; each is also taken backwards, which evens out much of the chance
_SURE = 1.96  # a normal interval of 95 % per member


def sampled(game: Game, seed: int, rounds: int = _ROUNDS) -> tuple[list[Fraction], Certificate]:
    """Estimate the Shapley value from `rounds` random orders and their reverses, with a 95 % interval per member.

    Holds   the estimates add up to the worth of the whole, exactly; the same seed gives the same answer.
    """
    count = len(game.members)
    chance = np.random.default_rng(seed)
    total = [0] * count
    squares = np.zeros(count)
    for _ in range(rounds):
        order = chance.permutation(count)
        pair = _brought(game, order) + _brought(game, order[::-1])
        for i in range(count):
            total[i] += int(pair[i])
        squares += (pair / 2.0) ** 2
    values = [Fraction(one, 2 * rounds) for one in total]
    means = np.array([float(value) for value in values])
    spread = np.maximum(squares - rounds * means**2, 0) / (rounds - 1)
    half = np.ceil(_SURE * np.sqrt(spread / rounds)).astype(int)
    facts = {
        "seed": seed,
        "orders": 2 * rounds,
        "confidence": "95 %",
        "within_cents": {member: int(width) for member, width in zip(game.members, half, strict=True)},
    }
    return values, Certificate("sampling", facts)


def _brought(game: Game, order: NDArray[np.intp]) -> NDArray[np.int64]:
    """What each member brings when it arrives in this order."""
    count = len(order)
    rows = np.zeros((count, count), dtype=bool)
    rows[:, order] = np.tri(count, dtype=bool)
    brought = np.empty(count, dtype=np.int64)
    brought[order] = np.diff(game.worth_of(rows), prepend=0)
    return brought
