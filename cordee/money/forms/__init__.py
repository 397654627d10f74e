"""What is asked about shared money."""

from cordee.money.forms.ledger import BalanceForm, EntryForm, LedgerForm, PeriodForm, ReverseForm
from cordee.money.forms.pools import (
    LineForm,
    PoolForm,
    UseForm,
)

__all__ = [
    "BalanceForm",
    "EntryForm",
    "LedgerForm",
    "LineForm",
    "PeriodForm",
    "PoolForm",
    "ReverseForm",
    "UseForm",
]
