"""The pages of projects."""

from cordee.projects.views.projects import (
    budget,
    change,
    end,
    join,
    leave,
    measure,
    new,
    new_of_kind,
    next_stage,
    note,
    project,
    projects,
    role,
    stage_back,
    tool,
    vote,
)

__all__ = [
    "budget",
    "change",
    "end",
    "join",
    "leave",
    "measure",
    "new",
    "new_of_kind",
    "next_stage",
    "note",
    "project",
    "projects",
    "role",
    "stage_back",
    "tool",
    "vote",
]
