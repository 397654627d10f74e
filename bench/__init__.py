"""Ratios against named peers: one module an engine, each giving parts, each part a few rows of one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Shape   figure: what the goal speaks of, as text (its worst case in `worst`); met: None where no goal is set.
    Units   times are milliseconds by the clock, the median over fixed seeds, and the worst; `ours_cpu_ms`, where a goal
            is a time, is what the processor spent: the two part when the machine is busy with other work; memory is
            the most the process held while it worked, in megabytes, what it had loaded before included.
    """

    engine: str
    size: str
    against: str
    ours_ms: float
    ours_worst_ms: float | None = None
    peer_ms: float | None = None
    ratio: float | None = None
    worst_ratio: float | None = None
    figure: str = ""
    worst: str = ""
    goal: str = ""
    met: bool | None = None
    ours_cpu_ms: float | None = None
    ours_mb: int | None = None
    peer_mb: int | None = None
    note: str = ""


def race(
    what: tuple[str, str, str],
    ours: Sequence[float],
    theirs: Sequence[float],
    at_least: float | None,
    *,
    memory: tuple[int | None, int | None] = (None, None),
    agreed: bool = True,
    note: str = "",
) -> Row:
    """The row of a race on the same inputs, one after the other: each ratio is of one seed, and both sides' answers.

    Shape   what: engine, size, peer; at_least: the ratio to reach; agreed: the two gave the same answers.
    """
    ratios = [their / our for our, their in zip(ours, theirs, strict=True)]
    middle = median(ratios)
    return Row(
        *what,
        ours_ms=median(ours),
        ours_worst_ms=max(ours),
        peer_ms=median(theirs),
        ratio=middle,
        worst_ratio=min(ratios),
        figure=times(middle),
        worst=times(min(ratios)),
        goal="" if at_least is None else f"{at_least:,.0f}× faster, same answers".replace(",", " "),
        met=None if at_least is None else middle >= at_least and agreed,
        ours_mb=memory[0],
        peer_mb=memory[1],
        note=note,
    )


def times(ratio: float) -> str:
    """A ratio as one reads it.

    >>> times(23.94), times(61621.2)
    ('23.9×', '61 621×')
    """
    return f"{ratio:.1f}×" if ratio < 1000 else f"{ratio:,.0f}×".replace(",", " ")
