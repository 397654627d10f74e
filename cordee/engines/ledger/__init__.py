"""Books in double entry: entries, balances, the French chart of accounts, the FEC."""

from cordee.engines.ledger.fec_check import Defect, FecReport, check_fec
from cordee.engines.ledger.fec_reading import NotAFec, read_fec

__all__ = ["Defect", "FecReport", "NotAFec", "check_fec", "read_fec"]
