"""The nucleolus and the core: shares that no subgroup has reason to leave, or the proof that there are none."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cordee.engines.sentences import Fact, Reason, reason
from cordee.engines.sharing.checker import is_nucleolus
from cordee.engines.sharing.game import Game, group_of
from cordee.engines.sharing.judge import judged
from cordee.engines.sharing.levels import Stage, nucleolus_of
from cordee.engines.sharing.result import Certificate, Share
from cordee.engines.units import MemberId

_SPREADS = (1e5, 1e3, 1e7)


def nucleolus(game: Game) -> Share:
    """Share a game so that the worst served subgroup is served as well as can be, then the next, and so on.

    Nobody does worse than alone, unless the whole is worth less than all that each would do alone.

    Holds   there is exactly one; it is in the core whenever the core has a share; the certificate proves it by
            Kohlberg's criterion in whole numbers.
    Errors  ValueError beyond 24 members.
    Source  Schmeidler (1969); Kohlberg (1971).

    >>> import numpy as np
    >>> from cordee.engines.sharing.game import from_table
    >>> dict(nucleolus(from_table(["a", "b"], np.array([0, 100, 200, 240]))).shares)
    {'a': 70, 'b': 170}
    """
    return _solved(game, "nucleolus")


def core(game: Game) -> Share:
    """A share that no subgroup would leave, if there is one: the certificate is then of kind "core", else "no_core".

    The share is the nucleolus: the one furthest from anybody's leaving. Without a core, `better_apart` says who would
    leave, and a balanced family of subgroups proves that any other share would make some leave too.

    Errors  ValueError beyond 24 members.
    Source  Bondareva (1963), Shapley (1967).
    """
    return _solved(game, "core")


def _solved(game: Game, method: str) -> Share:
    values, stages = _certified(game.gains())
    sign = 1 if game.kind == "benefit" else -1
    exact = {member: sign * value for member, value in zip(game.members, values, strict=True)}
    kind = method
    if method == "core" and stages and stages[0].level > 0:
        kind = "no_core"
    facts = {"stages": [_facts(game, stage) for stage in stages]}
    return judged(game, exact, method, Certificate(kind, facts), _reasons(game, exact, stages))


def _certified(gains: NDArray[np.int64]) -> tuple[list[Fraction], tuple[Stage, ...]]:
    """The nucleolus, let out only when its proof holds in exact numbers."""
    for spread in _SPREADS:
        values, stages = nucleolus_of(gains, spread)
        if is_nucleolus(gains, values, [(stage.level, stage.weights, stage.floors) for stage in stages]):
            return values, stages
    raise ArithmeticError("no nucleolus could be proved")


def _facts(game: Game, stage: Stage) -> dict[str, object]:
    held = [{"members": list(group_of(game.members, mask)), "weight": weight} for mask, weight in stage.weights]
    floors = [{"members": list(group_of(game.members, mask)), "weight": weight} for mask, weight in stage.floors]
    return {"level": str(stage.level), "held_by": held, "floors": floors}


def _reasons(
    game: Game, exact: dict[MemberId, Fraction], stages: tuple[Stage, ...]
) -> dict[MemberId, tuple[Reason, ...]]:
    """The share, and the first subgroup of several, with the member, that holds it in place."""
    held = [mask for stage in stages for mask, _ in stage.weights]
    found: dict[MemberId, tuple[Reason, ...]] = {}
    for i, member in enumerate(game.members):
        reasons = [reason("nucleolus_part", exact=exact[member])]
        mask = next((mask for mask in held if mask >> i & 1 and mask.bit_count() > 1), None)
        if mask is not None:
            group = group_of(game.members, mask)
            together = sum((exact[one] for one in group), Fraction(0))
            values: dict[str, Fact] = {"group": group, "together": together, "apart": game.worth(group)}
            reasons.append(reason(f"tight_{game.kind}", **values))
        found[member] = tuple(reasons)
    return found
