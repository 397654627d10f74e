"""What one does with a project."""

from cordee.projects.acts.figures import note_measure, switch_tool, write_budget
from cordee.projects.acts.inside import AlreadyEnded, KnowWhat
from cordee.projects.acts.projects import (
    GateClosed,
    change_project,
    end_project,
    enter_next_stage,
    join_project,
    leave_project,
    note_checkpoint,
    open_project,
    put_to_vote,
    step_back,
    take_role,
)

__all__ = [
    "AlreadyEnded",
    "GateClosed",
    "KnowWhat",
    "change_project",
    "end_project",
    "enter_next_stage",
    "join_project",
    "leave_project",
    "note_checkpoint",
    "note_measure",
    "open_project",
    "put_to_vote",
    "step_back",
    "switch_tool",
    "take_role",
    "write_budget",
]
