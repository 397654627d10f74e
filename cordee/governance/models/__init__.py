"""The tables of decisions."""

from cordee.governance.models.ballots import (
    CHOICES,
    Ballot,
    DecisionType,
    HouseRule,
    Prepared,
    Resolution,
    SealedPaper,
    Voter,
    rule_from_json,
    rule_to_json,
)
from cordee.governance.models.follow import FollowUp
from cordee.governance.models.meetings import AgendaItem, Attendance, DateAnswer, Meeting, MeetingDate

__all__ = [
    "CHOICES",
    "AgendaItem",
    "Attendance",
    "Ballot",
    "DateAnswer",
    "DecisionType",
    "FollowUp",
    "HouseRule",
    "Meeting",
    "MeetingDate",
    "Prepared",
    "Resolution",
    "SealedPaper",
    "Voter",
    "rule_from_json",
    "rule_to_json",
]
