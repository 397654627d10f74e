"""The tables of decisions."""

from cordee.governance.models.ballots import (
    CHOICES,
    Ballot,
    DecisionType,
    HouseRule,
    Resolution,
    SealedPaper,
    Voter,
    rule_from_json,
    rule_to_json,
)

__all__ = [
    "CHOICES",
    "Ballot",
    "DecisionType",
    "HouseRule",
    "Resolution",
    "SealedPaper",
    "Voter",
    "rule_from_json",
    "rule_to_json",
]
