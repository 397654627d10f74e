"""The tables of decisions."""

from cordee.governance.models.ballots import (
    Ballot,
    DecisionType,
    HouseRule,
    Resolution,
    Voter,
    rule_from_json,
    rule_to_json,
)

__all__ = [
    "Ballot",
    "DecisionType",
    "HouseRule",
    "Resolution",
    "Voter",
    "rule_from_json",
    "rule_to_json",
]
