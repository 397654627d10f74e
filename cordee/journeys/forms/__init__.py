"""What one fills in for what crosses rooms."""

from cordee.governance.forms import PreparedForm
from cordee.journeys.forms.arrival import ArrivalForm
from cordee.journeys.forms.life import (
    AnswerForm,
    AskForm,
    ExclusionForm,
    HoldingForm,
    ItemForm,
    NewPurposeForm,
    ReviewForm,
    TurnForm,
    evening,
)
from cordee.journeys.forms.mandates import GuestForm, MandateForm, WritingAskedForm, WritingForm

__all__ = [
    "AnswerForm",
    "ArrivalForm",
    "AskForm",
    "ExclusionForm",
    "GuestForm",
    "HoldingForm",
    "ItemForm",
    "MandateForm",
    "NewPurposeForm",
    "PreparedForm",
    "ReviewForm",
    "TurnForm",
    "WritingAskedForm",
    "WritingForm",
    "evening",
]
