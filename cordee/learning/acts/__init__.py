"""Every act of this room: one name for callers, one module per noun."""

from cordee.learning.acts.answers import NotAnswered, give_answers
from cordee.learning.acts.cases import AlreadyTold, consent_to_case, propose_case, withdraw_case
from cordee.learning.acts.sessions import (
    SessionNotOpen,
    TooFewAround,
    TwoRoles,
    cancel_session,
    close_session,
    follow_action,
    join_session,
    move_on,
    plan_session,
)
from cordee.learning.acts.testimonies import (
    AlreadyVoting,
    ConsentWithoutWords,
    NotVoted,
    ask_testimony,
    close_page,
    give_testimony,
    open_page,
    propose_page,
    withdraw_testimony,
)

__all__ = [
    "AlreadyTold",
    "AlreadyVoting",
    "ConsentWithoutWords",
    "NotAnswered",
    "NotVoted",
    "SessionNotOpen",
    "TooFewAround",
    "TwoRoles",
    "ask_testimony",
    "cancel_session",
    "close_page",
    "close_session",
    "consent_to_case",
    "follow_action",
    "give_answers",
    "give_testimony",
    "join_session",
    "move_on",
    "open_page",
    "plan_session",
    "propose_case",
    "propose_page",
    "withdraw_case",
    "withdraw_testimony",
]
