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
from cordee.projects.forms.sheets import CorrectForm, HoursForm, SheetLinkForm
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
    "CorrectForm",
    "CutForm",
    "DateForm",
    "EndForm",
    "FollowForm",
    "HoursForm",
    "LeadForm",
    "LeaveForm",
    "MeasureForm",
    "NewProjectForm",
    "NoteForm",
    "OpeningForm",
    "PersonForm",
    "ProjectForm",
    "ShareForm",
    "SheetLinkForm",
    "SketchForm",
    "TimeWishForm",
    "VoteForm",
    "leads_in",
]
