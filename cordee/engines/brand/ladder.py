"""The ladder of sanctions: a warning, then a suspension, then the withdrawal; each after having heard."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from cordee.engines.lifecycle import HEARING_DAYS, exclusion_vote_open

Step = Literal["warning", "suspension", "withdrawal"]
LADDER: tuple[Step, ...] = ("warning", "suspension", "withdrawal")


def next_step(standing: Iterable[str]) -> Step | None:
    """The sanction that may come next, after those that stand; None after the last.

    Holds   no step is left out; a sanction that was lifted does not count, its caller leaves it out.

    >>> next_step([]), next_step(["warning"]), next_step(["warning", "suspension", "withdrawal"])
    ('warning', 'suspension', None)
    """
    had = set(standing)
    return next((step for step in LADDER if step not in had), None)


def sanction_vote_open(written: date, hearing: date, today: date) -> bool:
    """Say whether a sanction may be voted: written, time to prepare given, the day of the hearing come.

    Holds   as for an exclusion: never before fifteen days, never before the hearing.

    >>> sanction_vote_open(date(2027, 3, 1), date(2027, 3, 16), date(2027, 3, 15))
    False
    """
    return exclusion_vote_open(written, today >= hearing, today, HEARING_DAYS)
