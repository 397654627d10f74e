"""What one does with a project."""

from cordee.projects.acts.figures import note_measure, switch_tool, write_budget
from cordee.projects.acts.inside import AlreadyEnded, KnowWhat, ToolAway
from cordee.projects.acts.leads import (
    NewLead,
    NothingToShare,
    deal_leads,
    erase_lead,
    follow_lead,
    forget_leads,
    hand_lead,
    old_leads,
    set_lead_rule,
    take_leads,
)
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
    "NewLead",
    "NothingToShare",
    "ToolAway",
    "change_project",
    "deal_leads",
    "end_project",
    "enter_next_stage",
    "erase_lead",
    "follow_lead",
    "forget_leads",
    "hand_lead",
    "join_project",
    "leave_project",
    "note_checkpoint",
    "note_measure",
    "old_leads",
    "open_project",
    "put_to_vote",
    "set_lead_rule",
    "step_back",
    "switch_tool",
    "take_leads",
    "take_role",
    "write_budget",
]
