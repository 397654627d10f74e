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
from cordee.projects.forms.sales import ORDERS, FieldForm, MoveForm, OpportunityForm, TermsForm, TimeForm
from cordee.projects.forms.stand import CutForm, DateForm, OpeningForm, SketchForm
from cordee.projects.forms.study import CallForm, FundForm, OfferForm, PledgeForm, RightForm, RuleForm, TrancheForm
from cordee.projects.forms.timetable import (
    AskForm,
    LeaveForm,
    PersonForm,
    ShareForm,
    TimeWishForm,
)

__all__ = [
    "ORDERS",
    "AskForm",
    "BudgetForm",
    "CallForm",
    "CutForm",
    "DateForm",
    "EndForm",
    "FieldForm",
    "FollowForm",
    "FundForm",
    "LeadForm",
    "LeaveForm",
    "MeasureForm",
    "MoveForm",
    "NewProjectForm",
    "NoteForm",
    "OfferForm",
    "OpeningForm",
    "OpportunityForm",
    "PersonForm",
    "PledgeForm",
    "ProjectForm",
    "RightForm",
    "RuleForm",
    "ShareForm",
    "SketchForm",
    "TermsForm",
    "TimeForm",
    "TimeWishForm",
    "TrancheForm",
    "VoteForm",
    "leads_in",
]
