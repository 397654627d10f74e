"""What is asked about shared money."""

from cordee.money.forms.banking import (
    AccountForm,
    StatementForm,
)
from cordee.money.forms.budget import (
    AdvanceForm,
    CallForm,
    CommitmentForm,
    ContributionForm,
    HeadingForm,
    RateForm,
    RecurringForm,
)
from cordee.money.forms.invoices import (
    CheckForm,
    ClaimForm,
    IdentityForm,
    InvoiceForm,
    LegalRateForm,
    LinesForm,
    MandateForm,
    PaidForm,
    VatRateForm,
    WorksForm,
)
from cordee.money.forms.keys import (
    CountField,
    FiguresForm,
    GameForm,
)
from cordee.money.forms.ledger import (
    BalanceForm,
    EntryForm,
    LedgerForm,
    PeriodForm,
    ReverseForm,
)
from cordee.money.forms.pools import (
    LineForm,
    NettingForm,
    PoolForm,
    ReceivedForm,
    UseForm,
)
from cordee.money.forms.posts import (
    BillForm,
    MonthForm,
    PostForm,
    YearForm,
)
from cordee.money.forms.sites import SiteForm

__all__ = [
    "AccountForm",
    "AdvanceForm",
    "BalanceForm",
    "BillForm",
    "CallForm",
    "CheckForm",
    "ClaimForm",
    "CommitmentForm",
    "ContributionForm",
    "CountField",
    "EntryForm",
    "FiguresForm",
    "GameForm",
    "HeadingForm",
    "IdentityForm",
    "InvoiceForm",
    "LedgerForm",
    "LegalRateForm",
    "LineForm",
    "LinesForm",
    "MandateForm",
    "MonthForm",
    "NettingForm",
    "PaidForm",
    "PeriodForm",
    "PoolForm",
    "PostForm",
    "RateForm",
    "ReceivedForm",
    "RecurringForm",
    "ReverseForm",
    "SiteForm",
    "StatementForm",
    "UseForm",
    "VatRateForm",
    "WorksForm",
    "YearForm",
]
