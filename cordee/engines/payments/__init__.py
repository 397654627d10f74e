"""Payment orders for one's own bank (pain.001), bank statements (camt.053 or CSV), and which movement pays what."""

from cordee.engines.payments.match import Expected, Match, match
from cordee.engines.payments.orders import Account, Order, iban_of, pain001
from cordee.engines.payments.statements import Movement, read_statement
from cordee.engines.payments.words import Unreadable

__all__ = [
    "Account",
    "Expected",
    "Match",
    "Movement",
    "Order",
    "Unreadable",
    "iban_of",
    "match",
    "pain001",
    "read_statement",
]
