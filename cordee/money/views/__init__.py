"""The pages of shared money."""

from cordee.money.views.pools import (
    add_line,
    confirm,
    new,
    note_use,
    pool,
    pools,
    propose_key,
    settle,
    strike_line,
    why,
)

__all__ = [
    "add_line",
    "confirm",
    "new",
    "note_use",
    "pool",
    "pools",
    "propose_key",
    "settle",
    "strike_line",
    "why",
]
