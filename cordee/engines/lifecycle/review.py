"""The yearly question: is the purpose still worth it?"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

Answer = Literal["continue", "change", "pause", "wind_up"]
ANSWERS: tuple[Answer, ...] = ("continue", "change", "pause", "wind_up")


def review_outcome(answers: Iterable[str]) -> Answer:
    """Say what the members answered: going on, unless more than half of the answers ask for something else.

    Holds   no answer, or no majority, changes nothing: what was decided once lasts until it is decided otherwise. An
            end needs more than half of all the answers by itself, a rest too; where most want an end or a change, a
            change is looked for first.
    Errors  ValueError for an unknown answer.

    >>> review_outcome(["continue", "wind_up", "wind_up"]), review_outcome(["change", "wind_up", "continue"])
    ('wind_up', 'change')
    """
    counted = Counter(answers)
    if set(counted) - set(ANSWERS):
        raise ValueError(f"no such answer: {', '.join(sorted(set(counted) - set(ANSWERS)))}")
    total = counted.total()
    if 2 * counted["wind_up"] > total:
        return "wind_up"
    if 2 * counted["pause"] > total:
        return "pause"
    return "change" if 2 * (counted["wind_up"] + counted["change"]) > total else "continue"
