"""Methods that look at each option by itself: approval, score, majority judgment."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from cordee.engines.sentences import reason
from cordee.engines.voting.profile import Profile, Result, check_options, fill, groups


def approval(profile: Profile, seats: int = 1) -> Result:
    """Elect who is approved by most votes. A ballot is the set of options approved.

    >>> approval(Profile(("A", "B"), [{"A"}, {"A", "B"}])).winners
    ('A',)
    """
    points = dict.fromkeys(profile.options, Fraction(0))
    for ballot, weight in profile.weighted():
        check_options(list(ballot), profile.options)
        for option in ballot:
            points[option] += weight
    return _by_points(profile, points, seats, "approved")


def score(profile: Profile, seats: int = 1, top: int = 10) -> Result:
    """Elect who has most points. A ballot gives each option from 0 to `top`; no answer is 0.

    >>> score(Profile(("A", "B"), [{"A": 3, "B": 5}, {"A": 4}])).winners
    ('A',)
    """
    points = dict.fromkeys(profile.options, Fraction(0))
    for ballot, weight in profile.weighted():
        _check_grades(ballot, profile.options, top)
        for option, given in ballot.items():
            points[option] += given * weight
    return _by_points(profile, points, seats, "points")


def majority_judgment(profile: Profile, seats: int = 1, grades: int = 6) -> Result:
    """Elect who has the best median grade. A ballot grades each option from 0 (worst) to `grades` - 1; no answer is 0.

    Holds   equal medians are told apart by taking one median vote away from each, again and again; options with the
            same grades are tied.
    Source  Balinski & Laraki, Majority Judgment (2011): lower median, majority ranking.

    >>> majority_judgment(Profile(("A", "B"), [{"A": 5, "B": 3}, {"A": 1, "B": 3}, {"A": 2, "B": 3}])).winners
    ('B',)
    """
    counts = {option: [Fraction(0)] * grades for option in profile.options}
    for ballot, weight in profile.weighted():
        _check_grades(ballot, profile.options, grades - 1)
        for option in profile.options:
            counts[option][ballot.get(option, 0)] += weight
    keys = _majority_values([counts[option] for option in profile.options])
    ranking = groups(profile.options, keys)
    winners, tied, free = fill(ranking, seats)
    medians = [key[0][0] if key else 0 for key in keys]
    log = [
        reason("grades", a=option, median=median, counts=_shown(counts[option]))
        for option, median in zip(profile.options, medians, strict=True)
    ]
    found = tuple((option, Fraction(median)) for option, median in zip(profile.options, medians, strict=True))
    return Result(winners, tied, free, ranking, found, tuple(log))


def _majority_values(counts: Sequence[Sequence[Fraction]]) -> list[tuple[tuple[int, int], ...]]:
    """Read each option's grades outwards from the middle: (grade just below, grade just above), and so on.

    Taking median votes away one after the other shows the vote just under the middle, then the one just over it, then
    the next ones outwards. With weights a vote is a stretch, so all options are read at the same distances from the
    middle: every distance at which some option changes grade.
    """
    half = sum(counts[0], Fraction(0)) / 2
    sums = [list(accumulate(mine)) for mine in counts]
    marks: list[Fraction] = sorted({abs(at - half) for mine in sums for at in mine} | {Fraction(0), half})
    middles = [(low + high) / 2 for low, high in pairwise(marks)]
    return [tuple((bisect(mine, half - d), bisect(mine, half + d)) for d in middles) for mine in sums]


def _shown(counts: list[Fraction]) -> str:
    return ", ".join(f"{n} × {grade}" for grade, n in reversed(list(enumerate(counts))) if n)


def _check_grades(ballot: Mapping[str, int], options: tuple[str, ...], top: int) -> None:
    check_options(list(ballot), options)
    for option, given in ballot.items():
        if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= top:
            raise ValueError(f"{option} must get a whole number from 0 to {top}, not {given}")


def _by_points(profile: Profile, points: dict[str, Fraction], seats: int, code: str) -> Result:
    ranking = groups(profile.options, list(points.values()))
    winners, tied, free = fill(ranking, seats)
    log = tuple(reason(code, a=name, n=points[name]) for group in ranking for name in group)
    return Result(winners, tied, free, ranking, tuple(points.items()), log)
