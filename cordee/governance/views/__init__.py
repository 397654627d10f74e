"""The pages of decisions."""

from cordee.governance.views.ballots import (
    ballot,
    ballots,
    break_tie,
    close,
    confirm,
    name,
    name_again,
    phone,
    prepare,
    propose,
    proxy,
    talk,
    vote,
    vote_by_link,
    withdraw,
)
from cordee.governance.views.follow import decided, follow, room
from cordee.governance.views.meetings import (
    meeting,
    meeting_calendar,
    meeting_deed,
    meetings,
    minutes_file,
    new_meeting,
)
from cordee.governance.views.rules import change_rule, rules

__all__ = [
    "ballot",
    "ballots",
    "break_tie",
    "change_rule",
    "close",
    "confirm",
    "decided",
    "follow",
    "meeting",
    "meeting_calendar",
    "meeting_deed",
    "meetings",
    "minutes_file",
    "name",
    "name_again",
    "new_meeting",
    "phone",
    "prepare",
    "propose",
    "proxy",
    "room",
    "rules",
    "talk",
    "vote",
    "vote_by_link",
    "withdraw",
]
