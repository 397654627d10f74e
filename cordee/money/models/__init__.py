"""The tables of shared money."""

from cordee.money.models.ledger import Journal, Ledger, LedgerAccount, LedgerEntry, LedgerLine
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
    "Journal",
    "KeyKind",
    "Ledger",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerLine",
    "PoolLine",
    "PoolShare",
    "SharingKey",
    "Transfer",
]
