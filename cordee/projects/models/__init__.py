"""The tables of projects."""

from cordee.projects.models.leads import Lead, LeadRule
from cordee.projects.models.projects import BudgetLine, Checkpoint, Measure, Participant, Project, ProjectRole

__all__ = ["BudgetLine", "Checkpoint", "Lead", "LeadRule", "Measure", "Participant", "Project", "ProjectRole"]
