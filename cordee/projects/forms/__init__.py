"""What is asked about a project."""

from cordee.projects.forms.blueprint import (
    PilotEndForm,
    PilotForm,
    StepForm,
)
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
from cordee.projects.forms.employment import (
    EmploymentForm,
    ReserveForm,
    YearForm,
)
from cordee.projects.forms.leads import (
    FollowForm,
    LeadForm,
    leads_in,
)
from cordee.projects.forms.orders import (
    CapacityForm,
    NeutralForm,
    OrderForm,
    OrderRuleForm,
    PoolForm,
)
from cordee.projects.forms.projects import (
    BudgetForm,
    EndForm,
    MeasureForm,
    NewProjectForm,
    NoteForm,
    ProjectForm,
    VoteForm,
)
from cordee.projects.forms.sales import (
    ORDERS,
    FieldForm,
    MoveForm,
    OpportunityForm,
    TermsForm,
    TimeForm,
)
from cordee.projects.forms.sheets import (
    CorrectForm,
    HoursForm,
    SheetLinkForm,
)
from cordee.projects.forms.stand import (
    CutForm,
    DateForm,
    OpeningForm,
    SketchForm,
)
from cordee.projects.forms.study import (
    CallForm,
    FundForm,
    OfferForm,
    PledgeForm,
    RightForm,
    RuleForm,
    TrancheForm,
)
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
    "BrandDateForm",
    "BrandForm",
    "BudgetForm",
    "CallForm",
    "CapacityForm",
    "CloseForm",
    "CorrectForm",
    "CutForm",
    "DateForm",
    "EmploymentForm",
    "EndForm",
    "FieldForm",
    "FileForm",
    "FollowForm",
    "FundForm",
    "HoursForm",
    "LeadForm",
    "LeaveForm",
    "LicenceForm",
    "MeasureForm",
    "MoveForm",
    "NeutralForm",
    "NewProjectForm",
    "NoteForm",
    "OfferForm",
    "OpeningForm",
    "OpportunityForm",
    "OrderForm",
    "OrderRuleForm",
    "PersonForm",
    "PilotEndForm",
    "PilotForm",
    "PledgeForm",
    "PointForm",
    "PoolForm",
    "ProjectForm",
    "ReserveForm",
    "RightForm",
    "RuleForm",
    "RulesForm",
    "SanctionForm",
    "ShareForm",
    "SheetLinkForm",
    "SketchForm",
    "StepForm",
    "TermsForm",
    "TimeForm",
    "TimeWishForm",
    "TrancheForm",
    "VoteForm",
    "WordsForm",
    "YearForm",
    "leads_in",
]
