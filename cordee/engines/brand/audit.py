"""What an audit is worth: the points that hold against those that count, and the essential ones apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cordee.engines.sentences import Lang, Reason, Table, listed, reason, say

Verdict = Literal["", "ok", "partly", "no", "out"]
"""Nothing said yet, holds, holds in part, does not hold, does not apply here."""

SENTENCES: Table = {
    "waiting": (
        "Il reste {n} {n:point|points} à voir.",
        "{n} {n:point is|points are} still to be looked at.",
    ),
    "nothing": ("Aucun point ne s’applique : il n’y a rien à noter.", "No point applies: there is nothing to score."),
    "worth": (
        "{got} {got:point|points} sur {all}, soit {part:figure} % ; la règle demande {wanted:figure} %.",
        "{got} of {all} {all:point|points}, that is {part:figure}%; the rule asks for {wanted:figure}%.",
    ),
    "essential": (
        "Essentiel et non tenu : {what}. Sans lui, l’audit n’est pas réussi.",
        "Essential and not kept: {what}. Without it the audit is not passed.",
    ),
    "passed": ("L’audit est réussi.", "The audit is passed."),
    "failed": ("L’audit n’est pas réussi.", "The audit is not passed."),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the checklist with what was seen. Shape: weight at least 1."""

    label: str
    verdict: Verdict = ""
    weight: int = 1
    essential: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What an audit is worth. `passed` is None while something is still to be looked at."""

    got: Fraction
    out_of: int
    wanted: Fraction
    waiting: int
    broken: tuple[str, ...]
    passed: bool | None

    @property
    def part(self) -> Fraction:
        """The points that hold, as a part of those that count."""
        return self.got / self.out_of if self.out_of else Fraction(0)


def score(points: Iterable[Point], wanted: Fraction) -> Score:
    """Add the points up: what holds in part counts half, what does not apply does not count.

    Shape   wanted: the part of the points from which an audit is passed, 0 to 1.
    Holds   passed needs every point looked at, at least one that counts, the part that is wanted, and every essential
            point kept whole; a better verdict never makes the score worse.
    Errors  ValueError for a part outside 0 to 1 or a weight under 1.

    >>> found = score([Point("Façade", "ok"), Point("Accueil", "partly"), Point("Stand", "out")], Fraction(3, 4))
    >>> found.part, found.passed
    (Fraction(3, 4), True)
    """
    rows = list(points)
    if not 0 <= wanted <= 1 or any(row.weight < 1 for row in rows):
        raise ValueError("a part lies between 0 and 1, a weight is at least 1")
    counted = [row for row in rows if row.verdict in ("ok", "partly", "no")]
    out_of = sum(row.weight for row in counted)
    got = sum((row.weight * _WORTH[row.verdict] for row in counted), Fraction(0))
    waiting = sum(not row.verdict for row in rows)
    broken = tuple(row.label for row in rows if row.essential and row.verdict in ("partly", "no"))
    passed = bool(out_of) and got >= wanted * out_of and not broken
    return Score(got, out_of, wanted, waiting, broken, None if waiting else passed)


_WORTH = {"ok": Fraction(1), "partly": Fraction(1, 2), "no": Fraction(0)}


def explain_score(found: Score, lang: Lang = "fr") -> tuple[str, ...]:
    """What an audit is worth, in sentences."""
    said: list[Reason] = []
    if found.waiting:
        said.append(reason("waiting", n=found.waiting))
    if found.out_of:
        percents = {"part": 100 * found.part, "wanted": 100 * found.wanted}
        said.append(reason("worth", got=found.got, all=found.out_of, **percents))
    elif not found.waiting:
        said.append(reason("nothing"))
    if found.broken:
        said.append(reason("essential", what=listed(found.broken, lang)))
    if found.passed is not None:
        said.append(reason("passed" if found.passed else "failed"))
    return tuple(say(one, SENTENCES, lang) for one in said)
