"""What is asked for an agreement."""

from cordee.agreements.forms.advice import FormAdviceForm
from cordee.agreements.forms.changes import AGREED, LEAVE, DelegationForm, EndForm
from cordee.agreements.forms.documents import (
    MOST_LOTS,
    YES_NO,
    InterviewForm,
    KindForm,
    PartiesForm,
    ReviewForm,
    field_for,
)
from cordee.agreements.forms.signing import MoreTimeForm, PaperForm, SendForm, end_of

__all__ = [
    "AGREED",
    "LEAVE",
    "MOST_LOTS",
    "YES_NO",
    "DelegationForm",
    "EndForm",
    "FormAdviceForm",
    "InterviewForm",
    "KindForm",
    "MoreTimeForm",
    "PaperForm",
    "PartiesForm",
    "ReviewForm",
    "SendForm",
    "end_of",
    "field_for",
]
