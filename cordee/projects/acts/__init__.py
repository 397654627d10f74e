"""What one does with a project."""

from cordee.projects.acts.projects import (
    AlreadyEnded,
    GateClosed,
    KnowWhat,
    change_project,
    end_project,
    enter_next_stage,
    join_project,
    leave_project,
    note_checkpoint,
    note_measure,
    open_project,
    put_to_vote,
    step_back,
    switch_tool,
    take_role,
    write_budget,
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
