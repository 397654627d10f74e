"""Ballots on options, and what they say of each pair of options."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm
from typing import Any

from cordee.engines.sentences import Reason

Ranking = Sequence[str | tuple[str, ...]]
Matrix = list[list[int]] | list[list[Fraction]]

_LARGE = 20_000
"""From that many ballots times options on, numpy is worth its import."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Ballots that rank, approve or grade the same options.

    Shape   a ranking lists options, best first, equals together in an inner tuple; options left out come last, equal.
            weights: one a ballot, whole numbers or fractions >= 0; None means 1 each.
    Errors  ValueError for no option, an option twice, a wrong number of weights.
    """

    options: tuple[str, ...]
    ballots: Sequence[Any]
    weights: Sequence[int | Fraction] | None = None

    def __post_init__(self) -> None:
        if not self.options:
            raise ValueError("there is no option to choose from")
        if len(set(self.options)) != len(self.options):
            raise ValueError("an option is listed twice")
        if self.weights is not None and len(self.weights) != len(self.ballots):
            raise ValueError("every ballot needs one weight")
        if self.weights is not None and any(isinstance(w, float) or w < 0 for w in self.weights):
            raise ValueError("a weight must be an exact number, at least 0")

    def weighted(self) -> Iterable[tuple[Any, int | Fraction]]:
        """Go through the ballots with their weights."""
        return zip(self.ballots, self.weights or [1] * len(self.ballots), strict=True)

    @property
    def total(self) -> Fraction:
        return Fraction(len(self.ballots) if self.weights is None else sum(self.weights))


@dataclass(frozen=True, slots=True)
class Result:
    """What a method finds.

    Shape   winners: everybody who may win; when `tied` is not empty, only `left` of those can.
            ranking: groups of equals, best first. scores: the figure behind, when the method has one per option.
            log: the count step by step, ties and how they were broken included.
    """

    winners: tuple[str, ...]
    tied: tuple[str, ...] = ()
    left: int = 0
    ranking: tuple[tuple[str, ...], ...] = ()
    scores: tuple[tuple[str, Fraction], ...] = ()
    log: tuple[Reason, ...] = ()


def fill(ranking: Sequence[tuple[str, ...]], seats: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Fill seats from groups of equals: who may win, who shares the last seats, how many those are.

    >>> fill([("A",), ("B", "C"), ("D",)], 2)
    (('A', 'B', 'C'), ('B', 'C'), 1)
    """
    winners: list[str] = []
    for group in ranking:
        free = seats - len(winners)
        if free <= 0:
            break
        winners += group
        if len(group) > free:
            return tuple(winners), tuple(group), free
    return tuple(winners), (), 0


def groups(options: Sequence[str], scores: Sequence[Any]) -> tuple[tuple[str, ...], ...]:
    """Rank options by score, highest first, equals together in their published order."""
    order = sorted(set(scores), reverse=True)
    return tuple(tuple(o for o, mine in zip(options, scores, strict=True) if mine == score) for score in order)


def levels(ranking: Ranking, options: Sequence[str]) -> list[tuple[str, ...]]:
    """Put one ranking in levels, the options left out in a last one.

    Errors  ValueError for an unknown option, or one ranked twice.
    """
    found = [(level,) if isinstance(level, str) else tuple(level) for level in ranking]
    named = list(chain.from_iterable(found))
    check_options(named, options)
    rest = tuple(option for option in options if option not in named)
    return [level for level in (*found, rest) if level]


def check_options(named: Sequence[str], options: Sequence[str]) -> None:
    """Refuse a ballot that names an unknown option, or one option twice."""
    unknown = [name for name in named if name not in options]
    if unknown:
        raise ValueError(f"no such option: {unknown[0]}")
    if len(set(named)) != len(named):
        raise ValueError(f"{next(name for name in named if named.count(name) > 1)} is ranked twice")


def pairwise(profile: Profile) -> Matrix:
    """Count, for each pair of options, the votes that put the first before the second.

    Holds   the same figures whichever way they are computed (by hand, or by numpy for many ballots).

    >>> pairwise(Profile(("A", "B"), [("A", "B"), ("A", "B"), ("B", "A")]))
    [[0, 2], [1, 0]]
    """
    weights, scale = _whole(profile.weights)
    size = len(profile.ballots) * len(profile.options)
    if size >= _LARGE and (weights is None or sum(weights) < 2**53):
        found = _pairs_numpy(profile, weights)
    else:
        found = _pairs_by_hand(profile, weights)
    return found if scale == 1 else [[Fraction(n, scale) for n in row] for row in found]


def _whole(weights: Sequence[int | Fraction] | None) -> tuple[list[int] | None, int]:
    """Turn exact weights into whole numbers and their common denominator."""
    if weights is None:
        return None, 1
    scale = lcm(*(Fraction(weight).denominator for weight in weights))
    return [int(weight * scale) for weight in weights], scale


def _pairs_by_hand(profile: Profile, weights: list[int] | None) -> list[list[int]]:
    index = {option: place for place, option in enumerate(profile.options)}
    n = len(index)
    found = [[0] * n for _ in range(n)]
    for ballot, weight in zip(profile.ballots, weights or [1] * len(profile.ballots), strict=True):
        below = set(range(n))
        for level in levels(ballot, profile.options):
            places = [index[option] for option in level]
            below.difference_update(places)
            for better in places:
                row = found[better]
                for worse in below:
                    row[worse] += weight
    return found


def _pairs_numpy(profile: Profile, weights: list[int] | None) -> list[list[int]]:
    import numpy as np

    n, m = len(profile.ballots), len(profile.options)
    place = _strict_places(profile, np)
    if place is None:
        index = {option: at for at, option in enumerate(profile.options)}
        place = np.empty((m, n), dtype=np.int16)
        for number, ballot in enumerate(profile.ballots):
            for depth, level in enumerate(levels(ballot, profile.options)):
                for option in level:
                    place[index[option], number] = depth
    heavy = None if weights is None else np.array(weights, dtype=np.int64)
    found = [[0] * m for _ in range(m)]
    for i, mine in enumerate(place):
        for j, theirs in enumerate(place):
            if i != j:
                before = mine < theirs
                found[i][j] = int(np.count_nonzero(before) if heavy is None else heavy[before].sum())
    return found


def _strict_places(profile: Profile, np: Any) -> Any:
    """Find at which place each ballot puts each option, when every ballot ranks all of them without equals."""
    n, m = len(profile.ballots), len(profile.options)
    if m > 127 or set(map(len, profile.ballots)) != {m}:
        return None
    index = {option: at for at, option in enumerate(profile.options)}
    try:
        # One byte an option: the fastest way from names to an array.
        flat = bytes(map(index.__getitem__, chain.from_iterable(profile.ballots)))
    except (KeyError, TypeError):
        return None
    place = np.full((n, m), -1, dtype=np.int8)
    place[np.arange(n)[:, None], np.frombuffer(flat, dtype=np.uint8).reshape(n, m)] = np.arange(m, dtype=np.int8)
    # An option missing from a ballot means that another one is there twice: the slow way says which.
    return None if (place < 0).any() else np.ascontiguousarray(place.T)
