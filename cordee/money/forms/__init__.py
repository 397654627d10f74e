"""What is asked about shared money."""

from cordee.money.forms.budget import (
    AdvanceForm,
    CallForm,
    CommitmentForm,
    ContributionForm,
    HeadingForm,
    RateForm,
    RecurringForm,
)
from cordee.money.forms.keys import CountField, FiguresForm, GameForm
from cordee.money.forms.pools import LineForm, PoolForm, UseForm

__all__ = [
    "AdvanceForm",
    "CallForm",
    "CommitmentForm",
    "ContributionForm",
    "CountField",
    "FiguresForm",
    "GameForm",
    "HeadingForm",
    "LineForm",
    "PoolForm",
    "RateForm",
    "RecurringForm",
    "UseForm",
]
