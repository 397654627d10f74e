"""Books in double entry: entries, balances, the French chart of accounts, the FEC."""

from cordee.engines.ledger.accounts import padded, usual_accounts
from cordee.engines.ledger.books import (
    Balance,
    Chart,
    Entry,
    Line,
    Unbooked,
    balanced,
    is_account,
    opening_lines,
    reverse,
    statement,
    trial_balance,
)
from cordee.engines.ledger.chart import NotAChart, read_chart
from cordee.engines.ledger.fec_check import Defect, FecReport, check_fec
from cordee.engines.ledger.fec_reading import NotAFec, read_fec
from cordee.engines.ledger.fec_writing import fec_name, write_fec
from cordee.engines.ledger.opening import NotABalance, read_balance
from cordee.engines.ledger.sheet import write_sheet

__all__ = [
    "Balance",
    "Chart",
    "Defect",
    "Entry",
    "FecReport",
    "Line",
    "NotABalance",
    "NotAChart",
    "NotAFec",
    "Unbooked",
    "balanced",
    "check_fec",
    "fec_name",
    "is_account",
    "opening_lines",
    "padded",
    "read_balance",
    "read_chart",
    "read_fec",
    "reverse",
    "statement",
    "trial_balance",
    "usual_accounts",
    "write_fec",
    "write_sheet",
]
