"""The pages of decisions."""

from cordee.governance.views.ballots import (
    ballot,
    ballots,
    break_tie,
    close,
    confirm,
    name,
    phone,
    propose,
    proxy,
    talk,
    vote,
    vote_by_link,
    withdraw,
)
from cordee.governance.views.rules import change_rule, rules

__all__ = [
    "ballot",
    "ballots",
    "break_tie",
    "change_rule",
    "close",
    "confirm",
    "name",
    "phone",
    "propose",
    "proxy",
    "rules",
    "talk",
    "vote",
    "vote_by_link",
    "withdraw",
]
