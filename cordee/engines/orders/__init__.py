"""Capacity that competitors pool without showing it, and the orders shared by the rule they agreed on."""

from cordee.engines.orders.allocate import Given, Have, Part, Rule, allocate
from cordee.engines.orders.fairness import Balance, balances, widest
from cordee.engines.orders.pool import LEAST, may_release, say_why_not, why_not
from cordee.engines.orders.words import say_part

__all__ = [
    "LEAST",
    "Balance",
    "Given",
    "Have",
    "Part",
    "Rule",
    "allocate",
    "balances",
    "may_release",
    "say_part",
    "say_why_not",
    "why_not",
    "widest",
]
