"""The tables of projects."""

from cordee.projects.models.leads import Lead, LeadRule
from cordee.projects.models.projects import BudgetLine, Checkpoint, Measure, Participant, Project, ProjectRole
from cordee.projects.models.sheets import SheetClosing, WorkEntry
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
from cordee.projects.models.timetable import (
    PersonLeave,
    SharedPerson,
    TimeApart,
    TimeShare,
    Timetable,
    TimetableVisit,
    TimeWish,
)

__all__ = [
    "BudgetLine",
    "Checkpoint",
    "Lead",
    "LeadRule",
    "Measure",
    "Participant",
    "PersonLeave",
    "PresenceHand",
    "PresencePlan",
    "PresenceSlot",
    "PresenceTurn",
    "PresenceWish",
    "Project",
    "ProjectRole",
    "SharedPerson",
    "SheetClosing",
    "StandArea",
    "StandDate",
    "StandSketch",
    "TimeApart",
    "TimeShare",
    "TimeWish",
    "Timetable",
    "TimetableVisit",
    "WorkEntry",
]
