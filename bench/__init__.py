"""Ratios against named peers: one module an engine, each giving rows for one table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Times are medians in milliseconds; `ratio` is peer over ours, None without a peer."""

    engine: str
    size: str
    against: str
    ours_ms: float
    peer_ms: float | None = None
    ratio: float | None = None
    note: str = ""
