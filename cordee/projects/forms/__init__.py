"""What is asked about a project."""

from cordee.projects.forms.leads import FollowForm, LeadForm, leads_in
from cordee.projects.forms.projects import (
    BudgetForm,
    EndForm,
    MeasureForm,
    NewProjectForm,
    NoteForm,
    ProjectForm,
    VoteForm,
)

__all__ = [
    "BudgetForm",
    "EndForm",
    "FollowForm",
    "LeadForm",
    "MeasureForm",
    "NewProjectForm",
    "NoteForm",
    "ProjectForm",
    "VoteForm",
    "leads_in",
]
