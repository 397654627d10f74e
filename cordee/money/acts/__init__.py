"""What one does with shared money."""

from cordee.money.acts.pools import (
    VOTE_LENGTH,
    FiguresMissing,
    KeyBeingVoted,
    NothingToShare,
    NotSettleable,
    PoolSettled,
    add_line,
    adopt_key,
    confirm_payment,
    note_use,
    open_pool,
    propose_key,
    settle_pool,
    strike_line,
)

__all__ = [
    "VOTE_LENGTH",
    "FiguresMissing",
    "KeyBeingVoted",
    "NotSettleable",
    "NothingToShare",
    "PoolSettled",
    "add_line",
    "adopt_key",
    "confirm_payment",
    "note_use",
    "open_pool",
    "propose_key",
    "settle_pool",
    "strike_line",
]
