"""What one does about decisions."""

from cordee.governance.acts.ballots import (
    CHOICES,
    LONGEST,
    SHORTEST,
    BadDeadline,
    BallotClosed,
    NotFitToVote,
    TooEarly,
    adopt_rule,
    call_again,
    cast_vote,
    close_ballot,
    give_proxy,
    note_effect,
    note_reminder,
    propose_resolution,
    withdraw_from_ballot,
)

__all__ = [
    "CHOICES",
    "LONGEST",
    "SHORTEST",
    "BadDeadline",
    "BallotClosed",
    "NotFitToVote",
    "TooEarly",
    "adopt_rule",
    "call_again",
    "cast_vote",
    "close_ballot",
    "give_proxy",
    "note_effect",
    "note_reminder",
    "propose_resolution",
    "withdraw_from_ballot",
]
