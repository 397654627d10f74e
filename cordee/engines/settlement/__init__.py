"""Settle what companies owe one another with the fewest transfers."""

from cordee.engines.sentences import Reason
from cordee.engines.settlement.fewest import settle
from cordee.engines.settlement.links import settle_along
from cordee.engines.settlement.reading import read_debts
from cordee.engines.settlement.result import Debt, Settlement, Transfer, net
from cordee.engines.settlement.words import Unfit, say

__all__ = ["Debt", "Reason", "Settlement", "Transfer", "Unfit", "net", "read_debts", "say", "settle", "settle_along"]
