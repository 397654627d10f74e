"""The pages of decisions."""

from cordee.governance.views.ballots import (
    ballot,
    ballots,
    close,
    propose,
    proxy,
    talk,
    vote,
    vote_by_link,
    withdraw,
)

__all__ = [
    "ballot",
    "ballots",
    "close",
    "propose",
    "proxy",
    "talk",
    "vote",
    "vote_by_link",
    "withdraw",
]
