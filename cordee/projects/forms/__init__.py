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
from cordee.projects.forms.stand import CutForm, DateForm, OpeningForm, SketchForm

__all__ = [
    "BudgetForm",
    "CutForm",
    "DateForm",
    "EndForm",
    "FollowForm",
    "LeadForm",
    "MeasureForm",
    "NewProjectForm",
    "NoteForm",
    "OpeningForm",
    "ProjectForm",
    "SketchForm",
    "VoteForm",
    "leads_in",
]
