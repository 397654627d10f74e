"""The tables of shared money."""

from cordee.money.models.pools import (
    CostPool,
    KeyKind,
    PoolLine,
    PoolShare,
    SharingKey,
    Transfer,
)

__all__ = [
    "CostPool",
    "KeyKind",
    "PoolLine",
    "PoolShare",
    "SharingKey",
    "Transfer",
]
