"""When a total may be told: never where a member could work out another's figure from it."""

from collections.abc import Sequence
from fractions import Fraction

from cordee.engines.sentences import Lang, Table, reason, say

LEAST = 3
"""A total stands on at least so many companies that have something to give."""
NEAR = Fraction(1, 10)
"""What the smaller companies bring must blur the largest by at least this part of it."""

SENTENCES: Table = {
    "few": (
        "Un total se dit à partir de {least} entreprises qui ont de la capacité ; ici, il y en a moins.",
        "A total is told from {least} companies with capacity; here there are fewer.",
    ),
    "plain": (
        "Ce total laisserait deviner la capacité d’une entreprise : il n’est pas dit.",
        "This total would give away the capacity of one company: it is not told.",
    ),
}


def why_not(figures: Sequence[int]) -> str:
    """Why a total may not be told: "few", "plain", or nothing when it may.

    Each member knows its own figure and takes it away from the total. What is left must come from two others at
    least, must not fix them, and must not let the second largest know the largest to within a tenth.

    Shape   figures: what each company declared, 0 and more.
    Holds   where it answers nothing, no member can tell the figure of another from the total and its own.
    Errors  ValueError for a figure under zero.

    >>> why_not([40, 25]), why_not([40, 25, 0]), why_not([1, 1, 1]), why_not([40, 25, 15])
    ('few', 'few', 'plain', '')
    """
    if any(one < 0 for one in figures):
        raise ValueError("a capacity is never under zero")
    some = sorted((one for one in figures if one), reverse=True)
    if len(some) < LEAST:
        return "few"
    total, others = sum(some), len(some) - 1
    fixed = any(total - one <= others for one in some)
    blurred = sum(some[2:]) >= NEAR * some[0]
    return "plain" if fixed or not blurred else ""


def may_release(figures: Sequence[int]) -> bool:
    """Whether a total may be told, or an order shared by capacity: what each receives tells as much."""
    return not why_not(figures)


def say_why_not(code: str, lang: Lang = "fr") -> str:
    """Why a total is not told, in a sentence."""
    return say(reason(code, least=LEAST), SENTENCES, lang)
