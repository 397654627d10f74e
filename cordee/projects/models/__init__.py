"""The tables of projects."""

from cordee.projects.models.leads import Lead, LeadRule
from cordee.projects.models.projects import BudgetLine, Checkpoint, Measure, Participant, Project, ProjectRole
from cordee.projects.models.stand import (
    PresenceHand,
    PresencePlan,
    PresenceSlot,
    PresenceTurn,
    PresenceWish,
    StandArea,
    StandDate,
    StandSketch,
)

__all__ = [
    "BudgetLine",
    "Checkpoint",
    "Lead",
    "LeadRule",
    "Measure",
    "Participant",
    "PresenceHand",
    "PresencePlan",
    "PresenceSlot",
    "PresenceTurn",
    "PresenceWish",
    "Project",
    "ProjectRole",
    "StandArea",
    "StandDate",
    "StandSketch",
]
