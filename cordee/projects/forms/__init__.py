"""What is asked about a project."""

from cordee.projects.forms.brand import (
    BrandDateForm,
    BrandForm,
    CloseForm,
    FileForm,
    LicenceForm,
    PointForm,
    RulesForm,
    SanctionForm,
    WordsForm,
)
from cordee.projects.forms.leads import FollowForm, LeadForm, leads_in
from cordee.projects.forms.orders import CapacityForm, NeutralForm, OrderForm, OrderRuleForm, PoolForm
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
    "BrandDateForm",
    "BrandForm",
    "BudgetForm",
    "CapacityForm",
    "CloseForm",
    "CutForm",
    "DateForm",
    "EndForm",
    "FileForm",
    "FollowForm",
    "LeadForm",
    "LeaveForm",
    "LicenceForm",
    "MeasureForm",
    "NeutralForm",
    "NewProjectForm",
    "NoteForm",
    "OpeningForm",
    "OrderForm",
    "OrderRuleForm",
    "PersonForm",
    "PointForm",
    "PoolForm",
    "ProjectForm",
    "RulesForm",
    "SanctionForm",
    "ShareForm",
    "SketchForm",
    "TimeWishForm",
    "VoteForm",
    "WordsForm",
    "leads_in",
]
