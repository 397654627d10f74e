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
from cordee.projects.forms.timetable import (
    AskForm,
    LeaveForm,
    PersonForm,
    ShareForm,
    TimeWishForm,
)

__all__ = [
    "AskForm",
    "BudgetForm",
    "CutForm",
    "DateForm",
    "EndForm",
    "FollowForm",
    "LeadForm",
    "LeaveForm",
    "MeasureForm",
    "NewProjectForm",
    "NoteForm",
    "OpeningForm",
    "PersonForm",
    "ProjectForm",
    "ShareForm",
    "SketchForm",
    "TimeWishForm",
    "VoteForm",
    "leads_in",
]
